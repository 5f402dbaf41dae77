import pytest

from etl.annotate.names.bodies import with_bodies
from etl.annotate.text.document import read_document
from tests.unit.annotate.names.given import names_in


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("The German foreign ministry denied it.", {}, ["German foreign ministry/organisation"]),
        (
            "Bolivia's public defender's office said so.",
            {"place": "Bolivia"},
            ["Bolivia/place", "public defender's office/organisation"],
        ),
        ("The Durban high court agreed.", {"place": "Durban"}, ["Durban high court/organisation"]),
        ("The US military said so.", {"place": "US"}, ["US military/organisation"]),
        ("The prosecutor’s office said so.", {}, ["prosecutor’s office/organisation"]),
        ("Calder police said so.", {"place": "Calder"}, ["Calder police/organisation"]),
        ("The Ruiz campaign denied it.", {"person": "Ruiz"}, ["Ruiz campaign/organisation"]),
        (
            "The Halvik Institute of public health said so.",
            {"organisation": "Halvik Institute"},
            ["Halvik Institute of public health/organisation"],
        ),
        ("He landed at Calder airport.", {"place": "Calder"}, ["Calder airport/place"]),
        # Against: what is no one body, what is its staff, what is nobody's.
        ("German police said so.", {}, []),
        ("A German court agreed.", {}, []),
        ("Two Calder hospitals closed, a Calder hospital too.", {"place": "Calder"}, ["Calder/place"] * 2),
        ("Calder police officers said so.", {"place": "Calder"}, ["Calder/place"]),
        ("The police, the government and the ministry agreed.", {}, []),
        ("Ruiz's office did not answer.", {"person": "Ruiz"}, ["Ruiz/person"]),
    ],
)
def test_an_institution_in_lower_case_is_a_name_by_its_owner(
    text: str, kinds: dict[str, str], found: list[str]
) -> None:
    names = with_bodies(read_document(text), names_in(text, **kinds))
    assert [f"{name.text}/{name.kind}" for name in names] == found
    assert all(text[slice(*name.span)] == name.text for name in names)
