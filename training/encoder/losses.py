"""What the encoder is taught by: right tags, right links, and a teacher's scores."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from etl.annotate.encoder.session import LINK_WIDTH, NAME_TAGS
from training.encoder.batches import Batch
from training.encoder.examples import OTHER_OR_NONE, UNKNOWN
from training.encoder.network import Encoder

LINK_SHARE = 0.3
CLAIM_SHARE = 0.3
TEMPERATURE = 2.0
ABSENT = -1e4

_OTHER_OR_NONE_TAGS = [i for i, tag in enumerate(NAME_TAGS) if tag in ("O", "B-MISC", "I-MISC")]

Outputs = tuple[Tensor, ...]


def loss(network: Encoder, outputs: Outputs, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch, a word, and its parts for the log."""
    names, attributions, claims, links = outputs
    words = (batch.names != UNKNOWN).sum() + (batch.attributions != UNKNOWN).sum()
    parts = {
        "names": _name_loss(names, batch.names) / words,
        "attributions": _tag_loss(attributions, batch.attributions) / words,
        "claims": CLAIM_SHARE * _tag_loss(claims, batch.claims) / words,
        "links": LINK_SHARE * _link_loss(network, links, batch),
    }
    return torch.stack(list(parts.values())).sum(), {name: part.item() for name, part in parts.items()}


def _tag_loss(scores: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=UNKNOWN, reduction="sum")


def _name_loss(scores: Tensor, labels: Tensor) -> Tensor:
    loose = scores[labels == OTHER_OR_NONE]
    either = loose.logsumexp(-1) - loose[:, _OTHER_OR_NONE_TAGS].logsumexp(-1)
    return _tag_loss(scores, labels.masked_fill(labels == OTHER_OR_NONE, UNKNOWN)) + either.sum()


def _link_loss(network: Encoder, links: Tensor, batch: Batch) -> Tensor:
    """Choose each content's cue among its line's, and each cue's source among its line's or none."""
    starts, ends, cues = (part / LINK_WIDTH**0.25 for part in links.flatten(0, 1).split(LINK_WIDTH, dim=-1))
    total = links.sum() * 0
    count = len(batch.content_right) + len(batch.source_right)
    if len(batch.content_right):
        content = starts[batch.content_ends[:, 0]] + ends[batch.content_ends[:, 1]]
        scores = torch.einsum("nd,nkd->nk", content, cues[batch.content_cues[..., 0]])
        scores = _with_distance(scores, network.distance[0], batch.content_buckets)
        total = total + F.cross_entropy(scores, batch.content_right, reduction="sum")
    if len(batch.source_right):
        cue = cues[batch.source_cues[:, 0]]
        source = starts[batch.source_ends[..., 0]] + ends[batch.source_ends[..., 1]]
        scores = torch.einsum("md,mkd->mk", cue, source)
        scores = _with_distance(scores, network.distance[1], batch.source_buckets)
        none = (cue @ network.no_source / LINK_WIDTH**0.25)[:, None]
        total = total + F.cross_entropy(torch.cat([none, scores], 1), batch.source_right, reduction="sum")
    return total / max(1, count)


def _with_distance(scores: Tensor, distance: Tensor, buckets: Tensor) -> Tensor:
    return (scores + distance[buckets.clamp(min=0)]).masked_fill(buckets < 0, ABSENT)


def teacher_loss(outputs: Outputs, taught: Outputs, batch: Batch) -> Tensor:
    """How far the tags are from the teacher's, and the link vectors from its vectors, on every word's piece."""
    is_word = batch.names != UNKNOWN
    is_word |= batch.attributions != UNKNOWN
    total = outputs[0].new_zeros(())
    for mine, wanted in zip(outputs[:3], taught[:3], strict=True):
        near = (mine[is_word] / TEMPERATURE).log_softmax(-1)
        right = (wanted[is_word] / TEMPERATURE).log_softmax(-1)
        total = total + TEMPERATURE**2 * F.kl_div(near, right, log_target=True, reduction="batchmean")
    return total + F.mse_loss(outputs[3][is_word], taught[3][is_word])
