"""The tagger's network: a small BERT encoder, a begin/inside/outside head for each label, and a head that links.

The encoder's word vectors come from all-MiniLM-L6-v2 (Apache-2.0) and stay as they are; all else is trained. Its token
type, unused in that model, carries the letter case of a piece. The encoder is the base model's first layers, which are
enough for names and read twice as fast as all six; the layers after them read the sentence of a trigger on, once for
each trigger, to say where its event happened. `links.py` has a reader of its own for that question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, LAYERS, ATTENTION_HEADS, INNER = 384, 3, 12, 1536
VOCABULARY, POSITIONS, CASES = 30522, 512, 3
LINK_LAYERS = 2
FARTHEST = 40
"""Distances between a piece and the trigger are told apart up to this many pieces."""
DROPOUT = 0.1
"""On the embeddings and before the heads only: in the layers it costs time and, over so few epochs, helps little."""


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the next states; `mask` is added to the attention scores, (batch, 1, 1, length)."""
        batch, length, width = states.shape
        query, key, value = (
            part.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(states).chunk(3, dim=-1)
        )
        read = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        read = self.out(read.transpose(1, 2).reshape(batch, length, width))
        states = self.norm1(states + read)
        return self.norm2(states + self.down(functional.gelu(self.up(states))))


class Encoder(nn.Module):
    """Word pieces with their letter case to contextual states."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.cases = nn.Embedding(CASES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList([Layer(HIDDEN, INNER, ATTENTION_HEADS) for _ in range(layers)])
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, ids: Tensor, case: Tensor, present: Tensor) -> Tensor:
        """Return states (batch, length, HIDDEN); `present` is 1 on pieces and 0 on padding."""
        states = self.dropout(self.embedded(ids, case))
        mask = (1.0 - present[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def embedded(self, ids: Tensor, case: Tensor) -> Tensor:
        """Return the states (batch, length, HIDDEN) that the first layer reads."""
        places = torch.arange(ids.shape[1], device=ids.device)
        embedded: Tensor = self.norm(self.words(ids) + self.positions(places)[None] + self.cases(case))
        return embedded


class LinkHead(nn.Module):
    """States of a trigger's sentence to the begin/inside/outside of the places where its event happened.

    The base model's next layers, which read the sentence on with the trigger marked in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trigger = nn.Embedding(2, HIDDEN)
        self.distance = nn.Embedding(2 * FARTHEST + 1, HIDDEN)
        self.layers = nn.ModuleList([Layer(HIDDEN, INNER, ATTENTION_HEADS) for _ in range(LINK_LAYERS)])
        self.dropout = nn.Dropout(DROPOUT)
        self.tags = nn.Linear(HIDDEN, 3)
        nn.init.normal_(self.trigger.weight, std=0.1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, states: Tensor, position: Tensor, present: Tensor) -> Tensor:
        """Return logits (triggers, length, 3) for `states` (triggers, length, HIDDEN).

        `position` (triggers,) is the trigger's first piece.
        """
        far = torch.arange(states.shape[1], device=states.device)[None] - position[:, None]
        marked = self.trigger((far == 0).to(torch.int64)) + self.distance(far.clamp(-FARTHEST, FARTHEST) + FARTHEST)
        states = self.dropout(states + marked)
        mask = (1.0 - present[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, mask)
        return self.tags(states)


class Tagger(nn.Module):
    """Encoder with one begin/inside/outside head a label, and the link head."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.dropout = nn.Dropout(DROPOUT)
        self.heads = nn.Linear(HIDDEN, labels * 3)
        self.link = LinkHead()

    def forward(self, ids: Tensor, case: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """Return (logits (batch, length, labels, 3), states (batch, length, HIDDEN))."""
        states = self.encoder(ids, case, present)
        logits = self.heads(self.dropout(states))
        return logits.view(*logits.shape[:2], -1, 3), states


def base_weights(tagger: Tagger, path: Path) -> None:
    """Load encoder and link head from all-MiniLM-L6-v2's `model.safetensors`: first layers, and those after."""
    stored = _stored(path)
    with torch.no_grad():
        _load_embeddings(tagger.encoder, stored)
        _load_layers([*tagger.encoder.layers, *tagger.link.layers], stored)


def load_encoder(encoder: Encoder, path: Path) -> None:
    """Load an encoder of any number of layers from all-MiniLM-L6-v2's `model.safetensors`."""
    stored = _stored(path)
    with torch.no_grad():
        _load_embeddings(encoder, stored)
        _load_layers(encoder.layers, stored)


def _stored(path: Path) -> dict[str, Tensor]:
    return {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}


def _load_embeddings(encoder: Encoder, stored: Mapping[str, Tensor]) -> None:
    """Copy the embeddings; the base model's first token type becomes every letter case."""
    encoder.words.weight.copy_(stored["embeddings.word_embeddings.weight"])
    encoder.positions.weight.copy_(stored["embeddings.position_embeddings.weight"])
    encoder.cases.weight.copy_(stored["embeddings.token_type_embeddings.weight"][:1].repeat(CASES, 1))
    _copy(encoder.norm, stored, "embeddings.LayerNorm")


def _load_layers(layers: Iterable[nn.Module], stored: Mapping[str, Tensor]) -> None:
    for number, layer in enumerate(layers):
        prefix = f"encoder.layer.{number}."
        for kind, tensor in (("weight", layer.qkv.weight), ("bias", layer.qkv.bias)):
            names = (f"{prefix}attention.self.{part}.{kind}" for part in ("query", "key", "value"))
            tensor.copy_(torch.cat([stored[name] for name in names]))
        _copy(layer.out, stored, prefix + "attention.output.dense")
        _copy(layer.norm1, stored, prefix + "attention.output.LayerNorm")
        _copy(layer.up, stored, prefix + "intermediate.dense")
        _copy(layer.down, stored, prefix + "output.dense")
        _copy(layer.norm2, stored, prefix + "output.LayerNorm")


def _copy(module: nn.Module, stored: Mapping[str, Tensor], name: str) -> None:
    module.weight.copy_(stored[f"{name}.weight"])
    module.bias.copy_(stored[f"{name}.bias"])
