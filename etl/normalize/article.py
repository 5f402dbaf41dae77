"""Puts an article together from what a page or a text dump says, or says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from etl.normalize import authors, metadata
from etl.normalize.candidates import Candidate, evidence
from etl.normalize.dates import DateCandidate, choose_date, page_dates, page_modified, published_at
from etl.normalize.furniture import starts_with_cue
from etl.normalize.headline import page_headlines
from etl.normalize.html import body_pieces
from etl.normalize.language import detect_language
from etl.normalize.page import Page, plain, types_of
from etl.normalize.text import assemble, count_words, is_same_line
from etl.normalize.text_dump import read_dump
from etl.records import Article, Evidence, RawPage, Reason, Rejection

MIN_WORDS = 20
_MIN_WORDS_BEHIND_WALL = 120
_INDEX_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
Piece = tuple[str, str]


def from_page(page: Page, captured_at: datetime | None, charset: str) -> Article | Rejection:
    """The article of a parsed HTML page, or why it has none."""
    site = metadata.site_names(page, page.url or metadata.canonical_url(page))
    headlines = page_headlines(page, site)
    headline = headlines[0] if headlines else None
    pieces = _without_headline(body_pieces(page.tree), headline)
    rejection = _reject(pieces, headline, charset, _is_index(page))
    if rejection:
        return rejection
    text, blocks = assemble(pieces)
    language = detect_language(text)
    dates = page_dates(page, language)
    chosen = choose_date(dates, captured_at)
    signed = authors.page_authors(page, site)
    canonical = metadata.canonical_url(page)
    image = metadata.lead_image(page)
    return Article(
        text=text,
        blocks=blocks,
        url=page.url or canonical,
        canonical_url=canonical,
        publisher_domain=metadata.publisher_domain(page.url or canonical),
        publisher_name=metadata.publisher_name(page),
        headline=headline.value if headline else None,
        subheadline=metadata.subheadline(page, pieces, headline.value if headline else None),
        byline=", ".join(signed[0][0]) if signed else None,
        authors=signed[0][0] if signed else (),
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
        is_partial=_is_partial(page, pieces),
        evidence=tuple(_evidence(headlines, headline, dates, chosen, authors.as_candidates(signed))),
        charset=charset,
        extractor="html",
    )


def from_dump(text: str, raw: RawPage, charset: str) -> Article | Rejection:
    """The article of a page saved as visible text, or why it has none."""
    language = detect_language(" ".join(line for line in text.splitlines() if len(line) > 80) or text)
    dump = read_dump(text, language)
    headline = dump.headlines[0] if dump.headlines else None
    rejection = _reject(dump.pieces, headline, charset, is_index=False)
    if rejection:
        return rejection
    body, blocks = assemble(dump.pieces)
    chosen = choose_date(dump.dates, raw.captured_at)
    names = authors.signers(authors.names_in(dump.byline)) if dump.byline else ()
    signed = [Candidate("; ".join(names), "text", 0.75)] if names else []
    return Article(
        text=body,
        blocks=blocks,
        url=raw.url,
        publisher_domain=metadata.publisher_domain(raw.url),
        headline=headline.value if headline else None,
        byline=dump.byline,
        authors=names,
        language=detect_language(body),
        published_at=published_at(chosen, dump.dates) if chosen else None,
        published_on=chosen.printed.day if chosen else None,
        published_from=chosen.origin if chosen else None,
        published_confidence=chosen.confidence if chosen else None,
        image_caption=dump.caption,
        image_credit=dump.credit,
        evidence=tuple(_evidence(dump.headlines, headline, dump.dates, chosen, signed)),
        charset=charset,
        extractor="text",
    )


def _without_headline(pieces: Sequence[Piece], headline: Candidate | None) -> list[Piece]:
    """The body without the headline repeated at its start."""
    kept = list(pieces)
    for index in range(min(3, len(kept)) - 1, -1, -1):
        if headline and is_same_line(kept[index][1], headline.value):
            del kept[index]
    return kept


def _reject(
    pieces: Sequence[Piece], headline: Candidate | None, charset: str, is_index: bool
) -> Rejection | None:
    words = sum(count_words(text) for _, text in pieces)
    title = headline.value if headline else ""
    if words < _MIN_WORDS_BEHIND_WALL and starts_with_cue(title, "wall"):
        return Rejection(Reason.NOT_AN_ARTICLE, f"an error page or a gate: {title[:200]}", charset)
    if words == 0 or is_index:
        return Rejection(Reason.NOT_AN_ARTICLE, "no article text was found", charset)
    if words < MIN_WORDS:
        return Rejection(Reason.TOO_SHORT, f"the article has {words} words, {MIN_WORDS} are needed", charset)
    return None


def _is_index(page: Page) -> bool:
    if page.article:
        return False
    return any(_INDEX_TYPES.intersection(types_of(node)) for node in page.nodes)


def _is_partial(page: Page, pieces: Sequence[Piece]) -> bool:
    """Whether the page shows only a part: it says so and is short, or its own JSON-LD has far more text."""
    words = sum(count_words(text) for _, text in pieces)
    if count_words(plain(page.article.get("articleBody"))) > 2 * words:
        return True
    free = page.article.get("isAccessibleForFree")
    is_paid = str(free).lower() in ("false", "http://schema.org/false") if free is not None else False
    return (is_paid and words < 250) or pieces[-1][1].endswith(("[…]", "[...]"))


def _evidence(
    headlines: Sequence[Candidate],
    headline: Candidate | None,
    dates: Sequence[DateCandidate],
    chosen: DateCandidate | None,
    signed: Sequence[Candidate],
) -> list[Evidence]:
    chosen_date = chosen.as_candidate() if chosen else None
    return [
        *evidence("headline", headlines, headline),
        *evidence("published_on", [date.as_candidate() for date in dates], chosen_date),
        *evidence("authors", signed, signed[0] if signed else None),
    ]
