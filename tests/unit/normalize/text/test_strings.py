"""Lines as they are stored."""

from __future__ import annotations

import pytest

from etl.normalize.page.page import parse_page
from etl.normalize.text.strings import collapse


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  The ferry\n\tleft\u00a0port ", "The ferry left port"),
        ("har\u00adbour\ufeff", "harbour"),
        ("bell\x07rang", "bell rang"),
        ("nul\x00nul", "nulnul"),
        ("half a \ud83d smile", "half a \ufffd smile"),
    ],
)
def test_one_line_that_every_database_holds(text: str, line: str) -> None:
    assert collapse(text) == line


def test_a_page_keeps_the_place_of_what_it_can_not_say() -> None:
    page = parse_page("<html><head><title>The \ud800 ferry</title></head><body><p>It left.</p></body></html>")
    assert page is not None
    assert page.tree.findtext(".//title") == "The \ufffd ferry"
