"""Text as every database can hold it."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text without what databases can't hold: NUL is left out, each lone surrogate becomes one U+FFFD.

    The two halves of a surrogate pair, as some writers of JSON leave them, become the character that they spell.
    """
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
