import pytest

from etl.annotate import annotate
from etl.annotate.names import gender, is_acronym_of, is_short_person, standard
from etl.records import Article, Mention


def read(text: str) -> tuple[Mention, ...]:
    return annotate([Article.from_text(text)])[0].mentions


def test_names() -> None:
    assert standard("U.S.") == standard("the United States")
    assert is_acronym_of("NBC", "Namibian Broadcasting Corporation")
    assert not is_acronym_of("is", "Institute of Science")
    assert is_short_person("Okoro", "Grace Okoro")
    assert not is_short_person("Okoro", "Grace Adams")
    assert gender("Okoro", "Mrs") == gender("Grace Okoro") == "female"


@pytest.mark.parametrize("name", ["President Maria Delgado", "Mrs Maria Delgado", "Dr. Maria Delgado"])
def test_titles_are_no_part_of_a_name(name: str) -> None:
    (mention,) = read(f"On the steps of the town hall, {name} thanked the crowd.")
    assert (mention.text, mention.kind) == ("Maria Delgado", "person")


def test_a_surname_is_the_person_named_before() -> None:
    mentions = read("Maria Delgado met Peter Novak in Lisbon.\n\nDelgado said that Novak had agreed.")
    keys = {mention.text: mention.entity_key for mention in mentions}
    assert keys["Delgado"] == keys["Maria Delgado"] != keys["Peter Novak"] == keys["Novak"]


def test_an_acronym_is_what_it_stands_for() -> None:
    text = "The European Space Agency (ESA) will launch two probes. ESA said the launch is in May."
    keys = {mention.entity_key for mention in read(text)}
    assert len(keys) == 1


def test_roles() -> None:
    text = "Portuguese Finance Minister Maria Delgado met Peter Novak, the director of the Lisbon Port Trust."
    roles = {mention.text: mention.role for mention in read(text)}
    assert roles["Maria Delgado"] == "Portuguese Finance Minister"
    assert roles["Peter Novak"] is not None and roles["Peter Novak"].startswith("director of the Lisbon")
