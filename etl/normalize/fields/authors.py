"""Who signs an article: people first, an agency where nobody else signs, never a desk or the site itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse, islice
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from etl.language.word_lists import alternation, groups
from etl.normalize.fields.byline_names import declared_names, is_agency, is_person, names_in
from etl.normalize.fields.printed_byline import Byline
from etl.normalize.page.page import JsonNode, Page, plain, text_of
from etl.normalize.text.strings import words_of

_META_AUTHORS = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author_name",
    "article:author", "og:article:author", "cxenseparse:author", "citation_author", "article.author",
    "mediator_author", "shareaholic:article_author_name", "cse_author", "rbauthors", "twitter:data1",
)  # fmt: skip
# Elements that may hold a signature, found in one pass; then by attribute and, where it matters, tag, the surest first.
_SIGNED = (
    "//@class[contains(., 'uthor') or contains(., 'yline')]/.. | //@itemprop[contains(., 'author')]/.."
    " | //@rel[contains(., 'author')]/.. | //@data-testid[contains(., 'byline')]/.. | //a/@href[contains(., '/aut')]/.."
)
_SELECTORS = (
    ("itemprop", "itemprop", re.compile("author"), None),
    ("rel", "rel", re.compile("author"), "a"),
    ("class", "class", re.compile(r"(?:author|byline)(?:[-_]*(?:box|card|info))?[-_]*name", re.I), None),
    ("class", "class", re.compile("author|byline"), "a"),
    ("class", "href", re.compile(r"/(?:authors?|autor(?:en|es|i)?|auteurs?)/[^/]"), "a"),
    ("class", "class", re.compile("[bB]yline"), None),
    ("class", "data-testid", re.compile("byline"), None),
    ("class", "class", re.compile(r"(?:^|[\s_-])author(?:\s|$)|(?:article|entry|post)[-_]+author"), None),
)
# Parts of a page whose signatures are other people's.
_ELSEWHERE = re.compile(
    r"comment|disqus|repl(?:y|ies)|related|recommend|recirc|teaser|carousel|sidebar|popular|trending|latest|testimonial"
)
_MAX_SIGNED = 4
_MAX_BYLINE = 120
_CONFIDENCE = {"json-ld": 0.92, "meta": 0.85, "itemprop": 0.85, "rel": 0.85, "class": 0.8}
_FAR = {"itemprop": 0.6, "rel": 0.6, "class": 0.55}
_AGENCY_SHARE, _DESK_SHARE, _SITE_SHARE = 0.7, 0.7, 0.5

_ACCOUNT = re.compile(rf"https?:|www\.|@|^(?:admin\w*|{alternation(groups('bylines')['account'])})$", re.I)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs according to one place on the page."""

    names: tuple[str, ...]
    origin: str
    confidence: float


def page_authors(page: Page, site: Sequence[str], near: str = "") -> list[Signature]:
    """Who signs by the page's markup: people where there are any, else agencies, else whom the page declares.

    Args:
        page: the page.
        site: the names the site goes by.
        near: the text around the headline; a signature that it shows is surer than one elsewhere.
    """
    found = []
    for origin, names in _sources(page):
        kind = origin.partition(":")[0]
        is_near = kind not in _FAR or all(name in near for name in names)
        found.append(_signature(names, origin, _CONFIDENCE[kind] if is_near else _FAR[kind], site))
    return [signature for signature in found if signature.names]


def _signature(names: Sequence[str], origin: str, confidence: float, site: Sequence[str]) -> Signature:
    """The people among the names, else the agencies, else what is no mere account or address, ever less sure."""
    people = tuple(name for name in names if is_person(name, site))
    agencies = tuple(name for name in names if is_agency(name))
    if people or agencies:
        return Signature(people or agencies, origin, confidence if people else _AGENCY_SHARE * confidence)
    own = {"".join(words_of(name)) for name in site}
    desks = tuple(name for name in names if "".join(words_of(name)) not in own)
    return Signature(
        tuple(filter(_is_signer, desks or names)),
        origin,
        (_DESK_SHARE if desks else _SITE_SHARE) * confidence,
    )


def _is_signer(name: str) -> bool:
    """Whether a declared author is at least an organisation, not an account or an address."""
    return not _ACCOUNT.search(name)


def choose(marked: Sequence[Signature], printed: Sequence[Byline], site: Sequence[str]) -> list[Signature]:
    """Order all signatures, the surest first."""
    signed = [*marked, *(_signature(one.names, one.origin, one.confidence, site) for one in printed)]
    known = {name for signature in signed for name in signature.names if len(name.split()) > 1}
    signed = [
        replace(one, names=tuple(_unique(_shortened(name, known) for name in one.names)))
        for one in signed
        if one.names
    ]
    return sorted(signed, key=lambda signature: -signature.confidence)


def _shortened(name: str, known: Iterable[str]) -> str:
    """A name without the role or label that sticks to it, where another place on the page gives the name alone."""
    return min((other for other in known if name.startswith(other)), key=len, default=name)


def _sources(page: Page) -> Iterator[tuple[str, list[str]]]:
    by_id = {node["@id"]: node for node in page.nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    yield "json-ld", _unique(_json_names(page.article.get("author") or page.article.get("creator"), by_id, 0))
    for meta in _META_AUTHORS:
        values = [_from_address(value) for value in page.metas.get(meta, ())]
        yield f"meta:{meta}", _unique(name for value in values for name in declared_names(value))
    signed = page.tree.xpath(_SIGNED)
    for origin, attribute, pattern, tag in _SELECTORS:
        chosen = [one for one in signed if tag in (None, one.tag) and pattern.search(one.get(attribute, ""))]
        chosen = list(islice(filterfalse(_is_elsewhere, chosen), _MAX_SIGNED))
        if attribute == "itemprop":
            named = [name for one in chosen for name in one.xpath(".//*[contains(@itemprop, 'name')]")]
            yield origin, _names_of(named)
        yield origin, _names_of(chosen)


def _unique(names: Iterable[str]) -> list[str]:
    """The names, each once, whatever its capitals."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return list(found.values())


def _is_elsewhere(element: Element) -> bool:
    """Whether an element stands among comments or other articles."""
    for outer in element.iterancestors():
        if _ELSEWHERE.search(f"{outer.get('class', '')} {outer.get('id', '')}".lower()):
            return outer.find(".//h1") is None
    return False


def _names_of(elements: Sequence[Element]) -> list[str]:
    texts = [text for element in elements if 2 < len(text := text_of(element)) < _MAX_BYLINE]
    return _unique(name for text in texts for name in names_in(text))


def _from_address(value: str) -> str:
    """article:author is often a profile's address: its last part may spell a name; Facebook pages don't."""
    if not value.startswith("http"):
        return value
    slug = unquote(urlsplit(value).path.rstrip("/").rpartition("/")[2])
    if "facebook" in value or not re.fullmatch(r"[a-z]+(?:-[a-z]+){1,2}", slug):
        return ""
    return slug.replace("-", " ").title()


def _json_names(value: object, by_id: dict[str, JsonNode], depth: int) -> list[str]:
    if depth > 4 or not value:
        return []
    if isinstance(value, str):
        return declared_names(plain(value))
    if isinstance(value, list):
        return [name for item in value[:30] for name in _json_names(item, by_id, depth + 1)]
    if not isinstance(value, dict):
        return []
    if value.get("name"):
        return _json_names(value["name"], by_id, depth + 1)
    if value.get("@id") in by_id and by_id[value["@id"]] is not value:
        return _json_names(by_id[value["@id"]], by_id, depth + 1)
    return declared_names(f"{value.get('givenName') or ''} {value.get('familyName') or ''}")
