"""The words through which the line classifiers see a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache

from etl.language.word_lists import groups
from etl.normalize.body.line_features import function_words
from etl.normalize.body.markup import CUES
from etl.normalize.text.credits import CREDIT_WORDS
from etl.normalize.text.furniture import BYLINE_LEAD

_FURNITURE = ("end", "line", "published", "updated", "talk", "biography")


def word_lists() -> dict[str, Iterable[str]]:
    """The word lists behind the features of line_features and markup, by name; of patterns their spelling."""
    return {
        **{f"furniture {group}": groups("furniture")[group] for group in _FURNITURE},
        "function words": function_words(),
        "leads of bylines": [BYLINE_LEAD.pattern],
        "credits": CREDIT_WORDS,
        "parts of pages": [f"{name}={pattern}" for name, pattern in CUES.items()],
    }


@cache
def vocabulary_fingerprint() -> str:
    """The fingerprint of those lists: the same in whatever order, file or line they stand."""
    return hash_of(word_lists())


def hash_of(lists: Mapping[str, Iterable[str]]) -> str:
    """Sixteen hexadecimal digits over the words of each list, whatever their order."""
    content = json.dumps({name: sorted(set(words)) for name, words in lists.items()}, sort_keys=True)
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
