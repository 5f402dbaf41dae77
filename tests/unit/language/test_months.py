"""Months by name, in the language of what they stand in."""

import pytest

from etl.language import word_lists
from etl.language.months import month_number


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


def test_each_language_has_twelve_months_and_no_name_for_two() -> None:
    for line in word_lists.lines("months"):
        language, *months = line.split()
        assert [month_number(name.split("|")[0], language) for name in months] == list(range(1, 13)), language
        names = "|".join(months).split("|")
        assert len(names) == len(set(names)), language
    assert not any(line.startswith("en ") for line in word_lists.lines("months"))
    assert sorted({int(number) for number in word_lists.table("months").values()}) == list(range(1, 13))
