"""The mentions that the encoder missed of names that it saw elsewhere in the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from etl.annotate.names.name import SEEN_ELSEWHERE, Name
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.fold import fold
from etl.language.honorifics import is_title
from etl.records import Span

_HYPHEN_BEFORE = re.compile(r"([\w.]+)-$")
_HYPHEN_BEHIND = re.compile(r"-([\w.]+)")
_PREFIX = re.compile(r"anti|ex|mid|non|post|pre|pro|trans", re.IGNORECASE)
_GLUED = r"(?:which|where|while|about|after|before|with|that|from|into|said|says|told|and|has|was|will|for|the|to)\b"


def spread(document: Document, names: list[Name]) -> list[Name]:
    """Find the mentions the encoder missed of names it saw elsewhere in the article, glued to the next word too.

    names: sorted, without overlap; so is the answer.
    """
    known = {name.text: name.kind for name in names if name.probability > 0.6 and name.text[0].isupper()}
    for name in names:
        last = name.text.split()[-1] if name.text.split() else ""
        if name.kind == "person" and " " in name.text and len(last) > 2 and last[0].isupper():
            known.setdefault(last, "person")
    known = {text: kind for text, kind in known.items() if kind != "other" and len(text) > 1}
    if not known:
        return names
    out = sorted(names, key=lambda name: name.span)
    # A glued name is in the list besides, with the word behind it: it gives way.
    kinds = {name.text: name.kind for name in names if name.kind != "other" and len(name.text) > 3}
    for found in re.finditer(rf"(?<![\w-]){_one_of(kinds)}(?={_GLUED})", document.text):
        if _is_glued(document.text, found):
            _put(out, found, kinds[found.group()])
    for found in re.finditer(rf"(?<!\w){_one_of(known)}(?!\w)", document.text):
        near = _near(out, found.span())
        touched = out[slice(*near)]
        if any(not _holds(found.span(), name) for name in touched) or (touched and " " not in found.group()):
            continue
        if touched or not (_is_common(document, found) or _is_joined(document.text, found.span(), known)):
            _put(out, found, known[found.group()])
    return out


def _one_of(known: dict[str, str]) -> str:
    longest_first = sorted(known, key=lambda text: (-len(text), text))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _near(names: list[Name], span: Span) -> Span:
    """From which to which of the names share characters with a span."""
    since = bisect_right(names, span[0], key=lambda name: name.span[1])
    return since, bisect_left(names, span[1], key=lambda name: name.span[0])


def _put(names: list[Name], found: re.Match[str], kind: str) -> None:
    names[slice(*_near(names, found.span()))] = [Name(found.span(), found.group(), kind, SEEN_ELSEWHERE)]


def _is_glued(text: str, found: re.Match[str]) -> bool:
    """Whether a name and the letters behind it are two words that lost their space, not a longer name."""
    both = re.compile(r"\w+").match(text, found.start() + found.group().rfind(" ") + 1)
    return (
        both is not None
        and fold(both.group()) not in word_lists.table("given_names")
        and text.count(both.group()) == 1
    )


def _is_joined(text: str, span: Span, known: dict[str, str]) -> bool:
    """Whether a hyphen makes the words part of another name: not in "pro-Delhi", "Delhi-based" and "Delhi-Paris"."""
    before, after = text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
    left, right = _HYPHEN_BEFORE.search(before), _HYPHEN_BEHIND.match(after)
    if left and left.group(1) not in known and not _PREFIX.fullmatch(left.group(1)):
        return True
    return bool(right and right.group(1) not in known and not right.group(1).islower())


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
