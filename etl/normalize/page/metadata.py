"""What a page's markup says about its article: section, keywords, publisher, address, image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element
from tld import get_fld

from etl.normalize.page.page import Page, plain, text_of, types_of
from etl.normalize.text.credits import split_credit
from etl.normalize.text.strings import is_same_line

_CAPTIONS = (
    "//article//figure//figcaption",
    "//main//figure//figcaption",
    "//figure//figcaption",
    "(//@class[contains(., 'caption')]/..)[position() <= 50][preceding-sibling::img or preceding-sibling::*[1]//img]",
)
_CREDITS = ".//*[contains(@class, 'credit') or contains(@class, 'copyright') or contains(@class, 'source')]"
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
_MAX_KEYWORDS = 40
_MAX_SECTION_WORDS = 5
_MAX_CAPTION = 600
_MAX_URL = 2000


@dataclass(frozen=True, slots=True)
class Image:
    """The lead image: its address, caption and credit."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


def publisher_domain(url: str | None) -> str | None:
    """The registered domain of an address ("news.example.co.uk" -> "example.co.uk"), None without one."""
    if not url:
        return None
    domain = get_fld(url, fail_silently=True)
    return str(domain) if domain else (urlsplit(url).hostname if _is_web(url) else None)


def publisher_name(page: Page) -> str | None:
    """The publisher's name as the page gives it."""
    return next(_declared_names(page), None)


def _declared_names(page: Page) -> Iterator[str]:
    """What the page declares as its publisher's or site's name, the surest first."""
    headline = plain(page.article.get("headline") or page.article.get("name"))
    for name in (_publisher(page), *(page.meta(key) for key in _SITE_NAMES)):
        # Some templates fill in the article's own headline.
        if name and not is_same_line(name, headline):
            yield name


def _publisher(page: Page) -> str:
    publisher = page.article.get("publisher")
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict) and not publisher.get("name"):
        publisher = next((node for node in page.nodes if node.get("@id") == publisher.get("@id")), publisher)
    name = plain(publisher.get("name")) if isinstance(publisher, dict) else plain(publisher)
    return "" if name.startswith("http") else name


def site_names(page: Page, url: str | None) -> tuple[str, ...]:
    """All names the site goes by: what bylines and titles must not be taken for."""
    domain = publisher_domain(url) or ""
    names = [*_declared_names(page), domain, domain.partition(".")[0]]
    return tuple(dict.fromkeys(name for name in names if name))


def canonical_url(page: Page) -> str | None:
    """The address the page gives itself; None where it only names the site's home page."""
    links = page.tree.xpath("//link[@rel='canonical']/@href")[:1]
    for value in [*(str(link) for link in links), page.meta("og:url")]:
        try:
            address = urljoin(page.url or "", value.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if (
            _is_web(address)
            and parts.hostname
            and (parts.path.strip("/") or parts.query)
            and len(address) <= _MAX_URL
        ):
            return address
    return None


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def section(page: Page) -> str | None:
    """The section the article ran in: as declared, else the last but one step of the breadcrumbs."""
    declared = page.article.get("articleSection")
    values = declared if isinstance(declared, list) else [declared]
    names = [plain(value) for value in values]
    names += [
        page.meta("article:section"),
        page.meta("section", "parsely-section", "cxenseparse:recs:category"),
    ]
    names += _breadcrumbs(page)
    return next((name for name in names if 0 < len(name.split()) <= _MAX_SECTION_WORDS), None)


def _breadcrumbs(page: Page) -> list[str]:
    for node in page.nodes:
        items = node.get("itemListElement")
        if "BreadcrumbList" in types_of(node) and isinstance(items, list):
            names = [_item_name(item) for item in items if isinstance(item, dict)]
            return names[1:-1][::-1]
    return []


def _item_name(item: dict[str, object]) -> str:
    inner = item.get("item")
    return plain(item.get("name") or (inner.get("name") if isinstance(inner, dict) else ""))


def keywords(page: Page) -> tuple[str, ...]:
    """The page's keywords, each once, in order; at most 40."""
    declared = page.article.get("keywords")
    values = declared if isinstance(declared, list) else [declared]
    found = [part for value in values for part in re.split(r"[,;|]", plain(value))]
    for name in ("news_keywords", "article:tag", "keywords", "parsely-tags", "sailthru.tags"):
        found += [part for value in page.metas.get(name, ()) for part in re.split(r"[,;|]", value)]
    unique: dict[str, str] = {}
    for word in (part.strip() for part in found):
        if word and len(word) <= 100:
            unique.setdefault(word.casefold(), word)
    return tuple(unique.values())[:_MAX_KEYWORDS]


def lead_image(page: Page) -> Image:
    """The article's first image with its caption and credit."""
    url = next(iter(_image_urls(page.article.get("image"))), "") or page.meta(
        "og:image", "og:image:url", "twitter:image"
    )
    caption, credit = next(filter(any, map(_caption_of, _captions(page.tree))), (None, None))
    absolute = urljoin(page.url or "", url) if url else ""
    return Image(absolute[:_MAX_URL] if _is_web(absolute) else None, caption, credit)


def _image_urls(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:5]:
            yield from _image_urls(item)
    elif isinstance(value, dict):
        yield from _image_urls(value.get("url") or value.get("contentUrl"))


def _captions(tree: Element) -> Iterator[Element]:
    """The captions of a page's pictures: figcaption first, then what only its class calls a caption."""
    for path in _CAPTIONS:
        yield from tree.xpath(path)[:1]


def _caption_of(element: Element) -> tuple[str | None, str | None]:
    text = text_of(element)[:_MAX_CAPTION]
    for credit in (text_of(part) for part in element.xpath(_CREDITS)):
        if credit and credit in text and credit != text:
            caption = text.replace(credit, "").strip(" |-–—()[]")
            return caption or None, (split_credit(credit)[1] or credit).strip(" ()[]") or None
    return split_credit(text) if text else (None, None)
