"""Speakers whom the text names only after their first words: "a union leader said … Ann Lee, the leader, added"."""

from __future__ import annotations

from etl.annotate.descriptions import has_role
from etl.annotate.drafts import Draft
from etl.annotate.mentions import Thing
from etl.annotate.roles import names_role
from etl.annotate.scene import Scene
from etl.annotate.sources import take_apart
from etl.annotate.unsourced import Speaker
from etl.records import Span


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
    words = scene.document.words(source)
    is_singular = len(words) > 1 and words[0] in ("a", "an", "the")
    return is_singular and names_role(scene.document.text[slice(*source)])


def _may_be(scene: Scene, source: Span, thing: Thing) -> bool:
    """Whether the person named next has the role told first; "a leader" may also be one without any role."""
    apart = take_apart(scene, source)
    return has_role(scene, thing, apart, []) or not (apart.is_definite or scene.roles.get(thing.key))
