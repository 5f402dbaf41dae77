import pytest

from etl.annotate.text.numbers import parse


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", 25),
        ("two hundred and six", 206),
        ("1,340", 1340),
        ("1,97,666", 197_666),
        ("816 000", 816_000),
        ("3.5", 3.5),
        ("2½", 2.5),
        ("2 1/2", 2.5),
        ("one and one-half", 1.5),
        ("three and a quarter", 3.25),
        ("horse", None),
    ],
)
def test_numbers(words: str, value: float | None) -> None:
    assert parse(words) == value
