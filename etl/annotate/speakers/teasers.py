"""The rule for speakers whom the text names only after their first words: "a leader said … Ann Lee, the leader, added"."""

from __future__ import annotations

import re

from etl.annotate.claims.filters import is_heading
from etl.annotate.names.roles import names_role
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Answer, Asked
from etl.annotate.speakers.role_match import role_fit
from etl.annotate.speakers.sources import SourceWords
from etl.annotate.text.document import trim
from etl.records import Span

_COMPLEMENT = re.compile(r"\s(?:of|for|at)\s")
_LINES_AHEAD = 2


def named_next(asked: Asked) -> Answer | None:
    """The name of "a union leader" where the next paragraph quotes somebody new who may have that role.

    News often tells first what somebody said and names them with the quotation after it.

    Place: asked when the speakers of the claims that follow are known.
    For: {A union leader} [said] <it was late>. ¶ “<It is late>,” {Helen Marsh, a union chairwoman,} [said].
        -> Helen Marsh; Helen Marsh
    Against: {A spokesman} [said] <it was late>. ¶ “<It is late>,” {Helen Marsh, a union chairwoman,} [said].
        -> A spokesman; Helen Marsh
    """
    draft, speaker = asked.draft, asked.known[asked.index]
    if speaker.thing is not None or draft.source is None or not _is_teaser(asked.scene, draft.source):
        return None
    line_index = asked.scene.document.line_index
    line = line_index(draft.source[0])
    following = zip(asked.drafts[asked.index + 1 :], asked.known[asked.index + 1 :], strict=True)
    for later, other in following:
        distance = line_index(later.start) - line
        if distance > _LINES_AHEAD:
            break
        if distance > 0 and other.thing is not None:
            is_new = other.thing.kind == "person" and other.thing.mentions[0][0] > draft.source[0]
            is_meant = is_new and asked.source is not None and _may_be(asked, asked.source, other.thing)
            return Answer(other.thing) if is_meant else None
    return None


def _is_teaser(scene: Scene, source: Span) -> bool:
    """Whether a source is one unnamed person: "a leader", and in a heading "Oslo's mayor" or "former mayor"."""
    words = scene.document.words(source)
    text = scene.document.text[slice(*source)]
    line = trim(scene.document.text, *scene.document.line(source[0]))
    if not words or words[-1].endswith("s") or not names_role(text):
        return False
    return (words[0] in ("a", "an", "the") and len(words) > 1) or is_heading(scene.document, line)


def _may_be(asked: Asked, source: SourceWords, thing: Thing) -> bool:
    """Whether the person named next has the role told first; a bare "leader" may be one without any role."""
    words = asked.scene.document.text[slice(*asked.draft.source)] if asked.draft.source else ""
    is_bare = not source.is_definite and not _COMPLEMENT.search(words)
    return bool(role_fit(asked.scene, thing, source, [])) or (
        is_bare and not asked.scene.roles.get(thing.key)
    )
