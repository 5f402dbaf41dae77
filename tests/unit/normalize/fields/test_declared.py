"""What a table tells of its pages stands among the evidence and wins where the page is silent."""

from __future__ import annotations

from datetime import UTC, date, datetime

from etl.normalize import normalize
from etl.records import Article, RawPage

PARAGRAPHS = [
    "The town of Brannoch will lose its last ferry in the autumn, the council decided on Monday evening.",
    "Islanders had asked for a smaller boat, but the operator said that no such boat could be had before spring.",
    "“We shall be cut off from the hospital every stormy day,” said Moira Tennant, who runs the island's shop.",
    "The council said that it would pay for a helicopter on days when the sea is too rough for fishing boats.",
]
DECLARED = {
    "headline": "Brannoch loses its last ferry",
    "authors": "Iain Sorley; Dana Whitcombe",
    "published": "2024-06-10",
}
CAPTURED = datetime(2024, 6, 20, tzinfo=UTC)


def read(body: str, media_type: str, **declared: str) -> Article:
    page = RawPage("file:///t.csv", "1", body.encode(), media_type, None, CAPTURED, declared=declared)
    article = normalize(page)
    assert isinstance(article, Article)
    return article


def test_a_dump_has_its_headline_day_and_authors_from_the_table_and_keeps_its_first_sentence() -> None:
    article = read("\n".join(PARAGRAPHS), "text/plain", **DECLARED)
    assert article.headline == "Brannoch loses its last ferry"
    assert article.published_on == date(2024, 6, 10)
    assert article.published_from == "table"
    assert article.authors == ("Iain Sorley", "Dana Whitcombe")
    assert article.text == "\n\n".join(PARAGRAPHS)
    chosen = {(one.field, one.origin) for one in article.evidence if one.is_chosen}
    assert chosen == {("headline", "table"), ("published_on", "table"), ("authors", "table")}


def test_a_page_s_own_markup_counts_more_than_its_table() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    head = (
        '<html lang="en"><head><title>Ferry to Brannoch ends in autumn</title>'
        '<meta property="og:title" content="Ferry to Brannoch ends in autumn">'
        '<meta property="article:published_time" content="2024-06-11T08:00:00Z"><meta name="author" content="Ada Finn">'
        "</head><body><article><h1>Ferry to Brannoch ends in autumn</h1>"
    )
    article = read(head + body, "text/html", **DECLARED)
    assert article.headline == "Ferry to Brannoch ends in autumn"
    assert article.published_on == date(2024, 6, 11)
    assert article.authors == ("Ada Finn",)
    told = {one.field: one.value for one in article.evidence if one.origin == "table"}
    assert told == {
        "headline": "Brannoch loses its last ferry",
        "published_on": "2024-06-10",
        "authors": "Iain Sorley; Dana Whitcombe",
    }


def test_a_table_that_says_the_same_makes_a_page_surer() -> None:
    body = "<h1>Brannoch loses its last ferry</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    alone = read(body, "text/html")
    told = read(body, "text/html", **DECLARED)
    assert alone.headline == told.headline == "Brannoch loses its last ferry"
    sure = [
        max(one.confidence for one in article.evidence if one.field == "headline")
        for article in (alone, told)
    ]
    assert sure[0] < sure[1] < 1


def test_nothing_and_nonsense_in_a_table_change_nothing() -> None:
    alone = read("\n".join(PARAGRAPHS), "text/plain")
    told = read("\n".join(PARAGRAPHS), "text/plain", headline="  ", authors="|;", published="soon", other="x")
    assert told == alone
