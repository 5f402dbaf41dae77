"""A page saved as visible text: headline, date, byline, caption and body picked out of the furniture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from etl.normalize.body.lines import Line, read_lines, score_lines
from etl.normalize.fields.candidates import Candidate
from etl.normalize.fields.dates import DateCandidate
from etl.normalize.fields.declared import declared_headline, with_headline
from etl.normalize.fields.dump_headline import BODY_CHANCE, RUNNING_WORDS, dump_headlines
from etl.normalize.fields.printed_byline import Byline, printed_bylines
from etl.normalize.fields.printed_dates import Extent, printed_dates, running_text_start
from etl.normalize.text.credits import split_credit
from etl.normalize.text.furniture import is_reading_time
from etl.normalize.text.strings import count_words, is_same_line

_MAX_CAPTION_WORDS = 70
_MAX_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Dump:
    """What a text dump says. `pieces` are the (kind, text) parts of the body, in order."""

    pieces: list[tuple[str, str]]
    headlines: list[Candidate] = field(default_factory=list)
    dates: list[DateCandidate] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    caption: str | None = None
    credit: str | None = None


def read_dump(text: str, language: str | None, declared: Mapping[str, str] = MappingProxyType({})) -> Dump:
    """Read a text dump, whose table may tell its headline; its pieces are empty where no line is an article's."""
    lines = read_lines(text)
    if not lines:
        return Dump([])
    told = declared_headline(declared)
    is_shown = any(is_same_line(line.text, told) for line in lines)
    if told and not is_shown:  # the lines are scored as those of a page, which has its headline first
        lines = read_lines(f"{told}\n{text}")
    scores = score_lines(lines)
    texts = [line.text for line in lines]
    shown = [one for one in dump_headlines(texts, scores) if is_shown or not is_same_line(one.value, told)]
    headlines = with_headline(shown, declared, is_dump=True)
    headline = headlines[0].value if headlines else ""
    chosen = [
        int(i)
        for i in np.flatnonzero(scores.body > BODY_CHANCE)
        if not is_same_line(lines[i].text, headline) and not is_reading_time(lines[i].text)
    ]
    if not chosen:
        return Dump([], headlines)
    extent = _extent(lines, chosen, headline)
    captions = _captions(lines, extent)
    caption, credit = next(iter(captions.values()), (None, None))
    return Dump(
        [_piece(lines[index]) for index in chosen if index not in captions],
        headlines,
        printed_dates(texts, extent, language),
        printed_bylines(texts, extent),
        caption,
        credit,
    )


def _extent(lines: Sequence[Line], chosen: Sequence[int], headline: str) -> Extent:
    """Where the article stands: from the last repetition of the headline before the running text, to its end."""
    running = [index for index in chosen if count_words(lines[index].text) >= RUNNING_WORDS] or list(chosen)
    same = [index for index, line in enumerate(lines) if is_same_line(line.text, headline)]
    before = [index for index in same if index <= running[0]]
    at = before[-1] if before else (same[0] if same else running[0])
    return Extent(at, max(running_text_start(running), at), running[-1])


def _captions(lines: Sequence[Line], extent: Extent) -> dict[int, tuple[str | None, str | None]]:
    """The lines that name a credit, each as caption and credit; none of them is body."""
    found: dict[int, tuple[str | None, str | None]] = {}
    for index in range(extent.headline, extent.last + 1):
        text = lines[index].text
        if count_words(text) <= _MAX_CAPTION_WORDS:
            caption, credit = split_credit(text)
            if credit:
                found[index] = (caption, credit)
    return found


def _piece(line: Line) -> tuple[str, str]:
    if line.is_bullet:
        return "list_item", line.text
    is_heading = count_words(line.text) <= _MAX_HEADING_WORDS and line.text[-1] not in ".!…:;,\"”»'’“)"
    return ("heading" if is_heading else "paragraph"), line.text
