"""A small OpenID Connect provider on this machine: discovery, code flow with PKCE, tokens signed by RS256.

What a relying party must check is there to be checked: state and nonce go through, a code is worth one token, and
the token is refused to a wrong secret or verifier (RFC 6749, RFC 7636, OpenID Connect Core 1.0).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "conflict-atlas", "shared-by-the-tests-and-their-provider"


@dataclass
class Provider:
    """The provider's people and what it has handed out."""

    people: Mapping[str, Mapping[str, Any]]
    """Name on its page to claims."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    address: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Authorization codes to the requests that they answer."""

    def secrets_toml(self, redirect_uri: str) -> str:
        """Return Streamlit's secrets for a dashboard that logs in here."""
        return (
            f'[auth]\nredirect_uri = "{redirect_uri}"\ncookie_secret = "{secrets.token_hex(16)}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
            f'server_metadata_url = "{self.address}/.well-known/openid-configuration"\n'
        )

    def metadata(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def page(self, asked: dict[str, str]) -> str:
        """Return the page on which a person says who they are."""
        links = []
        for name in self.people:
            code = secrets.token_urlsafe(16)
            self.codes[code] = {**asked, "person": name}
            back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            links.append(f'<p><a href="{escape(back)}">{escape(name)}</a></p>')
        return f"<!DOCTYPE html><html lang=en><title>Who are you?</title><h1>Who are you?</h1>{''.join(links)}</html>"

    def token(self, given: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return the token for a code, None where anything about the request is wrong."""
        asked = self.codes.pop(given.get("code", ""), None)
        known = authorization == f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}"
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or not known or challenge != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **self.people[asked["person"]]}, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def identity_provider(people: Mapping[str, Mapping[str, Any]]) -> Iterator[Provider]:
    """Run a provider on a free port of this machine until the block ends."""
    provider = Provider(people)
    server = ThreadingHTTPServer(("localhost", 0), _answers_of(provider))
    provider.address = f"http://localhost:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answers_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            match parts.path:
                case "/.well-known/openid-configuration":
                    self._send(json.dumps(provider.metadata()), "application/json")
                case "/keys":
                    self._send(json.dumps({"keys": [provider.key.as_dict(private=False)]}), "application/json")
                case "/authorize":
                    self._send(provider.page(_single(parts.query)), "text/html")
                case _:
                    self._send("", "text/plain", 204)

        def do_POST(self) -> None:
            given = _single(self.rfile.read(int(self.headers["Content-Length"])).decode())
            token = provider.token(given, self.headers.get("Authorization", ""))
            answer = {"error": "invalid_grant"} if token is None else token
            self._send(json.dumps(answer), "application/json", 400 if token is None else 200)

        def _send(self, text: str, media_type: str, status: int = 200) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{media_type}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output quiet."""

    return Answers


def _single(query: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(query).items()}
