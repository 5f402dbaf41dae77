"""What the rules of times.py share: the text around an expression, and the arithmetic of its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from etl.annotate.text.numbers import from_digits, from_words
from etl.language import word_lists

Answer = tuple[str, str]  # kind and TIMEX3 value; "+1" is a day counted from the day named before
Rule = Callable[["Context", re.Match[str]], Answer | None]

IS_EVERY = re.compile(r"\b(?:each|every)\s+$")
"""Before a day or a month: that it is meant again and again."""

_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|is to|are to|to be|plans? to|planning (?:to|for)|expected|scheduled|due|set to|going to|ahead of(?= $)|"
    r"upcoming|deadline|begins?|starts?|(?-i:opens?)|takes? place|planned|hopes? to|supposed to|payable|would|runs?|"
    r"(?-i:may)|might|likely|the next(?! to)|effective|"
    r"tak(?:e|es|ing) effect|expires?|(?-i:until)|by no later than|(?:extended|delayed|postponed|adjourned) (?:to|until|for))\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\bbe )(?<!-)\b(?:was|were|had|did|said|told|has|have|"
    r"(?-i:(?!succeed|exceed|proceed|indeed|hundred|speed|unspecified|undisclosed)[a-z]\w{2,}ed)|"
    r"fell|rose|came|went|took|made|won|lost|gave|began|sold|"
    r"met|left|held|became|got|sent|saw|found|wrote|spoke|led|since|ago|says)\b",
    re.IGNORECASE,
)
_OVERTAKEN = re.compile(
    r"\bhad been (?:due|scheduled|expected|set|planned)(?: to \w+)?|\b(?:appeared|seemed) to \w+"
)
_IS_OVER = re.compile(r"\b(?:since|last|back in|was|were|had|ago|\w{3,}ed)\b[^.,;\n]{0,30}$")
_SENTENCE = re.compile(r"\n|(?<=[a-z0-9)%”\"’'][.!?])\s")
_NUMBERS = {"a": 1.0, "an": 1.0, "a couple of": 2.0, "couple of": 2.0, "a hundred": 100.0}
_OF_THE_PAST = re.compile(r"\bthe $")


@dataclass(frozen=True, slots=True)
class Context:
    """The text and its day of publication."""

    text: str
    published_on: date | None

    def is_future(self, start: int, end: int) -> bool:
        """Whether the words around speak of what is to come: the nearest verb before decides, else after."""
        before = _OVERTAKEN.sub("had", _SENTENCE.split(self.text[max(0, start - 90) : start])[-1])
        future, past = _last(_FUTURE, before), _last(_PAST, before)
        if future >= 0 or past >= 0:
            return future >= past
        line_end = self.text.find("\n", end)
        after = self.text[end : min(end + 100, line_end if line_end >= 0 else len(self.text))]
        if len(before.split()) <= 1:  # it opens the sentence: "On Friday, the museum will …"
            after = after.removeprefix(",")
        after = re.split(r"[.;“\"]\s|[“\"]|,\s(?!where|when)", after)[0]
        coming, gone = _FUTURE.search(after), _PAST.search(after)
        if coming is None:
            return False
        return gone is None or coming.start() < gone.start()

    def is_past(self, start: int) -> bool:
        """Whether a word before, in the same clause, speaks of what is over."""
        return _IS_OVER.search(self.before(start, 50)) is not None

    def before(self, start: int, width: int = 16) -> str:
        return self.text[max(0, start - width) : start].lower()


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
    return from_digits(words) if words[0].isdigit() else from_words(words)


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
    count = "X" if amount is None else _short(amount * float(row[2]))
    return f"PT{count}{row[1][1]}" if row[1].startswith("T") else f"P{count}{row[1]}"


def year_for(context: Context, month_number: int, start: int, end: int) -> int | None:
    """The year of a bare month: the nearest one; where two are about as near, the tense decides."""
    published = context.published_on
    if published is None:
        return None
    ahead = (month_number - published.month) % 12
    if ahead == 0:
        return published.year
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
