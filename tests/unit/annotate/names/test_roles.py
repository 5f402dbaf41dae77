import pytest

from etl.annotate.names.roles import is_role, role_at, roles_of
from etl.annotate.names.things import Thing
from etl.annotate.text.document import read_document


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("With Carl Ruiz, the spokeswoman for Corvid House, Maria Lund, said.", "Maria Lund", "spokeswoman for Corvid House"),
        ("Major general Ines Duarte spoke.", "Ines Duarte", "Major general"),
        ("France's interior and overseas minister Ines Duarte spoke.", "Ines Duarte", "France's interior and overseas minister"),
        ("Trust for the Relief of Seamen campaigner Ines Duarte spoke.", "Ines Duarte", "Trust for the Relief of Seamen campaigner"),
        ("By trainee officer Ines Duarte.", "Ines Duarte", "trainee officer"),
        ("Another witness, Ines Duarte, wept.", "Ines Duarte", "witness"),
        ("Ines Duarte, a member of the U.S. Coast Academy, spoke.", "Ines Duarte", "member of the U.S. Coast Academy"),
        ("Last week Lund’s mother, Ines Duarte, wept.", "Ines Duarte", "Lund’s mother"),
        ("It hurt al-Ruvana leader Ines Duarte.", "Ines Duarte", "al-Ruvana leader"),
        ("Both the prime minister and Chancellor Ines Duarte spoke.", "Ines Duarte", "Chancellor"),
        # Against: what accuses, what all are, what is another's, what is a verb, what is no title.
        ("The suspected killer, Ines Duarte, fled.", "Ines Duarte", None),
        ("Ines Duarte, the suspect in the attack, fled.", "Ines Duarte", None),
        ("Ines Duarte, a Danish woman and former seaman, spoke.", "Ines Duarte", None),
        ("Ines Duarte, with illustrator Johan Lund, spoke.", "Ines Duarte", None),
        ("They met Ines Duarte, Chinese premier Bo Hai and others.", "Ines Duarte", None),
        ("With Carl Ruiz, the spokeswoman for Corvid House, Maria Lund, said.", "Carl Ruiz", None),
        ("She was named head of the company Duarte sold.", "Duarte", None),
        ("Officers assigned to guard Duarte slept.", "Duarte", None),
        ("Sometimes President Duarte slept.", "Duarte", "President"),
        ("During Prime Minister's Questions Wednesday, Duarte rose.", "Duarte", None),
        ("He beat his rival Ines Duarte.", "Ines Duarte", None),
        ("His counterpart, Ines Duarte, agreed.", "Ines Duarte", None),
    ],
)  # fmt: skip
def test_a_role_is_a_whole_title_or_office_of_the_person(text: str, name: str, role: str | None) -> None:
    start = text.index(name)
    assert role_at(read_document(text), (start, start + len(name))) == role


def test_what_accuses_still_describes() -> None:
    text = "The suspect, Ines Duarte, fled."
    thing = Thing("e1", "person", "Ines Duarte", ((13, 24),), None)
    assert roles_of(read_document(text), thing) == ("suspect",)
    assert not is_role("suspect") and is_role("mayor of Delmar")
