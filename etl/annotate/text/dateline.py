"""The place that opens an article: "LISBON, March 3 (Reuters) —"."""

from __future__ import annotations

import re

from etl.annotate.text.document import Document
from etl.records import Span

FIRST_LINES = 3
"""Lines among which a dateline is, behind a headline or a byline."""

_BEHIND = re.compile(r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([^)\n]{2,40}\))?(?: ?[-–—]{1,2}|:) ")


def is_dateline(document: Document, span: Span) -> bool:
    """Whether words open one of the first lines as a dateline does."""
    start, end = span
    is_first = document.line_index(start) < FIRST_LINES and document.line(start)[0] == start
    return is_first and _BEHIND.match(document.text, end) is not None
