"""Pages made, or broken, so that a reader stalls on them; and JSON-LD wrapped as old templates wrap it."""

import pytest

from etl.normalize import normalize
from etl.normalize.page.page import parse_page
from etl.records import Article, RawPage

STORY = "The ferry ran aground in thick fog on Monday, the police said, and nobody on board was hurt. "
MARKED = "<h1>Ferry aground</h1>" + "".join(
    f"<p>{STORY} Crossing {number} fell out.</p>" for number in range(9)
)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "page",
    [
        f"<script type='application/ld+json'>{' ' * 1_000_000}{{}} x</script>{MARKED}",
        f"<meta name='author' content='{'in a ' * 100_000}1'>{MARKED}",
        f"{MARKED}<p>photo {'|' * 500_000} x</p>",
        f"{MARKED}<p>© {'(' * 500_000}</p>",
        MARKED + "<div>Next</div>" * 20_000 + "<div class='caption'>Fog</div>" * 20_000,
        f"{MARKED}<table>{'<tr><td>Monday<td>12 crossings' * 100_000}</table>",
        f"{MARKED}<p>{STORY * 20_000}</p>",
        MARKED + "".join(f"<a href='/{number}'>Crossing {number}</a> " for number in range(50_000)),
    ],
    ids=["json", "author", "caption", "brackets", "siblings", "table", "paragraph", "links"],
)
def test_markup_that_invites_to_stall_is_read_in_seconds(page: str) -> None:
    assert isinstance(normalize(RawPage("x", "0", page.encode(), "text/html")), Article)


@pytest.mark.timeout(20)
def test_wrapped_lines_without_end_are_joined_in_seconds() -> None:
    line = "The ferry ran aground in thick fog on Monday, the police said, and nobody aboard was hurt in it\n"
    assert isinstance(normalize(RawPage("x", "0", line.encode() * 50_000, "text/plain")), Article)


@pytest.mark.parametrize(
    "json",
    [
        "<!-- {} -->",
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/{}// ]]>;",
        "<![CDATA[ {} ]]>",
        "{};",
    ],
)
def test_wrapped_json_is_read(json: str) -> None:
    script = json.replace("{}", '{"@type": "NewsArticle", "headline": "Ferry aground"}')
    page = parse_page(f"<script type='application/ld+json'>{script}</script><p>{STORY}</p>")
    assert page is not None
    assert page.article["headline"] == "Ferry aground"
