"""The letters of a name, and its initials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.language.acronyms import initials
from etl.language.fold import fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("the Élysée", "elysee"),
        ("The", "the"),
        ("U.S. Steel", "us steel"),
        ("Bashar al-Assad", "bashar al assad"),
        ("Niamh O’Brien's", "niamh obrien"),
        ("Łukasz Møller", "lukasz moller"),
        ("AT&T", "att"),
        ("Hart & Sons", "hart sons"),
        ("A. Lee", "a lee"),
        ("An Nguyen", "an nguyen"),
        ("Straße\xad", "strasse"),
        ("Зеленський", "зеленськии"),
        ("…", ""),
    ],
)
def test_the_letters_of_a_name(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(alphabet="aÉß.'-& TheSt", max_size=30))
def test_folding_again_changes_only_a_second_article(name: str) -> None:
    again = fold(name)
    while again.startswith("the "):
        again = again.removeprefix("the ")
    assert fold(again) == again


def test_initials() -> None:
    assert initials("federal bureau of investigation".split()) == ("fboi", "fbi")
