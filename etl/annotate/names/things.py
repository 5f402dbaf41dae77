"""Which names of an article are one thing: a person, an organisation, a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from etl.annotate.names.forms import (
    gender,
    is_acronym,
    is_acronym_of,
    is_short_person,
    is_short_thing,
    name_parts,
)
from etl.annotate.names.handles import owner_of
from etl.annotate.names.name import Name
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.aliases import standard_in_article
from etl.language.fold import fold
from etl.records import Span


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, organisation or place of the article and its mentions, in order."""

    key: str
    kind: str
    name: str
    mentions: tuple[Span, ...]
    gender: str | None


def group(document: Document, names: list[Name]) -> list[Thing]:
    """Join the mentions of one thing; things are numbered by their first mention."""
    clusters: list[list[Name]] = []
    handles = [name for name in names if name.text.startswith("@")]
    for kind in ("person", "organisation", "place"):
        of_kind = [name for name in names if name.kind == kind and not name.text.startswith("@")]
        clusters += _persons(document, of_kind) if kind == "person" else _things(document, of_kind)
    clusters = _across_kinds(clusters)
    for same in _by_text(handles):
        home = next((home for handle in same if (home := owner_of(document, handle, clusters))), None)
        if home is None:
            clusters.append(list(same))
        else:
            home.extend(same)
    clusters.sort(key=lambda cluster: min(name.span for name in cluster))
    return [_thing(document, f"e{i}", cluster) for i, cluster in enumerate(clusters, 1)]


def _persons(document: Document, names: list[Name]) -> list[list[Name]]:
    clusters = list(_by_text(names))
    full = [cluster for cluster in clusters if not _is_bare(cluster)]
    full.sort(key=lambda cluster: -len(fold(cluster[0].text).split()))
    out: list[list[Name]] = []
    sharing = _Sharing()
    for cluster in full:
        near = sharing.clusters(cluster[0].text)
        longer = [other for other in near if is_short_person(cluster[0].text, other[0].text)]
        if len(longer) == 1:
            longer[0].extend(cluster)
        else:
            out.append(list(cluster))
        sharing.add(cluster[0].text, longer[0] if len(longer) == 1 else out[-1])
    for cluster in clusters:
        if _is_bare(cluster):
            near = sharing.clusters(cluster[0].text)
            if not _attach(document, cluster, near):
                out.append(list(cluster))
    return out


def _is_bare(cluster: list[Name]) -> bool:
    """Whether a person is named by one word: a surname, or a given name."""
    return len(name_parts(cluster[0].text)) < 2


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
    words = fold(name).split()
    return tuple(dict.fromkeys((words[0], words[-1]))) if words else ()


def _attach(document: Document, cluster: list[Name], full: list[list[Name]]) -> bool:
    """Give each mention of a bare surname to a person of that name who was named before it, if there is one."""
    homes = [other for other in full if any(is_short_person(cluster[0].text, name.text) for name in other)]
    surnames = [
        other for other in homes if any(fold(name.text).endswith(fold(cluster[0].text)) for name in other)
    ]
    homes = surnames or homes
    if not homes:
        return False
    for name in cluster:
        told = gender("", _title_before(document, name.span[0]))
        fitting = [home for home in homes if told is None or gender(home[0].text) in (None, told)] or homes
        if len(fitting) == 1:
            fitting[0].append(name)
            continue
        before = [home for home in fitting if min(other.span for other in home) < name.span]
        # Of a family, the one the article is about; of two as often named, the one named last.
        most = max(
            before or fitting,
            key=lambda home: (_count_before(home, name), max(_before(home, name), default=(-1, -1))),
        )
        most.append(name)
    return True


def _count_before(home: list[Name], name: Name) -> int:
    return sum(1 for _ in _before(home, name))


def _before(home: list[Name], name: Name) -> Iterator[Span]:
    return (other.span for other in home if other.span < name.span)


def _title_before(document: Document, start: int) -> str | None:
    word = re.search(r"([A-Za-z]+)\.? $", document.text[max(0, start - 15) : start])
    return word.group(1) if word else None


def _things(document: Document, names: list[Name]) -> list[list[Name]]:
    clusters = sorted(_by_text(names), key=lambda cluster: -len(fold(cluster[0].text).split()))
    out: list[list[Name]] = []
    by_first_word: dict[str, list[list[Name]]] = {}
    for cluster in clusters:
        name = cluster[0].text
        first_word = fold(name).partition(" ")[0]
        is_short = is_acronym(name) or f"({name})" in document.text
        near = out if is_short else by_first_word.get(first_word, [])
        homes = [other for other in near if _same_thing(document, name, other)]
        if len(homes) == 1:
            homes[0].extend(cluster)
            continue
        out.append(list(cluster))
        by_first_word.setdefault(first_word, []).append(out[-1])
    return out


def _same_thing(document: Document, short: str, cluster: list[Name]) -> bool:
    longest = max((name.text for name in cluster), key=len)
    if is_acronym_of(short, longest) or f"{longest} ({short})" in document.text:
        return True
    kind = cluster[0].kind
    if not is_short_thing(short, longest):
        return False
    rest = fold(longest).split()[len(fold(short).split()) :]
    return all(word in _tails(kind) for word in rest)


@cache
def _tails(kind: str) -> frozenset[str]:
    """What may be left off a name of a place or an organisation."""
    if kind == "place":
        return word_lists.words("place_tails")
    return word_lists.words("organisation_tails") | word_lists.words("legal_forms")


def _by_text(names: Iterable[Name]) -> Iterable[list[Name]]:
    clusters: dict[str, list[Name]] = {}
    for name in names:
        clusters.setdefault(standard_in_article(name.text), []).append(name)
    return clusters.values()


def _across_kinds(clusters: list[list[Name]]) -> list[list[Name]]:
    """One name is one thing, also where its mentions were given two kinds."""
    out: dict[str, list[Name]] = {}
    for cluster in clusters:
        longest = max((name.text for name in cluster), key=len)
        out.setdefault(standard_in_article(longest), []).extend(cluster)
    return list(out.values())


def _thing(document: Document, key: str, cluster: list[Name]) -> Thing:
    cluster.sort(key=lambda name: name.span)
    kinds = Counter(name.kind for name in cluster)
    written = [name.text for name in cluster if not name.text.startswith("@")] or [cluster[0].text]
    longest = max(written, key=lambda text: (len(text.split()), len(text)))
    told = [gender(name.text, _title_before(document, name.span[0])) for name in cluster]
    known = Counter(one for one in told if one)
    kind = kinds.most_common(1)[0][0]
    sex = known.most_common(1)[0][0] if known and kind == "person" else None
    return Thing(key, kind, longest, tuple(name.span for name in cluster), sex)
