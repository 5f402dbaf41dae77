"""Which names of an article are one thing: a person, an organisation, a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from etl.annotate.names.forms import (
    gender,
    has_generation,
    is_acronym,
    is_acronym_of,
    is_short_person,
    is_short_thing,
    known_places,
    name_parts,
    nickname,
)
from etl.annotate.names.handles import owner_of
from etl.annotate.names.name import Name
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.aliases import standard_in_article
from etl.language.fold import fold
from etl.language.honorifics import titles
from etl.records import Span

_SURNAME_FIRST = re.compile(r"[A-Z]\w+ [A-Z][a-z]+-[a-z]+")


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
        title = _title_before(document, name.span[0])
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
        other.span < name.span or fold(_title_before(document, other.span[0]) or "") == fold(title)
        for home in homes
        for other in home
    )


def _told(document: Document, names: list[Name]) -> str | None:
    """Male or female where a title before one of the names tells it."""
    told = (gender("", _title_before(document, name.span[0])) for name in names)
    return next((one for one in told if one), None)


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
    by_second_word: dict[str, list[list[Name]]] = {}
    for cluster in clusters:
        name = cluster[0].text
        first_word = fold(name).partition(" ")[0]
        is_short = is_acronym(name) or f"({name})" in document.text
        near = out if is_short else by_first_word.get(first_word, [])
        if name[0].isupper():
            near = near + by_second_word.get(first_word, [])
        homes = [other for other in near if _same_thing(document, name, other)]
        if len(homes) == 1:
            homes[0].extend(cluster)
            continue
        out.append(list(cluster))
        by_first_word.setdefault(first_word, []).append(out[-1])
        if rest := _without_owner(name):
            by_second_word.setdefault(rest.partition(" ")[0], []).append(out[-1])
    return _join_heads(document, out)


def _without_owner(name: str) -> str | None:
    """What a body is called at home: "senate" for "US Senate", "home office" for "British Home Office"; else None."""
    words = name.split()
    for length in (1, 2):
        owner = " ".join(words[:length])
        if len(words) > length and {fold(owner), standard_in_article(owner)} & _owners():
            return fold(" ".join(words[length:]))
    return None


@cache
def _owners() -> frozenset[str]:
    """Adjectives and names of countries and their unions, folded."""
    countries = word_lists.table("demonyms")
    return frozenset((*countries, *countries.values(), "united nations", "european union"))


def _same_thing(document: Document, short: str, cluster: list[Name]) -> bool:
    longest = max((name.text for name in cluster), key=len)
    if is_acronym_of(short, longest) or f"{longest} ({short})" in document.text:
        return True
    kind = cluster[0].kind
    if kind == "organisation" and _without_owner(longest) == fold(short):
        return True
    if not is_short_thing(short, longest) or (kind == "place" and longest.split()[-1].islower()):
        return False
    rest = fold(longest).split()[len(fold(short).split()) :]
    if rest == ["city"] and fold(short) in known_places():
        return False  # Kansas City is not Kansas, Mexico City not Mexico
    return all(word in _tails(kind) for word in rest)


def _join_heads(document: Document, clusters: list[list[Name]]) -> list[list[Name]]:
    """Give what is called by one word with "the" to the one longer name that has it as its noun.

    "the Post" is the Harbour Post, "the Gulf" the Gulf of Mexico, where there is no other Post or Gulf.
    """
    by_noun: dict[str, list[list[Name]]] = {}
    for cluster in clusters:
        if noun := _noun(cluster[0]):
            by_noun.setdefault(noun, []).append(cluster)
    out: list[list[Name]] = []
    for cluster in clusters:
        homes = by_noun.get(fold(cluster[0].text), [])
        if len(homes) == 1 and all(_is_definite(document, name) for name in cluster):
            homes[0].extend(cluster)
        else:
            out.append(cluster)
    return out


def _noun(name: Name) -> str | None:
    """The noun that a body of several words goes by, with "the": its last, or the one before "of"; of a place, this one."""
    words = fold(name.text).split()
    if "of" in words:
        return words[0] if words.index("of") == 1 else None
    return words[-1] if len(words) > 1 and name.kind == "organisation" else None


def _is_definite(document: Document, name: Name) -> bool:
    return document.text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the " or name.text.startswith(
        "The "
    )


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
