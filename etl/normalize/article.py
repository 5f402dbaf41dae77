"""Puts an article together from what a page or a text dump says, or says why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from etl.fingerprint import fingerprint
from etl.normalize.body.html import Body, body_pieces, find_body, take_standfirst
from etl.normalize.body.markup import MarkupLine, read_markup
from etl.normalize.fields import authors
from etl.normalize.fields.candidates import Candidate, evidence
from etl.normalize.fields.dates import DateCandidate, choose_date, page_dates, page_modified, published_at
from etl.normalize.fields.declared import declared_authors, declared_dates, with_headline
from etl.normalize.fields.headline import page_headlines
from etl.normalize.fields.printed_byline import Byline, around_headline, printed_bylines
from etl.normalize.fields.printed_dates import Extent, printed_dates
from etl.normalize.page import metadata
from etl.normalize.page.page import Page, plain, types_of
from etl.normalize.text.furniture import is_consent_wall, starts_with_cue
from etl.normalize.text.language_of import detect_language
from etl.normalize.text.strings import assemble, count_words
from etl.normalize.text_dump import read_dump
from etl.records import Article, Evidence, RawPage, Reason, Rejection

MIN_WORDS = 20
_MIN_WORDS_BEHIND_WALL = 120
_MIN_WORDS_WHOLE = 250
_MAX_CONSENT_WORDS = 600
_INDEX_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
Piece = tuple[str, str]


def from_page(
    page: Page, captured_at: datetime | None, charset: str, declared: Mapping[str, str]
) -> Article | Rejection:
    """The article of a parsed HTML page, of which its table may tell a headline, authors and a day; or why it has none."""
    canonical = metadata.canonical_url(page)
    site = metadata.site_names(page, page.url or canonical)
    headlines = with_headline(page_headlines(page, site), declared, is_dump=False)
    headline = headlines[0].value if headlines else None
    lines = read_markup(page.tree)
    body = find_body(page, lines, headline or "")
    body, standfirst = take_standfirst(page, lines, body)
    pieces = body_pieces(lines, body, headline or "")
    words = sum(count_words(text) for _, text in pieces)
    rejection = _reject(pieces, words, headline, charset, _is_index(page))
    if rejection:
        return rejection
    text, blocks = assemble(pieces)
    language = detect_language(text)
    texts, extent = [line.text for line in lines], _extent(lines, body)
    dates = [
        *page_dates(page, language),
        *printed_dates(texts, extent, language),
        *declared_dates(declared, language, is_dump=False),
    ]
    chosen = choose_date(dates, captured_at)
    bylines = printed_bylines(texts, extent)
    marked = authors.page_authors(page, site, around_headline(texts, extent)) + declared_authors(declared)
    signed = authors.choose(marked, bylines, site)
    image = metadata.lead_image(page)
    return Article(
        text=text,
        blocks=blocks,
        url=page.url or canonical,
        canonical_url=canonical,
        publisher_domain=metadata.publisher_domain(page.url or canonical),
        publisher_name=metadata.publisher_name(page),
        headline=headline,
        subheadline=standfirst,
        byline=_byline(bylines, signed),
        authors=signed[0].names if signed else (),
        section=metadata.section(page),
        keywords=metadata.keywords(page),
        language=language,
        published_at=published_at(chosen, dates) if chosen else None,
        published_on=chosen.printed.day if chosen else None,
        published_from=chosen.origin if chosen else None,
        published_confidence=chosen.confidence if chosen else None,
        modified_at=page_modified(page, language),
        image_url=image.url,
        image_caption=image.caption,
        image_credit=image.credit,
        is_partial=_is_partial(page, pieces, words),
        evidence=_evidence(headlines, dates, chosen, signed),
        charset=charset,
        extractor=f"html+{fingerprint('normalize', 'language')}",
    )


def from_dump(text: str, raw: RawPage, charset: str) -> Article | Rejection:
    """The article of a page saved as visible text, or why it has none."""
    language = detect_language(" ".join(line for line in text.splitlines() if len(line) > 80) or text)
    dump = read_dump(text, language, raw.declared)
    headline = dump.headlines[0].value if dump.headlines else None
    words = sum(count_words(text) for _, text in dump.pieces)
    rejection = _reject(dump.pieces, words, headline, charset, is_index=False)
    if rejection:
        return rejection
    body, blocks = assemble(dump.pieces)
    dates = dump.dates + declared_dates(raw.declared, language, is_dump=True)
    chosen = choose_date(dates, raw.captured_at)
    signed = authors.choose(declared_authors(raw.declared), dump.bylines, ())
    return Article(
        text=body,
        blocks=blocks,
        url=raw.url,
        publisher_domain=metadata.publisher_domain(raw.url),
        headline=headline,
        byline=_byline(dump.bylines, signed),
        authors=signed[0].names if signed else (),
        language=language,
        published_at=published_at(chosen, dates) if chosen else None,
        published_on=chosen.printed.day if chosen else None,
        published_from=chosen.origin if chosen else None,
        published_confidence=chosen.confidence if chosen else None,
        image_caption=dump.caption,
        image_credit=dump.credit,
        evidence=_evidence(dump.headlines, dates, chosen, signed),
        charset=charset,
        extractor=f"text+{fingerprint('normalize', 'language')}",
    )


def _extent(lines: Sequence[MarkupLine], body: Body) -> Extent:
    first, last = (body.indices[0], body.indices[-1]) if body.indices else (0, len(lines) - 1)
    at = first if body.headline is None else body.headline
    return Extent(at, max(first, at), max(last, at))


def _byline(printed: Sequence[Byline], signed: Sequence[authors.Signature]) -> str | None:
    """The byline as the page prints it, where it names those that were chosen; else the names."""
    if not signed:
        return None
    names = set(signed[0].names)
    return next((one.text for one in printed if names <= set(one.names)), ", ".join(signed[0].names))


def _reject(
    pieces: Sequence[Piece], words: int, headline: str | None, charset: str, is_index: bool
) -> Rejection | None:
    if words < _MIN_WORDS_BEHIND_WALL and starts_with_cue(headline or "", "wall"):
        return Rejection(Reason.NOT_AN_ARTICLE, f"an error page or a gate: {headline}", charset)
    if words < _MAX_CONSENT_WORDS and is_consent_wall(" ".join(text for _, text in pieces)):
        return Rejection(Reason.NOT_AN_ARTICLE, "the page asks for consent to cookies", charset)
    if words == 0 or is_index:
        return Rejection(Reason.NOT_AN_ARTICLE, "no article text was found", charset)
    if words < MIN_WORDS:
        return Rejection(Reason.TOO_SHORT, f"the article has {words} words, {MIN_WORDS} are needed", charset)
    return None


def _is_index(page: Page) -> bool:
    if page.article:
        return False
    return any(_INDEX_TYPES.intersection(types_of(node)) for node in page.nodes)


def _is_partial(page: Page, pieces: Sequence[Piece], words: int) -> bool:
    """Whether the page shows only a part: it says so and is short, or its own JSON-LD has far more text."""
    if count_words(plain(page.article.get("articleBody"))) > 2 * words:
        return True
    is_paid = str(page.article.get("isAccessibleForFree")).lower().endswith("false")
    return (is_paid and words < _MIN_WORDS_WHOLE) or pieces[-1][1].endswith(("[…]", "[...]"))


def _evidence(
    headlines: Sequence[Candidate],
    dates: Sequence[DateCandidate],
    chosen: DateCandidate | None,
    signed: Sequence[authors.Signature],
) -> tuple[Evidence, ...]:
    names = [Candidate("; ".join(one.names), one.origin, one.confidence) for one in signed]
    found = [date.as_candidate() for date in dates]
    winner = chosen.as_candidate() if chosen else None
    return (
        *evidence("headline", headlines, headlines[0] if headlines else None),
        *evidence("published_on", found, winner),
        *evidence("authors", names, names[0] if names else None),
    )
