"""The encoder in plain torch: MiniLM with embeddings of letter case and quotation, and four heads."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from etl.annotate.encoder.session import ATTRIBUTION_TAGS, CLAIM_TAGS, LINK_WIDTH, NAME_TAGS

WIDTH = 384
HEADS = 12
INNER_WIDTH = 1536
PIECES = 30522
POSITIONS = 512
SHAPES = 9
BUCKETS = 14
EPSILON = 1e-12
OUTPUT_WIDTHS = (len(NAME_TAGS), len(ATTRIBUTION_TAGS), len(CLAIM_TAGS), 3 * LINK_WIDTH)

NEW_PARTS = ("shape", "quoted", "heads", "distance", "no_source")


class Layer(nn.Module):
    """One transformer layer, normalised behind each half as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.inner = nn.Linear(WIDTH, INNER_WIDTH)
        self.inner_out = nn.Linear(INNER_WIDTH, WIDTH)
        self.inner_norm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: batch by length by width; mask: batch by 1 by 1 by length, very low where no piece stands."""
        batch, length, _ = x.shape
        query, key, value = self.attention(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        # Written out: the fused operator's way back is slow on a processor.
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask
        mixed = scores.softmax(dim=-1).to(value.dtype) @ value
        mixed = self.attention_out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.attention_norm(x + mixed)
        inner = self.inner_out(F.gelu(self.inner(x)))
        return self.inner_norm(x + F.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Pieces to scores for the name, attribution and claim tags, and to link vectors."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.pieces.weight.requires_grad_(False)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.quoted = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.heads = nn.Linear(WIDTH, sum(OUTPUT_WIDTHS))
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        self.no_source = nn.Parameter(torch.zeros(LINK_WIDTH))
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.quoted.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """ids, features: batch by length; mask: the same, true where a piece stands."""
        length = ids.shape[1]
        x = self.pieces(ids) + self.positions.weight[:length]
        x = x + self.shape(features % SHAPES) + self.quoted(features // SHAPES)
        if torch.is_autocast_enabled("cpu"):  # half the memory traffic of mixed sums
            x = x.to(torch.get_autocast_dtype("cpu"))
        x = F.dropout(self.norm(x), self.dropout, self.training)
        hidden = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden)
        x = F.dropout(x, self.dropout, self.training)
        return self.heads(x).float().split(OUTPUT_WIDTHS, dim=-1)


def from_minilm(path: Path) -> Encoder:
    """A six-layer encoder that starts from the published MiniLM weights; the heads start at random."""
    weights = {name.removeprefix("bert."): value.float() for name, value in load_file(path).items()}
    network = Encoder()
    with torch.no_grad():
        embeddings = "embeddings."
        network.pieces.weight.copy_(weights[embeddings + "word_embeddings.weight"])
        positions = weights[embeddings + "position_embeddings.weight"]
        network.positions.weight.copy_(positions + weights[embeddings + "token_type_embeddings.weight"][0])
        _copy(network.norm, weights, embeddings + "LayerNorm")
        for i, layer in enumerate(network.layers):
            _copy_layer(layer, weights, f"encoder.layer.{i}.")
    return network


def _copy_layer(layer: nn.Module, weights: dict[str, Tensor], prefix: str) -> None:
    for kind in ("weight", "bias"):
        parts = [weights[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        getattr(layer.attention, kind).copy_(torch.cat(parts))
    _copy(layer.attention_out, weights, prefix + "attention.output.dense")
    _copy(layer.attention_norm, weights, prefix + "attention.output.LayerNorm")
    _copy(layer.inner, weights, prefix + "intermediate.dense")
    _copy(layer.inner_out, weights, prefix + "output.dense")
    _copy(layer.inner_norm, weights, prefix + "output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[name + ".weight"])
    module.bias.copy_(weights[name + ".bias"])


def student_of(teacher: Encoder, kept: tuple[int, ...]) -> Encoder:
    """An encoder that starts from some of a teacher's layers and all of its other weights."""
    student = Encoder(len(kept))
    state = {name: value for name, value in teacher.state_dict().items() if not name.startswith("layers.")}
    for place, i in enumerate(kept):
        layer = teacher.layers[i].state_dict()
        state |= {f"layers.{place}.{name}": value for name, value in layer.items()}
    student.load_state_dict(state)
    return student
