"""The lines of text dumps and of markup."""

from etl.normalize import normalize
from etl.normalize.body.lines import read_lines
from etl.normalize.body.markup import read_markup
from etl.normalize.page.page import parse_page
from etl.records import RawPage, Rejection


def test_wrapped_paragraphs_are_joined_and_bullets_taken_off() -> None:
    text = (
        "The ferry company will cut a third of its winter\n"
        "crossings to the outer islands from November, said\n"
        "its director.\n\n  * Nine departures go\n  * Pupils leave at five\n"
    )
    lines = read_lines(text)
    assert [line.text for line in lines] == [
        "The ferry company will cut a third of its winter crossings to the outer islands from November, said its director.",
        "Nine departures go",
        "Pupils leave at five",
    ]
    assert [line.is_bullet for line in lines] == [False, True, True]


def marked(html: str) -> list[tuple[str, str]]:
    page = parse_page(html)
    assert page is not None
    return [(line.tag, line.text) for line in read_markup(page.tree)]


def test_inline_markup_parts_no_words_and_double_breaks_part_paragraphs() -> None:
    html = "<div>A <b>bo</b>ld <a href='/x'>link</a>.<br><br>Another<br>line<p>Third</p>tail</div>"
    assert marked(html) == [("div", "A bold link."), ("div", "Another line"), ("p", "Third"), ("div", "tail")]


def test_scripts_and_fields_are_no_text() -> None:
    assert marked("<script>x</script><button>Menu</button><select><option>a</select><p>Text</p>") == [
        ("p", "Text")
    ]


def test_the_same_page_is_read_the_same_way_twice() -> None:
    html = (
        "<article><h1>Ferry aground</h1>" + "<p>The ferry ran aground in thick fog, the police said.</p>" * 3
    )
    page = RawPage("x", "0", html.encode(), "text/html")
    assert normalize(page) == normalize(page)


def test_a_table_of_two_hundred_thousand_rows_is_no_article() -> None:
    rows = "<tr><td>cell</td><td>12,5</td></tr>" * 200_000
    found = normalize(RawPage("x", "0", f"<table>{rows}</table>".encode(), "text/html"))
    assert isinstance(found, Rejection)
