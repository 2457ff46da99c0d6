"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[
    str | None,
    typer.Option("--store", help="Path of a GeoPackage or a postgresql:// URL. \\[env: CONFLICT_STORE]", metavar="S"),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write.", metavar="FILE")]
Recognizer = Annotated[
    str, typer.Option("--recognizer", help="tagger, rules, manual:PATH or module:factory.", metavar="NAME")
]
Focus = Annotated[
    str, typer.Option("--focus", help="What reports are about: a country's ISO code, or any place.", metavar="PLACE")
]
Entities = Annotated[
    bool,
    typer.Option("--entities", help="Mark locations and organisations too, wider than names: `the village of Azaz`."),
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Let URLs lead to private networks.")]
Input = Annotated[
    Path,
    typer.Argument(help="JSON lines: id, text, and optionally published; - for what comes in.", metavar="IN.jsonl"),
]
JsonFile = Annotated[Path | None, typer.Option("--json", help="Write the figures there too.", metavar="FILE")]
Jobs = Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.", metavar="N")]
