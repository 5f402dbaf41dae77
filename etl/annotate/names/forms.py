"""What a name tells by its words alone: whether two names are of one thing, and a person's gender."""

from __future__ import annotations

import re
from functools import cache

from etl.language import word_lists
from etl.language.acronyms import initials
from etl.language.fold import fold
from etl.language.honorifics import gender_of


def _as_written(letters: str) -> str:
    """The pattern of letters behind a name, which may have their full stops: M.D. as MD."""
    if "." in letters:
        return re.escape(letters.rstrip("."))
    return re.sub(r"(?<=[A-Za-z])(?=[A-Z])", r"\\.?", letters)


_POST_NOMINALS = word_lists.groups("post_nominals")
LETTERS = r"(?:{})\b\.?".format(
    "|".join(map(_as_written, sorted(_POST_NOMINALS["degree"] | _POST_NOMINALS["honour"])))
)
"""A pattern: degrees and honours behind a name."""


def name_parts(name: str) -> list[str]:
    """The words of a name as they are written, each folded: what a hyphen joins is one, and Jr. is left out."""
    parts = [part for word in name.split() if (part := fold(word))]
    return parts[:-1] if has_generation(name) else parts


def has_generation(name: str) -> bool:
    """Whether a name tells father from son: "Ann Lee Jr."."""
    words = name.split()
    return len(words) > 2 and words[-1].rstrip(".") in _POST_NOMINALS["generation"]


def nickname(name: str) -> list[str]:
    """The folded words of the nickname inside a name: "Robert (Bob) Tanner"."""
    inside = re.search(r"[“\"‘'(]([^“”\"‘()]+)[”\"’')] ", name)
    return fold(inside.group(1)).split() if inside else []


@cache
def known_places() -> frozenset[str]:
    """Countries and other places that are known to be nothing else, folded."""
    known = (name for name, kind in word_lists.table("known_kinds").items() if kind == "place")
    return frozenset((*known, *word_lists.table("demonyms").values()))


def is_acronym(name: str) -> bool:
    """Whether a name looks made of initials: "TNO", "U.N."."""
    return 2 <= len(_letters(name)) <= 6 and " " not in name and sum(map(str.isupper, name)) > 1


def _letters(name: str) -> str:
    return name.replace(".", "").replace("&", "").lower()


def is_acronym_of(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long` ("TNO", "NBC")."""
    if not is_acronym(short):
        return False
    letters = _letters(short)
    words = fold(long).split()
    return len(words) > 1 and letters in initials(words)


def is_short_person(short: str, long: str) -> bool:
    """Whether one person's name is the other's last, first or outer part ("Biden" for "Joe Biden")."""
    few, many = name_parts(short), name_parts(long)
    if not few or len(few) >= len(many):
        return False
    if few == nickname(long):
        return True
    if len(few) == 1:
        return few[0] in (many[-1], many[0]) or few[0] == " ".join(many[1:])
    return few == many[-len(few) :] or few == many[: len(few)] or (few[0] == many[0] and few[-1] == many[-1])


def is_short_thing(short: str, long: str) -> bool:
    """Whether one name of a place or an organisation opens the other ("Thitu" for "Thitu Island")."""
    few, many = fold(short).split(), fold(long).split()
    return bool(few) and len(few) < len(many) and many[: len(few)] == few and len(few[0]) > 2


def gender(name: str, title: str | None = None) -> str | None:
    """Male or female where a title or the given name tells it."""
    told = gender_of(title) if title else None
    words = name_parts(name)
    return told or (word_lists.table("given_names").get(words[0]) if len(words) > 1 else None)
