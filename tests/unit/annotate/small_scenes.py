"""Small scenes for tests of the rules alone: names and claims are given, no encoder runs."""

import re

from etl.annotate.claims.cues import find_cue
from etl.annotate.claims.drafts import Draft
from etl.annotate.names.forms import gender
from etl.annotate.names.scene import Scene, set_scene
from etl.annotate.names.things import Thing
from etl.annotate.text.document import read_document
from etl.records import Span

NAMES = {
    "Helen Marsh": "person",
    "Robert Quist": "person",
    "Ashlin Vaur": "person",  # of a gender that the name doesn't tell
    "Aldermouth": "place",
    "Nordfly": "organisation",
    "Northern Pilots Union": "organisation",
}


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def stage(text: str) -> Scene:
    """A scene of the text with the names above; a surname alone belongs to the full name."""
    things = []
    for name, kind in NAMES.items():
        short = name.split()[-1] if kind == "person" else name
        found = re.finditer(rf"{re.escape(name)}|\b{re.escape(short)}\b", text)
        things.append(Thing(name, kind, name, tuple(one.span() for one in found), gender(name)))
    return set_scene(read_document(text), things)


def claim(text: str, content: str, cue: str | None, source: str | None, kind: str = "indirect") -> Draft:
    """A claim whose parts are given by their words."""
    head = find_cue(text, span(text, cue)) if cue else None
    return Draft((span(text, content),), head, span(text, source) if source else None, kind, 0.8)
