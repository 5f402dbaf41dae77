"""Titles before names."""

from __future__ import annotations

import pytest

from etl.language.honorifics import gender_of, titles, without_titles


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("President Maria Delgado", "maria delgado"),
        ("Lt. Gen. Ann Lee", "ann lee"),
        ("Stephen King", "stephen king"),
        ("Prof Dr Ines Calder", "ines calder"),
        ("Mr President", "mr president"),
    ],
)
def test_titles_lead_a_name(name: str, plain: str) -> None:
    assert without_titles(name) == plain


def test_what_titles_tell() -> None:
    assert gender_of("Mrs.") == "female"
    assert gender_of("Dr") is None is gender_of("Delgado")
    assert "colonel" in titles("rank") and "mayor" not in titles("rank", "courtesy", "academic")
