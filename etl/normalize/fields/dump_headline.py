"""The headline of a text dump: the lines the network finds likeliest, weighed by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p

import numpy as np

from etl.normalize.body.lines import LineScores
from etl.normalize.fields.byline_names import is_lead
from etl.normalize.fields.candidates import Candidate, odds
from etl.normalize.text.days import find_days
from etl.normalize.text.furniture import BYLINE_LEAD, is_reading_time
from etl.normalize.text.strings import count_words, words_of

BODY_CHANCE = 0.5
RUNNING_WORDS = 8
_CHOICES = 5
_MAX_WORDS = 40
_LINES_BELOW = 6
_MAX_DATE_WORDS, _MAX_BYLINE_WORDS = 15, 20
_OPENING_LINES = 3
_LONG_WORD = 4
_DOUBT = 1e-4
# Learned by training/pages/dump_headlines.py from dumps that show their headline as a line; that many do.
_WEIGHTS = {
    "network": 0.87,
    "log of words shared with the opening": 0.82,
    "last before the body": 0.61,
    "date below": 0.99,
    "byline below": 0.99,
}
_SHOWN = 0.84


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that may be the headline, and its features by name."""

    index: int
    features: dict[str, float]


def dump_headlines(texts: Sequence[str], scores: LineScores) -> list[Candidate]:
    """The lines likeliest to be the headline, the likeliest first, each wording once.

    A conditional logit over the lines, for dumps that show the headline; the confidence allows for those that don't.
    """
    found = choices(texts, scores)
    weighed = [odds(one.features, _WEIGHTS) for one in found]
    total = sum(weighed)
    scored = [
        Candidate(texts[one.index], "text", round(_SHOWN * own / total, 3))
        for one, own in zip(found, weighed, strict=True)
    ]
    return sorted(scored, key=lambda candidate: -candidate.confidence)


def choices(texts: Sequence[str], scores: LineScores) -> list[Choice]:
    """The five lines that the network finds likeliest, with their features."""
    indices = _likeliest(texts, scores)
    running = [
        i
        for i in map(int, np.flatnonzero(scores.body > BODY_CHANCE))
        if count_words(texts[i]) >= RUNNING_WORDS
    ]
    return [Choice(index, _features(texts, scores, index, indices, running)) for index in indices]


def _likeliest(texts: Sequence[str], scores: LineScores) -> list[int]:
    found: dict[str, int] = {}
    for index in map(int, np.argsort(-scores.headline, kind="stable")):
        text = texts[index]
        if count_words(text) <= _MAX_WORDS and not _is_beside_headline(text):
            found.setdefault(text.casefold(), index)
        if len(found) == _CHOICES:
            break
    return list(found.values())


def _is_beside_headline(text: str) -> bool:
    """Whether a line is of those that stand by a headline: reading time, byline, date."""
    if is_reading_time(text) or BYLINE_LEAD.match(text) or not any(map(str.isalpha, text)):
        return True
    return sum(day.end_char - day.start_char for day in find_days(text)) > len(text) / 2


def _features(
    texts: Sequence[str], scores: LineScores, index: int, others: Sequence[int], running: Sequence[int]
) -> dict[str, float]:
    chance = min(max(float(scores.headline[index]), _DOUBT), 1 - _DOUBT)
    body = running[0] if running else len(texts)
    below = texts[index + 1 : index + 1 + _LINES_BELOW]
    opening = {
        word for line in running[:_OPENING_LINES] if line != index for word in _long_words(texts[line])
    }
    return {
        "network": log(chance / (1 - chance)),
        "log of words shared with the opening": log1p(len(opening & _long_words(texts[index]))),
        "last before the body": index <= body and not any(index < other <= body for other in others),
        "date below": any(count_words(text) < _MAX_DATE_WORDS and bool(find_days(text)) for text in below),
        "byline below": any(count_words(text) < _MAX_BYLINE_WORDS and is_lead(text) for text in below),
    }


def _long_words(text: str) -> set[str]:
    return {word for word in words_of(text) if len(word) >= _LONG_WORD}
