"""Handles of social media, which name whoever writes under them: "@northlight", "Ann Lee (@annlee)"."""

from __future__ import annotations

import re

from etl.annotate.names.forms import name_parts
from etl.annotate.names.name import Name, apart
from etl.annotate.text.document import Document
from etl.language.fold import fold
from etl.records import Span

_HANDLE = re.compile(r"(?<![\w.@/])@\w{3,}(?!\.?\w)")
_SURE = 0.9


def with_handles(document: Document, names: list[Name]) -> list[Name]:
    """The names and the handles: of the kind of the name that a handle stands behind in brackets, else a person's."""
    handles = []
    for found in _HANDLE.finditer(document.text):
        owner = _owner(document, found.span(), names)
        handles.append(Name(found.span(), found.group(), owner.kind if owner else "person", _SURE))
    spans = [handle.span for handle in handles]
    others = [
        name for name in names if not any(name.span[0] < end and start < name.span[1] for start, end in spans)
    ]
    return apart([*others, *handles])


def owner_of(document: Document, handle: Name, clusters: list[list[Name]]) -> list[Name] | None:
    """The thing whose name a handle stands behind, or is made of: "@realAnnLee"; None where none is the one."""
    owner = _owner(document, handle.span, [name for cluster in clusters for name in cluster])
    return next((cluster for cluster in clusters if owner in cluster), None) if owner else None


def _owner(document: Document, handle: Span, names: list[Name]) -> Name | None:
    for name in names:
        if document.text[name.span[1] : handle[0]] == " (":
            return name
    letters = fold(document.text[slice(*handle)])
    spelt = [name for name in names if " " in name.text and _spells(letters, name_parts(name.text))]
    return max(spelt, key=lambda name: len(name.text), default=None)


def _spells(letters: str, words: list[str]) -> bool:
    """Whether a handle ends in all words of a name or is made of two and more of them: "wessenfire"."""
    if letters.endswith("".join(words)):
        return True
    used = 0
    for word in words:
        if len(word) > 2 and letters.startswith(word):
            letters, used = letters[len(word) :], used + 1
    return not letters and used > 1
