"""A trained tagger to the files that run without torch: four ONNX graphs with int8 weights, tokenizer and card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import nn

from geo.extraction.recognizers.entities import LABELS as ENTITIES
from geo.training.choosing import Choices
from geo.training.corpora import LABELS
from geo.training.entities import EntityNetwork
from geo.training.graphs import (
    Weights,
    write_entities_graph,
    write_link_head_graph,
    write_link_reader_graph,
    write_tags_graph,
)
from geo.training.links import LinkNetwork
from geo.training.network import ATTENTION_HEADS, FARTHEST, Tagger
from geo.training.tagger import LONGEST


def write_model(
    tagger: Tagger,
    links: LinkNetwork,
    entities: EntityNetwork,
    folder: Path,
    *,
    tokenizer: Path,
    thresholds: Mapping[str, float],
    usual: Sequence[str],
    link_threshold: float,
) -> None:
    """Write the graphs, `tokenizer.json` and `config.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = ATTENTION_HEADS
    layers = len(tagger.encoder.layers)
    write_tags_graph(_weights(tagger), folder / "tagger.onnx.gz", layers=layers, heads=heads)
    layers = len(tagger.link.layers)
    write_link_head_graph(_weights(tagger), folder / "link_head.onnx.gz", layers=layers, heads=heads, farthest=FARTHEST)
    write_link_reader(links, folder)
    layers, labels = len(entities.layers), len(ENTITIES)
    write_entities_graph(_weights(entities), folder / "entities.onnx.gz", layers=layers, heads=heads, labels=labels)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    card = {
        "labels": list(LABELS),
        "thresholds": dict(thresholds),
        "usual": list(usual),
        "link_threshold": link_threshold,
        "longest": LONGEST,
    }
    (folder / "config.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def write_link_reader(links: LinkNetwork, folder: Path) -> None:
    """Write `link_reader.onnx.gz`, which any tagger's graph can feed: its word vectors are the base model's."""
    layers = len(links.encoder.layers)
    write_link_reader_graph(_weights(links), folder / "link_reader.onnx.gz", layers=layers, heads=ATTENTION_HEADS)


def write_choices(folder: Path, choices: Choices) -> None:
    """Write into `config.json` how sure the model must be of names and places."""
    path = folder / "config.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    record = choices.record()
    card |= {"names": record["names"], "places": record["places"], "spans": record["spans"]}
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _weights(network: nn.Module) -> Weights:
    return {name: tensor.numpy() for name, tensor in network.state_dict().items()}
