"""Text as databases hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.language.storable import storable


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("\ud800 lone", "\ufffd lone"),
        ("lone \udfff", "lone \ufffd"),
        ("\ud800\ud800\udc00é", "\ufffd\U00010000é"),
        ("nul\0nul", "nulnul"),
        ("Zoë", "Zoë"),
    ],
)
def test_text_as_databases_hold_it(text: str, stored: str) -> None:
    assert storable(text) == stored


@given(st.text(alphabet=st.sampled_from("aé\U0001f680\ud800\ud83d"), max_size=12))
def test_a_lone_surrogate_is_replaced_one_for_one(text: str) -> None:
    """No second halves: nothing pairs, so the spans of everything else stay."""
    stored = storable(text)
    stored.encode("utf-8")
    expected = ["\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text]
    assert list(stored) == expected
