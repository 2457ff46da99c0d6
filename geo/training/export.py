"""A trained tagger to the files that run without torch: two ONNX graphs with int8 weights, tokenizer and card."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from geo.training.choosing import Choices
from geo.training.corpora import LABELS
from geo.training.network import HIDDEN, LinkHead, Tagger
from geo.training.tagger import LONGEST


class _Tags(nn.Module):
    """The tagger with probabilities in place of logits."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, case: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        logits, states = self.tagger(ids, case, present)
        return logits.softmax(-1), states


class _Links(nn.Module):
    """The link head with probabilities in place of logits."""

    def __init__(self, head: LinkHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, position: Tensor, present: Tensor) -> Tensor:
        return self.head(states, position, present).softmax(-1)


def write_model(
    tagger: Tagger,
    folder: Path,
    *,
    tokenizer: Path,
    thresholds: Mapping[str, float],
    usual: Sequence[str],
    link_threshold: float,
) -> None:
    """Write `tagger.onnx`, `link.onnx`, `tokenizer.json` and `config.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    tagger.eval()
    integers = torch.ones(2, 8, dtype=torch.int64)
    batch, length = torch.export.Dim("batch", min=1), torch.export.Dim("length", min=2, max=512)
    axes = {0: batch, 1: length}
    _write_graph(
        _Tags(tagger),
        (integers * 200, integers * 0, integers),
        folder / "tagger.onnx",
        inputs={"ids": axes, "case": axes, "present": axes},
        outputs=["probabilities", "states"],
    )
    states, position = torch.randn(2, 8, HIDDEN), torch.tensor([1, 2])
    _write_graph(
        _Links(tagger.link),
        (states, position, integers),
        folder / "link.onnx",
        inputs={"states": axes, "position": {0: batch}, "present": axes},
        outputs=["probabilities"],
    )
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


def _write_graph(
    module: nn.Module,
    arguments: tuple[Tensor, ...],
    path: Path,
    *,
    inputs: Mapping[str, Mapping[int, object]],
    outputs: list[str],
) -> None:
    """Export with int8 weights. Seven bits of them are used: without VNNI, eight can overflow in the sums."""
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        program = torch.onnx.export(
            module,
            arguments,
            dynamo=True,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_shapes=tuple(dict(axes) for axes in inputs.values()),
            opset_version=20,
            verbose=False,
        )
        program.save(str(whole), external_data=False)
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"MatMulConstBOnly": True},
        )
