"""The names of an article: exact spans, and one kind a name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from etl.annotate.encoder.session import NAME_TAGS, EncoderOutput
from etl.annotate.encoder.tags import decode
from etl.annotate.names.forms import LETTERS, name_parts
from etl.annotate.text.dateline import FIRST_LINES, is_dateline
from etl.annotate.text.document import Document, trim
from etl.language import word_lists
from etl.language.aliases import find_alias, standard_in_article
from etl.language.fold import fold
from etl.language.honorifics import is_title
from etl.records import Span

_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
_STRAY = ' \t\u2013\u2014-,;:.()[]{}"“”«»„*•|/'
_SURE = 0.85  # for a name in lower case, such as a brand's
_SEEN_ELSEWHERE = 0.5  # for a name the encoder missed here
_TOLD = 2.0  # weighs more than the encoder's view of a name
_PARTICLE = re.compile(rf"[ -](?:{word_lists.alternation(word_lists.words('name_particles'))})[ -]")
_LETTERS = re.compile(rf"(?:,?\s{LETTERS})+$")
_ONLY_LETTERS = re.compile(rf"{LETTERS}(?:,\s{LETTERS})*")
_HYPHENATED = re.compile(
    r"-(?:[A-Z][\w’']*|(?!led\b|era\b|like\b|based\b|born\b|style\b|run\b)[a-z]{2,5}\b(?=[\s,.’']))"
)
_AGENCY = re.compile(r"\) ?[-–—]{1,2} ")
_SEAT_BEFORE = re.compile(r"\b(?:MP|[Mm]ayor|[Cc]ouncillor|[Ss]enator|[Gg]overnor) (?:for|of) (?:the )?$")
_SEAT_BEHIND = re.compile(r" (?:MP|mayor|councillor|MLA)\b")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_STORM = re.compile(r"\b(?:Typhoon|Hurricane|Cyclone|Storm)\s+$")
_TITLED = re.compile(r"(?<=[\w,’'] )The $")  # of a newspaper within a sentence: "told The Zambian"
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Name:
    """One named mention before it is known whose: a span, its kind and how sure the kind is."""

    span: Span
    text: str
    kind: str
    probability: float


def find_names(document: Document, reading: EncoderOutput) -> list[Name]:
    """All named mentions, sorted, without overlap."""
    pieces = reading.pieces
    spans = decode(reading.names, NAME_TAGS, pieces.line, 0.0)
    raw = [
        (int(pieces.starts[span.first]), int(pieces.ends[span.last - 1]), _KINDS[span.tag], span.probability)
        for span in spans
    ]
    tidied = [name for start, end, kind, sure in raw if (name := tidy(document.text, start, end, kind, sure))]
    placed = by_context(document, _joined(document.text, _apart(tidied)))
    voted = _like_full_names(_vote(placed))
    named = [name for name in _spread(document, voted) if name.kind != "other"]
    # The vote may have made persons of other things, whose titles still stand.
    again = (tidy(document.text, *name.span, name.kind, name.probability) for name in named)
    return _apart([name for name in again if name is not None])


def _apart(names: list[Name]) -> list[Name]:
    """Of names that overlap, as a tidied one may reach into its neighbour, the one that begins first."""
    out: list[Name] = []
    for name in names:
        if not out or name.span[0] >= out[-1].span[1]:
            out.append(name)
    return out


def tidy(text: str, start: int, end: int, kind: str, probability: float) -> Name | None:
    """Take titles, articles and possessives off a span; None where nothing of a name is left."""
    start, end = trim(text, start, end, _STRAY)
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive:
        end = possessive.start()
    while (first := re.match(r"[\w.\-]+\s+", text[start:end])) is not None:
        word = first.group().strip()
        if not (kind == "person" and is_title(word)) and word.lower().rstrip(".") not in ("the", "a", "an"):
            break
        start += first.end()
    if kind == "person":
        start = _behind_portfolio(text, start, end)
        letters = _LETTERS.search(text, start, end)
        end = letters.start() if letters else end
        more = _HYPHENATED.match(text, end)
        end = more.end() if more else end
    words = text[start:end]
    has_capital = any(character.isupper() or not character.isascii() for character in words)
    if len(words) < 2 or not fold(words) or not (has_capital or (probability > _SURE and words.isalpha())):
        return None
    if words.lower() in word_lists.words("not_names") and probability != _SEEN_ELSEWHERE:
        return None
    if kind != "person" and words.lower() in word_lists.table("demonyms"):
        if not _TITLED.search(text, max(0, start - 6), start):
            return None
        kind = "organisation"
    if text.startswith("$", end):
        return None
    end += _has_stop(text, words, end, kind)
    return Name((start, end), text[start:end], kind, probability)


def _has_stop(text: str, words: str, end: int, kind: str) -> bool:
    """Whether the full stop behind a name is its own: of an abbreviation ("U.S.", "Calif.", "Seiki Co.") only."""
    if not text.startswith(".", end):
        return False
    last = words.split()[-1]
    if _INITIALS.fullmatch(last):
        return True
    if kind == "organisation" and last[0].isupper() and last.lower() in _company_abbreviations():
        return True
    alias = find_alias(f"{words}.")
    return alias is not None and alias.name.endswith(".")


@cache
def _company_abbreviations() -> frozenset[str]:
    """Abbreviations among the words that names of companies end in: "Co.", "Inc."."""
    tails = word_lists.words("legal_forms") | word_lists.words("organisation_tails")
    return tails & word_lists.words("abbreviations")


def _behind_portfolio(text: str, start: int, end: int) -> int:
    """Where the name begins in "Minister of" + "Labour Ann Lee"."""
    first = re.match(r"([A-Z]\w+)\s+(?=[A-Z])", text[start:end])
    if first is None or first.group(1).lower() not in word_lists.words("portfolios"):
        return start
    title = re.search(r"(\w+) (?:of|for) (?:the )?$", text[max(0, start - 40) : start])
    return start + first.end() if title and title.group(1).lower() in word_lists.words("roles") else start


def _joined(text: str, names: list[Name]) -> list[Name]:
    """Join two halves of a name that the encoder cut ("THE" + "HAGUE")."""
    out: list[Name] = []
    for name in names:
        if out and name.kind == out[-1].kind != "other":
            between = text[out[-1].span[1] : name.span[0]]
            both_unsure = name.kind == "organisation" and max(out[-1].probability, name.probability) < 0.8
            is_person = name.kind == "person" and _PARTICLE.fullmatch(between)
            if between == " " or is_person or (both_unsure and re.fullmatch(r"-| (?:and|of) ", between)):
                span = (out[-1].span[0], name.span[1])
                out[-1] = Name(span, text[slice(*span)], name.kind, name.probability)
                continue
        out.append(name)
    return out


def by_context(document: Document, names: list[Name]) -> list[Name]:
    """Give names the kind that the words around them tell; leave out storms and the letters behind names."""
    text = document.text
    storms = {
        standard_in_article(name.text)
        for name in names
        if _STORM.search(text, max(0, name.span[0] - 20), name.span[0])
    }
    out: list[Name] = []
    for name in names:
        if standard_in_article(name.text) in storms or (out and _is_letters(text, out[-1], name)):
            continue
        told = _kind_told(document, name)
        out.append(Name(name.span, name.text, told, _TOLD) if told else name)
    return out


def _is_letters(text: str, person: Name, name: Name) -> bool:
    """Whether a name is the degree of the person before it: "Ann Lee, R.D."."""
    if person.kind != "person" or text[person.span[1] : name.span[0]] != ", ":
        return False
    return any(_ONLY_LETTERS.fullmatch(text, name.span[0], end) for end in (name.span[1], name.span[1] + 1))


def _kind_told(document: Document, name: Name) -> str | None:
    text, (start, end) = document.text, name.span
    before = text[max(0, start - 30) : start]
    if is_dateline(document, name.span):
        return "place"
    if document.line_index(start) < FIRST_LINES and before.endswith("(") and _AGENCY.match(text, end):
        return "organisation"
    if name.kind in ("person", "organisation") and (
        _SEAT_BEFORE.search(before) or _SEAT_BEHIND.match(text, end)
    ):
        return "place"
    if name.kind in ("person", "place") and _ends_as_body(name.text):
        return "organisation"
    if name.kind == "place" and " " in name.text and before.endswith(("told ", "told the ")):
        return "organisation"
    return None


def _ends_as_body(name: str) -> bool:
    """Whether a name ends in the noun of a body: "Osage Tribe"."""
    *before, last = name.split()
    return bool(before) and last[0].isupper() and last.lower() in word_lists.words("body_nouns")


def _vote(names: list[Name]) -> list[Name]:
    """Give all mentions of one name the kind that the article speaks for most."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        votes[standard_in_article(name.text)][name.kind] += name.probability
    out = []
    for name in names:
        counted = votes[standard_in_article(name.text)]
        best, weight = max(sorted(counted.items()), key=lambda item: item[1])
        if standard_in_article(name.text) in word_lists.table("known_kinds"):
            best = word_lists.table("known_kinds")[standard_in_article(name.text)]
        elif weight < 0.6 * sum(counted.values()) and name.probability > 0.9:
            best = name.kind
        out.append(Name(name.span, name.text, best, name.probability))
    return out


def _like_full_names(names: list[Name]) -> list[Name]:
    """Give a bare surname the kind of the person, and a short form of one word the kind of the full name."""
    persons = {name_parts(name.text)[-1] for name in names if name.kind == "person" and " " in name.text}
    things = {
        name_parts(name.text)[0]: name.kind
        for name in names
        if name.kind in ("organisation", "place") and len(name_parts(name.text)) == 2
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
    out = sorted(names, key=lambda name: name.span)
    longest_first = "|".join(re.escape(text) for text in sorted(known, key=lambda text: (-len(text), text)))
    for found in re.finditer(rf"(?<![\w-])(?:{longest_first})(?![\w-])", document.text):
        since = bisect_right(out, found.start(), key=lambda name: name.span[1])
        until = bisect_left(out, found.end(), key=lambda name: name.span[0])
        touched = out[since:until]
        if any(not _holds(found.span(), name) for name in touched) or (touched and " " not in found.group()):
            continue
        if touched or not _is_common(document, found):
            out[since:until] = [Name(found.span(), found.group(), known[found.group()], _SEEN_ELSEWHERE)]
    return out


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
