"""When an article was published: candidates, choice, confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from etl.normalize.candidates import Candidate
from etl.normalize.days import EARLIEST_YEAR, PrintedDay, first_day
from etl.normalize.page import Page, text_of, types_of

MIN_CONFIDENCE = 0.5
_CLOCKS_DIFFER = timedelta(days=1)

# Meta names that publishers use for the first publication, the reliable ones first.
_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "date_published", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_date", "published-date", "publication_date", "publicationdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued", "dc.issued",
    "rnews:datepublished", "article.published", "article_date_original", "originalpublicationdate",
    "iso-8601-publish-date", "citation_publication_date", "citation_online_date", "bt:pubdate", "pub_date",
    "displaydate", "shareaholic:article_published_time", "og:pubdate", "vr:published_time",
    "mediator_published_time", "prism.publicationdate", "dc.date", "dc.date.created", "dcterms.created",
    "dcterms.date", "dc.created", "date", "created", "article.created", "datecreated",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified", "last-modified",
    "dcterms.modified", "dc.date.modified", "og:article:modified_time", "lastmod", "revised",
)  # fmt: skip
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
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
            yield "json-ld:other", 0.85, node.get("datePublished")
    for name in _META_PUBLISHED:
        for value in page.metas.get(name, ()):
            yield f"meta:{name}", 0.95, value
    for element in page.tree.xpath("//*[contains(@itemprop, 'datePublished')]")[:3]:
        yield "itemprop", 0.93, element.get("datetime") or element.get("content") or text_of(element)
    for element in page.tree.xpath("//time[@datetime]")[:1]:
        yield "time", 0.8, element.get("datetime")
    match = _URL_DAY.search(urlsplit(page.url or "").path)
    if match:
        yield "url", 0.95, "-".join(match.groups())


def page_modified(page: Page, language: str | None) -> datetime | None:
    """When the page says it was last changed, aware UTC."""
    values = [page.article.get("dateModified"), *(page.meta(name) for name in _META_MODIFIED)]
    for value in values:
        printed = first_day(value, language)
        if printed and printed.moment and printed.moment.tzinfo:
            return printed.moment.astimezone(UTC)
    return None


def choose_date(candidates: Sequence[DateCandidate], captured_at: datetime | None) -> DateCandidate | None:
    """Choose the publication date: the surest candidate that is not after the capture, if it is sure enough."""
    possible = [candidate for candidate in candidates if is_possible(candidate.printed.day, captured_at)]
    best = max(possible, key=lambda candidate: candidate.confidence, default=None)
    return best if best and best.confidence >= MIN_CONFIDENCE else None


def is_possible(day: date, captured_at: datetime | None) -> bool:
    """Whether a page captured then can have been published on that day; a day is left for time zones."""
    if day.year < EARLIEST_YEAR:
        return False
    return captured_at is None or day <= (captured_at + _CLOCKS_DIFFER).date()


def published_at(chosen: DateCandidate, candidates: Iterable[DateCandidate]) -> datetime | None:
    """The moment of publication in UTC, from the chosen candidate or a surer-timed one of the same day."""
    for candidate in (chosen, *candidates):
        moment = candidate.printed.moment
        if moment and moment.tzinfo and candidate.printed.day == chosen.printed.day:
            return moment.astimezone(UTC)
    return None
