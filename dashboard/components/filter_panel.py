"""The filters at the side: every widget is set from the URL and writes its change back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.board import Board
from dashboard.components.place_filter import draw_place_filter
from dashboard.i18n import Words
from dashboard.session import change_view, show_view
from dashboard.state import View, filters_set, without_filters
from geo.tables import Scene
from geo.vocabulary import SUB_EVENT_TYPES, EventType, Factuality, GeoPrecision, Review


def draw_filters(board: Board, scene: Scene, view: View, words: Words, *, controllers: Mapping[str, str]) -> None:
    """Draw the filters in the sidebar."""
    with st.sidebar:
        count = filters_set(view)
        _text(view, words)
        # A place of its own even while empty: what follows would be drawn anew wherever it moves up or down.
        cleared = st.empty()
        if count:
            cleared.button(
                words("filters.clear", n=count),
                key="clear_filters",
                icon=":material/filter_alt_off:",
                width="stretch",
                on_click=lambda: show_view(without_filters(view)),
            )
        _period(scene, view, words)
        subs = [sub for sub, kind in SUB_EVENT_TYPES.items() if not view.types or kind in view.types]
        _choice("types", view.types, list(EventType), words, _counted(board.counted["event_type"], words, "type"))
        _choice("sub_types", view.sub_types, subs, words, _counted(board.counted["sub_event_type"], words, "sub_type"))
        draw_place_filter(view, words)
        _casualties(view, words)
        _folded(
            "who", words, [view.actors, view.sides, view.control], lambda: _draw_who(board, view, words, controllers)
        )
        doubts = [view.factualities, view.precisions, view.reviews, view.sources]
        _folded("doubt", words, doubts, lambda: _draw_doubt(board, view, words))


def _folded(name: str, words: Words, chosen: Sequence[Sequence[Any]], draw: Callable[[], None]) -> None:
    """Draw filters that are seldom needed in a box, once it is open or one of them is set.

    A list to choose from is the dearest thing that a browser draws here, and every change of a filter draws all anew.
    """
    # Once a filter in it was set it stays as the reader leaves it: a step back must not shut it under the hand.
    kept = f"filters_{name}_kept"
    st.session_state[kept] = opened = st.session_state.get(kept, False) or any(chosen)
    box = st.expander(words(f"filters.{name}"), key=f"filters_{name}", expanded=opened, on_change="rerun")
    if box.open or any(chosen):
        with box:
            draw()


def _draw_who(board: Board, view: View, words: Words, controllers: Mapping[str, str]) -> None:
    _choice("actors", view.actors, board.actor_names, words, str)
    sides = sorted(set(board.side_of.values()))
    _choice("sides", view.sides, sides, words, lambda code: controllers.get(code) or words.name("control", code))
    held = list(dict.fromkeys([*controllers, *board.counted["control"]]))
    _choice("control", view.control, held, words, lambda code: controllers.get(code) or words.name("control", code))


def _draw_doubt(board: Board, view: View, words: Words) -> None:
    _choice("factualities", view.factualities, list(Factuality), words, _named(words, "factuality"))
    precisions = [int(value) for value in GeoPrecision]
    _choice("precisions", view.precisions, precisions, words, lambda code: words(f"geo_precision.p{code}"))
    _choice("reviews", view.reviews, list(Review), words, _named(words, "review_state"))
    _choice("sources", view.sources, board.source_names, words, str)


def _named(words: Words, group: str) -> Callable[[Any], str]:
    return lambda code: words.name(group, str(code))


def _counted(counts: Mapping[str, int], words: Words, group: str) -> Callable[[Any], str]:
    return lambda code: f"{words.name(group, str(code))} ({counts.get(str(code), 0)})"


def _choice(
    name: str, chosen: Sequence[Any], options: Sequence[Any], words: Words, label: Callable[[Any], str]
) -> None:
    key = f"filter_{name}"
    plain = [option if isinstance(option, int) else str(option) for option in options]
    # A link may name an actor or a source that this store does not have: it stays visible, to be taken out.
    st.session_state[key] = list(chosen)
    st.multiselect(
        words(f"filters.{name}"),
        [*plain, *(value for value in chosen if value not in plain)],
        key=key,
        format_func=label,
        placeholder=words("filters.any"),
        on_change=lambda: change_view(**{name: tuple(st.session_state[key])}),
    )


def _text(view: View, words: Words) -> None:
    st.session_state["filter_text"] = view.text
    st.text_input(
        words("filters.text"),
        key="filter_text",
        placeholder=words("filters.text_hint"),
        icon=":material/search:",
        on_change=lambda: change_view(text=st.session_state["filter_text"].strip()),
    )


def _period(scene: Scene, view: View, words: Words) -> None:
    columns = st.columns(2, gap="small")
    plain = {"start": scene.start, "end": scene.end}
    for column, (name, default) in zip(columns, plain.items(), strict=True):
        key = f"filter_{name}"
        st.session_state[key] = getattr(view, name) or default
        column.date_input(
            words(f"filters.{name}"),
            key=key,
            min_value=min(scene.start, view.start or scene.start, view.end or scene.start),
            max_value=max(scene.end, view.end or scene.end, view.start or scene.end),
            format="DD/MM/YYYY",
            on_change=_period_changed,
            args=(name, scene),
        )


def _period_changed(name: str, scene: Scene) -> None:
    day = st.session_state[f"filter_{name}"]
    changes = {name: None if day == getattr(scene, name) else day}
    other = st.session_state["filter_end" if name == "start" else "filter_start"]
    if (name == "start" and day > other) or (name == "end" and day < other):
        # The two would cross: the day that was just chosen becomes the whole period.
        changes = {"start": day, "end": day}
    change_view(**changes)


def _casualties(view: View, words: Words) -> None:
    for column, name in zip(st.columns(2, gap="small"), ("killed", "injured"), strict=True):
        key = f"filter_{name}"
        st.session_state[key] = getattr(view, name)
        column.number_input(
            words(f"filters.{name}"), key=key, min_value=0, step=1, on_change=_casualties_changed, args=(name,)
        )


def _casualties_changed(name: str) -> None:
    change_view(**{name: int(st.session_state[f"filter_{name}"] or 0)})
