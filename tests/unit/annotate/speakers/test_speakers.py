"""Whom the words of a source mean, without the encoder: names and claims are given."""

import pytest

from etl.annotate.claims.cues import find_cue
from etl.annotate.claims.source_spans import said_before, true_source, whole_source
from etl.annotate.names.roles import role_at
from etl.annotate.names.scene import set_scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.antecedents import person_meant
from etl.annotate.speakers.asked import Voice
from etl.annotate.speakers.enclosing import enclosing
from etl.annotate.speakers.find import find_speakers
from etl.annotate.text.document import read_document
from tests.unit.annotate.rule_examples import read_example
from tests.unit.annotate.small_scenes import claim, span, stage


def speakers(text: str, *claims: tuple[str, str | None, str | None]) -> list[str | None]:
    """The speakers of claims given as content, cue and source; a description where none is named."""
    scene = stage(text)
    found = find_speakers(scene, [claim(text, *one) for one in claims])
    return [one.thing.name if one.thing else one.description for one in found]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Its chairwoman, Ines Duarte, was cautious.", "Ines Duarte", "chairwoman"),
        ("The government of the president of Norway, Ines Duarte, agreed.", "Ines Duarte", "president of Norway"),
        ("He agreed with the words of the Polish president, Jan Lis.", "Jan Lis", "Polish president"),
        ("The judge, Jan Lis, sought to speak with Prince Olaf.", "Jan Lis", "judge"),
        ("Jan Lis, an expert at the U.K. think-tank Corvid House, agreed.", "Jan Lis", "expert at the U.K. think-tank Corvid House"),
        ("In a letter to other deputy ministers, Jan Lis agreed.", "Jan Lis", None),
        ("It fits, said Ines Duarte, R.D., co-owner of Corvid House.", "Ines Duarte", "co-owner of Corvid House"),
        ("It fits, said Corvid Founder and Lead Planner Ines Duarte.", "Ines Duarte", "Corvid Founder and Lead Planner"),
        ("They asked (also Ines Duarte, head of growth) and left.", "Ines Duarte", "head of growth"),
        ("He saw farms and chief executive Ines Duarte.", "Ines Duarte", "chief executive"),
        ("When a police officer first called, Jan Lis was out.", "Jan Lis", None),
    ],
)  # fmt: skip
def test_roles(text: str, name: str, role: str | None) -> None:
    assert role_at(read_document(text), span(text, name)) == role


@pytest.mark.parametrize(
    ("text", "source", "cue", "whole"),
    [
        ("Fishermen from villages around Aldermouth have asked for help.", "Fishermen from villages around", "asked",
         "Fishermen from villages around Aldermouth"),
        ("The bank chief at the time, Jan Lis, said it was over.", "The bank chief at", "said", "The bank chief at the time"),
        ("Amer, in a phone call, said it was over.", "Amer, in", "said", "Amer"),
        ("It fell, according to the association, which has 112 members.", "the association, which", "according to",
         "the association"),
        ("Prices rose more than analysts at the Lund Bank had predicted.", "more than analysts at the Lund Bank", "predicted",
         "analysts at the Lund Bank"),
        ("The authorities, for their part, said it was over.", "The authorities, for their part", "said", "The authorities"),
        ("The chairman was quoted by the daily Posten as saying that it was over.", "Posten", "saying", "The chairman"),
        ("The daily Posten reported, citing a source in the ministry, that it was over.", "The daily Posten", "reported",
         "a source in the ministry"),
    ],
)  # fmt: skip
def test_sources_are_whole(text: str, source: str, cue: str, whole: str) -> None:
    document, head = read_document(text), find_cue(text, span(text, cue))
    found = true_source(document, span(text, source), head)
    assert found is not None
    cleaned = whole_source(document, found, head)
    assert cleaned is not None and text[slice(*cleaned)] == whole


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        (
            "Finance Minister Helen Marsh met Foreign Minister Robert Quist.",
            "The foreign minister",
            "Robert Quist",
        ),
        ("Finance Minister Helen Marsh spoke.", "The transport minister", None),
        ("Helen Marsh, the general secretary, spoke.", "The union leader", None),
        ("Deputy Foreign Minister Helen Marsh spoke.", "The number two of the ministry", "Helen Marsh"),
        ("Foreign Minister Robert Quist spoke.", "The prime minister", None),
        ("Robert Quist admitted to having a hammer.", "The prosecutor", None),
        ("The letter was about Robert Quist.", "The 42-year-old teacher", "Robert Quist"),
        ("The inquiry also heard from Robert Quist by video.", "The director of the port", "Robert Quist"),
        ("The sea in Aldermouth is cold.", "Fishermen from Aldermouth", None),
        ("Robert Quist left at noon.", "A spokesman", None),
    ],
)
def test_descriptions(text: str, source: str, speaker: str | None) -> None:
    said = f"{text} {source} said it was late."
    assert speakers(said, ("it was late", "said", source)) == [speaker or source]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Helen Marsh KC said it was late.", "Helen Marsh KC", "Helen Marsh"),
        (
            "A close ally of President Helen Marsh said it was late.",
            "A close ally of President Helen Marsh",
            None,
        ),
        ("The low-cost airline, Nordfly, said it was late.", "The low-cost airline, Nordfly", "Nordfly"),
        (
            "The head of the port, Helen Marsh, said it was late.",
            "The head of the port, Helen Marsh",
            "Helen Marsh",
        ),
        (
            "The port council, chaired by Mayor Helen Marsh, said it was late.",
            "The port council, chaired by Mayor Helen Marsh",
            None,
        ),
        ("The press office of Helen Marsh said it was late.", "The press office of Helen Marsh", None),
    ],
)
def test_names_in_a_source(text: str, source: str, speaker: str | None) -> None:
    assert speakers(text, ("it was late", "said", source)) == [speaker or source]


def test_its_letter_is_its_own_word() -> None:
    text = "Nordfly was angry. Its letter to the council said it was late."
    assert speakers(text, ("it was late", "said", "Its letter to the council")) == ["Nordfly"]


def test_a_role_reaches_back_over_the_article() -> None:
    text = "Mayor Helen Marsh came.\n\n" + "It rained. " * 30 + "\n\nThe mayor said it was late."
    assert speakers(text, ("it was late", "said", "The mayor")) == ["Helen Marsh"]


def test_the_description_of_who_spoke_last_is_that_person() -> None:
    text = "It was lost, Robert Quist said. “I wish it were not,” the transport minister added. The minister promised to stay."
    found = speakers(
        text,
        ("It was lost", "said", "Robert Quist"),
        ("I wish it were not", "added", "the transport minister"),
        ("to stay", "promised", "The minister"),
    )
    assert found == ["Robert Quist"] * 3


def test_a_teaser_is_the_next_person_of_that_role_only() -> None:
    text = "A {} said it was late.\n\n“It is late,” Helen Marsh, a union chairwoman, said."
    for teaser, speaker in (("union leader", "Helen Marsh"), ("spokesman", "A spokesman")):
        words = text.format(teaser)
        found = speakers(
            words,
            ("it was late", "said", f"A {teaser}"),
            ("It is late", "said.", "Helen Marsh, a union chairwoman"),
        )
        assert found == [speaker, "Helen Marsh"]


def test_whoever_is_told_does_not_speak() -> None:
    text = "Robert Quist was told that the wall had cracks. Residents urged to leave."
    found = speakers(
        text, ("the wall had cracks", "told", "Robert Quist"), ("to leave", "urged", "Residents")
    )
    assert found == [None, None]


def test_a_quotation_does_not_call_its_speaker_he() -> None:
    text = "“My mother came. He told her it was crooked,” Robert Quist said."
    found = speakers(
        text,
        ("My mother came. He told her it was crooked", "said", "Robert Quist"),
        ("it was crooked", "told", "He"),
    )
    assert found == ["Robert Quist", None]


def test_a_medium_is_no_speaker_of_a_place() -> None:
    text = "The group in Aldermouth, which says it is small, met."
    assert speakers(text, ("it is small", "says", "which")) == [None]


def test_a_place_or_a_contract_is_no_he() -> None:
    scene = stage("The contract says so. He agreed.")
    voice = Voice(0, None, "The contract", "The contract", None, False)
    assert person_meant(scene, 22, "male", [voice]) is None


def test_a_quotation_goes_on_after_a_claim_inside_the_last_one() -> None:
    text = "“My coach says it is late,” Helen Marsh said.\n\n“It is too late for all of us.”"
    found = speakers(
        text,
        ("My coach says it is late", "said.", "Helen Marsh"),
        ("it is late", "says", "My coach"),
        ("It is too late for all of us.", None, None),
    )
    assert found == ["Helen Marsh", "My coach", "Helen Marsh"]


def test_whoever_is_a_clause_or_a_pronoun_is_no_description() -> None:
    text = "The march was met with protesters who said it was late. It makes you say it rains."
    claims = (("it was late", "said", "who"), ("it rains", "say", "It makes you"))
    assert speakers(text, *claims) == ["protesters", None]


def test_a_name_behind_a_possessive_or_before_a_week_speaks() -> None:
    text = "Helen Marsh’s bottom line was the right one: it was late. A Nordfly poll this week found it was cold."
    claims = (("it was late", "one", "Helen Marsh’s"), ("it was cold", "found", "A Nordfly poll this week"))
    assert speakers(text, *claims) == ["Helen Marsh", "Nordfly"]


def test_who_is_said_to_do_something_does_not_say_it() -> None:
    text = "Helen Marsh is said to have left."
    assert speakers(text, ("have left", "said", "Helen Marsh")) == [None]
    text = "Helen Marsh was arrested over allegations that she lied."
    assert speakers(text, ("she lied", "allegations", "Helen Marsh")) == [None]
    text = "Helen Marsh repeated allegations that he lied."
    assert speakers(text, ("he lied", "allegations", "Helen Marsh")) == ["Helen Marsh"]


def test_a_ruling_is_not_whom_it_is_about() -> None:
    text = "They know the 1898 ruling in Robert Quist, which held it was late."
    assert speakers(text, ("it was late", "held", "which")) == ["the 1898 ruling"]


def test_a_quotation_is_by_whom_the_line_above_presents() -> None:
    first = "“It is late,” Robert Quist said.\n\n"
    claims = (("It is late", "said", "Robert Quist"), ("It is too late for all of us.", None, None))
    quotation = "“It is too late for all of us.”"
    presented = f"{first}Helen Marsh, a pilot, wants to leave.\n\n{quotation}"
    assert speakers(presented, *claims) == ["Robert Quist", "Helen Marsh"]
    both = f"{first}Helen Marsh, a pilot, saw Robert Quist.\n\n{quotation}"
    assert speakers(both, *claims) == ["Robert Quist", "Robert Quist"]


def test_a_body_of_two_places_is_neither_of_them() -> None:
    text = "It is late, Aldermouth and Ostby Police said."
    source = "Aldermouth and Ostby Police"
    assert speakers(text, ("It is late", "said", source)) == [source]


def test_the_smallest_claim_around_a_cue_encloses_it() -> None:
    nested = "{Nordfly} [said] <{Helen Marsh} [denied] <that {Robert Quist} [knew] <it was late>>>. -> "
    drafts = read_example(nested).drafts
    assert [enclosing(drafts, i) for i in range(3)] == [None, 0, 1]


@pytest.mark.parametrize(
    ("text", "source", "description"),
    [
        ("Both Robert Quist and Helen Marsh said it was late.", "Both Robert Quist and Helen Marsh", "Both Robert Quist and Helen Marsh"),
        ("Robert Quist, a pilot, said it was late.", "Robert Quist, a pilot", None),
        ("Robert Quist of Nordfly and Aldermouth said it was late.", "Robert Quist of Nordfly and Aldermouth", None),
    ],
)  # fmt: skip
def test_of_several_speakers_none_is_lost(text: str, source: str, description: str | None) -> None:
    [found] = find_speakers(stage(text), [claim(text, "it was late", "said", source)])
    assert found.thing is not None and found.thing.name == "Robert Quist"
    assert found.description == description


def test_a_name_that_spells_a_pronoun_is_a_name() -> None:
    text = "WHO said it was late."
    document = read_document(text)
    agency = Thing("e1", "organisation", "WHO", ((0, 3),), None)
    [found] = find_speakers(set_scene(document, [agency]), [claim(text, "it was late", "said", "WHO")])
    assert found.thing == agency


@pytest.mark.parametrize(
    ("text", "medium", "cue", "who"),
    [
        ("“It is late,” Robert Quist said, the Posten reported.", "the Posten", "reported", "Robert Quist"),
        ("“It is late,” the mayor said in a statement, according to Posten.", "Posten", "according to", "the mayor"),
        ("“It is late,” Posten reported.", "Posten", "reported", None),
        ("He left, and as he said, it rained, according to Posten.", "Posten", "according to", None),
    ],
)  # fmt: skip
def test_a_medium_that_carries_words_does_not_say_them(
    text: str, medium: str, cue: str, who: str | None
) -> None:
    told = said_before(read_document(text), span(text, medium), find_cue(text, span(text, cue)))
    assert (text[slice(*told.who)] if told else None) == who
