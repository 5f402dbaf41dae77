"""The byline that a page prints: "By A B and C D", or a name that stands beside the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.normalize.authors import LEAD, is_agency, is_person, names_in
from etl.normalize.days import find_days, month_number
from etl.normalize.furniture import ends_article, starts_with_cue
from etl.normalize.printed_dates import Place
from etl.normalize.text import count_words, is_same_line, words_of

_LINES_ABOVE = 3
_LINES_BELOW = 3
_FOOT_LINES = 4
_MAX_BYLINE_WORDS = 25
_MAX_NAME_PARTS = 4
_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*\s){1,3}[^\W\d_][\w'’.-]+")
_PARTICLES = frozenset("de del della di da do dos van von der den zu la le al el bin ben ibn af y e".split())


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, the names in it, and how sure it is that these sign the article."""

    text: str
    names: tuple[str, ...]
    confidence: float


def printed_byline(texts: Sequence[str], place: Place) -> Byline | None:
    """Find the byline around a page's headline, or at the article's foot."""
    start, stop = max(0, place.headline - _LINES_ABOVE), min(len(texts), place.first + _LINES_BELOW)
    near = range(start, stop)
    foot = range(place.last, min(len(texts), place.last + _FOOT_LINES))
    for indices, confidence in ((near, 0.85), (foot, 0.6)):
        for index in indices:
            found = _labelled(texts, index, confidence)
            if found:
                return found
    return next((found for index in near if (found := _beside_date(texts, index, place))), None)


def _labelled(texts: Sequence[str], index: int, confidence: float) -> Byline | None:
    """A line that starts with "By"; where it is nothing but that, the next line holds the names."""
    text = texts[index]
    if not LEAD.match(text + " ") or count_words(text) > _MAX_BYLINE_WORDS:
        return None
    if not LEAD.sub("", text + " ").strip():
        text = f"{text} {texts[index + 1]}" if index + 1 < len(texts) else text
    names = tuple(name for name in names_in(text) if _looks_like_name(name) or is_agency(name))
    return Byline(text, names, confidence) if names and count_words(text) <= _MAX_BYLINE_WORDS else None


def _beside_date(texts: Sequence[str], index: int, place: Place) -> Byline | None:
    """A line of names only, next to the date or with the date in it."""
    text = texts[index]
    dates = find_days(text)
    around = [other for other in (index - 1, index + 1, index + 2) if 0 <= other < len(texts)]
    if not dates and not any(find_days(texts[other]) and count_words(texts[other]) < 12 for other in around):
        return None
    if is_same_line(text, texts[place.headline]) or starts_with_cue(text, "line") or ends_article(text):
        return None
    before = (text[: dates[0].start_char] if dates else text).strip(" |·•–—-,")
    names = tuple(name for name in names_in(before) if _looks_like_name(name))
    if not names or sum(len(words_of(name)) for name in names) < len(words_of(before)) - 2:
        return None
    return Byline(text, names, 0.6)


def _looks_like_name(name: str) -> bool:
    """Two to four capitalised words, or a name in a script without capitals."""
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    if any(month_number(word) for word in words) or not is_person(name):
        return False
    if not name.isascii() and not any(map(str.isupper, name)):
        return 2 <= len(name) <= 12 or bool(_NAME.fullmatch(name))
    return (
        2 <= len(name.split()) <= _MAX_NAME_PARTS
        and all(word[0].isupper() for word in words)
        and bool(_NAME.fullmatch(name))
    )
