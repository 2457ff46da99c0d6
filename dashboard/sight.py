"""What of the store whoever asks may see: everything, or what the rules for sensitive places leave of it.

Whatever the pages show is read through a `Version`, which says both at which state the store is and for whom.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.access import sees_exact_places
from dashboard.kept_events import read_events
from dashboard.references import file_stamp, kinds_of
from dashboard.shared import shared
from dashboard.state import View
from dashboard.versions import Version as Version
from dashboard.versions import exact_version as exact_version
from geo.settings import read_settings
from geo.tables import Scene

if TYPE_CHECKING:
    from geo.exports import Publication

_SCENES = 2


def store_version() -> Version:
    """Return the store of the settings at its present state, as whoever asks may see it."""
    settings = read_settings()
    exact = exact_version(settings.store)
    if sees_exact_places():
        return exact
    return public_version(exact)


def public_version(exact: Version) -> Version:
    """Return a version of exact places as the public sees it; rules that changed and hours that passed make it new."""
    settings = read_settings()
    rules = Path(settings.sensitive) if settings.sensitive else settings.data / "sensitive.toml"
    return replace(exact, public_at=int(time.time() // 3600), rules_stamp=file_stamp(rules))


@shared(entries=4)
def series_names(version: Version) -> tuple[str, ...]:
    """Return the names of the store's zone series."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return store.series()


def series_of(version: Version, view: View) -> str:
    """Return the zone series of a view: its own where the store has it, else what fits the events, else none."""
    return view.series if view.series in series_names(version) else fitting_series(version)


@shared(entries=4)
def fitting_series(version: Version) -> str:
    """Return the zone series that most events lie on, empty where they all lie elsewhere."""
    from geo import pipeline
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return pipeline.fitting_series(store)


@shared(entries=4)
def whole_scene(version: Version, series: str) -> Scene:
    """Return everything that the store holds and that may be seen, with one zone series."""
    from geo.pipeline import load_scene
    from geo.stores import open_store

    if version.public_at is not None:
        return publication(version, series).scene
    known, last = read_events(version), _last_scenes()
    before = last.get((version.address, series))
    with open_store(version.address, read_only=True) as store:
        scene = load_scene(store, series=series or None, events=known.events, before=before)
    last[version.address, series] = scene
    while len(last) > _SCENES:
        last.popitem(last=False)
    return scene


@shared(entries=1)
def _last_scenes() -> OrderedDict[tuple[str, str], Scene]:
    """Return the scenes that were made last, by store and series: of the ground most stands."""
    return OrderedDict()


@shared(entries=4)
def publication(version: Version, series: str) -> Publication:
    """Return what the public gets of the store, and what is held back; of exact places too, for counting."""
    from geo.exports import publish, sensitive_rules

    exact = replace(version, public_at=None, rules_stamp=0)
    moment = datetime.fromtimestamp((version.public_at or 0) * 3600, tz=UTC) if version.public_at else datetime.now(UTC)
    return publish(whole_scene(exact, series), sensitive_rules(read_settings()), now=moment, kinds_of=kinds_of)


def closed_documents(version: Version) -> frozenset[str]:
    """Return the documents that tell of sensitive places, whose texts whoever asks may not see."""
    if version.public_at is None:
        return frozenset()
    return publication(version, series_of(version, View())).closed_documents
