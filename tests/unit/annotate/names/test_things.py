import re

import pytest

from etl.annotate import annotate
from etl.annotate.names.edges import tidy
from etl.annotate.names.forms import gender, is_acronym_of, is_short_person
from etl.annotate.names.kinds import by_context, like_full_names, vote
from etl.annotate.names.name import Name
from etl.annotate.names.things import group
from etl.annotate.text.document import read_document
from etl.language.aliases import standard_in_article
from etl.records import Article, Mention
from tests.unit.annotate.names.given import names_in, things_in


def read(text: str) -> tuple[Mention, ...]:
    return annotate([Article.from_text(text)])[0].mentions


def test_names() -> None:
    assert standard_in_article("U.S.") == standard_in_article("the United States")
    assert is_acronym_of("NBC", "Namibian Broadcasting Corporation")
    assert not is_acronym_of("is", "Institute of Science")
    assert is_short_person("Okoro", "Grace Okoro")
    assert not is_short_person("Okoro", "Grace Adams")
    assert is_short_person("Calder-Moreau", "Ines Calder-Moreau")
    assert not is_short_person("Moreau", "Ines Calder-Moreau")
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


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("the Bank", "organisation", "Bank"),
        ("Dr. Ann Lee’s", "person", "Ann Lee"),
        ("Ann Lee, OBE", "person", "Ann Lee"),
        ("Ann Lee, Ph.D", "person", "Ann Lee"),
        ("Lieutenant Ann Lee", "person", "Ann Lee"),
        ("Yo-Yo MA", "person", "Yo-Yo MA"),
        ("Calif", "place", "Calif."),
        ("Lisbon, U.S", "place", "Lisbon, U.S."),
        ("US", "place", "US"),
        ("☆☆", "organisation", None),
        ("Seiki Co", "organisation", "Seiki Co."),
        ("Omani", "place", None),
        ("R-Texas", "person", "Texas"),
        ("Ukrainewhich", "place", "Ukraine"),
        ("United Statesto", "place", "United States"),
        ("Eastern Europeto", "place", "Eastern Europe"),
        ("Toronto", "place", "Toronto"),
        ("Ann Lee Jr", "person", "Ann Lee Jr."),
        ("Gen", "person", None),
        ("MPs", "organisation", None),
        ("New Yorkers", "place", None),
        ("Harbours Bill", "organisation", None),
        ("Buffalo Bill", "person", "Buffalo Bill"),
    ],
)
def test_a_name_without_what_is_around_it(words: str, kind: str, name: str | None) -> None:
    found = tidy(f"{words}. End", 0, len(words), kind, 0.9)
    assert (found.text if found else None) == name


@pytest.mark.parametrize(
    ("text", "name", "kind", "told"),
    [
        ("Jhansi: Kicking off her campaign, she spoke.", "Jhansi", "person", "place"),
        ("HEFEI, March 12 (Delta News) -- It rained.", "HEFEI", "organisation", "place"),
        ("HEFEI, March 12 (Delta News) -- It rained.", "Delta News", "place", "organisation"),
        ("The MP for North Vale spoke.", "North Vale", "organisation", "place"),
        ("North Vale mayor Ann Lee spoke.", "North Vale", "person", "place"),
        ("She told Delta Hall that it was over.", "Delta Hall", "place", "organisation"),
        ("Typhoon Isang grew.", "Isang", "place", None),
        ("She met Ann Lee.", "Ann Lee", "person", "person"),
    ],
)
def test_the_words_around_tell_the_kind(text: str, name: str, kind: str, told: str | None) -> None:
    start = text.index(name)
    names = by_context(read_document(text), [Name((start, start + len(name)), name, kind, 0.9)])
    assert [one.kind for one in names] == ([told] if told else [])


SPANS = [((14, 21), "person"), ((23, 27), "place"), ((32, 37), "place"), ((39, 41), "place")]


def test_a_degree_behind_a_name_is_no_name() -> None:
    text = "It fits, said Ann Lee, R.D., in Delhi, MD."
    names = [Name(span, text[slice(*span)], kind, 0.9) for span, kind in SPANS]
    assert [name.text for name in by_context(read_document(text), names)] == ["Ann Lee", "Delhi", "MD"]


def test_a_bare_surname_is_the_one_of_the_family_the_article_is_about() -> None:
    text = "Viktor Sallai won. Sallai smiled. His mother, Rita Sallai, wept. Sallai left."
    names = [
        Name(found.span(), found.group(), "person", 0.9)
        for found in re.finditer(r"(?:Viktor |Rita )?Sallai", text)
    ]
    things = {thing.name: len(thing.mentions) for thing in group(read_document(text), names)}
    assert things == {"Viktor Sallai": 3, "Rita Sallai": 1}


def test_the_other_half_of_a_hyphenated_name() -> None:
    found = tidy("Yun Hae-rim spoke.", 0, 7, "person", 0.9)
    assert found is not None and found.text == "Yun Hae-rim"


def test_a_list_of_thousands_keeps_each_person_apart_and_joins_short_names() -> None:
    full = [
        f"Ana Lind{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}{'uvwxyz'[i // 100 % 6]}"
        for i in range(600)
    ]
    text = ", ".join([*full, "Lindaku", "Lindbku"])
    places = [Name(found.span(), found.group(), "person", 0.9) for found in re.finditer(r"[A-Z][^,]+", text)]
    things = group(read_document(text), places)
    assert len(things) == 600
    assert sorted(len(thing.mentions) for thing in things)[-3:] == [1, 2, 2]


def test_a_newspaper_called_after_its_country() -> None:
    text = "She told The Zambian that the Zambian team had won."
    start = text.index("The Zambian")
    newspaper = tidy(text, start, start + len("The Zambian"), "organisation", 0.9)
    assert newspaper is not None
    assert (newspaper.text, newspaper.kind) == ("Zambian", "organisation")
    people = text.rindex("Zambian")
    assert tidy(text, people, people + len("Zambian"), "organisation", 0.9) is None


@pytest.mark.parametrize(
    ("text", "kinds", "things"),
    [
        # A body at home, by its noun, and what only opens with its name.
        ("The US Senate met. The Senate voted.", {"organisation": "US Senate|Senate"}, [{"US Senate", "Senate"}]),
        ("The Harbour Post asked. The Post wrote.", {"organisation": "Harbour Post|Post"}, [{"Harbour Post", "Post"}]),
        ("The Gulf of Lund is calm. Ships crossed the Gulf.", {"place": "Gulf of Lund|Gulf"}, [{"Gulf of Lund", "Gulf"}]),
        ("He left Calder airport for Calder.", {"place": "Calder airport|Calder"}, [{"Calder airport"}, {"Calder"}]),
        # Relatives.
        ("John Doe left. His son, John Doe Jr., stayed.", {"person": "John Doe Jr.|John Doe"}, [{"John Doe"}, {"John Doe Jr."}]),
        ("Carl Doe Jr. left. Carl Doe stayed.", {"person": "Carl Doe Jr.|Carl Doe"}, [{"Carl Doe Jr.", "Carl Doe"}]),
        ("Carlos Ruiz left. Mrs Ruiz stayed.", {"person": "Carlos Ruiz|Ruiz"}, [{"Carlos Ruiz"}, {"Ruiz"}]),
        ("Carlos Ruiz left. Mr Ruiz waved.", {"person": "Carlos Ruiz|Ruiz"}, [{"Carlos Ruiz", "Ruiz"}]),
        ("President Ruiz spoke. Ana Ruiz is his wife.", {"person": "Ana Ruiz|Ruiz"}, [{"Ruiz"}, {"Ana Ruiz"}]),
        ("President Ana Ruiz spoke. President Ruiz left.", {"person": "Ana Ruiz|Ruiz"}, [{"Ana Ruiz", "Ruiz"}]),
        ("Peter Doe left. Lady Doe stayed.", {"person": "Peter Doe|Doe"}, [{"Peter Doe"}, {"Doe"}]),
        # A nickname, and a city that is not the country of its name.
        ("Carl “Red Bill” Lund left. Red Bill sang.", {"person": "Carl “Red Bill” Lund|Red Bill"}, [{"Carl “Red Bill” Lund", "Red Bill"}]),
        ("Mexico is large. Mexico City is crowded.", {"place": "Mexico City|Mexico"}, [{"Mexico"}, {"Mexico City"}]),
        ("Lund is old. Lund City is older.", {"place": "Lund City|Lund"}, [{"Lund", "Lund City"}]),
        # A surname that stands first.
        ("Lena Kim met Kim Yong-su. Kim left.", {"person": "Lena Kim|Kim Yong-su|Kim"}, [{"Lena Kim"}, {"Kim Yong-su", "Kim"}]),
        # Handles.
        ("Ann Lee (@al77) wrote. @annlee signed.", {"person": "Ann Lee|@al77|@annlee"}, [{"Ann Lee", "@al77", "@annlee"}]),
    ],
)  # fmt: skip
def test_which_names_are_of_one_thing(text: str, kinds: dict[str, str], things: list[set[str]]) -> None:
    assert things_in(text, **kinds) == things


@pytest.mark.parametrize(
    ("text", "kinds", "kind"),
    [
        ("Ruvana members met.", {"person": "Ruvana"}, "organisation"),
        ("It failed, said Ruvana CEO Ann Lee.", {"person": "Ruvana"}, "organisation"),
        ("The president of Ruvana spoke.", {"person": "Ruvana"}, "place"),
        ("The Lund Harbour Museum burnt.", {"organisation": "Lund Harbour Museum"}, "place"),
        ("Marsh said so.", {"person": "Marsh"}, "person"),
    ],
)
def test_the_words_around_a_name_tell_its_kind(text: str, kinds: dict[str, str], kind: str) -> None:
    assert [name.kind for name in by_context(read_document(text), names_in(text, **kinds))] == [kind]


def test_a_seat_of_government_is_a_place_where_it_is_only_visited() -> None:
    visited = "They met at the White House."
    acting = "They met at the White House. The White House denied it."
    for text, kind in ((visited, "place"), (acting, "organisation")):
        names = vote(read_document(text), names_in(text, organisation="White House"))
        assert {name.kind for name in names} == {kind}


def test_a_surname_that_is_a_place_is_a_person_where_nobody_is_in_it() -> None:
    person = "Valeria London spoke. London left the ship."
    place = "Valeria London spoke. London left the ship in London."
    for text, kind in ((person, "person"), (place, "place")):
        names = names_in(text, person="Valeria London", place="London")
        assert like_full_names(read_document(text), names)[1].kind == kind
