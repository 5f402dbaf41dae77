"""Who signs an article: people first, an agency where nobody else signs, never a desk or the site itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from etl.normalize.page import JsonNode, Page, plain, text_of
from etl.normalize.text import collapse, words_of

MAX_NAME_WORDS = 6
_META_AUTHORS = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author_name",
    "article:author", "og:article:author", "cxenseparse:author", "citation_author", "article.author",
    "mediator_author", "shareaholic:article_author_name", "cse_author", "rbauthors", "twitter:data1",
)  # fmt: skip
# Elements that may hold a signature, found in one pass; then by attribute and, where it matters, tag, the surest first.
_SIGNED = (
    "//*[contains(@class, 'uthor') or contains(@class, 'yline') or contains(@itemprop, 'author') or contains(@rel, 'author')"
    " or contains(@data-testid, 'byline')]"
)
_SELECTORS = (
    ("itemprop", "itemprop", re.compile("author"), None),
    ("rel", "rel", re.compile("author"), "a"),
    ("class", "class", re.compile("author|byline"), "a"),
    ("class", "class", re.compile("author[-_]name|authorName|author__name|byline__name|byline-name"), None),
    ("class", "class", re.compile("[bB]yline"), None),
    ("class", "data-testid", re.compile("byline"), None),
    ("class", "class", re.compile("^author$|article-author|article__author|entry-author|post-author"), None),
)
_MAX_SIGNED = 4
_MAX_BYLINE = 120
_CONFIDENCE = {"json-ld": 0.92, "meta": 0.85, "itemprop": 0.85, "rel": 0.85, "class": 0.75, "text": 0.75}

LEAD = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|story|text|texte|words|analysis|opinion|review|article|article written|"
    r"medically reviewed|reviewed|fact checked|edited|author|authors|autor|autoren|autora|autore|auteur|escrito|publié|"
    r"geschrieben|ein artikel|eine analyse|ein kommentar|ein interview|recueilli|propos recueillis)\s*:?\s+)?"
    r"(?:by|von|par|por|di|af|av|door|przez|od|skriven av|de la rédaction de|автор|автор:|текст:|بقلم|کاتب|מאת|写|文|記者|记者)"
    r"(?:\s*[:：]\s*|\s+)",
    re.I,
)
_LABEL = re.compile(
    r"^\s*(?:author|authors|autor|autoren|autore|auteur|byline|автор|著者|記者|기자)\s*[:：]\s*", re.I
)
_SPLIT = re.compile(
    r"\s*[;|&\n/•·]\s*|\s+[-–—]\s+|,\s*(?:and|und|et|y|e|og|och|en)\s+|,\s*|\s+(?:and|und|et|with|og|och|avec|mit)\s+|、",
    re.I,
)
_CUT = re.compile(
    r"\s*(?:\(.*|,?\s*\b(?:updated|published|posted|last updated|aktualisiert|on \d|\d{1,2}[:.]\d\d|for the|\d{1,2} \w+ \d{4}|is an? |"
    r"is the |has been ).*|\S+@\S+.*|https?:\S*.*)$",
    re.I,
)
_AGENCY = re.compile(
    r"^(?:the )?(?:afp|ap|associated press|reuters|dpa|deutsche presse-agentur|epa|apa|ansa|efe|anp|pa media|press association|"
    r"pti|tass|interfax|tt|ntb|lusa|sda|keystone-sda|agence france[- ]presse|xinhua|anadolu|bloomberg|belga|ritzau|"
    r"europa press|canadian press|aap|yonhap|kyodo|upi|sid|kna|epd|ians|ani|dpa[-/]\w+|afp deutschland|bloomberg news|"
    r"reuters staff|associated press staff|cna|cnn newsource|pap|stt|mti|tanjug|hina|sita|čtk|ctk)$",
    re.I,
)  # fmt: skip
_NOT_A_PERSON = re.compile(
    r"https?:|www\.|^@|\.(?:com|org|net|de|fr|at|ch|be|uk|io|info|co)\b|\d{3}|[<>{}=]|"
    r"\b(?:admin|administrator|staff|editors?|editorial|redaktion|redaction|rédaction|redazione|redacción|redação|redakcja|"
    r"redaktionen|redactie|webmaster|guest|unknown|none|null|wordpress|user|newsroom|desk|newsdesk|correspondents?|"
    r"contributors?|reporters?|agencies|agenturen|team|news service|редакция|редакція|editorial board|"
    r"min read|minutes?|read more|comments?|share|follow|subscribe|facebook|twitter|email|newsletter|cookie|updated|"
    r"published|posted|profile|view all|all posts|about the author|more by|getty images|shutterstock)\b",
    re.I,
)
_ROLE = re.compile(
    r"^(?:senior |chief |deputy |political |staff |digital |associate |contributing |managing |freelance )*(?:reporter|editor|writer|"
    r"correspondent|journalist|columnist|producer|author|contributor|redakteur(?:in)?|journaliste|korrespondent(?:in)?|phd|ph\.d|"
    r"m\.?d\.?|md|rd|rn|mba|mph|dds|cpa|cfp|esq|jr\.?|sr\.?|ms|ma|ba|msc|bsc|mph|do|np|pharmd|cfa|lcsw|ldn|rdn|cdces)\.?\b.*$",
    re.I,
)


_ACCOUNT = re.compile(
    r"https?:|www\.|@|^(?:admin\w*|administrator|webmaster|user|wordpress|unknown|none|null|guest)$", re.I
)


class Byline(Protocol):
    """A byline found in a page's visible text."""

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def confidence(self) -> float: ...


def names_in(text: str) -> list[str]:
    """The names of a byline: "By Ann Lee and Bo Li, Foreign Editor" -> Ann Lee, Bo Li."""
    text = _LABEL.sub("", LEAD.sub("", collapse(text)))
    names = (_CUT.sub("", LEAD.sub("", part)).strip(" .,–—-:/·•\"'|") for part in _SPLIT.split(text))
    return [_cased(name) for name in names if _is_name(name)]


def _is_name(name: str) -> bool:
    words = words_of(name)
    return (
        2 < len(name) < 60
        and 1 <= len(words) <= MAX_NAME_WORDS
        and not _ROLE.match(name)
        and (not name.isascii() or name[0].isupper() or len(words) > 1 or bool(_AGENCY.match(name)))
    ) or bool(_AGENCY.match(name))


def _cased(name: str) -> str:
    """A name shouted in capitals as names are written; short all-capitals names are agencies."""
    return name.title() if name.isupper() and " " in name and not _AGENCY.match(name) else name


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs according to one place on the page."""

    names: tuple[str, ...]
    origin: str
    confidence: float


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return bool(_AGENCY.match(name))


def is_person(name: str, site: Iterable[str] = ()) -> bool:
    """Whether a name can be a person's: no agency, desk, address or the site's own name."""
    if is_agency(name) or _NOT_A_PERSON.search(name):
        return False
    folded = "".join(words_of(name))
    return bool(folded) and all(folded != "".join(words_of(own)) for own in site)


def page_authors(page: Page, site: Sequence[str]) -> list[Signature]:
    """Who signs by the page's markup: people where there are any, else agencies, else whom the page declares."""
    found: list[Signature] = []
    declared: list[Signature] = []
    for origin, names in _sources(page):
        unique = tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]
        people = tuple(name for name in unique if is_person(name, site))
        agencies = tuple(name for name in unique if is_agency(name))
        sureness = _CONFIDENCE[origin.partition(":")[0]]
        if people or agencies:
            found.append(Signature(people or agencies, origin, sureness if people else 0.6 * sureness))
        elif unique and origin.startswith(("json-ld", "meta")):
            declared.append(Signature(tuple(filter(_is_signer, unique)), origin, 0.4 * sureness))
    return found + [signature for signature in declared if signature.names]


def _is_signer(name: str) -> bool:
    """Whether a declared author is at least an organisation, not an account or an address."""
    return not _ACCOUNT.search(name)


def choose(marked: Sequence[Signature], printed: Byline | None, site: Sequence[str]) -> list[Signature]:
    """Order all signatures, the surest first."""
    signed = list(marked)
    if printed:
        names = tuple(name for name in printed.names if is_person(name, site)) or printed.names
        signed.append(Signature(names, "text", printed.confidence))
    return sorted(signed, key=lambda signature: -signature.confidence)


def _sources(page: Page) -> Iterator[tuple[str, list[str]]]:
    by_id = {node["@id"]: node for node in page.nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    listed = _json_names(page.article.get("author") or page.article.get("creator"), by_id, 0)
    yield "json-ld", [name for value in listed for name in names_in(plain(value))]
    for meta in _META_AUTHORS:
        values = [_from_address(value) for value in page.metas.get(meta, ())]
        yield f"meta:{meta}", [name for value in values for name in names_in(value)]
    signed = page.tree.xpath(_SIGNED)
    for origin, attribute, pattern, tag in _SELECTORS:
        chosen = [one for one in signed if tag in (None, one.tag) and pattern.search(one.get(attribute, ""))]
        if attribute == "itemprop":
            named = [name for one in chosen for name in one.xpath(".//*[contains(@itemprop, 'name')]")]
            yield origin, _names_of(named)
        yield origin, _names_of(chosen)


def _names_of(elements: Sequence[HtmlElement]) -> list[str]:
    texts = [text for element in elements[:_MAX_SIGNED] if 2 < len(text := text_of(element)) < _MAX_BYLINE]
    return [name for text in texts for name in names_in(text)]


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
        return [value]
    if isinstance(value, list):
        return [name for item in value[:30] for name in _json_names(item, by_id, depth + 1)]
    if not isinstance(value, dict):
        return []
    if value.get("name"):
        return _json_names(value["name"], by_id, depth + 1)
    if value.get("@id") in by_id and by_id[value["@id"]] is not value:
        return _json_names(by_id[value["@id"]], by_id, depth + 1)
    return [collapse(f"{value.get('givenName') or ''} {value.get('familyName') or ''}")]
