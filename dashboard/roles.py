"""Who may do what: the file that gives roles to people, read strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from geo.errors import ConfigurationError


class Role(IntEnum):
    """What a person may do; each role may do what those before it may."""

    NONE = 0
    """Not let in."""
    VIEWER = 1
    """Looks, with sensitive places coarsened."""
    REVIEWER = 2
    """Sees exact places, and decides about events."""
    EDITOR = 3
    """Adds documents and zones."""

    @property
    def code(self) -> str:
        """The role's name in files and in the keys of the interface's words."""
        return self.name.lower()


_CODES = {role.code: role for role in Role}
SUBJECT = "sub:"
"""Before a subject identifier in the file, where an entry is no e-mail address."""
_TEMPLATE = """default = "viewer"

[people]
"anna@example.org" = "editor"
"sub:248289761001" = "reviewer"

[groups]
"atlas-reviewers" = "reviewer"
"""


@dataclass(frozen=True, slots=True)
class Roles:
    """The content of a file of roles."""

    default: Role = Role.VIEWER
    """Of those who logged in and are not named."""
    groups_claim: str = "groups"
    """Claim of the identity token in which the provider names a person's groups."""
    people: Mapping[str, Role] = field(default_factory=dict)
    """By e-mail address in lower case, or by `sub:` and the subject identifier."""
    groups: Mapping[str, Role] = field(default_factory=dict)

    def role_of(self, claims: Mapping[str, Any]) -> Role:
        """Return the role of who has these claims of an identity token.

        What is said of the subject wins over the e-mail address, that over the highest of the groups. An address that
        the provider says is not verified counts as none.
        """
        subject, email = SUBJECT + str(claims.get("sub", "")), known_email(claims)
        for name in (subject, email):
            if name in self.people:
                return self.people[name]
        named = claims.get(self.groups_claim) or ()
        groups = [named] if isinstance(named, str) else [group for group in named if isinstance(group, str)]
        return max((self.groups[group] for group in groups if group in self.groups), default=self.default)


def known_email(claims: Mapping[str, Any]) -> str:
    """Return the e-mail address in lower case, empty where there is none or the provider doubts it."""
    doubted = str(claims.get("email_verified", True)).casefold() == "false"
    return "" if doubted else str(claims.get("email") or "").strip().casefold()


def read_roles(path: Path) -> Roles:
    """Read a file of roles; without one everybody who logged in is a viewer.

    Raises `ConfigurationError` with every fault: half a file of roles would give or take rights that nobody meant.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Roles()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, [str(error)]) from None
    faults: list[str] = []
    default = _role(content.pop("default", "viewer"), "default", faults)
    claim = content.pop("groups_claim", "groups")
    if not isinstance(claim, str) or not claim:
        faults.append("`groups_claim` is no name of a claim")
    people, groups = (_table(content.pop(name, {}), name, faults) for name in ("people", "groups"))
    faults += [f"[people] {name!r} is neither an e-mail address nor 'sub:…'" for name in people if not _personal(name)]
    faults += [f"unknown key {name!r}" for name in content]
    if faults:
        raise _wrong(path, faults)
    own = {name if name.startswith(SUBJECT) else name.strip().casefold(): role for name, role in people.items()}
    return Roles(default, claim, own, groups)


def _personal(name: str) -> bool:
    return "@" in name or (name.startswith(SUBJECT) and len(name) > len(SUBJECT))


def _table(value: object, name: str, faults: list[str]) -> dict[str, Role]:
    if not isinstance(value, dict):
        faults.append(f"`{name}` is no table: write [{name}]")
        return {}
    return {key: _role(role, f"[{name}] {key!r}", faults) for key, role in value.items()}


def _role(value: object, where: str, faults: list[str]) -> Role:
    role = _CODES.get(value) if isinstance(value, str) else None
    if role is None:
        faults.append(f"{where} is {value!r}, expected one of {', '.join(_CODES)}")
    return role or Role.NONE


def _wrong(path: Path, faults: list[str]) -> ConfigurationError:
    listed = "; ".join(faults)
    return ConfigurationError(
        f"the file of roles {path} cannot be used, and nobody is let in until it can: {listed}. "
        f"A file that can be used looks so:\n\n{_TEMPLATE}"
    )
