"""The names of an article: exact spans, one kind a name, and which of them are one thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.annotate import lexicon
from etl.annotate.document import Document, overlaps, trim
from etl.annotate.encoder import NAME_TAGS, Reading
from etl.annotate.names import fold, gender, is_acronym_of, is_short_person, is_short_thing, standard
from etl.annotate.tags import decode
from etl.records import Span

_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
_STRAY = ' \t\u2013\u2014-,;:.()[]{}"“”«»„*•|/'
_SURE = 0.85  # for a name in lower case, such as a brand's
_SEEN_ELSEWHERE = 0.5  # for a name the encoder missed here
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Name:
    """One named mention before it is known whose: a span, its kind and how sure the kind is."""

    span: Span
    text: str
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, organisation or place of the article and its mentions, in order."""

    key: str
    kind: str
    name: str
    mentions: tuple[Span, ...]
    gender: str | None


def find_names(document: Document, reading: Reading) -> list[Name]:
    """All named mentions, sorted, without overlap."""
    pieces = reading.pieces
    spans = decode(reading.names, NAME_TAGS, pieces.line, 0.0)
    raw = [
        (int(pieces.starts[span.first]), int(pieces.ends[span.last - 1]), _KINDS[span.tag], span.probability)
        for span in spans
    ]
    tidy = [name for start, end, kind, sure in raw if (name := _tidy(document.text, start, end, kind, sure))]
    voted = _like_full_names(_vote(_joined(document.text, tidy)))
    named = [name for name in _spread(document, voted) if name.kind != "other"]
    # The vote may have made persons of other things, whose titles still stand.
    again = (_tidy(document.text, *name.span, name.kind, name.probability) for name in named)
    return [name for name in again if name is not None]


def _tidy(text: str, start: int, end: int, kind: str, probability: float) -> Name | None:
    """Take titles, articles and possessives off a span; None where nothing of a name is left."""
    start, end = trim(text, start, end, _STRAY)
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive:
        end = possessive.start()
    while (first := re.match(r"[\w.\-]+\s+", text[start:end])) is not None:
        word = first.group().strip().lower().rstrip(".")
        is_title = kind == "person" and word in lexicon.table("honorifics")
        if not is_title and word not in ("the", "a", "an"):
            break
        start += first.end()
    if kind == "person":
        start = _behind_portfolio(text, start, end)
    words = text[start:end]
    has_capital = any(character.isupper() or not character.isascii() for character in words)
    if len(words) < 2 or not (has_capital or (probability > _SURE and words.isalpha())):
        return None
    if words.lower() in lexicon.words("not_names") and probability != _SEEN_ELSEWHERE:
        return None
    # A full stop belongs to an abbreviation ("U.S.", "Calif.") only.
    abbreviated = re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", words) or f"{words.lower()}." in lexicon.table(
        "same_names"
    )
    if text[end : end + 1] == "." and abbreviated:
        end += 1
    return Name((start, end), text[start:end], kind, probability)


def _behind_portfolio(text: str, start: int, end: int) -> int:
    """Where the name begins in "Minister of" + "Labour Ann Lee"."""
    first = re.match(r"([A-Z]\w+)\s+(?=[A-Z])", text[start:end])
    if first is None or first.group(1).lower() not in lexicon.words("portfolios"):
        return start
    title = re.search(r"(\w+) (?:of|for) (?:the )?$", text[max(0, start - 40) : start])
    return start + first.end() if title and title.group(1).lower() in lexicon.words("roles") else start


def _joined(text: str, names: list[Name]) -> list[Name]:
    """Join two halves of a name that the encoder cut ("THE" + "HAGUE")."""
    out: list[Name] = []
    for name in names:
        if out and name.kind == out[-1].kind != "other":
            between = text[out[-1].span[1] : name.span[0]]
            both_short = out[-1].probability < 0.8 and name.probability < 0.8
            if between == " " or (both_short and re.fullmatch(r"-| (?:and|of) ", between)):
                span = (out[-1].span[0], name.span[1])
                out[-1] = Name(span, text[slice(*span)], name.kind, name.probability)
                continue
        out.append(name)
    return out


def _vote(names: list[Name]) -> list[Name]:
    """Give all mentions of one name the kind that the article speaks for most."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        votes[standard(name.text)][name.kind] += name.probability
    out = []
    for name in names:
        counted = votes[standard(name.text)]
        best, weight = max(sorted(counted.items()), key=lambda item: item[1])
        if standard(name.text) in lexicon.table("known_kinds"):
            best = lexicon.table("known_kinds")[standard(name.text)]
        elif weight < 0.6 * sum(counted.values()) and name.probability > 0.9:
            best = name.kind
        out.append(Name(name.span, name.text, best, name.probability))
    return out


def _like_full_names(names: list[Name]) -> list[Name]:
    """Give a bare surname the kind of the person, and a short form of one word the kind of the full name."""
    persons = {
        fold(name.text).split()[-1] for name in names if name.kind == "person" and " " in name.text.strip()
    }
    things = {
        fold(name.text).split()[0]: name.kind
        for name in names
        if name.kind in ("organisation", "place") and len(fold(name.text).split()) == 2
    }
    out = []
    for name in names:
        word = fold(name.text)
        kind = name.kind
        if word in persons and kind == "organisation":
            kind = "person"
        elif kind == "person" and word in things and word not in persons:
            kind = things[word]
        out.append(Name(name.span, name.text, kind, name.probability))
    return out


def _spread(document: Document, names: list[Name]) -> list[Name]:
    """Find the mentions the encoder missed of names it saw elsewhere in the article."""
    known = {name.text: name.kind for name in names if name.probability > 0.6 and name.text[0].isupper()}
    for name in names:
        last = name.text.split()[-1] if name.text.split() else ""
        if name.kind == "person" and " " in name.text and len(last) > 2 and last[0].isupper():
            known.setdefault(last, "person")
    known = {text: kind for text, kind in known.items() if kind != "other" and len(text) > 1}
    if not known:
        return names
    out = list(names)
    longest_first = "|".join(re.escape(text) for text in sorted(known, key=lambda text: (-len(text), text)))
    for found in re.finditer(rf"(?<![\w-])(?:{longest_first})(?![\w-])", document.text):
        touched = [name for name in out if overlaps(name.span, found.span())]
        if any(not _holds(found.span(), name) for name in touched) or (touched and " " not in found.group()):
            continue
        if touched or not _is_common(document, found):
            out = [name for name in out if name not in touched]
            out.append(Name(found.span(), found.group(), known[found.group()], _SEEN_ELSEWHERE))
    return sorted(out, key=lambda name: name.span)


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
    return bool(beside) or (starts and found.group().lower() in lexicon.words("common_capitals"))


def _capital_before(document: Document, start: int) -> bool:
    word = re.search(r"(\w+) $", document.text[max(0, start - 30) : start])
    if word is None or not word.group(1)[0].isupper():
        return False
    titled = word.group(1).lower() in lexicon.table("honorifics") or word.group(1).lower() in lexicon.words(
        "roles"
    )
    return not titled and document.sentence(start)[0] < start - len(word.group(1)) - 1


def group(document: Document, names: list[Name]) -> list[Thing]:
    """Join the mentions of one thing; things are numbered by their first mention."""
    clusters: list[list[Name]] = []
    for kind in ("person", "organisation", "place"):
        of_kind = [name for name in names if name.kind == kind]
        clusters += _persons(document, of_kind) if kind == "person" else _things(document, of_kind)
    clusters = _across_kinds(clusters)
    clusters.sort(key=lambda cluster: min(name.span for name in cluster))
    return [_thing(document, f"e{i}", cluster) for i, cluster in enumerate(clusters, 1)]


def _persons(document: Document, names: list[Name]) -> list[list[Name]]:
    clusters = list(_by_text(names))
    full = [cluster for cluster in clusters if " " in fold(cluster[0].text)]
    full.sort(key=lambda cluster: -len(fold(cluster[0].text).split()))
    out: list[list[Name]] = []
    for cluster in full:
        longer = [other for other in out if is_short_person(cluster[0].text, other[0].text)]
        if len(longer) == 1:
            longer[0].extend(cluster)
        else:
            out.append(list(cluster))
    for cluster in clusters:
        if " " not in fold(cluster[0].text):
            _attach(document, cluster, out)
    return out


def _attach(document: Document, cluster: list[Name], full: list[list[Name]]) -> None:
    """Give each mention of a bare surname to the person of that name: the one named last before it."""
    homes = [other for other in full if any(is_short_person(cluster[0].text, name.text) for name in other)]
    surnames = [
        other for other in homes if any(fold(name.text).endswith(fold(cluster[0].text)) for name in other)
    ]
    homes = surnames or homes
    if not homes:
        full.append(list(cluster))
        return
    for name in cluster:
        told = gender("", _title_before(document, name.span[0]))
        fitting = [home for home in homes if told is None or gender(home[0].text) in (None, told)] or homes
        if len(fitting) == 1:
            fitting[0].append(name)
            continue
        before = [home for home in fitting if min(other.span for other in home) < name.span]
        nearest = max(before or fitting, key=lambda home: max(_before(home, name), default=(-1, -1)))
        nearest.append(name)


def _before(home: list[Name], name: Name) -> Iterator[Span]:
    return (other.span for other in home if other.span < name.span)


def _title_before(document: Document, start: int) -> str | None:
    word = re.search(r"([A-Za-z]+)\.? $", document.text[max(0, start - 15) : start])
    return word.group(1) if word else None


def _things(document: Document, names: list[Name]) -> list[list[Name]]:
    clusters = sorted(_by_text(names), key=lambda cluster: -len(fold(cluster[0].text).split()))
    out: list[list[Name]] = []
    for cluster in clusters:
        name = cluster[0].text
        homes = [other for other in out if _same_thing(document, name, other)]
        if len(homes) == 1:
            homes[0].extend(cluster)
        else:
            out.append(list(cluster))
    return out


def _same_thing(document: Document, short: str, cluster: list[Name]) -> bool:
    longest = max((name.text for name in cluster), key=len)
    if is_acronym_of(short, longest) or f"{longest} ({short})" in document.text:
        return True
    kind = cluster[0].kind
    if not is_short_thing(short, longest):
        return False
    rest = fold(longest).split()[len(fold(short).split()) :]
    return all(word.rstrip(".") in lexicon.words(f"{kind}_tails") for word in rest)


def _by_text(names: Iterable[Name]) -> Iterable[list[Name]]:
    clusters: dict[str, list[Name]] = {}
    for name in names:
        clusters.setdefault(standard(name.text), []).append(name)
    return clusters.values()


def _across_kinds(clusters: list[list[Name]]) -> list[list[Name]]:
    """One name is one thing, also where its mentions were given two kinds."""
    out: dict[str, list[Name]] = {}
    for cluster in clusters:
        longest = max((name.text for name in cluster), key=len)
        out.setdefault(standard(longest), []).extend(cluster)
    return list(out.values())


def _thing(document: Document, key: str, cluster: list[Name]) -> Thing:
    cluster.sort(key=lambda name: name.span)
    kinds = Counter(name.kind for name in cluster)
    longest = max((name.text for name in cluster), key=lambda text: (len(text.split()), len(text)))
    told = [gender(name.text, _title_before(document, name.span[0])) for name in cluster]
    known = Counter(one for one in told if one)
    kind = kinds.most_common(1)[0][0]
    sex = known.most_common(1)[0][0] if known and kind == "person" else None
    return Thing(key, kind, longest, tuple(name.span for name in cluster), sex)
