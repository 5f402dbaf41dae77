"""What the rules of times.py share: the text around an expression, and the arithmetic of its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.annotate.text.numbers import parse
from etl.language import word_lists

Answer = tuple[str, str]  # kind and TIMEX3 value; "+1" is a day counted from the day named before
Rule = Callable[["Context", re.Match[str]], Answer | None]

IS_EVERY = re.compile(r"\b(?:each|every)\s+$")
"""Before a day or a month: that it is meant again and again."""

_OVERTAKEN = re.compile(
    r"\bhad been (?:due|scheduled|expected|set|planned)(?: to \w+)?|\b(?:appeared|seemed) to \w+"
)
_IS_OVER = re.compile(r"\b(?:since|last|back in|was|were|had|ago|\w{3,}ed)\b[^.,;\n]{0,30}$")
_SENTENCE = re.compile(r"\n|(?<=[a-z0-9)%”\"’'][.!?])\s")
_NUMBERS = {"a": 1.0, "an": 1.0, "a couple of": 2.0, "couple of": 2.0, "a hundred": 100.0}
_HALF = {"year": "6M", "hour": "30M", "minute": "30S"}  # half of a unit in the next smaller one
_NEAR = 3  # days: a date so near is never that of another year
_HAPPENED_ON = re.compile(r"\b(?!expir|schedul|need|plann)\w{2,}ed (?:there |here )?on $")
_OF_THE_PAST = re.compile(r"\bthe $")


@dataclass(frozen=True, slots=True)
class Context:
    """The text and its day of publication."""

    text: str
    published_on: date | None

    def is_future(self, start: int, end: int) -> bool:
        """Whether the words around speak of what is to come: the nearest verb before decides, else after."""
        before = _OVERTAKEN.sub("had", _SENTENCE.split(self.text[max(0, start - 90) : start])[-1])
        future, past = _last(_tense("coming"), before), _last(_tense("over"), before)
        if future >= 0 or past >= 0:
            return future >= past
        line_end = self.text.find("\n", end)
        after = self.text[end : min(end + 100, line_end if line_end >= 0 else len(self.text))]
        if len(before.split()) <= 1:  # it opens the sentence: "On Friday, the museum will …"
            after = after.removeprefix(",")
        after = re.split(r"[.;“\"]\s|[“\"]|,\s(?!where|when)", after)[0]
        coming, gone = _tense("coming").search(after), _tense("over").search(after)
        if coming is None:
            return False
        return gone is None or coming.start() < gone.start()

    def is_past(self, start: int) -> bool:
        """Whether a word before, in the same clause, speaks of what is over."""
        if _IS_OVER.search(self.before(start, 50)):
            return True
        clause = re.split(r"[.,;\n]", self.text[max(0, start - 30) : start])[-1]
        return _last(_tense("over"), clause) > _last(_tense("coming"), clause)

    def before(self, start: int, width: int = 16) -> str:
        return self.text[max(0, start - width) : start].lower()


@cache
def _tense(tense: str) -> re.Pattern[str]:
    """The words that show that something is to come, or over."""
    rows = [(case, pattern) for told, case, pattern in word_lists.rows("time_tenses") if told == tense]
    cases = {case: "|".join(one for told, one in rows if told == case) for case in ("any", "exact")}
    # "be said" and "so-called" tell no time
    barred, short = (r"(?<!\bbe )(?<!-)", "") if tense == "over" else ("", r"|['’]ll\b")
    return re.compile(rf"{barred}\b(?:(?i:{cases['any']})|{cases['exact']})\b{short}")


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)


def month(name: str) -> int:
    """The number of a month by its name, short or long."""
    return int(word_lists.table("months")[name.lower().rstrip(".")])


def number(words: str) -> float | None:
    """The value of a number in digits or words, "a" included."""
    words = words.lower()
    if words in _NUMBERS:
        return _NUMBERS[words]
    return parse(words)


def _short(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def unit(word: str) -> str:
    """A unit of time in the singular."""
    word = word.lower()
    return word[:-1] if word.endswith("s") else word


def duration(amount: float | None, unit: str) -> str | None:
    """The TIMEX3 value of a stretch of time; an unknown amount is X."""
    row = next((row for row in word_lists.rows("time_units") if row[0] == unit), None)
    if row is None:
        return None
    half = ""
    if amount is not None and amount % 1 == 0.5 and unit in _HALF:
        amount, half = amount - 0.5, _HALF[unit]
    count = "X" if amount is None else _short(amount * float(row[2]))
    return f"PT{count}{row[1][1]}{half}" if row[1].startswith("T") else f"P{count}{row[1]}{half}"


@cache
def steps() -> dict[str, int]:
    """How many periods on a word moves: -1 for "last", 1 for "next"."""
    return {word: int(count) for word, count in word_lists.table("time_steps").items()}


def year_for(context: Context, month_number: int, start: int, end: int, day: int | None = None) -> int | None:
    """The year of a bare month or day: the nearest one; where two are about as near, the tense decides."""
    published = context.published_on
    if published is None:
        return None
    ahead = (month_number - published.month) % 12
    if ahead == 0:
        away = (day or published.day) - published.day
        if (
            away > _NEAR
            and _HAPPENED_ON.search(context.before(start, 40))
            and not context.is_future(start, end)
        ):
            return published.year - 1
        is_ahead = away < -_NEAR and not _OF_THE_PAST.search(context.before(start))
        return published.year + (is_ahead and context.is_future(start, end))
    if context.is_future(start, end):
        reach = 9
    elif re.search(r"\b(?:through|until|till)\s+(?:\w+ )?$", context.before(start)):
        reach = 5
    else:
        reach = 0 if context.is_past(start) or _OF_THE_PAST.search(context.before(start)) else 2
    is_ahead = ahead <= reach
    return (
        published.year
        + (is_ahead and month_number < published.month)
        - (not is_ahead and month_number > published.month)
    )
