from datetime import date

import pytest

from etl.annotate.quantities.find import find_quantities
from etl.annotate.times.find import find_times
from etl.records import Quantity


def read(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, find_times(text, date(2024, 6, 20)))


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted", "modifier"),
    [
        ("They raised 1.2 million euros.", 1_200_000, "EUR", None, None),
        ("It cost about $44.6 billion.", 44_600_000_000, "USD", None, "about"),
        ("The fund holds £66bn now.", 66_000_000_000, "GBP", None, None),
        ("Turnout fell to 45 percent.", 45, "%", None, None),
        ("The road is 180 kilometers long.", 180, "km", None, None),
        ("More than 250,000 people fled.", 250_000, None, "people", "more than"),
        ("Three conservative judges disagreed.", 3, None, "judges", None),
        ("Two Oldport councillors walked out.", 2, None, "councillors", None),
        ("Twelve fishermen were on board.", 12, None, "fishermen", None),
        ("A 91-page report followed.", 91, None, "page", None),
        ("The boat measures 30m.", 30, "m", None, None),
        ("Almost two-thirds of voters stayed home.", 0.667, None, "voters", "almost"),
        ("It feeds a quarter of a million pupils.", 250_000, None, "pupils", None),
        ("Each pole cost 4m/- last year.", 4_000_000, None, None, None),
        ("It was made for 20°F/-6 or so.", 20, "°F", None, None),
        ("Some 90 percent of DBS workers agreed.", 90, "%", "workers", "some"),
        ("Thousands of homes lost power.", None, None, "homes", None),
        ("The tanker spilled 4.1 million bbl. of crude.", 4_100_000, "barrel", None, None),
    ],
)
def test_quantities(
    text: str, value: float | None, unit: str | None, counted: str | None, modifier: str | None
) -> None:
    (found,) = read(text)
    assert (found.value, found.unit, found.counted, found.modifier) == (value, unit, counted, modifier)
    assert text[found.start_char : found.end_char] == found.text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The firm paid CHF12.5 million for the mill.", 12_500_000, "CHF"),
        ("The grant came to SEK 40 million.", 40_000_000, "SEK"),
        ("The loan of 3.2 billion PLN was signed.", 3_200_000_000, "PLN"),
        ("A bridge for R750 million was opened.", 750_000_000, "ZAR"),
        ("He was fined 900 rand.", 900, "ZAR"),
        ("The state set aside Rs 500 crore.", 5_000_000_000, "INR"),
        ("The ferry cost HK$5m.", 5_000_000, "HKD"),
        ("The ticket cost 4,500 won.", 4500, "KRW"),
    ],
)
def test_currencies(text: str, value: float, unit: str) -> None:
    assert [(one.value, one.unit) for one in read(text)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Methane stood at 1.9 ppm.", 1.9, "ppm"),
        ("The 110-kV cable was cut.", 110, "kV"),
        ("By noon it was 34C in the shade.", 34, "°C"),
        ("The link carries 20 Mbps.", 20, "Mbit/s"),
        ("The plant burnt 300 MWh.", 300, "MWh"),
        ("The plot has 3 sq km.", 3, "km2"),
        ("It was minus 8 degrees.", -8, "°"),
        ("It was −11°C in the valley.", -11, "°C"),
        ("The firm made -$20 million.", -20_000_000, "USD"),
        ("They sailed two and a half miles.", 2.5, "mile"),
        ("They dug out 3½ tonnes.", 3.5, "t"),
        ("The mine yields 45 000 tonnes.", 45_000, "t"),
    ],
)
def test_units_and_signs(text: str, value: float, unit: str) -> None:
    assert [(one.value, one.unit) for one in read(text)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The roof will cost $3.5-4 million.", [(3_500_000, "USD"), (4_000_000, "USD")]),
        ("The roof will cost €10 to 12 million.", [(10_000_000, "EUR"), (12_000_000, "EUR")]),
        ("A seat costs 25-30 euros.", [(25, "EUR"), (30, "EUR")]),
        ("Prices rose by 5 to 7 percent.", [(5, "%"), (7, "%")]),
        ("The ship anchors 25, 40 or 60 miles off.", [(25, "mile"), (40, "mile"), (60, "mile")]),
        ("It may take between two and three ships.", [(2, None), (3, None)]),
        ("It gave $5 to 20 pupils.", [(5, "USD"), (20, None)]),
        ("From 500 to 2 million birds pass.", [(500, None), (2_000_000, None)]),
        ("It waited 10 or 15 minutes.", []),
    ],
)
def test_of_a_range_both_ends_are_told(text: str, values: list[tuple[float, str | None]]) -> None:
    assert [(one.value, one.unit) for one in read(text)] == values


def test_the_noun_of_a_range_holds_for_both_ends() -> None:
    assert [one.counted for one in read("The report has ten to 32 pages.")] == ["pages", "pages"]


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("One in six pupils walks to school.", 0.16667, "pupils"),
        ("About three in ten farmers agreed.", 0.3, "farmers"),
        ("Seven out of every 100 boats leaked.", 0.07, "boats"),
    ],
)
def test_shares(text: str, value: float, counted: str) -> None:
    assert [(one.value, one.counted) for one in read(text)] == [(value, counted)]


def test_some_in_several_are_two_counts() -> None:
    assert [one.value for one in read("The gang killed two in five attacks.")] == [2, 5]


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("The plant made 3.4m phones.", 3_400_000, "phones"),
        ("Some 2m people came.", 2_000_000, "people"),
        ("She won the 400m hurdles.", 400, "hurdles"),
    ],
)
def test_m_is_a_million_before_a_plural(text: str, value: float, counted: str) -> None:
    assert [(one.value, one.counted) for one in read(text)] == [(value, counted)]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("One witness spoke.", "witness"),
        ("She heard one former mayor of Oldport.", "mayor"),
        ("In one newspaper interview, he wept.", "interview"),
    ],
)
def test_one_thing(text: str, counted: str) -> None:
    assert [(one.value, one.counted) for one in read(text)] == [(1, counted)]


@pytest.mark.parametrize(
    "text",
    [
        "One of them left.",
        "No one saw it.",
        "One can't say.",
        "Another one came.",
        "They spoke to one another.",
        "It was a one-on-one talk.",
        "The Formula One driver left.",
    ],
)
def test_one_as_a_pronoun(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The blast killed 12 and wounded 48.", [12, 48]),
        ("She is a mother of four.", [4]),
        ("The toll rose to 10 on Saturday.", [10]),
        ("Seats grew from 9 to 10.", [9, 10]),
        ("The bloc holds 35 of the 50 seats.", [35, 50]),
        ("Five of the eight fishermen left.", [5, 8]),
        ("He held more rallies (five) than talks (four).", [5, 4]),
        ("Growth was zero.", [0]),
    ],
)
def test_numbers_without_a_noun(text: str, values: list[float]) -> None:
    assert [one.value for one in read(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, 61, left.",
        "The 34-year-old left.",
        "She was 15.",
        "Boys aged 14 to 17 left.",
        "It opened in 1998.",
        "They won 3-1.",
        "The 14th man left.",
        "Article 5 applies.",
        "Flight 370 vanished.",
        "It was a 0.50 calibre gun.",
        "The Three Rivers Council met.",
        "A squall or two may follow.",
        "A zero tolerance policy applies.",
        "The problem is two-fold.",
        "He sold his iPhone 5C.",
        "They met on the R62.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == ()
