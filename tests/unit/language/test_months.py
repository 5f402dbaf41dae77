"""Months by name, in the language of what they stand in."""

import pytest

from etl.language.months import month_number, months_of


@pytest.mark.parametrize(
    ("name", "language", "number"),
    [
        ("September", "en", 9),
        ("SEPT", "en", 9),
        ("März", "de", 3),
        ("août", "fr", 8),
        ("EKİM", "tr", 10),
        ("січня", "uk", 1),
        ("februāri", "lv", 2),
        ("listopad", "hr", 10),
        ("listopad", "pl", 11),
        ("janvier", "en", 1),  # a foreign month on an English page
        ("mai", None, 5),
    ],
)
def test_months_are_known_by_name(name: str, language: str | None, number: int) -> None:
    assert month_number(name, language) == number


@pytest.mark.parametrize(("name", "language"), [("listopad", None), ("harbour", "en"), ("", "en")])
def test_what_names_no_month_or_two_is_not_read(name: str, language: str | None) -> None:
    assert month_number(name, language) is None


def test_the_months_of_one_language() -> None:
    assert set(months_of("en").values()) == set(range(1, 13))
    assert months_of("en")["sept"] == 9
    assert "janvier" not in months_of("en")
    assert not months_of("xx")
