"""Which language a text is in."""

from __future__ import annotations

_SAMPLE = 1000
_MIN_LETTERS = 20


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, read off its first 1,000 characters; None for too little text."""
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _MIN_LETTERS:
        return None
    from py3langid.langid import classify  # loads its model at the first call

    return str(classify(sample)[0])
