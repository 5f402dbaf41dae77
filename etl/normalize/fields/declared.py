"""Candidates of origin "table": what the table that holds a page tells of it.

Hand-set, for want of tables to learn from: a table's columns were read off the page, mostly well and by somebody else's
extractor. Beside the page's own markup they count less than that; a text dump has no markup, and its headline is often
in the table only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.normalize.fields.authors import Signature
from etl.normalize.fields.byline_names import declared_names
from etl.normalize.fields.candidates import Candidate
from etl.normalize.fields.dates import DateCandidate
from etl.normalize.fields.headline import without_site
from etl.normalize.text.days import first_day
from etl.normalize.text.strings import collapse, is_same_line

ORIGIN = "table"
_ON_A_PAGE, _OF_A_DUMP = 0.6, 0.9
_DAY_ON_A_PAGE, _DAY_OF_A_DUMP = (
    0.65,
    0.85,
)  # below .7 it is no day that the page prints beside a moment in UTC
_AUTHORS = 0.75
_AGREES = 0.5  # of the doubt that is left where the page says the same


def declared_headline(declared: Mapping[str, str]) -> str:
    """The table's headline, without a site's name behind it; empty if it tells none."""
    return without_site(collapse(declared.get("headline", "")), ())


def with_headline(found: Sequence[Candidate], declared: Mapping[str, str], is_dump: bool) -> list[Candidate]:
    """The candidates with the table's headline among them, the likeliest first; where both say it, both are surer."""
    value = declared_headline(declared)
    if not value:
        return list(found)
    own = _OF_A_DUMP if is_dump else _ON_A_PAGE
    same = [one.confidence for one in found if is_same_line(one.value, value)]
    sure = max([own, *(one + _AGREES * (1 - one) for one in same)])
    raised = [replace(one, confidence=sure) if is_same_line(one.value, value) else one for one in found]
    return sorted([*raised, Candidate(value, ORIGIN, sure)], key=lambda one: -one.confidence)


def declared_dates(declared: Mapping[str, str], language: str | None, is_dump: bool) -> list[DateCandidate]:
    """The table's day of publication, if it tells one."""
    printed = first_day(declared.get("published"), language)
    return [DateCandidate(printed, ORIGIN, _DAY_OF_A_DUMP if is_dump else _DAY_ON_A_PAGE)] if printed else []


def declared_authors(declared: Mapping[str, str]) -> list[Signature]:
    """The table's authors, if it tells any."""
    names = tuple(declared_names(declared.get("authors", "")))
    return [Signature(names, ORIGIN, _AUTHORS)] if names else []
