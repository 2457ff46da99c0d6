"""What a site's robots.txt allows, by RFC 9309; Python's own reader knows no wildcards and takes the first rule.

The group that names this program counts, else the one for all. Of its rules the longest that fits decides, and where
two are as long, the one that allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote, urlsplit

_LARGEST: Final = 512_000
"""Characters that are read, somewhat more than the standard asks for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of paths, and whether they may be asked for."""

    pattern: str
    allowed: bool

    def fits(self, path: str) -> bool:
        """Tell whether a path begins as the pattern says."""
        end = "$" if self.pattern.endswith("$") else ""
        parts = map(re.escape, self.pattern.removesuffix("$").split("*"))
        return re.match(".*".join(parts) + end, path) is not None


@dataclass(frozen=True)
class Robots:
    """The rules of one site for one program."""

    rules: tuple[Rule, ...] = ()
    delay_s: float = 0.0
    """Seconds between two requests that the site asks for."""
    refusal: str = "its robots.txt does not allow it"
    """Why an address that is not allowed is not asked for, as a clause."""

    @classmethod
    def of(cls, text: str, *, agent: str) -> Robots:
        """Read a robots.txt for the program whose product token is `agent`, in lower case."""
        groups: dict[str, list[tuple[str, str]]] = {}
        named: list[str] = []
        open_for_names = False
        for line in text[:_LARGEST].splitlines():
            key, colon, value = line.partition("#")[0].partition(":")
            key, value = key.strip().lower(), value.strip()
            if not colon:
                continue
            if key == "user-agent":
                named = [*named, value.lower()] if open_for_names else [value.lower()]
                groups.setdefault(value.lower(), [])
            else:
                for name in named:
                    groups[name].append((key, value))
            open_for_names = key == "user-agent"
        return cls._of_group(groups.get(agent, groups.get("*", [])))

    @classmethod
    def _of_group(cls, lines: list[tuple[str, str]]) -> Robots:
        rules = tuple(
            Rule(quote(value, safe="/*$?&=%:@!+,;~'()[]"), key == "allow")
            for key, value in lines
            if key in ("allow", "disallow") and value
        )
        delays = [value for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
        return cls(rules, float(delays[0]) if delays else 0.0)

    @classmethod
    def closed(cls, refusal: str) -> Robots:
        """Nothing is allowed: what counts while a site cannot tell."""
        return cls((Rule("/", False),), refusal=refusal)

    @cached_property
    def _by_length(self) -> tuple[Rule, ...]:
        return tuple(sorted(self.rules, key=lambda rule: (-len(rule.pattern), not rule.allowed)))

    def allow(self, url: str) -> bool:
        """Tell whether an address of the site may be asked for."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return next((rule.allowed for rule in self._by_length if rule.fits(path)), True)
