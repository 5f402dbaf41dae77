"""What surrounds an article: cues of furniture, of dates' labels, of pages that are none (furniture.txt)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from etl.normalize.text import count_words

_MAX_END_WORDS = 7
_LEADING_MARKS = re.compile(r"^[^\w©]+")


def starts_with_cue(line: str, group: str) -> bool:
    """Whether a line starts with a cue of the group: end, line, banner, published, updated or wall."""
    return _pattern(group).match(_LEADING_MARKS.sub("", line[:80])) is not None


def ends_article(line: str) -> bool:
    """Whether what follows the line belongs to other articles: "Latest posts", "Lesen Sie auch"."""
    return count_words(line) <= _MAX_END_WORDS and starts_with_cue(line, "end")


@cache
def _pattern(group: str) -> re.Pattern[str]:
    cues = sorted(_groups()[group], key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(cue) + (r"\b" if cue[-1].isalpha() and cue.isascii() else "") for cue in cues),
        re.I,
    )


@cache
def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    name = ""
    for line in Path(__file__).with_name("furniture.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            groups.setdefault(name, []).append(line)
    return groups
