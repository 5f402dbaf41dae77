"""What a name's initials spell."""

from __future__ import annotations

from collections.abc import Sequence

from etl.language import word_lists


def initials(words: Sequence[str]) -> tuple[str, str]:
    """The initials of a folded name's words: of all, and of those that an acronym does not pass over."""
    main = (word for word in words if word not in word_lists.words("acronym_stops"))
    return "".join(word[0] for word in words), "".join(word[0] for word in main)
