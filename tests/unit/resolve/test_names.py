"""Names across spellings: what is one person is found, what is another is kept apart."""

from __future__ import annotations

import pytest

from etl.language.honorifics import without_titles
from etl.resolve import name_score
from etl.resolve.names import name_key

SAME = [
    ("María Zajarova", "Maria Zakharova"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Dmitri Peskov", "Dmitry Peskov"),
    ("Sergei Lavrov", "Sergey Lavrov"),
    ("Mahmoud Abbas", "Mahmud Abbas"),
    ("President Emmanuel Macron", "Emmanuel Macron"),
    ("Joseph Stiglitz’s", "Joseph Stiglitz"),
    ("Łukasz Nowak", "Lukasz Nowak"),
    ("Anna Maria Rossi", "Anna Rossi"),
]
DIFFERENT = [
    ("George W. Bush", "George H. W. Bush"),
    ("Bill Clinton", "Hillary Clinton"),
    ("Kim Jong Un", "Kim Yo Jong"),
    ("Xi Jinping", "Xi Mingze"),
    ("Clinton", "Hillary Clinton"),
    ("John Smith", "Jane Smith"),
    ("Angela Merkel", "Angela Rayner"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_person_are_one(left: str, right: str) -> None:
    assert name_score(left, right) >= 0.5
    assert name_score(right, left) == name_score(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_two_persons_stay_two(left: str, right: str) -> None:
    assert name_score(left, right) < 0.5
    assert name_score(right, left) < 0.5
    assert name_key(left) != name_key(right)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Kiev", "Kyiv", "place"),
        ("Siemens AG", "Siemens", "organisation"),
        ("U.S.", "US", "place"),
        ("FBI", "Federal Bureau of Investigation", "organisation"),
        ("NATO", "North Atlantic Treaty Organisation", "organisation"),
        ("Toyota Motor Corp.", "Toyota Motor Corporation", "organisation"),
        ("The Harbour Trust", "Harbour Trust", "organisation"),
    ],
)
def test_places_and_organisations_have_their_aliases(left: str, right: str, kind: str) -> None:
    assert name_key(left, kind) == name_key(right, kind)
    assert name_score(left, right, kind) == 1.0


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Royal Calder Company", "Royal Calder", "organisation"),
        ("Justice Department", "Department", "organisation"),
        ("General Dynamics", "Dynamics", "organisation"),
        ("AP", "Associated Press", "place"),
        ("Stephen King", "Stephen", "person"),
    ],
)
def test_what_only_looks_like_a_title_or_a_form_stays(left: str, right: str, kind: str) -> None:
    assert name_key(left, kind) != name_key(right, kind)


def test_a_name_of_titles_only_keeps_them() -> None:
    assert without_titles("Mr President") == "mr president"
    assert name_score("", "Joe Biden") == 0.0
