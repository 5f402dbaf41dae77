"""Ids: the same on any machine, and kept by whoever holds numbers as doubles."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from etl.records import content_key, id_of


def test_an_id_is_the_first_53_bits_of_its_contents_key() -> None:
    key = content_key("author", "Ida Holm")
    assert key.hex() == "c54ae8a033c720057e505129b746e8f7"
    assert id_of(key) == int(key.hex()[:14], 16) >> 3
    assert id_of(bytes([255] * 16)) == 2**53 - 1


@given(st.lists(st.text(), min_size=1))
def test_an_id_outlives_a_double(parts: list[str]) -> None:
    found = id_of(content_key(*(part.encode("utf-8", "replace").decode() for part in parts)))
    assert int(float(found)) == found == json.loads(json.dumps(found), parse_int=float)
    assert 0 <= found < 2**53


def test_other_parts_give_another_key() -> None:
    assert content_key("author", "Ida Holm") != content_key("publisher", "Ida Holm")
    assert content_key("source", "a", "bc") != content_key("source", "ab", "c")
