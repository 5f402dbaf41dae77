"""An HTML page, parsed once: its tree, its meta tags, its JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import HTMLParser, LxmlError, fromstring
from lxml.etree import _Element as Element

from etl.language.storable import storable
from etl.normalize.text.strings import collapse, words_of

JsonNode = dict[str, Any]

ARTICLE_TYPES = frozenset(
    """AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle
    BlogPosting HowTo LiveBlogPosting MedicalScholarlyArticle NewsArticle OpinionNewsArticle Recipe Report
    ReportageNewsArticle Review ReviewNewsArticle SatiricalArticle ScholarlyArticle SocialMediaPosting
    TechArticle""".split()
)
UNSEEN = frozenset(
    "script style noscript template svg math head select option textarea iframe canvas object embed audio video "
    "map datalist button input".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
_SWALLOWERS = ("button", "noscript")
_ARTICLE_PARTS = 3
MAX_CHARACTERS = 5_000_000
_MAX_JSON = 2_000_000
_MAX_DEPTH = 6
_JSON_OPENING = re.compile(r"<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[")
_JSON_CLOSINGS = ("-->", "]]>", "//")
_TAG = re.compile(r"<[^>]{1,300}>")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `metas` maps a lower-case name or property to its contents, in order."""

    tree: Element
    url: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    nodes: tuple[JsonNode, ...] = ()
    article: JsonNode = field(default_factory=dict)

    def meta(self, *names: str) -> str:
        """The first non-empty content of the given meta names, in their order."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")


def parse_page(text: str, url: str | None = None) -> Page | None:
    """Parse a page's HTML; None where there is no markup to parse. At most 5 million characters are read.

    NUL and lone surrogates are replaced as `storable` says.
    """
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = fromstring(storable(text[:MAX_CHARACTERS]).encode(), parser)
    except (LxmlError, ValueError):
        return None
    if tree is None:
        return None
    metas = _metas(tree)
    nodes = tuple(_json_nodes(tree))
    hint = next(iter(metas.get("og:title", ())), "") or collapse(tree.findtext(".//title") or "")
    return Page(tree, url, metas, nodes, _article_node(nodes, hint))


def plain(value: object) -> str:
    """One line of text from a JSON or attribute value: entities and stray markup resolved."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(html.unescape(value)) if "&" in value else value
    return collapse(_TAG.sub(" ", text) if "<" in text else text)


def text_of(element: Element) -> str:
    """The collapsed visible text of an element; inline markup does not part words, blocks do."""
    return collapse("".join(_visible(element)))


def _visible(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not is_unseen(child):
            is_block = child.tag not in INLINE
            yield " " if is_block else ""
            yield from _visible(child)
            yield " " if is_block else ""
        yield child.tail or ""


def is_unseen(element: Element) -> bool:
    """Whether an element shows no text; one that holds an article was never closed, or is shown without scripts."""
    if element.tag not in UNSEEN:
        return False
    return element.tag not in _SWALLOWERS or sum(1 for _ in element.iter("p", "article")) < _ARTICLE_PARTS


def types_of(node: JsonNode) -> list[str]:
    """The schema.org types of a JSON-LD node, without their namespace."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return [str(name).rsplit("/", 1)[-1] for name in values if name]


def _metas(tree: Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = plain(element.get("content"))
        if not content:
            continue
        names = {element.get(key, "").strip().lower() for key in ("property", "name", "itemprop")}
        for name in sorted(names - {""}):
            metas.setdefault(name, []).append(content)
    return metas


def _json_nodes(tree: Element) -> Iterator[JsonNode]:
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            yield from _walk(_load_json(script.text or ""), 0)


def _load_json(text: str) -> object:
    """Read JSON as leniently as publishers write it: comments around it, raw line breaks, trailing commas."""
    text = text[:_MAX_JSON].strip().rstrip(";").rstrip()
    if opening := _JSON_OPENING.match(text):
        text = text[opening.end() :]
    for closing in _JSON_CLOSINGS:
        text = text.removesuffix(closing).rstrip()
    text = text.rstrip(";")
    for repair in (
        lambda t: t,
        lambda t: re.sub(r",\s*([}\]])", r"\1", t),
        lambda t: re.sub(r'\\(?!["\\/bfnrtu])', "", t),
    ):
        text = repair(text)
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: object, depth: int) -> Iterator[JsonNode]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed"):
            yield from _walk(value.get(key), depth + 1)


def _article_node(nodes: tuple[JsonNode, ...], title: str) -> JsonNode:
    """The node that describes this page's article: of several, the one whose headline is the page's title."""
    found = [node for node in nodes if ARTICLE_TYPES.intersection(types_of(node))]
    if not found:
        return {}
    wanted = set(words_of(title))

    def likeness(node: JsonNode) -> tuple[float, bool]:
        words = set(words_of(plain(node.get("headline") or node.get("name"))))
        return len(words & wanted) / max(len(words | wanted), 1), bool(node.get("datePublished"))

    return max(found, key=likeness) if wanted else found[0]
