"""Speakers whom the text names only after their first words: "a union leader said … Ann Lee, the leader, added"."""

from __future__ import annotations

import re

from etl.annotate.claims.drafts import Draft
from etl.annotate.claims.filters import is_heading
from etl.annotate.names.roles import names_role
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.descriptions import has_role
from etl.annotate.speakers.sources import take_apart
from etl.annotate.speakers.unsourced import Speaker
from etl.annotate.text.document import trim
from etl.records import Span

_COMPLEMENT = re.compile(r"\s(?:of|for|at)\s")


def named_next(scene: Scene, drafts: list[Draft], speakers: list[Speaker], index: int) -> Speaker:
    """The name of "a union leader" where the next paragraph quotes somebody who is new there.

    News often tells first what somebody said and names them with the quotation after it.
    """
    draft, speaker = drafts[index], speakers[index]
    if speaker.thing is not None or draft.source is None or not _is_teaser(scene, draft.source):
        return speaker
    line = scene.document.line_index(draft.source[0])
    for later, other in zip(drafts[index + 1 :], speakers[index + 1 :], strict=True):
        distance = scene.document.line_index(later.start) - line
        if distance > 2:
            break
        if distance > 0 and other.thing is not None:
            is_new = other.thing.kind == "person" and other.thing.mentions[0][0] > draft.source[0]
            is_meant = is_new and _may_be(scene, draft.source, other.thing)
            return Speaker(other.thing, None, 0.6) if is_meant else speaker
    return speaker


def _is_teaser(scene: Scene, source: Span) -> bool:
    """Whether a source is one unnamed person: "a leader", and in a heading "Oslo's mayor" or "former mayor"."""
    words = scene.document.words(source)
    text = scene.document.text[slice(*source)]
    line = trim(scene.document.text, *scene.document.line(source[0]))
    if not words or words[-1].endswith("s") or not names_role(text):
        return False
    return (words[0] in ("a", "an", "the") and len(words) > 1) or is_heading(scene.document, line)


def _may_be(scene: Scene, source: Span, thing: Thing) -> bool:
    """Whether the person named next has the role told first; a bare "leader" may be one without any role."""
    apart = take_apart(scene, source)
    is_bare = not apart.is_definite and not _COMPLEMENT.search(scene.document.text, *source)
    return has_role(scene, thing, apart, []) or (is_bare and not scene.roles.get(thing.key))
