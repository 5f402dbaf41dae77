"""Claims that the layout gives to their speakers: lines of a transcript, answers, quotations with a name below, posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from etl.annotate.claims.drafts import MARKS, Draft
from etl.annotate.text.document import WORD, Document, overlaps, trim
from etl.language.vocabulary import ClaimKind
from etl.records import Span

_LABEL = re.compile(rf"[{MARKS}]?(?P<who>[A-Z][A-Z.’'-]+(?: [A-Z.’'-]+){{0,3}})(?: \([^)\n]*\))?:\s+(?=\S)")
_NAME_LABEL = re.compile(r"(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}):\s+(?=\S)")
_QUESTION_LABEL = re.compile(r"Q(?:uestion)?[:.]\s+(?=\S)")
_ANSWER_LABEL = re.compile(r"A(?:nswer)?[:.]\s+(?=\S)")
_POST = re.compile(
    r"\s*[―—–-]{1,2}\s*(?P<who>[^\n(―—–]{2,60}?\(@\w{1,30}\))(?:\s+[A-Z][a-z]+\.? \d{1,2}, \d{4})?\s*$"
)
_LINK = re.compile(r"(?:\s*(?:https?://|\bpic\.twitter\.com/)\S+)+\s*$")
_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*(?P<who>[A-Z][^.!?:;“”\"\n]{2,80}?)\s*$")
_QUOTED_LINE = re.compile(rf"\s*[{MARKS}].*[{MARKS}]\s*$")
_LEAST_WORDS = 4
_CERTAINTY = 0.9


def with_layout(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Add what the layout tells, in place of drafts of the same words; reports inside those words stay."""
    told = [*_transcript(document), *_answers(document), *_signed(document), *_posts(document)]
    if not told:
        return drafts
    asked = [line for line, _ in _questions(document)]
    kept = [
        draft
        for draft in drafts
        if not any(_tells_same(draft, other) for other in told)
        and not (draft.cue is None and any(overlaps((draft.start, draft.end), line) for line in asked))
    ]
    return kept + told


def _tells_same(draft: Draft, other: Draft) -> bool:
    piece = other.pieces[0]
    if not any(overlaps(one, piece) for one in draft.pieces):
        return False
    return draft.cue is None or 2 * (draft.end - draft.start) > piece[1] - piece[0]


def _transcript(document: Document) -> Iterator[Draft]:
    """The lines of two people or more who take turns: "LEE: Will it rain?"; "Lee: Will it rain?" where one asks."""
    yield from _turns(document, _LABEL)
    named = list(_turns(document, _NAME_LABEL))
    if any(document.text[draft.end - 1] == "?" for draft in named):
        yield from named


def _turns(document: Document, pattern: re.Pattern[str]) -> Iterator[Draft]:
    labels = [pattern.match(document.text, *line) for line in document.lines]
    names = [label["who"] if label else None for label in labels]
    count = Counter(names)
    around = zip([None, *names], names, [*names[1:], None], strict=False)
    turns = {name for before, name, after in around if name and (count[name] > 1 or before and after)}
    if len(turns) < 2:
        return
    for label, line in zip(labels, document.lines, strict=True):
        if label and label["who"] in turns:
            yield from _draft(document, (label.end(), line[1]), label.span("who"))


def _questions(document: Document) -> list[tuple[Span, re.Match[str]]]:
    """The lines of an interview that begin with "Q:", each with the label of its answer on the line below."""
    pairs = zip(document.lines, document.lines[1:], strict=False)
    found = ((line, _ANSWER_LABEL.match(document.text, *below)) for line, below in pairs)
    return [
        (line, answer) for line, answer in found if answer and _QUESTION_LABEL.match(document.text, *line)
    ]


def _answers(document: Document) -> Iterator[Draft]:
    """The answers behind "A:": no label names the one who is asked, so they have no source."""
    for _, answer in _questions(document):
        yield from _draft(document, (answer.end(), document.line(answer.start())[1]), None)


def _posts(document: Document) -> Iterator[Draft]:
    """Posts of a social network, set in as they are: "It rains. — Lee Marsh (@leemarsh) May 3, 2024", in a line or two."""
    above: Span | None = None
    for line in document.lines:
        post = _POST.search(document.text, *line)
        content = (line[0], post.start()) if post else line
        if post and not WORD.search(document.text, *content):
            content = above or content
        link = _LINK.search(document.text, *content)
        if post:
            yield from _draft(document, (content[0], link.start() if link else content[1]), post.span("who"))
        above = line


def _signed(document: Document) -> Iterator[Draft]:
    """Quotations that end in a dash and a name, on their line or on the next."""
    above: Span | None = None
    for line in document.lines:
        signature = _SIGNATURE.search(document.text, *_last_part(document.text, line))
        content = (line[0], signature.start()) if signature else line
        if signature and not WORD.search(document.text, *content):
            content = above or content
        if signature and _QUOTED_LINE.match(document.text[slice(*content)]):
            yield from _draft(document, content, signature.span("who"))
        above = line


def _last_part(text: str, line: Span) -> Span:
    """From the line's last mark on; the whole line where it has none."""
    last = max(text.rfind(mark, *line) for mark in MARKS if mark not in "’'")
    return (last + 1 if last >= 0 else line[0]), line[1]


def _draft(document: Document, content: Span, source: Span | None) -> Iterator[Draft]:
    piece = trim(document.text, *content, MARKS)
    if len(document.words(piece)) >= _LEAST_WORDS:
        yield Draft((piece,), None, source, ClaimKind.DIRECT, _CERTAINTY)
