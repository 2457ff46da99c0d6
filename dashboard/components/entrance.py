"""The door: logging in, who is inside, and what somebody may not do, said in words."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.access import Person, current_person, login_settings, providers
from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from dashboard.roles import Role


def let_in(words: Words) -> bool:
    """Tell whether whoever asks may go on; draw the login, or the refusal, where they may not.

    Raises `ConfigurationError` where the login or the file of roles cannot be used.
    """
    if login_settings() is None:
        return True
    named = providers()
    person = current_person()
    if not person.logged_in:
        _draw_login(named, words)
        return False
    if person.role is Role.NONE:
        st.title(words("access.refused_title"))
        st.error(words("access.not_listed", who=_literal(person.name)), icon=":material/lock:")
        st.button(words("access.logout"), key="logout", icon=":material/logout:", on_click=st.logout)
        return False
    _draw_person(person, words)
    return True


def may(needed: Role, words: Words) -> bool:
    """Tell whether whoever asks has a role; say what is missing where they have not."""
    person = current_person()
    if person.role >= needed:
        return True
    role, wanted = (words(f"access.role_{item.code}") for item in (person.role, needed))
    st.warning(words("access.refused", who=_literal(person.name), role=role, needed=wanted), icon=":material/lock:")
    return False


def _draw_login(named: tuple[str, ...], words: Words) -> None:
    st.title("Conflict Atlas")
    st.markdown(words("access.login_lead"))
    _keep_link(inside=False)
    for name in named:
        label = words("access.login_with", name=name) if name else words("access.login")
        st.button(
            label,
            key=f"login_{name}",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
            args=(name,) if name else (),
        )


def _draw_person(person: Person, words: Words) -> None:
    role = words(f"access.role_{person.role.code}")
    with st.container(key="person_box"), st.popover(f"{_plain(person.name)} · {role}", icon=":material/person:"):
        st.markdown(words(f"access.may_{person.role.code}"))
        st.button(words("access.logout"), key="logout", icon=":material/logout:", on_click=st.logout)
    _keep_link(inside=True)


def _keep_link(*, inside: bool) -> None:
    """Let the browser remember the link that somebody came by until they are inside, and follow it then."""
    browser_component("door")(key="door", data={"inside": inside})


def _literal(name: str) -> str:
    """Return a name that a provider gave as it stands: an address in a sentence would become a link to write to."""
    return f"`{name.replace('`', '')}`" if name.strip("` ") else ""


def _plain(name: str) -> str:
    """Return a name that a provider gave so that Markdown shows it letter by letter, without links or styles."""
    return re.sub(r"([^\w\s])", r"\\\1", name)
