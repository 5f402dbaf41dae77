import pytest

from etl.annotate.quantities import find_quantities
from etl.annotate.text.numbers import parse
from etl.annotate.times.find import find_times


@pytest.mark.parametrize(
    ("words", "value"),
    [("twenty-five", 25), ("two hundred and six", 206), ("1,340", 1340), ("3.5", 3.5), ("horse", None)],
)
def test_numbers(words: str, value: float | None) -> None:
    assert parse(words) == value


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
        ("A 91-page report followed.", 91, None, "page", None),
        ("The boat measures 30m.", 30, "m", None, None),
        ("Almost two-thirds of voters stayed home.", 0.667, None, "voters", "almost"),
        ("Each pole cost 4m/- last year.", 4_000_000, None, None, None),
        ("It was made for 20°F/-6 or so.", 20, "°F", None, None),
        ("Some 90 percent of DBS workers agreed.", 90, "%", "workers", "some"),
        ("Thousands of homes lost power.", None, None, "homes", None),
    ],
)
def test_quantities(
    text: str, value: float | None, unit: str | None, counted: str | None, modifier: str | None
) -> None:
    (found,) = find_quantities(text, ())
    assert (found.value, found.unit, found.counted, found.modifier) == (value, unit, counted, modifier)
    assert text[found.start_char : found.end_char] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, 61, left.",
        "The 34-year-old left.",
        "It opened in 1998.",
        "They won 3-1.",
        "The 14th man left.",
        "Article 5 applies.",
        "One of them left.",
        "Flight 370 vanished.",
        "It was a 0.50 calibre gun.",
        "The Three Rivers Council met.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert find_quantities(text, find_times(text, None)) == ()
