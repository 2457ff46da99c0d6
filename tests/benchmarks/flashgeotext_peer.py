"""Run by the peer's own Python: names in, seconds out. `python flashgeotext_peer.py < {"names": […], "texts": […]}`."""

from __future__ import annotations

import json
import resource
import sys
import time


def main() -> None:
    """Time flashgeotext's own names in running texts, and each name alone as a text, which is its lookup."""
    from flashgeotext.geotext import GeoText

    asked = json.load(sys.stdin)
    started = time.perf_counter()
    geotext = GeoText()
    opened = time.perf_counter()
    for name in asked["names"]:
        geotext.extract(name)
    looked_up = time.perf_counter()
    for text in asked["texts"]:
        geotext.extract(text)
    read = time.perf_counter()
    answer = {
        "open": opened - started,
        "lookups": len(asked["names"]) / (looked_up - opened),
        "documents": len(asked["texts"]) / (read - looked_up),
        "names": sum(len(pool) for pool in geotext.pool.values()),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    json.dump(answer, sys.stdout)


main()
