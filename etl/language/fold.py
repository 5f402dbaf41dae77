"""When two names are written with the same letters: one theory of sameness, for the article and for the archive."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that decompose into no Latin letter and a mark.
_LATIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "\xad": ""}
)
_INSIDE_WORDS = re.compile(
    r"(?<=\b\w)\.(?=\w\b)"  # the stops of initials: U.S. -> us
    r"|['’`]s?\b(?!\w)|['’`]"  # possessives and apostrophes: Biden's -> biden, O'Brien -> obrien
    r"|(?<=\w)&(?=\w)"  # AT&T -> att
)
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name's letters and digits in lower case without accents, one space between words.

    Hyphens and other marks part words, apostrophes and the stops of initials do not; a leading "the" is left out:
    "the Élysée" -> "elysee", "al-Assad" -> "al assad", "U.S." -> "us". Titles stay: see honorifics.without_titles.
    """
    words = _WORD.findall(_INSIDE_WORDS.sub("", plain(name)))
    # "a" and "an" stay: they are initials and surnames ("A. Lee", "An Nguyen").
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def plain(text: str) -> str:
    """A text in lower case, its letters without accents and ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
