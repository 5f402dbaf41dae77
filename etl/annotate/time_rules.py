"""The rules of times.py: patterns of English time expressions and what each is worth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from etl.annotate import lexicon
from etl.annotate.calendars import iso, shift_days, shift_months, shifted, week
from etl.annotate.numbers import from_digits, from_words

Answer = tuple[str, str]  # kind and TIMEX3 value; "+1" is a day counted from the day named before
Rule = Callable[["Context", re.Match[str]], Answer | None]

_FUTURE = re.compile(
    r"\b(will|shall|won['’]t|is to|are to|to be|plans? to|expected|scheduled|due|set to|going to|ahead of|upcoming|"
    r"until|by|deadline|begins?|starts?|opens?|takes? place|planned|hopes? to|would|runs?)\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(was|were|had|did|said|told|has|have|\w{3,}ed|fell|rose|came|went|took|made|won|lost|gave|began|sold|met|left|"
    r"held|became|got|sent|saw|found|wrote|spoke|since|ago|says)\b",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}
_FIXED_DAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "independence day": (7, 4), "halloween": (10, 31),
    "valentine's day": (2, 14),
}  # fmt: skip

_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_APPROXIMATE = r"(?:(?:about|around|nearly|almost|more than|less than|at least|up to|over|roughly|approximately|only|just|just over|under) )?"
_PART = (
    r"(?:(?:the )?(?:early|late|mid|middle of|beginning of|start of|end of|first half of|second half of|turn of)"
    r"(?:[- ](?:in )?)(?:the )?)?"
)
_VAGUE = r"(?:several|a few|few|many|a couple of|couple of|some|recent|dozens of|hundreds of|thousands of)"


@dataclass(frozen=True, slots=True)
class Context:
    """The text and its day of publication."""

    text: str
    published_on: date | None

    def is_future(self, start: int, end: int) -> bool:
        """Whether the words around speak of what is to come: the nearest verb before decides, else after."""
        sentence_start = max(self.text.rfind("\n", 0, start), self.text.rfind(". ", 0, start)) + 1
        before = self.text[max(sentence_start, start - 90) : start]
        future, past = _last(_FUTURE, before), _last(_PAST, before)
        if future >= 0 or past >= 0:
            return future > past
        line_end = self.text.find("\n", end)
        after = self.text[end : min(end + 60, line_end if line_end >= 0 else len(self.text))]
        after = re.split(r"[.,;“\"]\s|[“\"]", after)[0]
        coming, gone = _FUTURE.search(after), _PAST.search(after)
        if coming is None:
            return False
        return gone is None or coming.start() < gone.start()

    def is_past(self, start: int) -> bool:
        """Whether a word before, in the same clause, speaks of what is over."""
        return bool(re.search(r"\b(?:since|last|back in|was|were|had|ago)\b[^.,;\n]{0,30}$", self.before(start, 50)))

    def before(self, start: int, width: int = 16) -> str:
        return self.text[max(0, start - width) : start].lower()


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)


@cache
def _names() -> dict[str, str]:
    months = sorted(
        (m for m in lexicon.table("months") if len(m) > 4 or m in ("may", "june", "july")), key=len
    )
    short = [month for month in lexicon.table("months") if month not in months]
    units = "|".join(sorted(lexicon.table("time_units"), key=lambda unit: -len(unit)))
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    ones = "one|two|three|four|five|six|seven|eight|nine"
    teens = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    return {
        "month": rf"(?:{'|'.join(reversed(months))}|(?:{'|'.join(short)})\b\.?)",
        "weekday": rf"(?:{'|'.join(lexicon.table('weekdays'))})",
        "unit": rf"(?:{units})(?:s|(?<=centurie)s)?",
        "number": rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{tens})(?:[- ](?:{ones}))?|{teens}|{ones}|a hundred)",
        "part": "|".join(lexicon.table("day_parts")),
        "year": _YEAR,
        "approximate": _APPROXIMATE,
        "early": _PART,
        "vague": _VAGUE,
    }


_PATTERNS: list[tuple[str, int, Rule]] = []


def _rule(pattern: str, flags: int = re.IGNORECASE) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        _PATTERNS.append((pattern, flags, rule))
        return rule

    return register


@cache
def rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """All rules in their order of preference."""
    return tuple(
        (re.compile(pattern.format_map(_Braces(_names())), flags), rule) for pattern, flags, rule in _PATTERNS
    )


class _Braces(dict[str, str]):
    """Leaves the repetition counts of a pattern, such as {1,2}, alone."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _month(name: str) -> int:
    return int(lexicon.table("months")[name.lower().rstrip(".")])


def _number(words: str) -> float | None:
    words = words.lower()
    if words in ("a", "an", "a hundred"):
        return 100.0 if words == "a hundred" else 1.0
    return from_digits(words) if words[0].isdigit() else from_words(words)


def _short(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _unit(word: str) -> str:
    word = word.lower()
    return word[:-1] if word.endswith("s") else word


def _duration(number: float | str, unit: str) -> str | None:
    row = next((row for row in lexicon.rows("time_units") if row[0] == unit), None)
    if row is None:
        return None
    amount = "X" if isinstance(number, str) else _short(number * float(row[2]))
    return f"PT{amount}{row[1][1]}" if row[1].startswith("T") else f"P{amount}{row[1]}"


def _year_for(context: Context, month: int, start: int, end: int) -> int | None:
    """The year of a bare month: the nearest one; where two are about as near, the tense decides."""
    published = context.published_on
    if published is None:
        return None
    ahead = (month - published.month) % 12
    if ahead == 0:
        return published.year
    is_ahead = ahead <= 4 if ahead <= 4 or ahead >= 8 else context.is_future(start, end)
    if ahead <= 2 and not context.is_future(start, end) and context.is_past(start):
        is_ahead = False
    return published.year + (is_ahead and month < published.month) - (not is_ahead and month > published.month)


# Full dates.


@_rule(r"\b(\d{{4}})-(\d\d)-(\d\d)\b")
def _iso_date(context: Context, found: re.Match[str]) -> Answer | None:
    value = iso(int(found[1]), int(found[2]), int(found[3]))
    return ("date", value) if value else None


@_rule(r"\b(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}|\d\d)\b")
def _slashed(context: Context, found: re.Match[str]) -> Answer | None:
    year = int(found[3]) if len(found[3]) == 4 else int(found[3]) + (1900 if int(found[3]) > 50 else 2000)
    value = iso(year, int(found[1]), int(found[2])) or iso(year, int(found[2]), int(found[1]))
    return ("date", value) if value else None


@_rule(r"\b(?:{weekday},? (?:the )?)?({month}) ?(\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s?|\s+(?:of )?)({year})\b")
def _month_day_year(context: Context, found: re.Match[str]) -> Answer | None:
    value = iso(int(found[3]), _month(found[1]), int(found[2]))
    return ("date", value) if value else None


@_rule(r"\b(?:{weekday},? )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({month}),? ({year})\b")
def _day_month_year(context: Context, found: re.Match[str]) -> Answer | None:
    value = iso(int(found[3]), _month(found[2]), int(found[1]))
    return ("date", value) if value else None


@_rule(
    r"\b(?:{weekday},? (?:the )?|{weekday} \()?({month}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:%|percent|million|billion|[:,]\d))"
)
def _month_day(context: Context, found: re.Match[str]) -> Answer | None:
    return _day_of_month(context, found, found[1], found[2])


@_rule(r"\b(?:{weekday},? )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({month})\b")
def _day_month(context: Context, found: re.Match[str]) -> Answer | None:
    return _day_of_month(context, found, found[2], found[1])


def _day_of_month(context: Context, found: re.Match[str], month: str, day: str) -> Answer | None:
    if month == "may" or not 1 <= int(day) <= 31:
        return None
    number = _month(month)
    year = _year_for(context, number, *found.span())
    published = context.published_on
    if year is None or published is None:
        return None
    if number == published.month:
        year = published.year
    value = iso(year, number, int(day))
    return ("date", value) if value else None


@_rule(r"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th) of (this|last|next|the) month\b")
def _day_of_this_month(context: Context, found: re.Match[str]) -> Answer | None:
    if context.published_on is None:
        return None
    year, month = shift_months(context.published_on, {"last": -1, "next": 1}.get(found[2].lower(), 0))
    value = iso(year, month, int(found[1]))
    return ("date", value) if value else None


# Months, quarters, seasons, years.


@_rule(r"\b{early}({month}),? (?:of )?({year})\b")
def _month_year(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"{found[2]}-{_month(found[1]):02d}"


@_rule(r"\b{early}({month}),? (?:of )?(last|this|next) year\b")
def _month_of_year(context: Context, found: re.Match[str]) -> Answer | None:
    if context.published_on is None:
        return None
    year = context.published_on.year + {"last": -1, "this": 0, "next": 1}[found[2].lower()]
    return "date", f"{year}-{_month(found[1]):02d}"


@_rule(r"\b(?:{early}|(?:early |late )?(last|this|next|this past|this coming) )?({month})(?![\w-]| \d)")
def _bare_month(context: Context, found: re.Match[str]) -> Answer | None:
    name, day = found[2], context.published_on
    if day is None or not name[0].isupper() or (len(name) == 3 and name != "May"):
        return None
    # May, March and the like are also words and names of people.
    if name in ("May", "March", "April", "June", "August") and found.start() == found.start(2):
        if not re.search(
            r"\b(?:in|since|until|by|of|from|through|to|and|for|before|after|between|during|past|every|or|on)[ -]$",
            context.before(found.start(2)),
        ) or re.match(r"\s+[A-Z][a-z]", context.text[found.end() : found.end() + 4]):
            return None
    month, which = _month(name), (found[1] or "").lower()
    if which.startswith("last"):
        year: int | None = day.year if month < day.month else day.year - 1
    elif which.startswith("next"):
        year = day.year if month > day.month else day.year + 1
    elif which.startswith("this"):
        year = day.year
    else:
        year = _year_for(context, month, *found.span())
    return "date", f"{year}-{month:02d}"


@_rule(
    r"\b(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th)[- ](?:fiscal |calendar )?quarter(?: of (?:fiscal )?({year}|(?:last|this|next) year))?\b"
)
def _quarter(context: Context, found: re.Match[str]) -> Answer | None:
    day, quarter = context.published_on, _ORDINALS.get(found[1].lower()) or int(found[1][0])
    if found[2] and found[2].isdigit():
        return "date", f"{found[2]}-Q{quarter}"
    if day is None:
        return None
    if found[2]:
        year = day.year + {"l": -1, "t": 0, "n": 1}[found[2][0].lower()]
    else:
        year = (
            day.year
            if quarter <= (day.month - 1) // 3 + 1 or context.is_future(*found.span())
            else day.year - 1
        )
    return "date", f"{year}-Q{quarter}"


@_rule(
    r"\b(?:the )?(?:latest|most recent|just-ended|current|same)? ?\bthe quarter\b(?! (?:of|ended|that|when))"
)
def _the_quarter(context: Context, found: re.Match[str]) -> Answer | None:
    value = shifted(context.published_on, "quarter", -1) if context.published_on else None
    return ("date", value) if value else None


@_rule(
    r"\b(?:the )?(spring|summer|autumn|fall|winter) of ({year})\b|\b(spring|summer|autumn|winter) ({year})\b"
)
def _season_year(context: Context, found: re.Match[str]) -> Answer | None:
    name, year = (found[1], found[2]) if found[1] else (found[3], found[4])
    return "date", f"{year}-{_SEASONS[name.lower()]}"


@_rule(r"\b(last|this|next|this past|this coming) (spring|summer|autumn|fall|winter)\b")
def _season(context: Context, found: re.Match[str]) -> Answer | None:
    day, season = context.published_on, _SEASONS[found[2].lower()]
    if day is None:
        return None
    which, start = found[1].lower(), _SEASON_START[season]
    year = day.year
    if which in ("last", "this past"):
        year = day.year if day.month > start + 2 and season != "WI" else day.year - 1
    elif which == "next":
        year = day.year + 1 if day.month >= start else day.year
    return "date", f"{year}-{season}"


@_rule(
    r"\b(?:the )?(?:(?:early|mid|late)[- ])?(?:(1[5-9]|20)(\d)0['’]?s|['’](\d)0s|(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b"
)
def _decade(context: Context, found: re.Match[str]) -> Answer | None:
    if found[1]:
        return "date", found[1] + found[2]
    if found[3]:
        return "date", "19" + found[3]
    if not context.before(found.start()).endswith(("in ", "of ", "since ")) and not found[
        0
    ].lower().startswith("the"):
        return None
    return "date", f"19{_DECADES[found[4].lower()]}"


@_rule(r"\b(?:the )?(?:(?:early|mid|late)[- ])?(\d\d)(?:th|st)[- ]century\b")
def _century(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"{int(found[1]) - 1:02d}"


@_rule(
    r"\b(?:(?:early|mid|late|the end of|end of|the beginning of|the start of)[- ](?:in )?)?(?:fiscal (?:year )?)?({year})(?:[-–/](\d\d|\d{{4}}))?\b(?!\s?(?:people|troops|soldiers|points|dollars|percent|per cent|%|shares|employees|jobs|members|workers|feet|miles|meters|metres|km|tons|pounds|euros|homes|houses|words|votes|residents|students|children|women|men|[.,]\d))"
)
def _year(context: Context, found: re.Match[str]) -> Answer | None:
    year, start = int(found[1]), found.start(1)
    if context.published_on is not None and year > context.published_on.year + 80:
        return None
    before = context.text[max(0, start - 16) : start]
    if re.search(
        r"[$£€#./,–-]\s?$|\bNo\.? $|\d,?$|\b(?:flight|route|room|channel|Article|Section) $", before
    ):
        if not re.search(r"[A-Za-z)\]\d][,.]\s$|\d{4}-$|[a-z]-$|\w[/–]$", before):
            return None
    if (
        re.match(r"-[a-z]+\b(?<!-)", context.text[found.end() : found.end() + 8])
        and "strong" in context.text[found.end() : found.end() + 8]
    ):
        return None
    return "date", found[1]


@_rule(
    r"\b(?:the )?(?:(?:early|mid|late|end|the end|beginning|start|middle|rest|remainder)[- ](?:of |in )?(?:the )?)?(?:(last|past|previous|this|next|current|coming|this past|this coming) )(?:fiscal |calendar |election |school |academic )?(week|weekend|month|quarter|year|decade|century)\b(?!['’]s? \w+ \w+ old)"
)
def _relative_period(context: Context, found: re.Match[str]) -> Answer | None:
    day, which, unit = context.published_on, found[1].lower(), found[2].lower()
    if day is None:
        return None
    if (
        found[0].lower().startswith("the ")
        and which in ("last", "past", "next", "coming")
        and unit in ("year", "decade", "century", "month")
    ):
        value = _duration(1.0, unit)
        return ("duration", value) if value else None
    count = (
        -1 if which in ("last", "past", "previous", "this past") else 1 if which in ("next", "coming") else 0
    )
    if unit == "weekend" and count >= 0 and day.weekday() == 0 and not context.is_future(*found.span()):
        count -= 1
    value = shifted(day, unit, count)
    return ("date", value) if value else None


@_rule(
    r"\b(?:the )(?:end|start|beginning|middle|rest|remainder) of (?:the )(week|month|quarter|year|decade)\b"
)
def _edge_of_period(context: Context, found: re.Match[str]) -> Answer | None:
    value = shifted(context.published_on, found[1].lower(), 0) if context.published_on else None
    return ("date", value) if value else None


# Days.


@_rule(r"\b(?:the )?(?:day|night) (before yesterday|after tomorrow)\b")
def _two_days(context: Context, found: re.Match[str]) -> Answer | None:
    moved = (
        shift_days(context.published_on, -2 if found[1].lower().startswith("b") else 2)
        if context.published_on
        else None
    )
    return ("date", moved.isoformat()) if moved else None


@_rule(
    r"\b(?:(?:early |late |earlier |later )?(yesterday|today|tomorrow)(?: ({part}))?|(tonight|last night)|(?:earlier |later )?this (morning|afternoon|evening))\b"
)
def _near_day(context: Context, found: re.Match[str]) -> Answer | None:
    day = context.published_on
    if day is None:
        return None
    if found[3]:
        night = day - timedelta(days=found[3].lower() == "last night")
        return "time", night.isoformat() + "TNI"
    if found[4]:
        return "time", day.isoformat() + lexicon.table("day_parts")[found[4].lower()]
    moved = day + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[found[1].lower()])
    if found[2]:
        return "time", moved.isoformat() + lexicon.table("day_parts")[found[2].lower()]
    return "date", moved.isoformat()


@_rule(
    r"\b(?:the )?(next|following|previous|same) (day|morning|night|evening|afternoon)\b|\bthe (day) (before|after|earlier|later)\b(?! (?:the|his|her|their|its|he|she|they|it|we|i|yesterday|tomorrow|[A-Z]))|\b(a day) (earlier|later)\b"
)
def _neighbour_day(context: Context, found: re.Match[str]) -> Answer | None:
    which = (found[1] or found[4] or found[6]).lower()
    count = {"previous": -1, "before": -1, "earlier": -1, "same": 0}.get(which, 1)
    return "date", f"+{count}"


@_rule(
    r"\b(?:(early|late|last|next|this|this coming|this past|coming|past) )?({weekday})(?: ({part}))?(?: (next|last|this) week)?\b(?! \(?{month} \d)"
)
def _weekday(context: Context, found: re.Match[str]) -> Answer | None:
    day, which = context.published_on, (found[1] or "").lower()
    if day is None or not found[2][0].isupper():
        return None
    number = int(lexicon.table("weekdays")[found[2].lower()])
    back, ahead = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    before = context.before(found.start())
    if found[4]:
        monday = day - timedelta(days=day.weekday())
        moved = monday + timedelta(days=number + {"next": 7, "last": -7, "this": 0}[found[4].lower()])
    elif which in ("next", "coming", "this coming"):
        moved = day + timedelta(days=ahead or 7)
    elif which in ("last", "past", "this past"):
        moved = day - timedelta(days=back or 7)
    elif re.search(r"\b(?:by|until|beginning|starting|from)\s+$", before) and context.is_future(
        *found.span()
    ) or context.is_future(*found.span()):
        moved = day + timedelta(days=ahead)
    else:
        moved = day - timedelta(days=back)
    if found[3]:
        return "time", moved.isoformat() + lexicon.table("day_parts")[found[3].lower()]
    return "date", moved.isoformat()


@_rule(r"\b(?:the weekend)\b")
def _the_weekend(context: Context, found: re.Match[str]) -> Answer | None:
    day = context.published_on
    if day is None:
        return None
    past = day.weekday() < 5 and not context.is_future(*found.span())
    return "date", week(day - timedelta(days=7 * past)) + "-WE"


@_rule(
    r"\b(Christmas(?: Day| Eve)?|New Year['’]s (?:Day|Eve)|Independence Day|Halloween|Valentine['’]s Day|Boxing Day)\b",
    0,
)
def _fixed_day(context: Context, found: re.Match[str]) -> Answer | None:
    month, number = _FIXED_DAYS[found[1].lower().replace("’", "'")]
    year = _year_for(context, month, *found.span())
    value = iso(year, month, number) if year else None
    return ("date", value) if value else None


# Stretches of time.


@_rule(
    r"\b{approximate}({number}|an?|{vague}) ({unit}) (ago|earlier|later|from now|before|hence)\b(?! (?:the|his|her|their|its|he|she|they|it))"
)
def _ago(context: Context, found: re.Match[str]) -> Answer | None:
    unit, past = _unit(found[2]), found[3].lower() in ("ago", "earlier", "before")
    amount = _number(found[1]) if not re.fullmatch(_VAGUE, found[1], re.IGNORECASE) else None
    if amount is None:
        return "date", "PAST_REF" if past else "FUTURE_REF"
    if context.published_on is None:
        return None
    value = shifted(context.published_on, unit, -amount if past else amount)
    return ("date", value) if value else None


@_rule(
    r"\b{approximate}(?:the )?(?:(?:last|past|next|first|previous|coming|following|final|latest|recent|another|an additional|other) )?({number})(?: and a half)? (?:more |additional |consecutive |straight |full |long |whole |calendar |business |working |trading )?({unit})\b(?! (?:old|of age)\b)(?!-old)"
)
def _counted_units(context: Context, found: re.Match[str]) -> Answer | None:
    amount = _number(found[1])
    value = _duration(amount, _unit(found[2])) if amount is not None else None
    return ("duration", value) if value else None


@_rule(r"\b({number})-(day|week|month|year|hour|minute|second|decade)(?:-long)?\b(?!-old| old|-olds)")
def _hyphenated(context: Context, found: re.Match[str]) -> Answer | None:
    amount = _number(found[1])
    value = _duration(amount, found[2].lower()) if amount is not None else None
    return ("duration", value) if value else None


@_rule(r"\b(?:in )?(?:the )?(recent|past few|last few|past several|coming|next few) ({unit})\b")
def _vague_recent(context: Context, found: re.Match[str]) -> Answer | None:
    if found[1].lower() == "recent":
        return "date", "PAST_REF"
    if found[1].lower() == "coming":
        return "date", "FUTURE_REF"
    if found[1].lower().startswith(("past", "last")):
        return "date", "PAST_REF"
    value = _duration("X", _unit(found[2]))
    return ("duration", value) if value else None


@_rule(r"\b(?:several|a few|many|a couple of) ({unit})\b(?! (?:ago|earlier|later|before|after))")
def _vague_units(context: Context, found: re.Match[str]) -> Answer | None:
    value = _duration("X", _unit(found[1]))
    return ("duration", value) if value and found[1].lower().endswith("s") else None


@_rule(
    r"\b(?:for|in|within|than|about|nearly|almost|over|after|least|under|half|of|lasted|took|takes) (an? (?:full |whole |entire )?(day|week|month|year|decade|century|hour|minute))\b(?! (?:ago|earlier|later|before|after))"
)
def _one_unit(context: Context, found: re.Match[str]) -> Answer | None:
    value = _duration(1.0, found[2].lower())
    return ("duration", value) if value else None


@_rule(r"\b(?:half an hour|half a century|half a year|half-hour|half-century)\b")
def _half(context: Context, found: re.Match[str]) -> Answer | None:
    word = found[0].lower()
    return "duration", "PT30M" if "hour" in word else "P50Y" if "century" in word else "P6M"


@_rule(
    r"\b(recently|the past|in recent times|the (?:near |foreseeable |immediate )?future)\b(?! \w+ (?:days|weeks|months|years))"
)
def _vague_reference(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "FUTURE_REF" if "future" in found[0].lower() else "PAST_REF"


# Times of day.


@_rule(
    r"\b(?:about |around )?(\d{{1,2}})(?:[:.](\d\d))?\s?(a\.?m\b\.?|p\.?m\b\.?)(?: (?:EST|EDT|PST|PDT|GMT|BST|ET|local time))?(?:,? (?:on )?(?:(today|yesterday|tomorrow)|({weekday})))?"
)
def _clock(context: Context, found: re.Match[str]) -> Answer | None:
    day, hour = context.published_on, int(found[1])
    if day is None or hour > 12:
        return None
    hour = hour % 12 + (12 if found[3].lower().startswith("p") else 0)
    if found[4]:
        day += timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[found[4].lower()])
    if found[5]:
        back = (day.weekday() - int(lexicon.table("weekdays")[found[5].lower()])) % 7
        day -= timedelta(days=back)
    return "time", f"{day.isoformat()}T{hour:02d}:{found[2] or '00'}"
