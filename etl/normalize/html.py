"""The body of an HTML page: paragraphs, headings and list items, whole and in order."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from copy import deepcopy

import trafilatura
from lxml.etree import _Element
from lxml.html import HtmlElement

from etl.normalize.text import collapse

Piece = tuple[str, str]

MAX_ROWS = 2_000
_DROPPED = ("script", "style", "noscript", "svg", "template", "iframe", "canvas", "object", "embed")

# Its warnings are about single pages, which get a Rejection here.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def body_pieces(tree: HtmlElement) -> list[Piece]:
    """The (kind, text) pieces of a page's body, in order; empty where there is none."""
    lightened = _lighten(tree)
    try:
        document = trafilatura.bare_extraction(
            lightened, fast=True, include_comments=False, with_metadata=False
        )
    except Exception:  # a third-party heuristic; whatever trips it up, the page has no body
        return []
    body = getattr(document, "body", None)
    return list(_pieces(body)) if body is not None else []


def _lighten(tree: HtmlElement) -> HtmlElement:
    """A copy without what is never text; table rows beyond 2,000 go too, which else stall the extractor."""
    copy = deepcopy(tree)
    for element in list(copy.iter(*_DROPPED)):
        element.drop_tree()
    for row in list(copy.iter("tr"))[MAX_ROWS:]:
        row.drop_tree()
    return copy


def _pieces(body: _Element) -> Iterator[Piece]:
    for element in body:
        if element.tag == "head":
            yield "heading", _text(element)
        elif element.tag == "list":
            for item in element.iter("item"):
                yield "list_item", _text(item)
        elif element.tag == "table":
            for row in element.iter("row"):
                yield "paragraph", " | ".join(filter(None, (_text(cell) for cell in row.iter("cell"))))
        elif element.tag == "quote" and len(element):
            yield from _pieces(element)
        else:
            yield "paragraph", _text(element)


def _text(element: _Element) -> str:
    return collapse(
        " ".join(element.itertext()) if element.tag in ("quote", "item") else "".join(element.itertext())
    )
