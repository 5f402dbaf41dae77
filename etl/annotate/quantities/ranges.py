"""Numbers that stand together: "$1.5-2 million", "between one and two", "25, 40 or 60 miles", "one in five".

Of a range both ends are told. What the last number tells, its magnitude, currency or unit, holds for those before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.annotate.quantities.amounts import Amount
from etl.annotate.quantities.counted import counted
from etl.annotate.text.numbers import PLACES

_RANGE = re.compile(r"\s?[-–]\s?|,? (?:to|or)(?: even)? ")
_PAIR = re.compile(r",? and(?: even)? ")
_LIST = re.compile(r", ")
_SHARE = re.compile(r" (?:in|out of)(?: every)? ")
_ROUND = {10, 100, 1000, 10_000, 100_000}
_NAME = re.compile(r"[a-z,;] [A-Z][\w’'.-]* $")  # "a Boeing 737-800"
_BETWEEN = re.compile(r"\b(?:between|from) $", re.IGNORECASE)


def join(text: str, amounts: list[Amount]) -> list[Amount]:
    """The amounts, each with what the one behind it tells, if it is joined to it; a share is one amount."""
    out: list[Amount] = []
    for amount in reversed(amounts):
        last = out[-1] if out else None
        if last is not None and _is_share(text, amount, last):
            out[-1] = _share(amount, last)
        elif last is not None and _are_joined(text, amount, last):
            first, out[-1] = _told_by_each_other(text, amount, last)
            out.append(first)
        else:
            out.append(amount)
    return out[::-1]


def _is_share(text: str, amount: Amount, last: Amount) -> bool:
    """Whether two counts tell a share: "one in five", "three in ten", "seven out of every 100"."""
    between = text[amount.end : last.start]
    if not _SHARE.fullmatch(between) or amount.unit or last.unit or not 0 < amount.value < last.value:
        return False
    return amount.value == 1 or last.value in _ROUND or " every" in between


def _share(amount: Amount, last: Amount) -> Amount:
    value = round(amount.value / last.value, PLACES + 2)
    return replace(last, start=amount.start, first=amount.start, value=value, is_word=True)


def _are_joined(text: str, amount: Amount, last: Amount) -> bool:
    between = text[amount.end : last.start]
    if not between or (last.has_sign and not amount.has_sign):
        return False
    if _LIST.fullmatch(between):
        return last.is_joined
    if "-" in between or "–" in between:  # neither a score nor a name: "3-1", "737-800"
        is_told = last.unit is not None or last.scale > 1 or counted(text, last.end)[0] is not None
        is_name = _NAME.search(text, max(0, amount.start - 24), amount.start)
        return bool(_RANGE.fullmatch(between)) and is_told and not is_name and _told(amount) < _told(last)
    return bool(_RANGE.fullmatch(between) or _PAIR.fullmatch(between))


def _told(amount: Amount) -> float:
    return amount.value / amount.scale


def _told_by_each_other(text: str, amount: Amount, last: Amount) -> tuple[Amount, Amount]:
    """Both amounts, the first with magnitude and unit of the last, the last with the currency of the first."""
    is_range = _RANGE.fullmatch(text, amount.end, last.start) or _BETWEEN.search(
        text, max(0, amount.start - 8), amount.start
    )
    if is_range and amount.has_sign and last.unit is None and counted(text, last.end)[0] is None:
        last = replace(last, unit=amount.unit)
    if is_range and amount.scale == 1 and last.scale > 1 and _told(amount) < _told(last):
        amount = replace(amount, value=amount.value * last.scale, scale=last.scale)
    return replace(amount, unit=amount.unit or last.unit, last=last.last, is_joined=True), replace(
        last, first=amount.first
    )
