"""The examples in the docstrings of rules: one line of text, with the parts of its claims marked.

    For: “<It is late>,” {Robert Quist} [said]. ¶ “<It is too late for us.>” -> Robert Quist; Robert Quist

{source}, [cue] and <content> are parts of one claim until one of them comes again; "|" ends a claim before that, and
a claim may stand inside the content of another. "¶" begins a paragraph. Behind the arrow stands the answer for each
claim, in the order of their contents. An example goes on over lines that are set further in.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from etl.annotate.claims.cues import find_cue
from etl.annotate.claims.drafts import MARKS, Draft
from etl.records import Span

_MARK = re.compile(r"[{}\[\]<>|]")
_PARTS = {"{": "source", "[": "cue", "<": "content"}
_CLOSING = {"}": "{", "]": "[", ">": "<"}


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its claims in the order of their contents, and what a cascade answers for each."""

    text: str
    drafts: list[Draft]
    answers: list[str]


@dataclass(slots=True)
class _Claim:
    parts: dict[str, Span] = field(default_factory=dict)


def sections(rule: Callable[..., object]) -> dict[str, list[str]]:
    """What stands behind "Place:", "For:" and "Against:" in a rule's docstring."""
    found: dict[str, list[str]] = {"Place": [], "For": [], "Against": []}
    lines = inspect.cleandoc(rule.__doc__ or "").splitlines()
    current: list[str] | None = None
    for line in lines:
        head = re.match(r"(Place|For|Against): (.+)", line)
        if head:
            current = found[head[1]]
            current.append(head[2])
        elif current is not None and line.startswith(" "):
            current[-1] += f" {line.strip()}"
        else:
            current = None
    return found


def read_example(marked: str) -> Example:
    """The text and the claims of a marked line."""
    marked, arrow, answers = marked.rpartition(" -> ")
    assert arrow, f"no answer is told: {answers}"
    marked = marked.replace(" ¶ ", "\n\n")
    text, claims, start = "", [], 0
    levels: list[_Claim | None] = [None]  # the claim in hand, outside of contents and in each
    opened: list[tuple[_Claim, str, int]] = []
    for mark in _MARK.finditer(marked):
        text += marked[start : mark.start()]
        start = mark.end()
        sign = mark.group()
        if sign == "|":
            levels[-1] = None
        elif sign in _PARTS:
            part = _PARTS[sign]
            claim = levels[-1]
            if claim is None or part in claim.parts:
                claim = _Claim()
                claims.append(claim)
                levels[-1] = claim
            claim.parts[part] = (len(text), len(text))
            opened.append((claim, part, len(text)))
            if part == "content":
                levels.append(None)
        else:
            claim, part, begin = opened.pop()
            assert part == _PARTS[_CLOSING[sign]], f"{sign} closes no part: {marked}"
            claim.parts[part] = (begin, len(text))
            if part == "content":
                levels.pop()
    text += marked[start:]
    assert not opened, f"a part is not closed: {marked}"
    drafts = sorted((_draft(text, claim) for claim in claims), key=lambda draft: (draft.start, draft.end))
    return Example(text, drafts, answers.split("; "))


def _draft(text: str, claim: _Claim) -> Draft:
    start, end = claim.parts["content"]
    cue = find_cue(text, claim.parts["cue"]) if "cue" in claim.parts else None
    kind = "direct" if text[start - 1 : start] in tuple(MARKS) else "indirect"
    return Draft(((start, end),), cue, claim.parts.get("source"), kind, 0.8)
