"""Which names of persons are of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.annotate.names.forms import gender, has_generation, is_short_person, name_parts, nickname
from etl.annotate.names.name import Name, by_text
from etl.annotate.text.document import Document
from etl.language.fold import fold
from etl.language.honorifics import titles
from etl.records import Span

_SURNAME_FIRST = re.compile(r"[A-Z]\w+ [A-Z][a-z]+-[a-z]+")


def persons(document: Document, names: list[Name]) -> list[list[Name]]:
    """Join the names of each person: cut ones to the full name, bare ones to who was named before."""
    clusters = list(by_text(names))
    full = [cluster for cluster in clusters if not _is_bare(cluster)]
    full.sort(key=lambda cluster: -len(fold(cluster[0].text).split()))
    out: list[list[Name]] = []
    sharing = _Sharing()
    for cluster in full:
        near = sharing.clusters(cluster[0].text)
        longer = [
            other
            for other in near
            if is_short_person(cluster[0].text, other[0].text) or _is_same_generation(cluster, other)
        ]
        if len(longer) == 1:
            longer[0].extend(cluster)
        else:
            out.append(list(cluster))
        sharing.add(cluster[0].text, longer[0] if len(longer) == 1 else out[-1])
    for cluster in clusters:
        if _is_bare(cluster) and (alone := _attach(document, cluster, sharing.clusters(cluster[0].text))):
            out.append(alone)
    return out


def _is_bare(cluster: list[Name]) -> bool:
    """Whether a person is named by one word: a surname, or a given name."""
    return len(name_parts(cluster[0].text)) < 2


def _is_same_generation(cluster: list[Name], other: list[Name]) -> bool:
    """Whether a full name is that of the Jr. named before it; a Jr. named after it is the son."""
    return (
        has_generation(other[0].text)
        and not has_generation(cluster[0].text)
        and name_parts(cluster[0].text) == name_parts(other[0].text)
        and min(name.span for name in other) < min(name.span for name in cluster)
    )


class _Sharing:
    """The persons known so far by the first and the last word of their names: a list may hold thousands."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[list[Name]]] = {}

    def add(self, name: str, cluster: list[Name]) -> None:
        """Know a person by one more name."""
        for word in _ends(name):
            known = self._by_word.setdefault(word, [])
            if not any(other is cluster for other in known):
                known.append(cluster)

    def clusters(self, name: str) -> list[list[Name]]:
        """The persons with a name that has the first or the last word of this one, at either end."""
        found = {id(cluster): cluster for word in _ends(name) for cluster in self._by_word.get(word, ())}
        return list(found.values())


def _ends(name: str) -> tuple[str, ...]:
    words = " ".join(name_parts(name)).split()
    other = nickname(name) or words
    return tuple(dict.fromkeys((words[0], words[-1], other[0], other[-1]))) if words else ()


def _attach(document: Document, cluster: list[Name], full: list[list[Name]]) -> list[Name]:
    """Give each mention of a bare surname to a person of that name who was named before it, if there is one.

    The answer is what belongs to nobody named in full: "Mrs Ruiz" beside Carlos Ruiz, "President Ruiz" before Ana Ruiz.
    """
    word = cluster[0].text
    homes = [other for other in full if any(is_short_person(word, name.text) for name in other)]
    homes = [other for other in homes if any(_is_surname(word, name.text) for name in other)] or homes
    alone: list[Name] = []
    for name in cluster:
        title = title_before(document, name.span[0])
        told = gender("", title)
        fitting = [home for home in homes if told is None or gender(home[0].text) in (None, told)]
        if not fitting or (
            title and title.lower() in titles("office") and _is_of_another(document, title, name, fitting)
        ):
            alone.append(name)
            continue
        if len(fitting) == 1 and not alone:
            fitting[0].append(name)
            continue
        before = [home for home in fitting if min(other.span for other in home) < name.span]
        if alone and (told is None or told == _told(document, alone)):
            before.append(alone)
        # Of a family, the one the article is about; of two as often named, the one named last.
        most = max(
            before or fitting,
            key=lambda home: (_count_before(home, name), max(_before(home, name), default=(-1, -1))),
        )
        most.append(name)
    return alone


def _is_surname(word: str, name: str) -> bool:
    """Whether a word is the surname in a name: its end, or its start where the given name follows ("Kim Yong-hyun")."""
    if _SURNAME_FIRST.fullmatch(name):
        return fold(name.split()[0]) == fold(word)
    return name_parts(name)[-1:] == [fold(word)]


def _is_of_another(document: Document, title: str, name: Name, homes: list[list[Name]]) -> bool:
    """Whether an office before a bare surname is held by somebody whom no full name before it names."""
    return not any(
        other.span < name.span or fold(title_before(document, other.span[0]) or "") == fold(title)
        for home in homes
        for other in home
    )


def _told(document: Document, names: list[Name]) -> str | None:
    """Male or female where a title before one of the names tells it."""
    told = (gender("", title_before(document, name.span[0])) for name in names)
    return next((one for one in told if one), None)


def _count_before(home: list[Name], name: Name) -> int:
    return sum(1 for _ in _before(home, name))


def _before(home: list[Name], name: Name) -> Iterator[Span]:
    return (other.span for other in home if other.span < name.span)


def title_before(document: Document, start: int) -> str | None:
    """The word before a name, where it may be a title."""
    word = re.search(r"([A-Za-z]+)\.? $", document.text[max(0, start - 15) : start])
    return word.group(1) if word else None
