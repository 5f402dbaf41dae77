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
    assert decode(TEXT.encode(), "iso-8859-1") == (TEXT, "utf-8", ())


def test_latin1_means_what_browsers_take_it_for() -> None:
    body = b'<meta charset="iso-8859-1"><p>\x93quoted\x94 \x96 na\xefve</p>'
    decoded = decode(body)
    assert decoded is not None
    assert "“quoted” – naïve" in decoded[0]


def test_a_declared_eastern_charset_is_used() -> None:
    text = "港の岸壁が崩れ、四人が死亡した。" * 20
    decoded = decode(text.encode("shift_jis"), "Shift_JIS")
    assert decoded is not None
    assert decoded[:2] == (text, "cp932")
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
    by_server = decode(text.encode(codec), label)
    assert by_server is not None
    assert by_server[:2] == (text, decoded.charset)


@pytest.mark.parametrize("label", ["x-user-defined", "base64", "idna", "no such charset", "\udc80"])
def test_a_label_that_names_no_charset_of_texts_is_passed_over(label: str) -> None:
    text = "Der Hafen öffnet am Freitag wieder, sagt Käthe Münch. " * 20
    decoded = decode(text.encode("cp1252"), label)
    assert decoded is not None
    assert decoded[0] == text


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decode(bytes(range(256)) * 40) is None


# A short opening in many languages, and the charsets that their pages were in before UTF-8.
OPENINGS = {
    "en": (
        "cp1252 mac-roman",
        "The mayor, José García, said on Monday that the roof of the hall would cost £5m, which a café owner called naïve.",
    ),
    "es": (
        "cp1252 iso-8859-15",
        "La alcaldesa, Begoña Ibáñez, anunció el martes que el mercado cerrará en otoño. «No había más opción», dijo.",
    ),
    "fr": (
        "cp1252",
        "La maire, Hélène Lefèvre, a annoncé mardi que la halle fermera à l’automne : « Où irons-nous ? », a demandé un poissonnier.",
    ),
    "de": (
        "cp1252 mac-roman",
        "Die Bürgermeisterin Käthe Müller sagte am Dienstag, die Markthalle müsse bis zum Frühjahr für Besucher geschlossen bleiben.",
    ),
    "pt": (
        "cp1252",
        "A prefeita Conceição Araújo afirmou na terça-feira que o mercado será fechado até março e que a indenização não virá.",
    ),
    "it": (
        "cp1252",
        "La sindaca ha detto martedì che il mercato chiuderà perché la copertura non è sicura; più di trenta venditori dovranno andar via.",
    ),
    "da": (
        "cp1252",
        "Borgmester Søren Bækgård sagde tirsdag, at fiskehallen må lukke før vinteren, fordi bjælkerne i taget er rådne.",
    ),
    "is": (
        "cp1252",
        "Bæjarstjórinn Þórunn Guðmundsdóttir sagði á þriðjudag að fiskmarkaðnum yrði lokað vegna þess að þakið væri ónýtt.",
    ),
    "pl": (
        "cp1250 iso-8859-2",
        "Burmistrzyni Grażyna Dąbek powiedziała we wtorek, że hala targowa zostanie zamknięta, bo belki dachu są spróchniałe.",
    ),
    "cs": (
        "cp1250 iso-8859-2",
        "Starostka Žofie Dvořáková řekla v úterý, že tržnice bude uzavřena, protože trámy ve střeše jsou shnilé a hrozí pád.",
    ),
    "sk": (
        "cp1250",
        "Primátorka Ľubica Kráľová povedala v utorok, že tržnica sa zatvorí, pretože trámy v streche sú zhnité a môžu spadnúť.",
    ),
    "hu": (
        "cp1250 iso-8859-2",
        "A polgármester, Szűcs Erzsébet kedden azt mondta, hogy a vásárcsarnok bezár, mert a tetőgerendák elkorhadtak, és lezuhanhatnak.",
    ),
    "hr": (
        "cp1250",
        "Gradonačelnica Željka Kovačić rekla je u utorak da će se tržnica zatvoriti jer su grede na krovu trule i mogu pasti.",
    ),
    "ro": (
        "cp1250",
        "Primăriţa Mădălina Ioniţă a declarat marţi că hala va fi închisă, deoarece grinzile acoperişului sunt putrede şi pot cădea.",
    ),
    "tr": (
        "cp1254",
        "Belediye başkanı Çağla Öztürk salı günü yaptığı açıklamada balık halinin kapatılacağını, çatının güvenli olmadığını söyledi.",
    ),
    "lt": (
        "cp1257",
        "Merė Živilė Šimkutė antradienį pranešė, kad turgus bus uždarytas, nes stogo sijos supuvusios ir gali įgriūti žiemą.",
    ),
    "lv": (
        "cp1257",
        "Mēre Kristīne Bērziņa otrdien paziņoja, ka zivju tirgus tiks slēgts, jo jumta sijas ir sapuvušas un var iegrūt.",
    ),
    "ru": (
        "cp1251 koi8-r cp866 iso-8859-5",
        "Мэр города Вера Ильина заявила во вторник, что рынок закроют до весны, потому что балки крыши прогнили.",
    ),
    "uk": (
        "cp1251 koi8-u",
        "Міська голова Оксана Їжакевич заявила у вівторок, що ринок зачинять, бо балки даху прогнили і можуть упасти.",
    ),
    "el": (
        "cp1253 iso-8859-7",
        "Η δήμαρχος Ελένη Παππά δήλωσε την Τρίτη ότι η αγορά θα κλείσει, επειδή τα δοκάρια της στέγης έχουν σαπίσει.",
    ),
    "he": (
        "cp1255",
        "ראשת העיר נועה לביא אמרה ביום שלישי כי השוק ייסגר עד האביב משום שקורות הגג נרקבו ועלולות ליפול.",
    ),
    "ar": (
        "cp1256",
        "قالت رئيسة البلدية ليلى حداد يوم الثلاثاء إن السوق سيغلق حتى الربيع لأن عوارض السقف متعفنة وقد تسقط.",
    ),
    "th": (
        "cp874",
        "นายกเทศมนตรีกล่าวเมื่อวันอังคารว่าตลาดปลาจะปิดจนถึงฤดูใบไม้ผลิเพราะคานหลังคาผุและอาจพังลงมา",
    ),
    "ja": (
        "cp932 euc-jp",
        "市長の高橋恵子は火曜日、屋根の梁が腐っているため、市場を春まで閉鎖すると発表した。商人たちは不満を述べた。",
    ),
    "ko": (
        "cp949",
        "시장은 화요일에 지붕 들보가 썩어 무너질 수 있기 때문에 시장 건물을 봄까지 폐쇄한다고 밝혔다.",
    ),
    "zh": (
        "gb18030 big5",
        "市長週二表示，由於屋頂橫樑已經腐爛，市場將關閉到春天。商販們說沒有人告訴他們要搬到哪裡去。",
    ),
}


@pytest.mark.parametrize("has_lang", [True, False], ids=["lang", "bare"])
@pytest.mark.parametrize(
    ("language", "codec"),
    [(code, codec) for code, (codecs, _) in OPENINGS.items() for codec in codecs.split()],
)
def test_a_charset_that_nothing_declares_is_told_by_its_letters(
    language: str, codec: str, has_lang: bool
) -> None:
    text = OPENINGS[language][1]
    head = f'<html lang="{language}"><body><p>' if has_lang else ""
    decoded = decode(head.encode() + text.encode(codec))
    assert decoded is not None
    assert decoded.text == head + text
    assert [(one.value, one.origin, one.is_chosen) for one in decoded.evidence] == [
        (decoded.charset, "letters", True)
    ]


@pytest.mark.parametrize(
    ("language", "codec", "declared"),
    [
        ("pl", "cp1250", "iso-8859-1"),
        ("pl", "iso-8859-2", "windows-1250"),
        ("cs", "cp1250", "iso-8859-1"),
        ("tr", "cp1254", "iso-8859-1"),
        ("ru", "cp1251", "iso-8859-1"),
        ("ru", "koi8-r", "windows-1251"),
        ("en", "cp1252", "utf-8"),
        ("es", "cp1252", "utf-8"),
        ("de", "cp1252", "us-ascii"),
        ("ja", "cp932", "euc-jp"),
    ],
)
def test_a_false_declaration_does_not_destroy_the_words(language: str, codec: str, declared: str) -> None:
    text = OPENINGS[language][1]
    decoded = decode(text.encode(codec), declared)
    assert decoded is not None
    assert decoded.text == text
    by_page = decode(f'<meta charset="{declared}">'.encode() + text.encode(codec))
    assert by_page is not None
    assert by_page.text.endswith(text)


def test_one_accent_in_a_long_english_page_is_kept() -> None:
    body = ("The council met again on Tuesday and put off its vote on the hall. " * 200).encode()
    decoded = decode(b"<html><p>" + body + "Her name is Zoë, and she owns a café.".encode("cp1252"))
    assert decoded is not None
    assert decoded.text.endswith("Her name is Zoë, and she owns a café.")
    assert decoded.charset == "windows-1252"


def test_signs_of_windows_1252_that_were_pasted_into_utf8_are_read() -> None:
    text = "“Das ist schön”, sagt Käthe Öhlmann über den Umbau der Fischhalle – und lacht. "
    decoded = decode((text * 3).encode() + "Später fügte sie hinzu: ".encode() + b"\x93Ich war naiv.\x94")
    assert decoded is not None
    assert decoded.text == text * 3 + "Später fügte sie hinzu: “Ich war naiv.”"
    assert decoded.charset == "utf-8"


def test_a_character_that_was_cut_is_marked_and_costs_no_other() -> None:
    text = "Der Bürgermeister von Düsseldorf ist für größere Häfen. "
    decoded = decode((text * 3).encode() + "Ende “".encode()[:-1])
    assert decoded is not None
    assert decoded.text == text * 3 + "Ende \ufffd"


def test_utf16_without_a_mark_is_read() -> None:
    decoded = decode(f"<html><p>{TEXT * 5}".encode("utf-16-le"))
    assert decoded is not None
    assert decoded.text == f"<html><p>{TEXT * 5}"


def test_a_declaration_that_was_not_believed_stays_among_the_evidence() -> None:
    decoded = decode(OPENINGS["pl"][1].encode("cp1250"), "iso-8859-1")
    assert decoded is not None
    assert [(one.field, one.value, one.origin, one.is_chosen) for one in decoded.evidence] == [
        ("charset", "windows-1250", "letters", True),
        ("charset", "windows-1252", "declared", False),
    ]
    assert decoded.evidence[0].confidence > decoded.evidence[1].confidence
