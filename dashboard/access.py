"""Who looks at the dashboard, and what they may do there.

Without a configured login the dashboard belongs to whoever sits at the machine: one editor. With an OpenID Connect
provider in Streamlit's secrets (`[auth]`) everybody logs in, and a file gives each a role. Rights are looked up anew at
every run and at every write: hiding a button is a courtesy, `require` at the write is the lock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.roles import Role, known_email, read_roles
from geo.errors import ConfigurationError, StoreError
from geo.settings import read_settings

_SHARED = ("redirect_uri", "cookie_secret")
_OWN = ("client_id", "client_secret", "server_metadata_url")
_UNCONFIGURED_S = 1.0
"""For how long it is believed that there are no secrets."""
_looking = Lock()
_unconfigured: tuple[object, float] = (None, 0.0)
"""The secrets that were looked for and not found, and until when that is believed."""


class RefusedError(StoreError):
    """A person may not do what they asked for; nothing was done."""

    def __init__(self, person: Person, needed: Role) -> None:
        who = person.name or "who has not logged in"
        super().__init__(
            f"{who} is {person.role.code} here, and this needs {needed.code}: nothing was changed. "
            "Who keeps the file of roles can give the right"
        )
        self.needed = needed


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks."""

    name: str
    """As decisions are signed: an e-mail address, else the provider's identifier; empty without a login."""
    role: Role
    logged_in: bool
    """Whether a provider said who it is; a local user is not asked."""


LOCAL = Person("", Role.EDITOR, logged_in=False)
"""Whoever sits at a machine without a configured login."""
STRANGER = Person("", Role.NONE, logged_in=False)
"""Who has not logged in where a login is asked for."""


def login_settings() -> Mapping[str, Any] | None:
    """Return the secrets' section `[auth]`, None where no login is configured.

    Raises `ConfigurationError` for secrets that cannot be read: a typing mistake must not open the doors.

    Where there are none, Streamlit looks for their files at every call, one session after the other, which with ten of
    them was a third of what a filter change takes; here one look holds for a second.
    """
    with _looking:
        secrets, until = _unconfigured
        section = None if secrets is st.secrets and monotonic() < until else _login_section()
    if section is not None and not isinstance(section, Mapping):
        raise ConfigurationError("`auth` in Streamlit's secrets is no table: write [auth]. Nobody is let in until then")
    return section


def _login_section() -> object:
    """Look for the section where Streamlit looks for its secrets."""
    global _unconfigured
    try:
        return st.secrets.get("auth")
    except StreamlitSecretNotFoundError as error:
        present = [name for name in config.get_option("secrets.files") if Path(name).exists()]
        if present:
            reason = f"the secrets in {', '.join(present)} cannot be read, and nobody is let in until they can: {error}"
            raise ConfigurationError(reason) from None
        _unconfigured = (st.secrets, monotonic() + _UNCONFIGURED_S)
        return None


def providers() -> tuple[str, ...]:
    """Return the names of the providers to log in with; an empty name is the one that needs none.

    Raises `ConfigurationError` with every setting that is missing.
    """
    section = login_settings() or {}
    named = [name for name, value in section.items() if isinstance(value, Mapping) and name != "client_kwargs"]
    alone = [""] if any(name in section for name in _OWN) or not named else []
    missing = [name for name in _SHARED if not section.get(name)]
    missing += [name for name in _OWN if alone and not section.get(name)]
    missing += [f"{provider}.{name}" for provider in named for name in _OWN if not section[provider].get(name)]
    if missing:
        raise ConfigurationError(
            f"the login in Streamlit's secrets, section [auth], lacks {', '.join(missing)}: nobody is let in. "
            "docs/access.md shows a whole one"
        )
    return (*alone, *named)


def current_person() -> Person:
    """Return who asks; raise `ConfigurationError` where the login or the file of roles cannot be used."""
    if login_settings() is None:
        return LOCAL
    # Outside of a session nobody has logged in; Streamlit would only warn about it.
    if get_script_run_ctx() is None or not st.user.get("is_logged_in"):
        return STRANGER
    claims = st.user.to_dict()
    name = known_email(claims) or str(claims.get("sub") or "")
    return Person(name, read_roles(read_settings().roles).role_of(claims), logged_in=True)


def require(needed: Role) -> Person:
    """Return who asks where they may do what needs a role; raise `RefusedError` where they may not.

    Every function that writes to the store calls it first.
    """
    person = current_person()
    if person.role < needed:
        raise RefusedError(person, needed)
    return person


def signed(given: str, *, needed: Role) -> str:
    """Return the name that a decision is signed with: that of the login, whatever was given; else the given one."""
    person = require(needed)
    return person.name if person.logged_in else given


def sees_exact_places() -> bool:
    """Tell whether who asks gets sensitive places as they are."""
    return current_person().role >= Role.REVIEWER
