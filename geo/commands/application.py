"""All commands of `geo` as one application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import typer

from geo.commands import answers, demo, events, export, gazetteer, ingest, measuring, serve, store, train, watch, zones

app: Final = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From news reports to a map that can be defended.",
    epilog="Start with: geo demo, then: geo serve",
)

_COMMANDS: dict[Callable[..., None], str] = {
    demo.demo: "geo demo",
    serve.serve: "geo serve --port 8501",
    ingest.ingest: "geo ingest reports/ --published 2016-11-20 --store atlas.gpkg",
    watch.watch: "geo watch incoming/ https://example.org/feed --store atlas.gpkg",
    answers.extract: "geo extract reports.jsonl -o events.jsonl",
    answers.geoparse: "geo geoparse reports.jsonl -o toponyms.jsonl",
    answers.locate: "geo locate triggers.jsonl -o locations.jsonl",
    export.export: "geo export -o aleppo.html --from 2016-11-15 --to 2016-12-23",
    train.train: "geo train tagger",
    measuring.evaluate: "geo evaluate lgl seeds --json figures.json",
    measuring.bench: "geo bench ingest --json speed.json",
}
for command, example in _COMMANDS.items():
    app.command(epilog=f"Example: {example}")(command)
app.add_typer(store.app, name="store")
app.add_typer(zones.app, name="zones")
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(events.app, name="events")
