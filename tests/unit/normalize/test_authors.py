"""Who signs an article."""

import pytest

from etl.normalize.authors import choose, is_person, names_in, page_authors
from etl.normalize.page import parse_page
from etl.normalize.printed_byline import printed_byline
from etl.normalize.printed_dates import Place

SITE = ("Fennmouth Post",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Solveig Marn and Joar Lien", ["Solveig Marn", "Joar Lien"]),
        ("Von Katrin Boysen und Joachim Lüdke", ["Katrin Boysen", "Joachim Lüdke"]),
        ("Par Hélène Dufour, Marc Aubin et Léa Petit", ["Hélène Dufour", "Marc Aubin", "Léa Petit"]),
        ("Por Inés Duarte", ["Inés Duarte"]),
        ("di Paolo Ferri", ["Paolo Ferri"]),
        ("By SOLVEIG MARN, Chief Reporter", ["Solveig Marn"]),
        ("Solveig Marn | Published 12 September 2023", ["Solveig Marn"]),
        ("Author: Runa Eide (marn@fennmouthpost.example)", ["Runa Eide"]),
    ],
)
def test_names_of_a_byline(byline: str, names: list[str]) -> None:
    assert names_in(byline) == names


@pytest.mark.parametrize(
    "name",
    ["Newsroom", "Reuters", "Fennmouth Post", "Editorial Board", "admin", "Redaktion", "www.example.com"],
)
def test_desks_agencies_and_sites_are_no_people(name: str) -> None:
    assert not is_person(name, SITE)


def signed(html: str) -> tuple[str, ...]:
    page = parse_page(html)
    assert page is not None
    found = choose(page_authors(page, SITE), None, SITE)
    return found[0].names if found else ()


def test_people_win_over_the_desk_that_json_ld_names() -> None:
    html = """<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Fennmouth Post"}}</script>
    <p class="byline">By <a rel="author" href="/marn">Solveig Marn</a></p>"""
    assert signed(html) == ("Solveig Marn",)


def test_an_author_may_be_named_elsewhere_in_the_graph() -> None:
    html = """<script type="application/ld+json">{"@graph": [
    {"@type": "NewsArticle", "headline": "x", "author": {"@id": "#p1"}},
    {"@type": "Person", "@id": "#p1", "name": "Joar Lien"}]}</script>"""
    assert signed(html) == ("Joar Lien",)


def test_an_agency_signs_where_nobody_else_does() -> None:
    assert signed('<meta name="author" content="Reuters">') == ("Reuters",)
    assert signed('<meta name="author" content="admin">') == ()


def test_the_byline_that_a_page_prints() -> None:
    lines = [
        "Ferry runs aground",
        "By",
        "Solveig Marn",
        "12 September 2023",
        "The ferry ran aground in thick fog.",
    ]
    found = printed_byline(lines, Place(0, 4, 4))
    assert found is not None
    assert found.names == ("Solveig Marn",)


def test_a_name_beside_the_date_signs() -> None:
    lines = ["Ferry runs aground", "Solveig Marn", "12 September 2023", "The ferry ran aground in thick fog."]
    found = printed_byline(lines, Place(0, 3, 3))
    assert found is not None
    assert found.names == ("Solveig Marn",)
