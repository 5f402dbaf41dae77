"""The vote over what a page calls its headline."""

import pytest

from etl.normalize.headline import page_headlines, without_site
from etl.normalize.page import parse_page

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


def headlines(html: str) -> list[str]:
    page = parse_page(html)
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
