"""On which day something was said: by a time beside the cue, or by what went before."""

from datetime import date

import pytest

from etl.annotate.speakers.find import find_speakers
from etl.annotate.speakers.said_on import find_days
from etl.annotate.times.find import find_times
from tests.unit.annotate.small_scenes import claim, stage

FRIDAY = date(2024, 3, 8)


def day(text: str, *claims: tuple[str, str | None, str | None]) -> date | None:
    """The first day of the last claim."""
    scene = stage(text)
    drafts = [claim(text, *one) for one in claims]
    return find_days(scene, drafts, find_speakers(scene, drafts), find_times(text, FRIDAY), FRIDAY)[-1][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quist said on Monday it was over.", date(2024, 3, 4)),
        ("On Monday, shortly before noon, Quist said it was over.", date(2024, 3, 4)),
        ("Quist said at yesterday’s ceremony it was over.", date(2024, 3, 7)),
        ("After Marsh left on Monday, Quist said it was over.", None),
        ("Quist, who arrived on Monday, said it was over.", None),
        ("Quist saw the Feb. 7 attack and said it was over.", None),
        ("Quist has said it was over.", None),
        ("Quist said it was over, and it closed on March 1.", None),
        ("Quist said it was over, with a gala to come on July 31, 2024.", None),
    ],
)
def test_times_beside_the_cue(text: str, said: date | None) -> None:
    assert day(text, ("it was over", "said", "Quist")) == said


def test_a_quotation_goes_on_the_same_day() -> None:
    text = "“It is late,” Robert Quist said on Monday.\n\n“It is too late for all of us.”"
    claims = (("It is late", "said", "Robert Quist"), ("It is too late for all of us.", None, None))
    assert day(text, *claims) == date(2024, 3, 4)


def test_who_speaks_at_the_trial_speaks_on_its_day() -> None:
    text = "The trial of Helen Marsh began on Monday.\n\nRobert Quist told the court it was over."
    assert day(text, ("it was over", "told", "Robert Quist")) == date(2024, 3, 4)


def test_a_month_is_not_inherited_for_ever() -> None:
    text = "Robert Quist said last month it was late.\n" + "Nothing.\n" * 9 + "Quist added it was over."
    assert day(text, ("it was late", "said", "Robert Quist"), ("it was over", "added", "Quist")) is None
    chain = "Robert Quist said last month it was late.\n" + 4 * "Nothing.\n" + "Quist added it was cold.\n"
    chain += 4 * "Nothing.\n" + "Quist noted it was over."
    claims = (("it was late", "said", "Robert Quist"), ("it was cold", "added", "Quist"))
    assert day(chain, *claims) == date(2024, 2, 1)
    assert day(chain, *claims, ("it was over", "noted", "Quist")) is None
