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


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("latin2", "iso-8859-2", "Zażółć gęślą jaźń, mówi burmistrzyni Ewa Dąbek."),
        ("l9", "iso-8859-15", "Le port coûte 40 € par tonne, dit Noé Œuvrard."),
        ("ISO_8859-9", "cp1254", "Liman işçileri “grevde”, diyor Çağla Öztürk."),
        ("x-cp1251", "cp1251", "Порт закрыт до пятницы, сказала Вера Ильина."),
        ("koi8-ru", "koi8-u", "Порт зачинено, каже Оксана Їжакевич."),
        ("gb_2312-80", "gb18030", "港口星期五重新开放，市长镕喆说。"),
        ("sjis", "cp932", "港は金曜日に再開すると髙橋市長は述べた。"),
        ("hz-gb-2312", "hz", "港口星期五重新开放。"),
        ("latin-1", "cp1252", "Der Hafen „öffnet“ – am Freitag"),
    ],
)
def test_labels_mean_what_browsers_take_them_to_mean(label: str, codec: str, text: str) -> None:
    body = f'<meta charset="{label}">'.encode() + text.encode(codec)
    decoded = decode(body)
    assert decoded is not None
    assert decoded[0].endswith(text)
    assert decode(text.encode(codec), label) == (text, decoded[1])


@pytest.mark.parametrize("label", ["x-user-defined", "base64", "idna", "no such charset", "\udc80"])
def test_a_label_that_names_no_charset_of_texts_is_passed_over(label: str) -> None:
    text = "Der Hafen öffnet am Freitag wieder, sagt Käthe Münch. " * 20
    decoded = decode(text.encode("cp1252"), label)
    assert decoded is not None
    assert decoded[0] == text


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decode(bytes(range(256)) * 40) is None
