"""On which day something was said, where the examples of the rules are too short to tell."""

from datetime import date

from etl.annotate.speakers.find import find_speakers
from etl.annotate.speakers.said_on import SaidOn, find_said_on
from etl.annotate.times.find import find_times
from tests.unit.annotate.small_scenes import claim, stage

FRIDAY = date(2024, 3, 8)
FEBRUARY = (date(2024, 2, 1), date(2024, 2, 29))


def said_on(text: str, *claims: tuple[str, str | None, str | None]) -> SaidOn:
    """When the last claim was made."""
    scene = stage(text)
    drafts = [claim(text, *one) for one in claims]
    return find_said_on(scene, drafts, find_speakers(scene, drafts), find_times(text, FRIDAY), FRIDAY)[-1]


def test_a_month_is_not_inherited_for_ever() -> None:
    text = "Robert Quist said last month it was late.\n" + "Nothing.\n" * 9 + "Quist added it was over."
    assert (
        said_on(text, ("it was late", "said", "Robert Quist"), ("it was over", "added", "Quist")) == SaidOn()
    )
    chain = "Robert Quist said last month it was late.\n" + 4 * "Nothing.\n" + "Quist added it was cold.\n"
    chain += 4 * "Nothing.\n" + "Quist noted it was over."
    claims = (("it was late", "said", "Robert Quist"), ("it was cold", "added", "Quist"))
    assert said_on(chain, *claims) == SaidOn(FEBRUARY, "inherited")
    assert said_on(chain, *claims, ("it was over", "noted", "Quist")) == SaidOn()
