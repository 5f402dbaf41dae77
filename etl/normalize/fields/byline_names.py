"""The names in a byline: leads, roles, degrees and dates taken off; whether a name can be a person's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from etl.language import word_lists
from etl.language.honorifics import titles
from etl.language.months import month_number
from etl.language.word_lists import alternation, groups
from etl.normalize.text.days import find_days
from etl.normalize.text.furniture import BYLINE_LEAD, is_reading_time
from etl.normalize.text.strings import collapse, words_of

MAX_NAME_WORDS = 6
_MAX_PARTS = 4
_LONGEST = 2000
_LABEL = re.compile(rf"^\s*(?:{alternation(groups('bylines')['label'])})\s*[:：]\s*", re.I)
_SENTENCE = re.compile(
    r"^\W*(?:this|the) (?:post|article|story|piece|blog)(?: post)? (?:was|is) (?:originally )?", re.I
)
_GLUED = re.compile(r"^(\W*(?:Written |Posted |WRITTEN |POSTED )?[Bb][Yy])(?=[A-Z][a-z])")
_BARE_LEAD = re.compile(rf"^\W*(?:{alternation(groups('bylines')['by'])})\b", re.I)
_OTHERS = re.compile(
    rf"^\W*(?:(?:{alternation(groups('bylines')['manner'])})\s+)*(?:{alternation(groups('bylines')['others'])})\b",
    re.I,
)
_SEGMENT = re.compile(r"\s*[|•·⋅∙]\s*|\s+[-–—]+\s+")
_SPLIT = re.compile(r"\s*[;|\n/•·⋅∙]\s*|\s+[-–—]\s+|、")
_COMMA = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e|og|och|en)\s+)?", re.I)
_AND = re.compile(r"\s+(?:and|und|et|with|og|och|avec|mit)\s+|\s*&\s*", re.I)
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_CUT = re.compile(
    r"\s*(?:\(.*|,?\s*\b(?:updated|published|posted|last updated|reviewed|aktualisiert|on \d|\d{1,2}[:.]\d\d|for the|on behalf of|is an? |"
    r"is the |has been ).*|(?:^|\s)(?:in|from|en|aus|à|on)(?:\s+[^\W\d_]\w*)*$|\S+@\S+.*|https?:\S*.*|[\s—–-]+\d.*|\s기자.*)$",
    re.I,
)
_FOOTNOTE = re.compile(r"(\w\s\w*[^\W\d_])[\d*†‡¹²³]{1,2}(?=[\s,;]|$)")
_NO_NAME = re.compile(
    r"https?:|www\.|^@|\.(?:com|org|net|de|fr|at|ch|be|uk|io|info|co)\b|\d|[<>{}=:：!?]|"
    r"\b(?:min read|read more|view all|all posts|about the author|(?:more|articles) (?:by|about)|getty images)\b",
    re.I,
)


def is_lead(text: str) -> bool:
    """Whether a line starts as bylines do: "By", "Von", "Written by:"."""
    return BYLINE_LEAD.match(_prepared(text) + " ") is not None


def is_full_lead(text: str) -> bool:
    """Whether a line says more than "By": "Written by", "Posted by", "Words by"; menus and forms don't."""
    text = _prepared(text)
    return is_lead(text) and not _BARE_LEAD.match(text)


def without_lead(text: str) -> str:
    """What a byline says behind its "By"."""
    return BYLINE_LEAD.sub("", _prepared(text) + " ").strip()


def names_others(text: str) -> bool:
    """Whether a line signs for those who reviewed, edited or illustrated the article, not for its writers."""
    return _OTHERS.match(text) is not None


def segments(text: str) -> list[str]:
    """The parts of a line that dates and strokes set apart."""
    return [part for part in _SEGMENT.split(_without_dates(text)) if part]


def names_in(text: str) -> list[str]:
    """The names of a byline: "By Ann Lee and Bo Li, Foreign Editor" -> Ann Lee, Bo Li."""
    names = [_tidied(part) for segment in _parts(text) for part in _listed(segment)]
    found = _named(names)
    is_full = bool(found) and len(found[0].split()) > 1
    return [
        name
        for name in found
        if not is_full or len(name.split()) > 1 or is_agency(name) or not any(map(str.isupper, name))
    ]


def declared_names(value: str) -> list[str]:
    """The names of a metadata value: what is declared as one is kept whole, whatever its words."""
    names = [
        _tidied(name) for segment in _parts(value) for item in _COMMA.split(segment) for name in _united(item)
    ]
    return _named(names)


def _parts(text: str) -> list[str]:
    text = _prepared(_BRACKETED.sub("", _without_dates(collapse(text[:_LONGEST]))))
    return _SPLIT.split(_LABEL.sub("", BYLINE_LEAD.sub("", text)))


def _named(names: Sequence[str]) -> list[str]:
    found = [name for name in names if _is_name(name)]
    return list(dict.fromkeys(map(_cased, found) if all(map(str.isupper, found)) else found))


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.casefold() in _group("agency")


def is_person(name: str, site: Iterable[str] = ()) -> bool:
    """Whether a name can be a person's: no agency, desk, account or address, and not the site's own name."""
    words = words_of(name)
    if is_agency(name) or _NO_NAME.search(name) or (_group("nobody") | _group("account")).intersection(words):
        return False
    plain = main_words(name)
    if not words or len(plain) > _MAX_PARTS or any(map(_is_role_word, plain)):
        return False
    if name.isupper() or (name.islower() and name.isascii() and len(words) == 1):
        return False
    is_mixed = any(map(_is_lower, plain)) and not name.islower()
    folded = "".join(words)
    return not is_mixed and all(folded != "".join(words_of(own)) for own in site)


def main_words(name: str) -> list[str]:
    """The words of a name without its particles ("van", "de la")."""
    return [word for word in name.split() if word.casefold() not in word_lists.words("name_particles")]


def looks_like_name(name: str) -> bool:
    """Whether a text that nothing calls a name reads as one: two to four capitalised words, or a script without them."""
    words = main_words(name)
    if not is_person(name) or any(month_number(word) for word in words):
        return False
    if not name.isascii() and not any(map(str.isupper, name)):
        return 2 <= len(words) <= _MAX_PARTS
    return 2 <= len(words) <= _MAX_PARTS and all(word[0].isupper() for word in words)


def reads_as_signature(name: str) -> bool:
    """Whether what stands behind "By" can sign: a name, or an organisation's or an account's of a few words."""
    words = name.split()
    is_capitalised = all(
        word[0].isupper() or not word.isalpha() or word.casefold() in word_lists.words("name_particles")
        for word in words
    )
    return is_capitalised or len(words) == 1


def _prepared(text: str) -> str:
    return _GLUED.sub(r"\1 ", _SENTENCE.sub("", text))


def _without_dates(text: str) -> str:
    if not any(map(str.isdigit, text)):
        return text
    for day in reversed(find_days(text)):
        text = f"{text[: day.start_char]} | {text[day.end_char :]}"
    return _FOOTNOTE.sub(r"\1", text)


def _listed(text: str) -> Iterator[str]:
    """The parts of a list of names; what tells the role of the one before is left out."""
    for number, item in enumerate(_COMMA.split(text)):
        for piece in _united(item):
            words = piece.split()
            at = _role_index(words)
            if at is None:
                yield piece
            elif not number and at != 1:
                yield " ".join(words[:at] if at else _without_ranks(words))


def _united(item: str) -> list[str]:
    """Names joined by "and"; a piece of one word belongs to the others: "Home and Garden Desk"."""
    pieces = _AND.split(item)
    lengths = [len(piece.split()) for piece in pieces]
    return pieces if min(lengths) > 1 or (max(lengths) == 1 and "&" not in item) else [item]


def _without_ranks(words: Sequence[str]) -> Sequence[str]:
    """A name without the role before it: "Staff Writer Ann Lee"."""
    index = 0
    while index < len(words) - 2 and (
        _is_role_word(words[index]) or words[index].casefold() in _group("rank")
    ):
        index += 1
    return words[index:]


def _role_index(words: Sequence[str]) -> int | None:
    """Where in a text a role begins, with its rank: "Ann Lee Senior Reporter" -> 2."""
    index = next((index for index, word in enumerate(words) if _is_role_word(word)), None)
    while index and words[index - 1].casefold() in _group("rank"):
        index -= 1
    return index


def _is_role_word(word: str) -> bool:
    folded = word.casefold().strip(".,:")
    return folded in _group("role") or folded.removesuffix("s") in _group("role")


def _tidied(name: str) -> str:
    """A name without what is cut off it: cities, addresses, titles before and degrees behind."""
    name = _CUT.sub("", BYLINE_LEAD.sub("", name)).strip(" .,–—-:/·•\"'|")
    words = name.split()
    while len(words) > 2 and words[0].casefold().rstrip(".") in titles("courtesy", "academic"):
        words = words[1:]
    while len(words) > 1 and not name.isupper() and _is_degree(words[-1]):
        words = words[:-1]
    half = len(words) // 2
    return " ".join(words[half:] if half > 1 and words[:half] == words[half:] else words).rstrip(",")


def _is_degree(word: str) -> bool:
    return (word.isupper() or "." in word) and word.casefold().replace(".", "").strip(",") in _degrees()


@cache
def _degrees() -> frozenset[str]:
    """The letters behind names, in lower case without full stops."""
    return frozenset(
        letters.lower().replace(".", "") for kind in groups("post_nominals").values() for letters in kind
    )


def _is_name(name: str) -> bool:
    words = words_of(name)
    if is_agency(name):
        return True
    is_degrees = all(word in _degrees() for word in words)
    is_length = 1 < len(name) < 60 and 1 <= len(words) <= MAX_NAME_WORDS
    return is_length and not is_degrees and not name.isdigit() and not is_reading_time(name)


def _is_lower(word: str) -> bool:
    return word[0].islower() and word.isalpha()


def _cased(name: str) -> str:
    """A name shouted in capitals as names are written; short all-capitals names are agencies."""
    return name.title() if name.isupper() and " " in name and not is_agency(name) else name


def _group(name: str) -> frozenset[str]:
    return groups("bylines")[name]
