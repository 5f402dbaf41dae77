"""Who signs an article."""

import pytest

from etl.normalize.fields.authors import choose, page_authors
from etl.normalize.fields.byline_names import declared_names, is_person, names_in
from etl.normalize.fields.printed_byline import printed_bylines
from etl.normalize.fields.printed_dates import Extent
from etl.normalize.page.page import parse_page

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
        ("By Solveig Marn, Home and Harbour Safety Expert", ["Solveig Marn"]),
        ("By Solveig Marn Lead Writer", ["Solveig Marn"]),
        ("By Staff Writer Joar Lien", ["Joar Lien"]),
        ("Dr. Solveig Marn, MD, and Joar Lien, PhD", ["Solveig Marn", "Joar Lien"]),
        ("Posted by harbourmaster on Friday 12 September 2023 @08:00", ["harbourmaster"]),
        ("von Katrin Boysen, NFR SÜDSTADT, in Lüdenhagen", ["Katrin Boysen", "NFR SÜDSTADT"]),
        ("By Solveig Marn in Fennmouth, Zürich", ["Solveig Marn"]),
        ("ByJoar Lien", ["Joar Lien"]),
        ("This post was written by Runa Eide, MD.", ["Runa Eide"]),
        ("By Solveig Marn. Reviewed by Joar Lien", ["Solveig Marn"]),
        ("Solveig Marn1, Runa Eide2", ["Solveig Marn", "Runa Eide"]),
        ("Solveig Marn Solveig Marn", ["Solveig Marn"]),
        ("By Dame Solveig Marn MBE", ["Solveig Marn"]),
        ("Przez Solveig Marn", ["Solveig Marn"]),
    ],
)
def test_names_of_a_byline(byline: str, names: list[str]) -> None:
    assert names_in(byline) == names


@pytest.mark.parametrize(
    "name",
    [
        "Newsroom",
        "Reuters",
        "Fennmouth Post",
        "Editorial Board",
        "admin",
        "Redaktion",
        "www.example.com",
        "NFR SÜDSTADT",
        "Learning Network for Gardens",
        "harbour_master",
    ],
)
def test_desks_agencies_and_sites_are_no_people(name: str) -> None:
    assert not is_person(name, SITE)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Center for Harbour Research and Safety", ["Center for Harbour Research and Safety"]),
        ("Marn & Lien", ["Marn & Lien"]),
        ("Solveig Marn and Joar Lien", ["Solveig Marn", "Joar Lien"]),
        ("Harbour Travel Expert", ["Harbour Travel Expert"]),
        ("12 minutes", []),
    ],
)
def test_what_metadata_declares_as_one_is_kept_whole(value: str, names: list[str]) -> None:
    assert declared_names(value) == names


def signed(html: str) -> tuple[str, ...]:
    page = parse_page(html)
    assert page is not None
    found = choose(page_authors(page, SITE), [], SITE)
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


def test_an_account_signs_where_nobody_else_does() -> None:
    assert signed('<meta name="author" content="harbourmaster7">') == ("harbourmaster7",)


def test_signatures_among_comments_are_not_the_articles() -> None:
    html = """<div class="post"><h1>Ferry aground</h1><span class="byline">By Solveig Marn</span></div>
    <ol class="comment-list"><li class="byline author">Per Holm</li></ol>"""
    assert signed(html) == ("Solveig Marn",)


def test_a_signature_near_the_headline_is_surer_than_one_elsewhere() -> None:
    page = parse_page("""<h1>Ferry aground</h1><p><a rel="author" href="/marn">Solveig Marn</a></p>
    <p>The ferry ran aground in thick fog.</p>""")
    assert page is not None
    near = page_authors(page, SITE, near="Ferry aground Solveig Marn")[0]
    far = page_authors(page, SITE, near="Ferry aground")[0]
    assert near.names == far.names == ("Solveig Marn",)
    assert near.confidence > far.confidence


def test_a_profiles_address_spells_its_authors_name() -> None:
    profile = '<meta property="article:author" content="https://fennmouthpost.example/people/solveig-marn">'
    assert signed(profile) == ("Solveig Marn",)
    assert signed(profile.replace("fennmouthpost.example", "facebook.com")) == ()


@pytest.mark.parametrize(
    "html",
    [
        '<span class="block-story-hero__author">Solveig Marn</span>',
        '<h4 class="about-author-box__name">Solveig Marn</h4>',
        '<div class="publish-date-author">12 September 2023 · Solveig Marn</div>',
        '<p>by</p><p><a href="/articles/authors/solveig-marn">Solveig Marn</a></p>',
        '<a class="author-link" href="/authors/marn">Articles by Solveig</a><a href="/authors/marn">Solveig Marn</a>',
        """<figure class="testimonial"><figcaption class="testimonial__author">Per Holm</figcaption></figure>
        <span class="story__author">Solveig Marn</span>""",
    ],
)
def test_classes_and_addresses_that_name_the_author(html: str) -> None:
    assert signed(html) == ("Solveig Marn",)


def test_a_name_is_rid_of_what_sticks_to_it() -> None:
    html = """<div class="byline"><b class="author-name">Solveig Marn</b>Lighthouse Keeper</div>"""
    assert signed(html) == ("Solveig Marn",)


FERRY = "The ferry ran aground in thick fog."


def printed(*lines: str) -> list[tuple[str, ...]]:
    last = len(lines) - 1
    return [found.names for found in printed_bylines(lines, Extent(0, last, last))]


@pytest.mark.parametrize(
    "lines",
    [
        ("Ferry runs aground", "By", "Solveig Marn", "12 September 2023", FERRY),
        ("Ferry runs aground", "12 September 2023 · 3 min read · By Solveig Marn", FERRY),
        ("Ferry runs aground", "12 September 2023 by Solveig Marn, Member of the Harbour Board", FERRY),
        ("Ferry runs aground", "Solveig Marn", "12 September 2023", FERRY),
    ],
)
def test_the_byline_that_a_page_prints(lines: tuple[str, ...]) -> None:
    assert printed(*lines)[0] == ("Solveig Marn",)


@pytest.mark.parametrize(
    "lines",
    [
        ("Ferry runs aground", "Harbour Safety", "12 September 2023", "Fog made the harbour unsafe."),
        ("Ferry runs aground", "Last Modified", "12 September 2023", FERRY),
        ("Ferry runs aground", "Reviewed by Joar Lien", "12 September 2023", FERRY),
    ],
)
def test_what_stands_by_the_date_but_signs_not(lines: tuple[str, ...]) -> None:
    assert printed(*lines) == []
