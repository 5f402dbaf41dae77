"""The bylines that a page prints: "By A B and C D", or a name that stands beside the headline or the date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from etl.normalize.fields.byline_names import (
    is_full_lead,
    is_lead,
    looks_like_name,
    main_words,
    names_in,
    names_others,
    reads_as_signature,
    segments,
    without_lead,
)
from etl.normalize.fields.printed_dates import Extent
from etl.normalize.text.days import find_days
from etl.normalize.text.furniture import ends_article, starts_with_cue
from etl.normalize.text.strings import count_words, is_same_line, words_of

_LINES_ABOVE = 3
_LINES_BELOW = 8
_FOOT_LINES = 12
_MAX_BYLINE_WORDS = 30
_WORD = re.compile(r"[^\W\d_]+")
_LABELS = ("line", "published", "updated")
_CONFIDENCE = {
    "text:byline": 0.84,
    "text:foot": 0.6,
    "text:top": 0.6,
    "text:date": 0.6,
}


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, the names in it, and how sure it is that these sign the article."""

    text: str
    names: tuple[str, ...]
    origin: str
    confidence: float


def around_headline(texts: Sequence[str], extent: Extent) -> str:
    """The lines near a page's headline, where articles are signed."""
    return "\n".join(texts[index] for index in _near(texts, extent))


def printed_bylines(texts: Sequence[str], extent: Extent) -> list[Byline]:
    """Find the bylines around a page's headline, above it and at the article's foot; the surest first."""
    near = _near(texts, extent)
    foot = range(max(extent.last, near.stop), min(len(texts), extent.last + _FOOT_LINES))
    found = [byline for index in near for byline in _labelled(texts, index, "text:byline", is_lead)]
    for origin, indices in (("text:foot", foot), ("text:top", range(near.start))):
        found += [one for index in indices for one in _labelled(texts, index, origin, is_full_lead)]
    found += [byline for index in near for byline in _beside_date(texts, index, extent)]
    return sorted(found, key=lambda byline: -byline.confidence)


def _near(texts: Sequence[str], extent: Extent) -> range:
    return range(max(0, extent.headline - _LINES_ABOVE), min(len(texts), extent.first + _LINES_BELOW))


def _labelled(
    texts: Sequence[str], index: int, origin: str, is_label: Callable[[str], bool]
) -> Iterator[Byline]:
    """A line that starts with "By", or says so behind the date; if with nothing else, the next line holds the names."""
    text = texts[index]
    if count_words(text) > _MAX_BYLINE_WORDS:
        return
    for part in segments(text):
        if not is_label(part) or names_others(part):
            continue
        rest = without_lead(part)
        if not rest and index + 1 < len(texts) and count_words(texts[index + 1]) <= _MAX_BYLINE_WORDS:
            rest, text = texts[index + 1], f"{text} {texts[index + 1]}"
        names = [name for name in names_in(rest) if reads_as_signature(name)]
        if names:
            yield _byline(text, names, origin)


def _beside_date(texts: Sequence[str], index: int, extent: Extent) -> Iterator[Byline]:
    """A line of names only, next to the date or with the date in it; the page has their words nowhere in lower case."""
    text = texts[index]
    around = [other for other in (index - 1, index + 1, index + 2) if 0 <= other < len(texts)]
    if not find_days(text) and not any(
        count_words(texts[other]) < 12 and find_days(texts[other]) for other in around
    ):
        return
    if (
        is_same_line(text, texts[extent.headline])
        or any(starts_with_cue(text, cue) for cue in _LABELS)
        or ends_article(text)
    ):
        return
    before = next(iter(segments(text)), "")
    names = tuple(name for name in names_in(before) if looks_like_name(name))
    if not names or sum(len(words_of(name)) for name in names) < len(words_of(before)) - 2:
        return
    said = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    if not any(word.casefold() in said for name in names for word in main_words(name)):
        yield _byline(text, names, "text:date")


def _byline(text: str, names: Sequence[str], origin: str) -> Byline:
    return Byline(text, tuple(names), origin, _CONFIDENCE[origin])
