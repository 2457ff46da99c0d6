"""Files that the server lends to the browser: large things travel once and stay there, not in every message."""

from __future__ import annotations

from streamlit.runtime import get_instance


def lent_file(content: bytes, media_type: str, *, place: str) -> str:
    """Return the address of a file for as long as the session shows it; `place` names where it is shown.

    The same content has the same address for all sessions. Streamlit tells large files apart by parts of them, so that
    `content` should end with something that differs whenever any of it does, as `signed` makes it.
    """
    return get_instance().media_file_mgr.add(content, media_type, place)
