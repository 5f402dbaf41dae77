"""What holds for any text and any company."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.annotate import annotate
from etl.records import Annotations, Article, join_pieces

WORDS = st.sampled_from(
    (
        "“ ” ‘ ’ \" ' « » `` '' , . : — é e\u0301 👩\u200d👧 İ ﬁ \u200b \u202e 中文 "
        "said told who he she denied Reuters U.S. 45% $3bn n\u0303o \ufeff \u200f עברית العربية ½ ٣ \u0301 we I that"
    ).split()
    + [
        "\n",
        "\n\n",
        "\x00",
        "the minister",
        "Ann Lee",
        "Dr. Bo Smith",
        "on Monday",
        "last year",
        "three days ago",
    ]
    + [
        "1.2 million euros",
        "according to",
        "that we will win",
        "has not said",
        "\r",
        "\r\n",
        "\u2028",
        "\xa0",
        "\t",
    ]
    + [
        "a year earlier",
        "the latest quarter",
        "the following month",
        "that day",
        "Thanksgiving",
        "nineteen ninety-six",
    ]
    + [
        "was quoted by",
        "citing",
        "A spokesman for",
        "Minister of Labour Ann Lee",
        "in a statement",
        "\ud800",
        "’s chief, ",
    ]
)
GLUED = st.sampled_from(
    ("A", "Ann", "AJ", "0", "-", "’", ".", "O’", "Lee", "UN", " ", "Jean", "al", "3", "$", "%")
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(GLUED, max_size=20).map("".join),
)


def check(text: str, found: Annotations) -> None:
    for many in (found.mentions, found.times, found.quantities):
        spans = [(one.start_char, one.end_char) for one in many]
        assert spans == sorted(spans)
        assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(text[one.start_char : one.end_char] == one.text for one in many)
    keys = {mention.entity_key for mention in found.mentions}
    for claim in found.claims:
        assert claim.text == join_pieces(text, claim.pieces)
        spans = [*claim.pieces, *claim.cue, *([claim.source] if claim.source else [])]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in zip(claim.pieces, claim.pieces[1:], strict=False))
        assert {claim.speaker_key, claim.reported_by_key} <= keys | {None}
        assert 0 <= claim.confidence <= 1
        is_known = claim.speaker_key is not None or claim.speaker_description is not None
        assert is_known == (claim.speaker_from is not None) == (claim.speaker_confidence is not None)
        assert 0 <= (claim.speaker_confidence or 0) <= 1


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([None, date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]))
@example("A0-AJ", None)
def test_spans_spell_any_text(text: str, published_on: date | None) -> None:
    check(text, annotate([Article.from_text(text, published_on)])[0])


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_company_changes_nothing(texts: list[str]) -> None:
    articles = [Article.from_text(text, date(2024, 2, 29)) for text in texts]
    together = annotate(articles)
    assert together == [annotate([article])[0] for article in articles]
    assert together == annotate(articles[::-1])[::-1]


def test_only_english_is_read() -> None:
    article = Article(text="Der Minister sagte, es werde regnen.", language="de")
    assert annotate([article]) == [Annotations(unannotated="language:de")]


def test_a_long_article_reads_like_its_parts() -> None:
    part = (
        "“The bridge is safe,” engineer Helen Marsh said on Friday.\n\n" + "The works went on. " * 40 + "\n\n"
    )
    text = part * 6
    found = annotate([Article.from_text(text, date(2024, 3, 9))])[0]
    check(text, found)
    assert len([claim for claim in found.claims if claim.kind == "direct"]) == 6
