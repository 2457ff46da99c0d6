"""Which sources the index is compiled from."""

from __future__ import annotations

from geo.places.gazetteers.entry import Source
from geo.settings import Settings


def shelf(settings: Settings) -> tuple[Source, ...]:
    """Return the sources in order: the embedded world, the project's files, the user's files."""
    from geo.places.gazetteers.cities import Cities
    from geo.places.gazetteers.countries import Countries
    from geo.places.gazetteers.divisions import Divisions
    from geo.places.gazetteers.table import Table

    world = settings.gazetteer / "world"
    project = sorted(settings.gazetteer.glob("*.csv"))
    added = sorted(settings.added_gazetteers.glob("*.csv"))
    return (
        Countries(world / "countries.csv"),
        Divisions(world / "admin1.csv"),
        Cities(),
        *(Table(path, licence="see data/sources.toml") for path in project),
        *(Table(path, licence="added by the user") for path in added),
    )
