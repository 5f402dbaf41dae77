"""Rules for stretches of time: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re

from etl.annotate.times import context as time_context
from etl.annotate.times.context import Answer, Context, Rule

_OTHER_USE = re.compile(r" (?:(?:a|per|each|every) (?:day|week|month|year)|ago|earlier|later|from now)\b")


def _counted_units(context: Context, found: re.Match[str]) -> Answer | None:
    if time_context.IS_EVERY.search(context.before(found.start())):
        return None
    amount = time_context.number(found[1])
    # "a two day rally", but neither "may 5 day" nor "the 2 month"
    is_modifier = (
        re.match(r" [a-z]{3,}", context.text[found.end() : found.end() + 5]) and found[1][0].isalpha()
    )
    is_ordinal = amount is not None and amount != 1 and not found[2].lower().endswith("s") and not is_modifier
    if amount is None or is_ordinal or _OTHER_USE.match(context.text, found.end()):
        return None
    value = time_context.duration(amount, time_context.unit(found[2]))
    return ("duration", value) if value else None


def _combined(context: Context, found: re.Match[str]) -> Answer | None:
    """Two units together, as in "1 minute and 45 seconds"."""
    parts = [
        time_context.duration(amount, unit.lower())
        for amount, unit in (
            (time_context.number(found[1]), found[2]),
            (time_context.number(found[3]), found[4]),
        )
        if amount is not None
    ]
    if len(parts) < 2 or parts[0] is None or parts[1] is None or parts[0][-1] == parts[1][-1]:
        return None
    return "duration", parts[0] + parts[1].removeprefix("PT" if "T" in parts[0] else "P")


def _and_a_half(context: Context, found: re.Match[str]) -> Answer | None:
    amount = time_context.number(found[1])
    value = time_context.duration(amount + 0.5, found[2].lower()) if amount is not None else None
    return ("duration", value) if value else None


def _hyphenated(context: Context, found: re.Match[str]) -> Answer | None:
    amount = time_context.number(found[1])
    value = time_context.duration(amount, found[2].lower()) if amount is not None else None
    return ("duration", value) if value else None


def _vague_units(context: Context, found: re.Match[str]) -> Answer | None:
    units = next(one for one in found.groups() if one)
    value = time_context.duration(None, time_context.unit(units))
    return ("duration", value) if value and units.lower().endswith("s") else None


def _one_unit(context: Context, found: re.Match[str]) -> Answer | None:
    value = time_context.duration(1.0, (found[2] or found[4]).lower())
    return ("duration", value) if value else None


def _half(context: Context, found: re.Match[str]) -> Answer | None:
    word = found[0].lower()
    return "duration", "PT30M" if "hour" in word else "P50Y" if "century" in word else "P6M"


DURATION_RULES: dict[str, Rule] = {
    "counted_units": _counted_units,
    "combined": _combined,
    "and_a_half": _and_a_half,
    "hyphenated": _hyphenated,
    "vague_units": _vague_units,
    "one_unit": _one_unit,
    "half": _half,
}
