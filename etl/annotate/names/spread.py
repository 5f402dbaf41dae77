"""The mentions that the encoder missed of names that it saw elsewhere in the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from etl.annotate.names.name import SEEN_ELSEWHERE, Name
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.honorifics import is_title
from etl.records import Span


def spread(document: Document, names: list[Name]) -> list[Name]:
    """Find the mentions the encoder missed of names it saw elsewhere in the article."""
    known = {name.text: name.kind for name in names if name.probability > 0.6 and name.text[0].isupper()}
    for name in names:
        last = name.text.split()[-1] if name.text.split() else ""
        if name.kind == "person" and " " in name.text and len(last) > 2 and last[0].isupper():
            known.setdefault(last, "person")
    known = {text: kind for text, kind in known.items() if kind != "other" and len(text) > 1}
    if not known:
        return names
    out = sorted(names, key=lambda name: name.span)
    longest_first = "|".join(re.escape(text) for text in sorted(known, key=lambda text: (-len(text), text)))
    for found in re.finditer(rf"(?<![\w-])(?:{longest_first})(?![\w-])", document.text):
        since = bisect_right(out, found.start(), key=lambda name: name.span[1])
        until = bisect_left(out, found.end(), key=lambda name: name.span[0])
        touched = out[since:until]
        if any(not _holds(found.span(), name) for name in touched) or (touched and " " not in found.group()):
            continue
        if touched or not _is_common(document, found):
            out[since:until] = [Name(found.span(), found.group(), known[found.group()], SEEN_ELSEWHERE)]
    return out


def _holds(span: Span, name: Name) -> bool:
    return span[0] <= name.span[0] and name.span[1] <= span[1]


def _is_common(document: Document, found: re.Match[str]) -> bool:
    """Whether the word may be an ordinary one: at a sentence's start, or beside other capitals."""
    if found.group().isupper() and len(found.group()) < 3:
        return True
    after = document.text[found.end() : found.end() + 2]
    before = document.text[max(0, found.start() - 2) : found.start()]
    beside = (
        re.match(r" [A-Z]", after)
        or re.search(r"[A-Za-z] $", before)
        and _capital_before(document, found.start())
    )
    starts = document.sentence(found.start())[0] == found.start() and " " not in found.group()
    return bool(beside) or (starts and found.group().lower() in word_lists.words("common_capitals"))


def _capital_before(document: Document, start: int) -> bool:
    word = re.search(r"(\w+) $", document.text[max(0, start - 30) : start])
    if word is None or not word.group(1)[0].isupper():
        return False
    titled = is_title(word.group(1)) or word.group(1).lower() in word_lists.words("roles")
    return not titled and document.sentence(start)[0] < start - len(word.group(1)) - 1
