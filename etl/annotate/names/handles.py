"""Handles of social media, which name whoever writes under them: "@northlight", "Ann Lee (@annlee)"."""

from __future__ import annotations

import re

from etl.annotate.names.name import Name, apart
from etl.annotate.text.document import Document
from etl.language.fold import fold

_HANDLE = re.compile(r"(?<![\w.@/])@\w{3,}(?!\.?\w)")
_SURE = 0.9


def with_handles(document: Document, names: list[Name]) -> list[Name]:
    """The names and the handles: of the kind of the name that a handle stands behind in brackets, else a person's."""
    handles = []
    for found in _HANDLE.finditer(document.text):
        owner = next((name for name in names if _is_behind(document, name, found.start())), None)
        handles.append(Name(found.span(), found.group(), owner.kind if owner else "person", _SURE))
    spans = [handle.span for handle in handles]
    others = [
        name for name in names if not any(name.span[0] < end and start < name.span[1] for start, end in spans)
    ]
    return apart([*others, *handles])


def _is_behind(document: Document, name: Name, start: int) -> bool:
    return document.text[name.span[1] : start] == " ("


def owner_of(document: Document, handle: Name, clusters: list[list[Name]]) -> list[Name] | None:
    """The one thing whose name a handle stands behind, or spells: "@realAnnLee"; else None."""
    for cluster in clusters:
        if any(_is_behind(document, name, handle.span[0]) for name in cluster):
            return cluster
    letters = fold(handle.text)
    spelt = [cluster for cluster in clusters if any(letters.endswith(_squeezed(name)) for name in cluster)]
    return spelt[0] if len(spelt) == 1 else None


def _squeezed(name: Name) -> str:
    """The letters of a name of two words and more; of a shorter one, what no handle ends in."""
    words = fold(name.text).split()
    return "".join(words) if len(words) > 1 else " "
