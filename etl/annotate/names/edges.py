"""Where names begin and end: without titles, articles and possessives, with what belongs to them."""

from __future__ import annotations

import re
from functools import cache

from etl.annotate.names.forms import LETTERS, known_places
from etl.annotate.names.name import SEEN_ELSEWHERE, Name
from etl.annotate.text.document import trim
from etl.language import word_lists
from etl.language.aliases import find_alias
from etl.language.fold import fold
from etl.language.honorifics import is_title

_STRAY = ' \t\u2013\u2014-,;:.()[]{}"“”«»„*•|/'
_SURE = 0.85  # for a name in lower case, such as a brand's
_LETTERS = re.compile(rf"(?:,?\s{LETTERS})+$")
_HYPHENATED = re.compile(
    r"-(?:[A-Z][\w’']*|(?!led\b|era\b|like\b|based\b|born\b|style\b|run\b)[a-z]{2,5}\b(?=[\s,.’']))"
)
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_MINISTER = re.compile(r" (?:[Mm]inister|[Ss]ecretary)\b")
_INHABITANT = re.compile(r"(.+?)(?:ers?|ans?|ians?)")
_PLURAL_OF_INITIALS = re.compile(r"[A-Z]{2,5}s")
_STATE_OF = re.compile(r"State of ")
_PARTY = re.compile(r"[DRI]-(?=[A-Z])")  # of an American politician: "R-Texas"
_GLUED = re.compile(
    r"(?<=[a-z]{4})(?:which|where|while|about|after|before|with|that|from|said|has|was|and|for|the|to|in|on|is)$"
)
_TITLED = re.compile(r"(?<=[\w,’'] )The $")  # of a newspaper within a sentence: "told The Zambian"
_POSSESSIVE = re.compile(r"['’]s?$")


def tidy(text: str, start: int, end: int, kind: str, probability: float) -> Name | None:
    """Take titles, articles and possessives off a span; None where nothing of a name is left."""
    start, end = trim(text, start, end, _STRAY)
    state = _STATE_OF.match(text, start, end)
    if state and fold(text[state.end() : end]) in known_places():
        start = state.end()
    if party := _PARTY.match(text, start, end):
        start, kind = party.end(), "place"
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive:
        end = possessive.start()
    while (first := re.match(r"[\w.\-]+\s+", text[start:end])) is not None:
        word = first.group().strip()
        if not (kind == "person" and is_title(word)) and word.lower().rstrip(".") not in ("the", "a", "an"):
            break
        start += first.end()
    end = _before_glued(text, start, end)
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
    if (words.lower() in word_lists.words("not_names") and probability != SEEN_ELSEWHERE) or _is_no_name(
        text, words, end, kind
    ):
        return None
    if kind != "person" and words.lower() in word_lists.table("demonyms"):
        if not _TITLED.search(text, max(0, start - 6), start):
            return None
        kind = "organisation"
    if text.startswith("$", end):
        return None
    end += _has_stop(text, words, end, kind)
    return Name((start, end), text[start:end], kind, probability)


def _before_glued(text: str, start: int, end: int) -> int:
    """Where a name ends that lost the space before the next word: "Ukrainewhich", "United Statesto"."""
    glued = _GLUED.search(text, start, end)
    if glued is None:
        return end
    stem = fold(text[start : glued.start()])
    return glued.start() if len(glued.group()) > 4 or {stem, stem.split()[-1]} & known_places() else end


def _is_no_name(text: str, words: str, end: int, kind: str) -> bool:
    """Whether words name no person, body or place: a law, a holiday, an inhabitant, a plural of initials, a title."""
    last = words.split()[-1].lower()
    if kind == "person":
        is_title_alone = (
            last == words.lower() and is_title(last) and last in word_lists.words("abbreviations")
        )
        is_portfolio = words.lower() in word_lists.words("portfolios") and _MINISTER.match(text, end)
        return bool((is_title_alone and text.startswith(".", end)) or is_portfolio)
    inhabitant = _INHABITANT.fullmatch(words)
    return (
        (" " in words and last in word_lists.words("law_nouns"))
        or _PLURAL_OF_INITIALS.fullmatch(words) is not None
        or words.lower() in word_lists.table("time_holidays")
        or (inhabitant is not None and fold(inhabitant.group(1)) in known_places())
    )


def _has_stop(text: str, words: str, end: int, kind: str) -> bool:
    """Whether the full stop behind a name is its own: of an abbreviation ("U.S.", "Calif.", "Seiki Co.") only."""
    if not text.startswith(".", end):
        return False
    last = words.split()[-1]
    if _INITIALS.fullmatch(last) or (kind == "person" and last in ("Jr", "Sr")):
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
