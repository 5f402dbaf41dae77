"""A page saved as visible text: headline, date, byline, caption and body picked out of the furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.normalize.authors import LEAD, names_in
from etl.normalize.candidates import Candidate
from etl.normalize.credits import split_credit
from etl.normalize.dates import DateCandidate
from etl.normalize.days import find_days
from etl.normalize.furniture import ends_article, starts_with_cue
from etl.normalize.lines import Line, body_scores, read_lines
from etl.normalize.text import count_words, is_same_line, words_of

_MAX_HEADLINE_WORDS = 40
_HEAD_LINES = 40
_MAX_CAPTION_WORDS = 70
_MAX_DATE_LINE_WORDS = 25


@dataclass(frozen=True, slots=True)
class Dump:
    """What a text dump says. `pieces` are the (kind, text) parts of the body, in order."""

    pieces: list[tuple[str, str]]
    headlines: list[Candidate] = field(default_factory=list)
    dates: list[DateCandidate] = field(default_factory=list)
    byline: str | None = None
    caption: str | None = None
    credit: str | None = None


def read_dump(text: str, language: str | None) -> Dump:
    """Read a text dump; its pieces are empty where no line is an article's."""
    lines = read_lines(text)
    body = _body_lines(lines)
    if not body:
        return Dump([])
    first, last = body[0], body[-1]
    headlines = _headlines(lines, first)
    headline = headlines[0].value if headlines else ""
    start = next(
        (i for i in range(first, -1, -1) if is_same_line(lines[i].text, headline)),
        max(0, first - _HEAD_LINES),
    )
    caption, credit, caption_lines = _caption(lines, start, last)
    kept = [i for i in body if i not in caption_lines and not is_same_line(lines[i].text, headline)]
    return Dump(
        [_piece(lines[i]) for i in kept],
        headlines,
        _dates(lines, start, first, last, language),
        _byline(lines, start, first),
        caption,
        credit,
    )


def _body_lines(lines: Sequence[Line]) -> list[int]:
    """The best run of lines by score, without those in it that are furniture."""
    scores = body_scores(lines)
    best, best_sum, total, start = (0, 0), 0.0, 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, index
        total += 8 * (score - 0.35) if not ends_article(lines[index].text) else -6
        if total > best_sum:
            best_sum, best = total, (start, index + 1)
    return [index for index in range(*best) if scores[index] > 0.1]


def _piece(line: Line) -> tuple[str, str]:
    if line.is_bullet:
        return "list_item", line.text
    is_heading = count_words(line.text) <= 12 and line.text[-1] not in ".!?…:;,\"”»'’"
    return ("heading" if is_heading else "paragraph"), line.text


def _headlines(lines: Sequence[Line], first: int) -> list[Candidate]:
    found = []
    for index in range(max(0, first - _HEAD_LINES), min(first + 1, len(lines))):
        line = lines[index]
        words = count_words(line.text)
        if not 2 <= words <= _MAX_HEADLINE_WORDS or _is_furniture(line) or split_credit(line.text)[1]:
            continue
        score = min(words, 10) / 20 - 0.01 * (first - index)
        score += 0.3 * any(is_same_line(line.text, other.text) for other in lines if other is not line)
        score -= 0.3 * line.text.endswith((".", ":", "…"))
        found.append(Candidate(line.text, "text", round(max(0.05, min(0.95, 0.4 + score)), 3)))
    return sorted(found, key=lambda candidate: -candidate.confidence)


def _is_furniture(line: Line) -> bool:
    return (
        line.is_bullet
        or starts_with_cue(line.text, "line")
        or ends_article(line.text)
        or bool(LEAD.match(line.text))
        or bool(find_days(line.text[:200]))
    )


def _caption(lines: Sequence[Line], start: int, last: int) -> tuple[str | None, str | None, set[int]]:
    """The first caption that names its credit, and every such line, none of which is body."""
    found: list[tuple[int, str | None, str]] = []
    for index in range(start, last + 1):
        text = lines[index].text
        if count_words(text) <= _MAX_CAPTION_WORDS:
            caption, credit = split_credit(text)
            if credit:
                found.append((index, caption, credit))
    if not found:
        return None, None, set()
    return found[0][1], found[0][2], {index for index, _, _ in found}


def _dates(
    lines: Sequence[Line], start: int, first: int, last: int, language: str | None
) -> list[DateCandidate]:
    found = []
    for index, line in enumerate(lines):
        if count_words(line.text) > _MAX_DATE_LINE_WORDS or start <= index <= last and index > first + 2:
            continue
        for printed in find_days(line.text, language)[:2]:
            label = line.text[: printed.start_char].strip() or _label_above(lines, index)
            origin, confidence = _date_origin(label, index, start, first, last)
            found.append(DateCandidate(printed, origin, confidence - 0.4 * (printed.other_day is not None)))
    return found


def _label_above(lines: Sequence[Line], index: int) -> str:
    """The line above a date, where it can be its label: short, with no date of its own."""
    above = lines[index - 1].text if index else ""
    return above if count_words(above) <= 4 and not find_days(above) else ""


def _date_origin(label: str, index: int, start: int, first: int, last: int) -> tuple[str, float]:
    if starts_with_cue(label, "banner"):
        return "text:banner", 0.05
    near = start - 6 <= index <= first + 2
    if starts_with_cue(label, "updated"):
        return "text:updated", 0.6 if near else 0.2
    if starts_with_cue(label, "published"):
        return "text:published", 0.95 if near else 0.6
    if near:
        return "text:head", 0.9 - 0.02 * abs(index - start)
    return "text:foot" if index > last else "text:top", 0.3 if index > last else 0.4


def _byline(lines: Sequence[Line], start: int, first: int) -> str | None:
    for index in range(max(0, start - 3), first + 1):
        text = lines[index].text
        lead = LEAD.match(text)
        if lead and count_words(text) <= 25:
            rest = text[lead.end() :].strip() or (lines[index + 1].text if index + 1 < len(lines) else "")
            if rest and names_in(text if text[lead.end() :].strip() else rest) and len(words_of(rest)) <= 20:
                return text if text[lead.end() :].strip() else f"{text} {rest}"
    return None
