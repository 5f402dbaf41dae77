"""When an article was published: candidates, choice, confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from etl.normalize.fields.candidates import Candidate
from etl.normalize.page.page import Page, text_of, types_of
from etl.normalize.text.days import EARLIEST_YEAR, PrintedDay, first_day

MIN_CONFIDENCE = 0.5
_CLOCKS_DIFFER = timedelta(days=1)
# Where the day has changed already while UTC says this hour: from UTC+14 in the east to UTC-12 in the west.
_EASTERNMOST, _WESTERNMOST = 10, 11
_PRINTED_WELL = 0.7
_GAIN, _LOSS = 0.5, 0.9
_UPDATE = 0.45
_SHOWN = ("text:head", "text:published", "text:updated")
_OVERTAKEN = 0.52
_SHOWN_AS_FIRST = ("text:head", "text:published")
_SHOWN_WELL = 0.85

# Meta names that publishers use for the first publication, the reliable ones first.
_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "vr:published_time",
    "shareaholic:article_published_time", "mediator_published_time", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "datepublished", "date_published", "parsely-pub-date", "sailthru.date", "pubdate",
    "publication_date", "publicationdate", "dc.date.issued", "dcterms.issued", "dc.issued", "rnews:datepublished",
    "article_date_original", "originalpublicationdate", "citation_publication_date", "citation_online_date",
    "bt:pubdate", "pub_date", "displaydate", "og:pubdate", "prism.publicationdate", "dc.date", "dc.date.created",
    "dcterms.created", "dcterms.date", "dc.created", "date", "created", "article.created", "datecreated",
)  # fmt: skip
# What others are called, whatever stands before it. A "published-time" is left out: it is often the system's.
_PUBLISHED_NAME = re.compile(r"(?<!last)(?<!last[-_])(?<!re)(?:published|publish(?:ed)?[-_]?(?:date|on))$")
# These may also be when the page was set up or last changed: a day that it prints is surer.
_META_OF_THE_PAGE = frozenset(
    {
        "dc.date",
        "dc.date.created",
        "dcterms.created",
        "dcterms.date",
        "dc.created",
        "date",
        "created",
        "article.created",
        "datecreated",
    }
)
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified", "last-modified",
    "dcterms.modified", "dc.date.modified", "og:article:modified_time", "lastmod", "revised",
)  # fmt: skip
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_TIME_BELOW_HEADLINE = "(//h1)[last()]/following::time[@datetime][1]"
_NOT_THE_ARTICLE = frozenset(
    {"Comment", "Review", "Product", "VideoObject", "ImageObject", "WebSite", "Event"}
)


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A publication date found somewhere on a page."""

    printed: PrintedDay
    origin: str
    confidence: float

    def as_candidate(self) -> Candidate:
        printed = self.printed
        value = printed.moment.isoformat() if printed.moment else printed.day.isoformat()
        return Candidate(value, self.origin, self.confidence)


def page_dates(page: Page, language: str | None) -> list[DateCandidate]:
    """All candidates for the publication date that a page's markup and address give."""
    return [
        DateCandidate(printed, origin, confidence)
        for origin, confidence, value in _page_values(page)
        if (printed := first_day(value, language))
    ]


def _page_values(page: Page) -> Iterator[tuple[str, float, object]]:
    yield "json-ld", 0.98, page.article.get("datePublished")
    yield "json-ld:created", 0.8, page.article.get("dateCreated")
    for node in page.nodes:
        if node is not page.article and not _NOT_THE_ARTICLE.intersection(types_of(node)):
            yield "json-ld:other", 0.45, node.get("datePublished")
    for name in (*_META_PUBLISHED, *filter(_is_published_name, page.metas)):
        for value in page.metas.get(name, ()):
            yield f"meta:{name}", 0.75 if name in _META_OF_THE_PAGE else 0.95, value
    for element in page.tree.xpath("//@itemprop[contains(., 'datePublished')]/..")[:3]:
        yield "itemprop", 0.93, element.get("datetime") or element.get("content") or text_of(element)
    for element in (page.tree.xpath(_TIME_BELOW_HEADLINE) or page.tree.xpath("//time[@datetime]"))[:1]:
        yield "time", 0.8, element.get("datetime")
    match = _URL_DAY.search(urlsplit(page.url or "").path)
    if match:
        yield "url", 0.95, "-".join(match.groups())


def _is_published_name(name: str) -> bool:
    return name not in _META_PUBLISHED and _PUBLISHED_NAME.search(name) is not None


def page_modified(page: Page, language: str | None) -> datetime | None:
    """When the page says it was last changed, aware UTC."""
    values = [page.article.get("dateModified"), *(page.meta(name) for name in _META_MODIFIED)]
    for value in values:
        printed = first_day(value, language)
        if printed and printed.moment and printed.moment.tzinfo:
            return printed.moment.astimezone(UTC)
    return None


def choose_date(candidates: Sequence[DateCandidate], captured_at: datetime | None) -> DateCandidate | None:
    """Choose the publication date: the surest one that is not after the capture, if it is sure enough.

    A moment in UTC names the publisher's day only up to its time zone, so that a day which the page prints beside
    it wins. Other places that say the same make the choice surer, those that contradict it less sure.
    """
    possible = _unmarked([one for one in candidates if is_possible(one.printed.day, captured_at)])
    if not possible:
        return None
    best = max(possible, key=lambda candidate: candidate.confidence)
    local = [other for other in possible if other.confidence >= _PRINTED_WELL and _is_local_day(best, other)]
    if local and not any(_says_day_itself(other, best.printed.day) for other in possible):
        best = replace(max(local, key=lambda other: other.confidence), confidence=best.confidence)
    best = _shown_before(best, possible) or best
    silent = (best.origin, "text:updated")
    others = [one for one in possible if one.origin not in silent and one.confidence >= MIN_CONFIDENCE]
    sure = _weighed(best, [other.printed.day == best.printed.day for other in others])
    if _is_overtaken(best, possible):
        sure = min(sure, _OVERTAKEN)
    return replace(best, confidence=sure) if sure >= MIN_CONFIDENCE else None


def _unmarked(candidates: Sequence[DateCandidate]) -> list[DateCandidate]:
    """The candidates; a <time> without a word about what it is counts less where the page calls its day an update."""
    days = {one.printed.day for one in candidates if one.origin == "text:updated"}
    days -= {one.printed.day for one in candidates if one.origin in ("text:head", "text:published")}
    return [
        replace(one, confidence=_UPDATE) if one.origin == "time" and one.printed.day in days else one
        for one in candidates
    ]


def _is_utc(printed: PrintedDay) -> bool:
    return printed.moment is not None and printed.moment.utcoffset() == timedelta(0)


def _is_local_day(moment: DateCandidate, other: DateCandidate) -> bool:
    """Whether the other candidate can be the publisher's day of a moment given in UTC."""
    if not _is_utc(moment.printed) or _is_utc(other.printed) or moment.printed.moment is None:
        return False
    hour, days = moment.printed.moment.hour, (other.printed.day - moment.printed.day).days
    return (days == 1 and hour >= _EASTERNMOST) or (days == -1 and hour <= _WESTERNMOST)


def _says_day_itself(candidate: DateCandidate, day: date) -> bool:
    return (
        candidate.printed.day == day
        and not _is_utc(candidate.printed)
        and candidate.confidence >= MIN_CONFIDENCE
    )


def _shown_before(best: DateCandidate, possible: Sequence[DateCandidate]) -> DateCandidate | None:
    """The surest earlier day that the page shows its readers, where a declared day stands alone.

    A page that is set up anew declares that day; what its readers see stays as it was.
    """
    is_alone = not any(one.printed.day == best.printed.day and one.origin != best.origin for one in possible)
    if best.origin.startswith("text:") or not is_alone:
        return None
    shown = [
        one
        for one in possible
        if one.origin in _SHOWN_AS_FIRST
        and one.confidence >= _SHOWN_WELL
        and one.printed.day < best.printed.day
    ]
    return max(shown, key=lambda candidate: candidate.confidence, default=None)


def _is_overtaken(best: DateCandidate, possible: Sequence[DateCandidate]) -> bool:
    """Whether the page shows its readers a later day only: such pages are often dated anew."""
    shown = [one.printed.day for one in possible if one.origin in _SHOWN and one.confidence >= _UPDATE]
    is_declared = not best.origin.startswith("text:")
    return is_declared and bool(shown) and all(day > best.printed.day + _CLOCKS_DIFFER for day in shown)


def _weighed(best: DateCandidate, agreements: Sequence[bool]) -> float:
    """The confidence of the best candidate in the light of the others."""
    confidence = best.confidence
    if any(agreements):
        confidence += _GAIN * (1 - confidence)
    elif agreements:
        confidence *= _LOSS
    return round(confidence, 3)


def is_possible(day: date, captured_at: datetime | None) -> bool:
    """Whether a page captured then can have been published on that day; a day is left for time zones."""
    if day.year < EARLIEST_YEAR:
        return False
    return captured_at is None or day <= (captured_at + _CLOCKS_DIFFER).date()


def published_at(chosen: DateCandidate, candidates: Iterable[DateCandidate]) -> datetime | None:
    """The moment of publication in UTC, from the chosen candidate or a surer-timed one of the same day."""
    for candidate in (chosen, *candidates):
        moment = candidate.printed.moment
        is_same = candidate.printed.day == chosen.printed.day or _is_local_day(candidate, chosen)
        if moment and moment.tzinfo and is_same:
            return moment.astimezone(UTC)
    return None
