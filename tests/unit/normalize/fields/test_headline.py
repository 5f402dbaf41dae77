"""The vote over what a page calls its headline."""

import pytest

from etl.normalize.fields.headline import page_headlines, without_site
from etl.normalize.page.page import parse_page

SITE = ("Fennmouth Post", "fennmouthpost.example", "fennmouthpost")


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry aground off Little Skar | Fennmouth Post", "Ferry aground off Little Skar"),
        ("Fennmouth Post - Ferry aground off Little Skar", "Ferry aground off Little Skar"),
        ("Ferry aground off Little Skar - Islands - Fennmouth Post", "Ferry aground off Little Skar"),
        (
            "Ferry aground – what we know so far about the rescue",
            "Ferry aground – what we know so far about the rescue",
        ),
        ("Ferry aground", "Ferry aground"),
    ],
)
def test_the_sites_name_is_no_part_of_a_title(title: str, headline: str) -> None:
    assert without_site(title, SITE) == headline


def headlines(html: str, url: str | None = None) -> list[str]:
    page = parse_page(html, url)
    assert page is not None
    return [candidate.value for candidate in page_headlines(page, SITE)]


def test_what_is_said_several_times_wins_over_a_slogan() -> None:
    html = """<title>Ferry aground off Little Skar | Fennmouth Post</title>
    <meta property="og:title" content="Ferry aground off Little Skar">
    <h1>News of the islands</h1><h1>Ferry aground off Little Skar</h1>"""
    assert headlines(html)[0] == "Ferry aground off Little Skar"


def test_the_only_h1_wins_over_a_title_written_for_search() -> None:
    html = """<title>Ferry accident: all we know | Fennmouth Post</title>
    <h1>Ferry runs aground off Little Skar in thick fog</h1>"""
    assert headlines(html)[0] == "Ferry runs aground off Little Skar in thick fog"


def test_an_h1_that_is_the_sites_name_is_no_candidate() -> None:
    assert headlines("<h1>Fennmouth Post</h1><title>Ferry aground off Little Skar</title>") == [
        "Ferry aground off Little Skar"
    ]


def test_an_h1_in_the_breadcrumbs_loses_to_what_is_shared() -> None:
    html = """<title>Ferry Little Skar: accident in the fog | Fennmouth Post</title>
    <meta property="og:title" content="Sixty passengers, one torch and a very long night">
    <ul class="breadcrumbs"><li>Islands</li><li><h1>Ferry Little Skar: accident in the fog</h1></li></ul>"""
    assert headlines(html)[0] == "Sixty passengers, one torch and a very long night"


def test_an_h1_named_a_headline_wins_over_a_search_title_said_twice() -> None:
    html = """<title>Fog at sea: 7 safety tips | Fennmouth Post</title>
    <meta property="og:title" content="Fog at sea: 7 safety tips">
    <h1 class="article-headline">What a skipper does when the fog comes down</h1>"""
    assert headlines(html)[0] == "What a skipper does when the fog comes down"


def test_the_address_decides_between_an_h1_and_the_shared_title() -> None:
    html = """<title>How to tie a bowline | Fennmouth Post</title>
    <meta property="og:title" content="How to tie a bowline"><h1>Join our sailing school today</h1>"""
    assert headlines(html, "https://fennmouthpost.example/guides/how-to-tie-a-bowline")[0] == (
        "How to tie a bowline"
    )


def test_each_source_is_a_candidate_and_one_wording_has_one_confidence() -> None:
    page = parse_page("""<title>Ferry aground off Little Skar | Fennmouth Post</title>
    <meta property="og:title" content="Ferry Aground off Little Skar"><h1>Thick fog</h1>""")
    assert page is not None
    found = {candidate.origin: candidate for candidate in page_headlines(page, SITE)}
    assert set(found) == {"h1:only", "meta:og:title", "title"}
    assert found["title"].confidence == found["meta:og:title"].confidence
    assert found["title"].confidence + found["h1:only"].confidence < 1


def test_an_h1_beside_the_article_loses_to_the_shared_title() -> None:
    html = """<title>Ferry aground off Little Skar | Fennmouth Post</title>
    <meta property="og:title" content="Ferry aground off Little Skar"><p>The ferry ran aground in thick fog.</p>
    <aside><h1>The letters of the week from all islands</h1></aside>"""
    assert headlines(html)[0] == "Ferry aground off Little Skar"


def test_a_title_that_a_bar_joins_loses_to_the_h1_alone() -> None:
    html = """<title>Ferry aground off Little Skar | Rescue at dawn | Fennmouth Post</title>
    <meta property="og:title" content="Ferry aground off Little Skar | Rescue at dawn">
    <h1>Ferry aground off Little Skar</h1>"""
    assert headlines(html)[0] == "Ferry aground off Little Skar"
