"""A page saved as visible text: headline, date, byline, caption and body picked out of the furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from etl.normalize.byline_names import LEAD
from etl.normalize.candidates import Candidate
from etl.normalize.credits import split_credit
from etl.normalize.dates import DateCandidate
from etl.normalize.days import find_days
from etl.normalize.furniture import is_reading_time
from etl.normalize.lines import Line, Reading, read_dump_lines, read_lines
from etl.normalize.printed_byline import Byline, printed_bylines
from etl.normalize.printed_dates import Place, printed_dates, running_text_start
from etl.normalize.text import count_words, is_same_line

_BODY_CHANCE = 0.5
_MAX_HEADLINE_WORDS = 40
_HEADLINE_CANDIDATES = 5
_MAX_CAPTION_WORDS = 70
_MAX_HEADING_WORDS = 14
_RUNNING_WORDS = 8


@dataclass(frozen=True, slots=True)
class Dump:
    """What a text dump says. `pieces` are the (kind, text) parts of the body, in order."""

    pieces: list[tuple[str, str]]
    headlines: list[Candidate] = field(default_factory=list)
    dates: list[DateCandidate] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    caption: str | None = None
    credit: str | None = None


def read_dump(text: str, language: str | None) -> Dump:
    """Read a text dump; its pieces are empty where no line is an article's."""
    lines = read_lines(text)
    if not lines:
        return Dump([])
    reading = read_dump_lines(lines)
    headlines = _headlines(lines, reading)
    headline = headlines[0].value if headlines else ""
    chosen = [
        int(i)
        for i in np.flatnonzero(reading.body > _BODY_CHANCE)
        if not is_same_line(lines[i].text, headline) and not is_reading_time(lines[i].text)
    ]
    if not chosen:
        return Dump([], headlines)
    place = _place(lines, chosen, headline)
    captions = _captions(lines, place)
    texts = [line.text for line in lines]
    caption, credit = next(iter(captions.values()), (None, None))
    return Dump(
        [_piece(lines[index]) for index in chosen if index not in captions],
        headlines,
        printed_dates(texts, place, language),
        printed_bylines(texts, place),
        caption,
        credit,
    )


def _headlines(lines: Sequence[Line], reading: Reading) -> list[Candidate]:
    """The lines likeliest to be the headline, each wording once."""
    found: dict[str, Candidate] = {}
    for index in np.argsort(-reading.headline, kind="stable"):
        text = lines[index].text
        if count_words(text) <= _MAX_HEADLINE_WORDS and not _is_beside_headline(text):
            found.setdefault(
                text.casefold(), Candidate(text, "text", round(float(reading.headline[index]), 3))
            )
        if len(found) == _HEADLINE_CANDIDATES:
            break
    return list(found.values())


def _is_beside_headline(text: str) -> bool:
    """Whether a line is of those that stand by a headline: reading time, byline, date."""
    if is_reading_time(text) or LEAD.match(text) or not any(map(str.isalpha, text)):
        return True
    return sum(day.end_char - day.start_char for day in find_days(text)) > len(text) / 2


def _place(lines: Sequence[Line], chosen: Sequence[int], headline: str) -> Place:
    """Where the article stands: from the last repetition of the headline before the running text, to its end."""
    running = [index for index in chosen if count_words(lines[index].text) >= _RUNNING_WORDS] or list(chosen)
    same = [index for index, line in enumerate(lines) if is_same_line(line.text, headline)]
    before = [index for index in same if index <= running[0]]
    at = before[-1] if before else (same[0] if same else running[0])
    return Place(at, max(running_text_start(running), at), running[-1])


def _captions(lines: Sequence[Line], place: Place) -> dict[int, tuple[str | None, str | None]]:
    """The lines that name a credit, each as caption and credit; none of them is body."""
    found: dict[int, tuple[str | None, str | None]] = {}
    for index in range(place.headline, place.last + 1):
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
