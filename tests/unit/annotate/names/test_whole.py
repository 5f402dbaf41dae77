import pytest

from etl.annotate.names.handles import with_handles
from etl.annotate.names.spread import spread
from etl.annotate.names.whole import whole
from etl.annotate.text.document import read_document
from tests.unit.annotate.names.given import names_in


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("Robert (Bob) Tanner left.", {"person": "Robert|Bob|Tanner"}, ["Robert (Bob) Tanner"]),
        ("Ann “Annie” Ruiz left.", {"person": "Ann|Annie|Ruiz"}, ["Ann “Annie” Ruiz"]),
        ("J. Carl Marsh left.", {"person": "Carl Marsh"}, ["J. Carl Marsh"]),
        ("Thomas Marsh Senior left.", {"person": "Thomas Marsh"}, ["Thomas Marsh Senior"]),
        ("Thomas Marsh Senior Vice President", {"person": "Thomas Marsh"}, ["Thomas Marsh"]),
        ("Maria Ruvana left.", {"person": "Ruvana"}, ["Maria Ruvana"]),
        ("Carla Marsh of the Civic Union", {"person": "Carla Marsh of"}, ["Carla Marsh"]),
        ("Ann and Bob left.", {"person": "Ann and Bob"}, ["Ann", "Bob"]),
        (
            "the Delhi-Tokyo flight. Delhi and Tokyo agreed.",
            {"place": "Delhi-Tokyo|Delhi|Tokyo"},
            ["Delhi", "Tokyo", "Delhi", "Tokyo"],
        ),
        (
            "the pro-Delhi Civic Union. Delhi agreed.",
            {"organisation": "Delhi Civic Union", "place": "Delhi"},
            ["Delhi", "Civic Union", "Delhi"],
        ),
        ("the Danish Navy met.", {"organisation": "Navy"}, ["Danish Navy"]),
        ("the Danish Harbour Trust met.", {"organisation": "Harbour Trust"}, ["Harbour Trust"]),
        ("the Seamen’s Congress met.", {"organisation": "Seamen"}, ["Seamen’s Congress"]),
        ("the Open Harbour Committee met.", {"organisation": "Open Harbour"}, ["Open Harbour Committee"]),
        (
            "the Council for the Welfare of Seamen met.",
            {"organisation": "Council for"},
            ["Council for the Welfare of Seamen"],
        ),
        (
            "the Builders of Lumeria met.",
            {"organisation": "Builders", "place": "Lumeria"},
            ["Builders of Lumeria"],
        ),
        (
            "the Lumeria Army Corps met.",
            {"organisation": "Army Corps", "place": "Lumeria"},
            ["Lumeria Army Corps"],
        ),
    ],
)
def test_a_name_is_whole(text: str, kinds: dict[str, str], found: list[str]) -> None:
    assert [name.text for name in whole(read_document(text), names_in(text, **kinds))] == found


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("Lumeria agreed. He flew to Lumeriawhich is far.", {"place": "Lumeria agreed"}, ["Lumeria agreed"]),
        (
            "pro-Lumeria crowds, a Lumeria-based bank and the Lumeria-Ostland road",
            {"place": "Ostland"},
            ["Ostland"],
        ),
    ],
)
def test_only_what_is_known_is_spread(text: str, kinds: dict[str, str], found: list[str]) -> None:
    assert [name.text for name in spread(read_document(text), names_in(text, **kinds))] == found


def test_a_name_is_found_behind_hyphens_and_glued_to_the_next_word() -> None:
    text = "Lumeria agreed. pro-Lumeria crowds; a Lumeria-based bank; the Lumeria-Ostland road; Ostland-Sea; in Lumeriato end."
    first = [
        name
        for name in names_in(text, place="Lumeria|Ostland")
        if name.span[0] == 0 or name.text == "Ostland"
    ][:2]
    found = spread(read_document(text), first)
    assert [name.text for name in found] == ["Lumeria"] * 4 + ["Ostland", "Lumeria"]


def test_a_name_is_no_shorter_name_and_a_word() -> None:
    text = "Beni is a town. Benito Ruiz lives there."
    assert [name.text for name in spread(read_document(text), names_in(text, place="Beni is")[:0])] == []
    town = [name for name in names_in(text, place="Beni") if name.span[0] == 0]
    assert [name.text for name in spread(read_document(text), town)] == ["Beni"]


def test_a_handle_is_of_the_kind_of_its_owner() -> None:
    text = "Harbour Fire Service is out. Follow @harbourfire. — Ann Lee (@alee77) and @somebody wrote to a@mail.example."
    names = with_handles(
        read_document(text), names_in(text, organisation="Harbour Fire Service", person="Ann Lee")
    )
    assert [(name.text, name.kind) for name in names if name.text.startswith("@")] == [
        ("@harbourfire", "organisation"),
        ("@alee77", "person"),
        ("@somebody", "person"),
    ]
