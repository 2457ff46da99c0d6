"""The door: logging in, who is inside, and what somebody may not do, said in words."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from dashboard.access import Person, current_person, login_settings, providers
from dashboard.components.as_written import as_written
from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from dashboard.roles import Role
from geo.errors import ConfigurationError

_ICON = Path(__file__).with_name("icon.png")


def stands_outside() -> bool:
    """Tell whether whoever asks has to stay at the door, where no links to pages lead anywhere."""
    try:
        return login_settings() is not None and current_person().role is Role.NONE
    except ConfigurationError:
        # `let_in` says what is wrong.
        return False


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
        with st.container(key="entrance"):
            _draw_name(words)
            st.header(words("access.refused_title"))
            st.error(words("access.not_listed", who=_literal(person.name)), icon=":material/lock:")
            st.button(
                words("access.logout"), key="logout", icon=":material/logout:", width="stretch", on_click=st.logout
            )
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
    # Before the button: the link is to be kept by the time that it is pressed.
    _keep_link(inside=False)
    with st.container(key="entrance"):
        _draw_name(words)
        st.markdown(words("access.login_lead"))
        for name in named:
            st.button(
                words("access.login_with", name=name) if name else words("access.login"),
                key=f"login_{name}",
                type="primary",
                icon=":material/login:",
                width="stretch",
                on_click=st.login,
                args=(name,) if name else (),
            )
        st.caption(words("access.login_roles"))


def _draw_name(words: Words) -> None:
    """Say what stands behind the door."""
    st.html(
        f'<header class="ca-name"><img src="{_icon()}" alt="" width="56" height="56">'
        f"<h1>Conflict Atlas</h1><p>{escape(words('access.what'))}</p></header>"
    )


@cache
def _icon() -> str:
    return f"data:image/png;base64,{b64encode(_ICON.read_bytes()).decode()}"


def _draw_person(person: Person, words: Words) -> None:
    role = words(f"access.role_{person.role.code}")
    with st.container(key="person_box"), st.popover(f"{as_written(person.name)} · {role}", icon=":material/person:"):
        st.markdown(words(f"access.may_{person.role.code}"))
        st.button(words("access.logout"), key="logout", icon=":material/logout:", on_click=st.logout)
    _keep_link(inside=True)


def _keep_link(*, inside: bool) -> None:
    """Let the browser remember the link that somebody came by until they are inside, and follow it then."""
    browser_component("door")(key="door", data={"inside": inside})


def _literal(name: str) -> str:
    """Return a name that a provider gave as it stands: an address in a sentence would become a link to write to."""
    return f"`{name.replace('`', '')}`" if name.strip("` ") else ""
