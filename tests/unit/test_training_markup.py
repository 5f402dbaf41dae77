"""Our own annotated articles parse, their spans spell their words, and their claims are whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from training.encoder.markup import KINDS, STANCES, MarkupError, kind_of, parse_article, read_articles

HEADER = "title: Rain\ndate: 2024-03-05\ngenre: weather\n\n"
ARTICLES = list(read_articles())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: str(one["id"]))
def test_articles_are_whole(article: dict[str, Any]) -> None:
    text = article["text"]
    date.fromisoformat(article["published"])
    assert article["genre"]
    assert "  " not in text
    assert len(text.split()) >= 120
    pieces = [
        p for entity in [*article["entities"], {"mentions": article["others"]}] for p in entity["mentions"]
    ]
    for claim in article["claims"]:
        assert len(claim["source"]) <= 1
        assert len(claim["cue"]) <= 2
        assert claim["stance"] in STANCES.values()
        assert claim["kind"] in {"direct", "mixed", "indirect"}
        assert claim["speaker"] is None or claim["speaker"] in {one["id"] for one in article["entities"]}
        for day in (claim["said_on"] or "").split("/"):
            assert not day or date.fromisoformat(day) <= date.fromisoformat(article["published"])
        pieces += claim["content"] + claim["cue"] + claim["source"]
    for piece in pieces:
        assert text[piece["start"] : piece["end"]] == piece["text"] == piece["text"].strip()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: str(one["id"]))
def test_names_are_marked_wherever_they_stand(article: dict[str, Any]) -> None:
    mentions = [p for one in article["entities"] for p in one["mentions"]] + article["others"]
    covered = {i for p in mentions for i in range(p["start"], p["end"])}
    names = {p["text"] for one in article["entities"] for p in one["mentions"]}
    for name in names:
        at = article["text"].find(name)
        while at >= 0:
            end = at + len(name)
            around = article["text"][at - 1 : at] + article["text"][end : end + 1]
            if not any(c.isalnum() or c in "-_#@" for c in around):
                assert at in covered, f"{name!r} at {at} is not marked"
            at = article["text"].find(name, end)


def test_every_kind_and_stance_is_there() -> None:
    claims = [claim for article in ARTICLES for claim in article["claims"]]
    assert {claim["stance"] for claim in claims} == set(STANCES.values())
    assert {claim["kind"] for claim in claims} == {"direct", "mixed", "indirect"}
    assert {one["kind"] for a in ARTICLES for one in a["entities"]} == set(KINDS.values()) - {"other"}


def test_a_claim_takes_its_parts_from_its_tags() -> None:
    article = parse_article(
        "rain",
        HEADER
        + "[s1 {p Ana Ruiz|mayor}] [c1^Reuters@03-04 told] {o Reuters} on Monday that [1d no “dam \\[had\\]” failed].",
    )
    claim = article["claims"][0]
    assert article["text"] == "Ana Ruiz told Reuters on Monday that no “dam [had]” failed."
    assert claim["content"] == [{"text": "no “dam [had]” failed", "start": 37, "end": 58}]
    assert (claim["kind"], claim["stance"], claim["said_on"]) == ("mixed", "denial", "2024-03-04")
    assert (claim["speaker"], claim["speaker_role"], claim["reported_by"]) == ("e1", "mayor", "e2")


def test_speakers_go_on_past_claims_inside_claims() -> None:
    article = parse_article(
        "rain",
        HEADER
        + "[1 “Rain, [s2 {p Li Wei}] [c2 says]: [2 ‘More rain.’]”] [c1 said] [s1 {p Ana Ruiz}]. [3 “Bad.”] [c4 Added] "
        "[s4 she]: [4 “Worse.”] [5 It was wet], [c5 said] [s5 neighbours].",
    )
    assert [one["speaker"] for one in article["claims"]] == ["e2", "e1", "e2", "e2", None]
    assert [one["reported_by"] for one in article["claims"]] == [None, "e2", None, None, None]
    assert article["claims"][-1]["speaker_desc"] == "neighbours"


def test_names_of_the_same_thing_are_one_entity() -> None:
    article = parse_article(
        "rain", HEADER + "{p Ana Ruiz} {o1 World Food Fund} {p Ruiz} {o1 WFF} {p Eva} {x Dutch}"
    )
    assert [len(one["mentions"]) for one in article["entities"]] == [2, 2, 1]
    assert [one["text"] for one in article["others"]] == ["Dutch"]


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        (["“It rained,”", "“and how.”"], "direct"),
        (["'It's raining'"], "direct"),
        (["« Il pleut », it had “rained”"], "mixed"),
        (["“An unclosed paragraph"], "direct"),
        (["the country's rain"], "indirect"),
    ],
)
def test_quotation_marks_decide_the_kind(pieces: list[str], kind: str) -> None:
    assert kind_of(pieces) == kind


@pytest.mark.parametrize(
    "marked",
    [
        "[1 open",
        "[1 {p Ana] Ruiz}",
        "[x y]",
        "[c1 said]",
        "[1  blank ]",
        "[1=Eva rain]",
        "[1 rain] [c1 says] [s1 he]",
    ],
)
def test_bad_markup_is_refused(marked: str) -> None:
    with pytest.raises(MarkupError):
        parse_article("rain", HEADER + marked)
