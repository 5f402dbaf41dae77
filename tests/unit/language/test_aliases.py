"""Other names of places and bodies."""

from __future__ import annotations

import pytest

from etl.language.aliases import standard_anywhere, standard_in_article
from etl.language.fold import fold


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("FBI", "federal bureau of investigation"),
        ("U.S.", "united states"),
        ("the US", "united states"),
        ("Nato", "north atlantic treaty organization"),
        ("NATO", "north atlantic treaty organization"),
        ("WHO", "world health organization"),
        ("Conn.", "connecticut"),
        ("W.Va.", "west virginia"),
        ("Myanmar", "myanmar"),
    ],
)
def test_a_name_stands_for_another_in_an_article_and_across_the_archive(name: str, stands_for: str) -> None:
    assert standard_in_article(name) == standard_anywhere(name) == stands_for


@pytest.mark.parametrize(
    ("name", "in_article"),
    [("AP", "associated press"), ("LA", "los angeles"), ("Department of Justice", "justice department")],
)
def test_a_name_of_several_stands_for_one_in_an_article_only(name: str, in_article: str) -> None:
    assert standard_in_article(name) == in_article
    assert standard_anywhere(name) == fold(name)


@pytest.mark.parametrize("name", ["The Who", "Us", "Conn", "SC"])
def test_capitals_and_full_stops_tell_an_abbreviation_from_a_word(name: str) -> None:
    assert standard_in_article(name) == fold(name)
