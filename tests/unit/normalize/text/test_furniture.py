"""What surrounds an article."""

import pytest

from etl.normalize.text.credits import split_credit
from etl.normalize.text.furniture import ends_article, is_consent_wall, is_reading_time


@pytest.mark.parametrize(
    "line",
    [
        "3 min read",
        "· 3 min read",
        "2 mins read",
        "Lesezeit: 4 Min.",
        "5 minutes de lecture",
        "Reading time: 12 minutes",
        "4 分",
    ],
)
def test_reading_times(line: str) -> None:
    assert is_reading_time(line)


@pytest.mark.parametrize(
    "line", ["The talks took 3 minutes", "3 minutes to midnight, says the council", "2022"]
)
def test_no_reading_times(line: str) -> None:
    assert not is_reading_time(line)


@pytest.mark.parametrize("line", ["Latest posts", "Lesen Sie auch", "Related articles", "Source link"])
def test_lines_after_which_other_articles_begin(line: str) -> None:
    assert ends_article(line)


def test_an_article_about_cookies_is_no_consent_wall() -> None:
    wall = (
        "We and our 214 partners use cookies to store and access personal data on your device. You can accept or "
        "refuse the processing of your data for advertising purposes and withdraw your consent in the settings."
    )
    article = (
        "The regulator fined the newspaper 40,000 pounds on Tuesday for setting cookies before its readers could "
        "answer. A court in Fennmouth had ruled in March that silence is no consent. The publisher said it would "
        "appeal and called the decision absurd, since every other paper in the country does the same."
    )
    assert is_consent_wall(wall)
    assert not is_consent_wall(article)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("The boat at the pier. Photo: Northern Pictures", ("The boat at the pier.", "Northern Pictures")),
        ("The boat at the pier. (AFP)", ("The boat at the pier.", "AFP")),
        ("Das Schiff am Kai. Foto: Emil Thorsen/dpa", ("Das Schiff am Kai.", "Emil Thorsen/dpa")),
        ("© Northern Pictures", (None, "Northern Pictures")),
        ("The boat at the pier.", ("The boat at the pier.", None)),
    ],
)
def test_captions_and_credits(line: str, parts: tuple[str | None, str | None]) -> None:
    assert split_credit(line) == parts
