"""Names given by hand, for tests of the rules alone: no encoder runs."""

from etl.annotate.names.name import Name
from etl.annotate.names.things import group
from etl.annotate.text.document import read_document


def names_in(text: str, **kinds: str) -> list[Name]:
    """The names of a text: person="Ann Lee|Lee", each found wherever it stands, longest first."""
    found: list[Name] = []
    spelt = [(name, kind) for kind, names in kinds.items() for name in names.split("|")]
    for name, kind in sorted(spelt, key=lambda one: -len(one[0])):
        start = text.find(name)
        while start >= 0:
            span = (start, start + len(name))
            if not any(span[0] < other.span[1] and other.span[0] < span[1] for other in found):
                found.append(Name(span, name, kind, 0.9))
            start = text.find(name, span[1])
    return sorted(found, key=lambda name: name.span)


def things_in(text: str, **kinds: str) -> list[set[str]]:
    """The things of a text, each as the set of its names."""
    return [
        {text[slice(*span)] for span in thing.mentions}
        for thing in group(read_document(text), names_in(text, **kinds))
    ]
