"""A trained tagger to the files that run without torch: three ONNX graphs with int8 weights, tokenizer and card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.extraction.recognizers.entities import LABELS as ENTITIES
from geo.training.choosing import Choices
from geo.training.corpora import LABELS
from geo.training.entities import EntityNetwork
from geo.training.graphs import write_entities_graph, write_links_graph, write_tags_graph
from geo.training.network import ATTENTION_HEADS, FARTHEST, LAYERS, LINK_LAYERS, Tagger
from geo.training.tagger import LONGEST


def write_model(
    tagger: Tagger,
    entities: EntityNetwork,
    folder: Path,
    *,
    tokenizer: Path,
    thresholds: Mapping[str, float],
    usual: Sequence[str],
    link_threshold: float,
) -> None:
    """Write `tagger.onnx`, `link.onnx`, `entities.onnx`, `tokenizer.json` and `config.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.numpy() for name, tensor in tagger.state_dict().items()}
    write_tags_graph(weights, folder / "tagger.onnx", layers=LAYERS, heads=ATTENTION_HEADS)
    write_links_graph(weights, folder / "link.onnx", layers=LINK_LAYERS, heads=ATTENTION_HEADS, farthest=FARTHEST)
    weights = {name: tensor.numpy() for name, tensor in entities.state_dict().items()}
    layers = len(entities.layers)
    write_entities_graph(weights, folder / "entities.onnx", layers=layers, heads=ATTENTION_HEADS, labels=len(ENTITIES))
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    card = {
        "labels": list(LABELS),
        "thresholds": dict(thresholds),
        "usual": list(usual),
        "link_threshold": link_threshold,
        "longest": LONGEST,
    }
    (folder / "config.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def write_choices(folder: Path, choices: Choices) -> None:
    """Write into `config.json` how sure the model must be of names and places."""
    path = folder / "config.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    record = choices.record()
    card |= {"names": record["names"], "places": record["places"], "spans": record["spans"]}
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
