"""The whole path, from reports to a scene: the only room that knows every other.

Its modules are loaded when something of them is asked for: who reads texts (`geo extract`, each process of an ingest)
needs neither tables nor a store, and these take longer to load than the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.pipeline.answers import extracted, geoparsed, located
    from geo.pipeline.coding import CodedDocument, Tools, code_batch, load_tools
    from geo.pipeline.decisions import reviewed, standing
    from geo.pipeline.engines import Engine, code_documents
    from geo.pipeline.explaining import Explanation, explain_document
    from geo.pipeline.ingesting import IngestReport, add_shipped_series, ingest
    from geo.pipeline.plan import Plan
    from geo.pipeline.rebuilding import controlled_events, join_series, rebuild_events, refresh_events
    from geo.pipeline.reviewing import (
        accounts_of,
        keep_decision,
        merge_events,
        split_event,
        take_back,
        undoing,
        why_together,
    )
    from geo.pipeline.scenes import fitting_series, load_scene, read_attributions
    from geo.pipeline.watching import watch

__all__ = [
    "CodedDocument",
    "Engine",
    "Explanation",
    "IngestReport",
    "Plan",
    "Tools",
    "accounts_of",
    "add_shipped_series",
    "code_batch",
    "code_documents",
    "controlled_events",
    "explain_document",
    "extracted",
    "geoparsed",
    "ingest",
    "join_series",
    "keep_decision",
    "fitting_series",
    "load_scene",
    "load_tools",
    "located",
    "merge_events",
    "read_attributions",
    "rebuild_events",
    "refresh_events",
    "reviewed",
    "split_event",
    "standing",
    "take_back",
    "undoing",
    "watch",
    "why_together",
]

_HOMES = {
    "answers": "extracted geoparsed located",
    "coding": "CodedDocument Tools code_batch load_tools",
    "decisions": "reviewed standing",
    "engines": "Engine code_documents",
    "explaining": "Explanation explain_document",
    "ingesting": "IngestReport add_shipped_series ingest",
    "plan": "Plan",
    "rebuilding": "controlled_events join_series rebuild_events refresh_events",
    "reviewing": "accounts_of keep_decision merge_events split_event take_back undoing why_together",
    "scenes": "fitting_series load_scene read_attributions",
    "watching": "watch",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Return what the room gives, from the module that makes it."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
