"""Which charset a page is in."""

import pytest

from etl.normalize.text.charset import decode

TEXT = "Die Fähre läuft über — „Größe“ "


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_text_comes_back_whole(codec: str) -> None:
    decoded = decode((TEXT * 30).encode(codec), "windows-1252" if codec == "windows-1252" else None)
    assert decoded is not None
    assert decoded[0].strip() == (TEXT * 30).strip()


def test_valid_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(TEXT.encode(), "iso-8859-1") == (TEXT, "utf-8")


def test_latin1_means_what_browsers_take_it_for() -> None:
    body = b'<meta charset="iso-8859-1"><p>\x93quoted\x94 \x96 na\xefve</p>'
    decoded = decode(body)
    assert decoded is not None
    assert "“quoted” – naïve" in decoded[0]


def test_a_declared_eastern_charset_is_used() -> None:
    text = "港の岸壁が崩れ、四人が死亡した。" * 20
    assert decode(text.encode("shift_jis"), "Shift_JIS") == (text, "cp932")
    assert decode(b'<meta charset="euc-kr">' + "부두가 무너졌다.".encode("euc-kr")) is not None


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decode(bytes(range(256)) * 40) is None
