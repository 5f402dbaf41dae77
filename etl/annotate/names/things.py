"""Which names of an article are one thing: a person, an organisation, a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from etl.annotate.names.forms import (
    gender,
    is_acronym,
    is_acronym_of,
    is_short_thing,
    known_places,
)
from etl.annotate.names.handles import owner_of
from etl.annotate.names.name import Name, by_text
from etl.annotate.names.persons import persons, title_before
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
        clusters += persons(document, of_kind) if kind == "person" else _things(document, of_kind)
    clusters = _across_kinds(clusters)
    for same in by_text(handles):
        home = next((home for handle in same if (home := owner_of(document, handle, clusters))), None)
        if home is None:
            clusters.append(list(same))
        else:
            home.extend(same)
    clusters.sort(key=lambda cluster: min(name.span for name in cluster))
    return [_thing(document, f"e{i}", cluster) for i, cluster in enumerate(clusters, 1)]


def _things(document: Document, names: list[Name]) -> list[list[Name]]:
    clusters = sorted(by_text(names), key=lambda cluster: -len(fold(cluster[0].text).split()))
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
    told = [gender(name.text, title_before(document, name.span[0])) for name in cluster]
    known = Counter(one for one in told if one)
    kind = kinds.most_common(1)[0][0]
    sex = known.most_common(1)[0][0] if known and kind == "person" else None
    return Thing(key, kind, longest, tuple(name.span for name in cluster), sex)
