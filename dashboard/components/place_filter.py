"""Where events must lie: in a place of the gazetteer, or in an area of the map."""

from __future__ import annotations

import streamlit as st

from dashboard import references
from dashboard.components.as_written import as_written
from dashboard.i18n import Words
from dashboard.session import change_view
from dashboard.state import View
from geo.model import Place

_NAME, _CHOSEN, _UNKNOWN = "filter_place_name", "filter_place", "filter_place_unknown"


def draw_place_filter(view: View, words: Words) -> None:
    """Draw the search for a place, the choice among those of its name, and the area where there is one."""
    place = references.place_of(view.place) if view.place else None
    st.session_state[_NAME] = place.name if place else view.place
    st.text_input(
        words("filters.place"),
        key=_NAME,
        placeholder=words("filters.place_hint"),
        icon=":material/location_on:",
        on_change=_name_changed,
    )
    unknown = st.session_state.pop(_UNKNOWN, "")
    if unknown:
        st.caption(words("filters.place_none", name=as_written(unknown)))
    elif place is not None:
        _draw_namesakes(place, view, words)
    elif view.place:
        st.caption(words("filters.place_none", name=as_written(view.place)))
    if view.area:
        west, south, east, north = view.area
        box = f"{south:.3f}–{north:.3f}° N, {west:.3f}–{east:.3f}° E"
        st.button(
            words("filters.area", box=box),
            key="filter_area",
            icon=":material/close:",
            width="stretch",
            on_click=change_view,
            kwargs={"area": ()},
        )


def identifier(place: Place) -> str:
    """Return how a view names a place."""
    return f"{place.gazetteer}:{place.gazetteer_id}"


def _draw_namesakes(place: Place, view: View, words: Words) -> None:
    """Draw the choice among the places that the name could mean, and how far the chosen one reaches."""
    found = {identifier(one.place): one.place for one in references.places_named(place.name)} | {view.place: place}
    st.session_state[_CHOSEN] = view.place
    st.selectbox(
        words("filters.place_which"),
        list(found),
        key=_CHOSEN,
        format_func=lambda name: _label(found[name]) if name in found else name,
        on_change=lambda: change_view(place=st.session_state[_CHOSEN]),
    )
    ground = references.ground_of(view.place)
    if ground is not None:
        shape = "place_extent" if ground.extent is not None else "place_radius"
        st.caption(words(f"filters.{shape}", km=f"{ground.radius_km:.1f}"))


def _label(place: Place) -> str:
    return f"{place.name} · {place.kind}, {place.admin1 or place.country}"


def _name_changed() -> None:
    name = st.session_state[_NAME].strip()
    found = references.places_named(name) if name else ()
    if name and not found:
        st.session_state[_UNKNOWN] = name
    change_view(place=identifier(found[0].place) if found else "")
