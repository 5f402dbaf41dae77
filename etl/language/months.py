"""The months by name in the larger languages, full, short and declined: lexicon/months.tsv (English), months.txt (others)."""

from __future__ import annotations

from functools import cache

from etl.language import word_lists
from etl.language.fold import plain


def month_number(name: str, language: str | None = None) -> int | None:
    """The number (January is 1) of a month's name, in any case and with or without accents; None for no month.

    A name that means two months ("listopad": October in Croatian, November in Polish) is read by the language
    (ISO 639-1) of what it stands in, else not.
    """
    folded = plain(name)
    by_language = _by_language()
    own = by_language.get(language or "", {})
    if folded in own:
        return own[folded]
    numbers = {months[folded] for months in by_language.values() if folded in months}
    return numbers.pop() if len(numbers) == 1 else None


@cache
def _by_language() -> dict[str, dict[str, int]]:
    languages = {"en": {name: int(number) for name, number in word_lists.table("months").items()}}
    for line in word_lists.lines("months"):
        language, *months = line.split()
        languages[language] = {
            plain(name): number for number, names in enumerate(months, 1) for name in names.split("|")
        }
    return languages
