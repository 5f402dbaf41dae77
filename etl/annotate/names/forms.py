"""What a name tells by its words alone: whether two names are of one thing, and a person's gender."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from etl.language import word_lists

_PUNCTUATION = re.compile(r"[^\w\s'.&-]")
# Degrees and honours behind a name.
LETTERS = (
    r"(?:(?:SC|KC|QC|MP|MSP|MEP|MBE|OBE|CBE|DBE|KBE|MD|MBA|MPH|MPA|DDS|DMD|DVM|RN|RD|RDN|JD|LLM|CPA|CFA|CFP|PhD|"
    r"PsyD|PharmD|Esq)\b\.?|(?:M\.B\.A|R\.D\.N|M\.P\.H|M\.D|R\.D|R\.N|J\.D|D\.O|D\.D\.S|Ph\.D)\b\.?)"
)
_LEADING = {"the", "a", "an"}


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name without case, accents, marks and a leading article: "the Élysée" -> "elysee"."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("\xad", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = _PUNCTUATION.sub(" ", plain).lower().split()
    if len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return " ".join(words)


def standard(name: str) -> str:
    """The folded name, or the name it is known to stand for ("U.S." -> "united states")."""
    folded = fold(name)
    return word_lists.table("same_names").get(
        folded, word_lists.table("same_names").get(folded.rstrip("."), folded)
    )


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
    words = [word for word in re.split(r"[\s-]+", fold(long)) if word]
    every = "".join(word[0] for word in words)
    main = "".join(
        word[0] for word in words if word not in {"of", "the", "and", "for", "in", "on", "&", "de"}
    )
    return len(words) > 1 and letters in (every, main)


def is_short_person(short: str, long: str) -> bool:
    """Whether one person's name is the other's last, first or outer part ("Biden" for "Joe Biden")."""
    few, many = fold(short).split(), fold(long).split()
    if not few or len(few) >= len(many):
        return False
    if len(few) == 1:
        return few[0] in (many[-1], many[0]) or few[0] == " ".join(many[1:])
    return few == many[-len(few) :] or few == many[: len(few)] or (few[0] == many[0] and few[-1] == many[-1])


def is_short_thing(short: str, long: str) -> bool:
    """Whether one name of a place or an organisation opens the other ("Thitu" for "Thitu Island")."""
    few, many = fold(short).split(), fold(long).split()
    return bool(few) and len(few) < len(many) and many[: len(few)] == few and len(few[0]) > 2


def gender(name: str, title: str | None = None) -> str | None:
    """Male or female where a title or the given name tells it."""
    if title:
        told = word_lists.table("honorifics").get(title.lower().rstrip("."))
        if told in ("male", "female"):
            return told
    words = fold(name).split()
    return word_lists.table("given_names").get(words[0]) if len(words) > 1 else None
