"""The tagger's two ONNX graphs, written node by node from trained weights: int8 products, nothing that a run needs not.

A run of either graph reads one stretch of text and no padding. The scale of a product's int8 activations is taken over
its whole input, so that a text which shared a run with others would be marked a little differently beside each.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
Weights = Mapping[str, Array]
Ends = Mapping[str, tuple[int, Sequence[int | str]]]
"""Inputs or outputs of a graph: kind of value and shape, by name."""

_OPERATORS, _FORMAT = 20, 10
_RUNTIME = "com.microsoft"
"""Operators of onnxruntime's own."""
_EPSILON = 1e-12
_SEVEN_BITS = 64
"""Largest weight of a product: without VNNI, eight bits can overflow in the sums of pairs."""


def write_tags_graph(weights: Weights, path: Path, *, layers: int, heads: int) -> None:
    """Write `ids` and `case` (1, pieces) to `probabilities` (1, pieces, labels, 3).

    For the other graphs: `words` (1, pieces, width) are the vectors of the word pieces, `embedded` is what the first
    layer reads, and `states` what the last one makes of it.
    """
    graph = _Graph(weights, heads=heads)
    count = graph.add("Shape", ["ids"], start=1, end=2)
    word = graph.looked_up("encoder.words.weight", "ids", output="words")
    states = graph.embedded(word, "case", count, output="embedded")
    for number in range(layers):
        states = graph.layer(states, f"encoder.layers.{number}", output="states" if number == layers - 1 else "")
    labels = len(weights["heads.bias"]) // 3
    logits = graph.add("Reshape", [graph.product(states, "heads"), graph.whole_numbers([0, 0, labels, 3])])
    graph.add("Softmax", [logits], name="probabilities", axis=-1)
    pieces: list[int | str] = [1, "pieces"]
    graph.write(
        path,
        inputs={"ids": (TensorProto.INT64, pieces), "case": (TensorProto.INT64, pieces)},
        outputs={
            "probabilities": (TensorProto.FLOAT, [*pieces, labels, 3]),
            **{name: (TensorProto.FLOAT, [*pieces, graph.width]) for name in ("words", "embedded", "states")},
        },
    )


def write_link_head_graph(weights: Weights, path: Path, *, layers: int, heads: int, farthest: int) -> None:
    """Write `states` (1, pieces, width) of a sentence to `probabilities` (triggers, candidates, 3).

    `position` (triggers,) holds the first piece of each trigger, `candidates` (candidates,) the pieces that may belong
    to a place: the last layer works out these alone.
    """
    graph = _Graph(weights, heads=heads)
    length = graph.add("Squeeze", [graph.add("Shape", ["states"], start=1, end=2)])
    pieces = graph.add("Range", [graph.whole_numbers(0), length, graph.whole_numbers(1)])
    row = graph.add("Unsqueeze", [pieces, graph.whole_numbers([0])])
    far = graph.add("Sub", [row, graph.add("Unsqueeze", ["position", graph.whole_numbers([1])])])
    marked = graph.add("Cast", [graph.add("Equal", [far, graph.whole_numbers(0)])], to=TensorProto.INT64)
    near = graph.add("Clip", [far, graph.whole_numbers(-farthest), graph.whole_numbers(farthest)])
    distance = graph.looked_up("link.distance.weight", graph.add("Add", [near, graph.whole_numbers(farthest)]))
    states = graph.add("Add", [graph.add("Add", [graph.looked_up("link.trigger.weight", marked), distance]), "states"])
    for number in range(layers):
        last = number == layers - 1
        states = graph.layer(states, f"link.layers.{number}", only="candidates" if last else "")
    graph.add("Softmax", [graph.product(states, "link.tags")], name="probabilities", axis=-1)
    graph.write(
        path,
        inputs={
            "states": (TensorProto.FLOAT, [1, "pieces", graph.width]),
            "position": (TensorProto.INT64, ["triggers"]),
            "candidates": (TensorProto.INT64, ["candidates"]),
        },
        outputs={"probabilities": (TensorProto.FLOAT, ["triggers", "candidates", 3])},
    )


def write_link_reader_graph(weights: Weights, path: Path, *, layers: int, heads: int) -> None:
    """Write `words` (1, pieces, width) and `case` (1, pieces) to `probabilities` (triggers, candidates, 3).

    `trigger` (triggers,) holds the first piece of each trigger, `candidates` (candidates,) the pieces that may belong
    to a place: the last layer works out these alone.
    """
    graph = _Graph(weights, heads=heads)
    count = graph.add("Shape", ["words"], start=1, end=2)
    states = graph.embedded("words", "case", count)
    pieces = graph.add("Range", [graph.whole_numbers(0), graph.add("Squeeze", [count]), graph.whole_numbers(1)])
    row = graph.add("Unsqueeze", [pieces, graph.whole_numbers([0])])
    here = graph.add("Equal", [row, graph.add("Unsqueeze", ["trigger", graph.whole_numbers([1])])])
    here = graph.add("Unsqueeze", [graph.add("Cast", [here], to=TensorProto.FLOAT), graph.whole_numbers([2])])
    states = graph.add("Add", [graph.add("Mul", [here, graph.constant(weights["trigger"])]), states])
    for number in range(layers):
        last = number == layers - 1
        states = graph.layer(states, f"encoder.layers.{number}", only="candidates" if last else "")
    graph.add("Softmax", [graph.exact_product(states, "tags")], name="probabilities", axis=-1)
    graph.write(
        path,
        inputs={
            "words": (TensorProto.FLOAT, [1, "pieces", graph.width]),
            "case": (TensorProto.INT64, [1, "pieces"]),
            "trigger": (TensorProto.INT64, ["triggers"]),
            "candidates": (TensorProto.INT64, ["candidates"]),
        },
        outputs={"probabilities": (TensorProto.FLOAT, ["triggers", "candidates", 3])},
    )


def write_entities_graph(weights: Weights, path: Path, *, layers: int, heads: int, labels: int) -> None:
    """Write `embedded` (1, pieces, width) to `chances` (pieces, pieces, labels): of stretches, by first and last piece.

    Of the labels that were learnt, the first `labels` are worked out.
    """
    graph = _Graph(weights, heads=heads)
    states = "embedded"
    for number in range(layers):
        states = graph.layer(states, f"layers.{number}")
    states = graph.add("Squeeze", [states, graph.whole_numbers([0])])
    starts, ends = (graph.add("Gelu", [graph.product(states, name)]) for name in ("starts", "ends"))
    turned = graph.add("Transpose", [ends], perm=[1, 0])
    last = graph.whole_numbers([2])
    pairs = [
        graph.add("Unsqueeze", [graph.add("MatMul", [graph.add("MatMul", [starts, between]), turned]), last])
        for between in (graph.constant(weights["between"][label]) for label in range(labels))
    ]
    alone = (
        graph.add("Unsqueeze", [graph.product(side, name, rows=slice(labels)), graph.whole_numbers([axis])])
        for side, name, axis in ((starts, "start_alone", 1), (ends, "end_alone", 0))
    )
    scores = graph.add("Add", [graph.add("Concat", pairs, axis=2), graph.add("Add", list(alone))])
    scores = graph.add("Add", [scores, graph.by_distance(weights["widths.weight"][:, :labels], states)])
    graph.add("Sigmoid", [scores], name="chances")
    graph.write(
        path,
        inputs={"embedded": (TensorProto.FLOAT, [1, "pieces", graph.width])},
        outputs={"chances": (TensorProto.FLOAT, ["pieces", "pieces", labels])},
    )


class _Graph:
    """Nodes and constants of a graph in the making; every method that adds returns the name of what comes out."""

    def __init__(self, weights: Weights, *, heads: int) -> None:
        self._weights = weights
        self._heads = heads
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        norm = next(name for name in weights if name.endswith(("encoder.norm.weight", "norm1.weight")))
        self.width = int(weights[norm].shape[0])

    def add(self, operator: str, inputs: Sequence[str], *, name: str = "", domain: str = "", **settings: Any) -> str:
        """Add a node of one output."""
        name = name or f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [name], domain=domain, **settings))
        return name

    def constant(self, values: Array) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def whole_numbers(self, values: int | Sequence[int]) -> str:
        return self.constant(np.asarray(values, dtype=np.int64))

    def embedded(self, words: str, case: str, count: str, *, output: str = "") -> str:
        """Add what an encoder's first layer reads: vectors of word pieces with their letter case and position."""
        place = self.first_rows("encoder.positions.weight", count)
        cased = self.add("Add", [words, self.looked_up("encoder.cases.weight", case)])
        return self.normed(self.add("Add", [cased, place]), "encoder.norm", output=output)

    def looked_up(self, table: str, rows: str, *, output: str = "") -> str:
        """Add rows of an int8 table."""
        values, scale = self._table(table)
        return self.add("DequantizeLinear", [self.add("Gather", [values, rows]), scale], name=output)

    def first_rows(self, table: str, count: str) -> str:
        values, scale = self._table(table)
        start = self.whole_numbers([0])
        return self.add("DequantizeLinear", [self.add("Slice", [values, start, count, start]), scale])

    def product(self, states: str, name: str, *, rows: slice = slice(None)) -> str:
        """Add the product with a linear layer's weights, by column int8 of seven bits, and its bias."""
        weight, bias = self._weights[f"{name}.weight"][rows], self._weights[f"{name}.bias"][rows]
        largest = np.abs(weight).max(axis=1)
        scale = np.where(largest > 0, largest / _SEVEN_BITS, 1).astype(np.float32)
        whole = np.clip(np.rint(weight / scale[:, None]), -_SEVEN_BITS, _SEVEN_BITS).astype(np.int8)
        inputs = [states, self.constant(whole.T), self.constant(scale), "", self.constant(bias)]
        return self.add("DynamicQuantizeMatMul", inputs, domain=_RUNTIME)

    def exact_product(self, states: str, name: str) -> str:
        """Add the product with a linear layer's weights as they are: for a few columns int8 saves nothing."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return self.add("Add", [self.add("MatMul", [states, self.constant(weight.T)]), self.constant(bias)])

    def by_distance(self, table: Array, states: str) -> str:
        """Add rows of a table by how far the second of two pieces lies behind the first, at most its last row."""
        length = self.add("Squeeze", [self.add("Shape", [states], start=0, end=1)])
        pieces = self.add("Range", [self.whole_numbers(0), length, self.whole_numbers(1)])
        row, column = (self.add("Unsqueeze", [pieces, self.whole_numbers([axis])]) for axis in (0, 1))
        far = self.add(
            "Clip", [self.add("Sub", [row, column]), self.whole_numbers(0), self.whole_numbers(len(table) - 1)]
        )
        return self.add("Gather", [self.constant(table), far], axis=0)

    def normed(self, states: str, name: str, *, output: str = "") -> str:
        # Not joined with the sum before it: onnxruntime's node for both at once takes six times as long as the two.
        parts = [self.constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [states, *parts], name=output, axis=-1, epsilon=_EPSILON)

    def layer(self, states: str, name: str, *, only: str = "", output: str = "") -> str:
        """Add a transformer layer; it works out the pieces `only`, where given, from the states of all."""
        asked = self.add("Gather", [states, only], axis=1) if only else states
        if only:
            others = self.product(states, f"{name}.qkv", rows=slice(self.width, None))
            parts = [self.product(asked, f"{name}.qkv", rows=slice(self.width)), *self._split(others, 2)]
        else:
            parts = self._split(self.product(states, f"{name}.qkv"), 3)
        read = self.add("MultiHeadAttention", parts, domain=_RUNTIME, num_heads=self._heads)
        asked = self.normed(self.add("Add", [asked, self.product(read, f"{name}.out")]), f"{name}.norm1")
        inner = self.add("Gelu", [self.product(asked, f"{name}.up")])
        return self.normed(
            self.add("Add", [asked, self.product(inner, f"{name}.down")]), f"{name}.norm2", output=output
        )

    def write(self, path: Path, *, inputs: Ends, outputs: Ends) -> None:
        """Write the graph as a compressed file."""
        ends = [
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in each.items()]
            for each in (inputs, outputs)
        ]
        graph = helper.make_graph(self._nodes, path.stem, *ends, self._constants)
        operators = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=operators, ir_version=_FORMAT)
        # int8 of weights leaves a quarter to a third of every byte unused. The same weights make the same bytes.
        path.write_bytes(gzip.compress(model.SerializeToString(), mtime=0))

    def _split(self, states: str, count: int) -> list[str]:
        names = [f"part_{len(self._nodes)}_{number}" for number in range(count)]
        self._nodes.append(helper.make_node("Split", [states], names, axis=-1, num_outputs=count))
        return names

    def _table(self, name: str) -> tuple[str, str]:
        table = self._weights[name]
        scale = np.float32(np.abs(table).max() / 127 or 1)
        return self.constant(np.rint(table / scale).astype(np.int8)), self.constant(np.asarray(scale))
