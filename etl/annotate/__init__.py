"""Article to annotations: names, claims with their speakers, times and quantities.

One small encoder (encoder/model/MODEL.md) reads the text once; plain rules over word lists do the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.annotate.claims.drafts import Draft
from etl.annotate.claims.find import draft_claims
from etl.annotate.claims.introductions import join_introductions
from etl.annotate.claims.nested import split_attributions
from etl.annotate.claims.repairs import repair
from etl.annotate.claims.stances import stance
from etl.annotate.encoder.links import attributions
from etl.annotate.encoder.session import MODEL_NAME, read
from etl.annotate.names.roles import role_at
from etl.annotate.names.scene import Scene, set_scene
from etl.annotate.names.spans import find_names
from etl.annotate.names.things import group
from etl.annotate.quantities.find import find_quantities
from etl.annotate.speakers.asked import Speaker
from etl.annotate.speakers.find import find_speakers, with_speakers
from etl.annotate.speakers.reported_by import Relay, find_reporters
from etl.annotate.speakers.said_on import SaidOn, find_said_on
from etl.annotate.text.document import read_document
from etl.annotate.times.find import find_times
from etl.fingerprint import fingerprint
from etl.records import Annotations, Article, Claim, Mention, join_pieces

# Fitted on articles annotated by hand: the share of claims that are right, speaker included, by raw score.
_LEAST_SURE, _SLOPE = 0.35, 0.62


def annotate(articles: Sequence[Article]) -> list[Annotations]:
    """Read each article by itself; what one says never changes the reading of another."""
    return [_annotate(article) for article in articles]


def _annotate(article: Article) -> Annotations:
    if article.language != "en":
        return Annotations(unannotated=f"language:{article.language or 'unknown'}")
    document = read_document(article.text)
    reading = read(article.text, document.quotations)
    scene = set_scene(document, group(document, find_names(document, reading)))
    times = find_times(article.text, article.published_on)
    drafts = draft_claims(
        document,
        split_attributions(document, repair(document, join_introductions(document, attributions(reading)))),
    )
    drafts, speakers = with_speakers(drafts, find_speakers(scene, drafts))
    relays = find_reporters(scene, drafts, speakers)
    days = find_said_on(scene, drafts, speakers, times, article.published_on)
    claims = tuple(_claim(scene, *parts) for parts in zip(drafts, speakers, relays, days, strict=True))
    return Annotations(
        mentions=_mentions(scene),
        claims=claims,
        times=times,
        quantities=find_quantities(article.text, times),
    )


def _mentions(scene: Scene) -> tuple[Mention, ...]:
    text = scene.document.text
    return tuple(
        Mention(start, end, text[start:end], thing.kind, role_at(scene.document, (start, end)), thing.key)
        if thing.kind == "person"
        else Mention(start, end, text[start:end], thing.kind, None, thing.key)
        for (start, end), thing in scene.mentions
    )


def _claim(scene: Scene, draft: Draft, speaker: Speaker, relay: Relay, said_on: SaidOn) -> Claim:
    first, last = said_on.days or (None, None)
    return Claim(
        text=join_pieces(scene.document.text, draft.pieces),
        pieces=draft.pieces,
        cue=(draft.cue.span,) if draft.cue else (),
        source=draft.source,
        kind=draft.kind,
        stance=stance(scene.document, draft),
        speaker_key=speaker.thing.key if speaker.thing else None,
        speaker_description=speaker.description,
        speaker_role=scene.role(speaker.thing) if speaker.thing else None,
        reported_by_key=relay.thing.key if relay.thing else None,
        said_from_on=first,
        said_to_on=last,
        confidence=round(_LEAST_SURE + _SLOPE * draft.probability * speaker.certainty, 4),
        speaker_from=speaker.rule if speaker.is_known else None,
        speaker_confidence=round(speaker.certainty, 4) if speaker.is_known else None,
        extractor=f"{MODEL_NAME}+{fingerprint('annotate', 'language')}",
    )
