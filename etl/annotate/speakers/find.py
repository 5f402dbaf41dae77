"""Who stands behind each claim. Nobody rather than the wrong one: the description is then kept."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.rules import decide
from etl.annotate.speakers import at_cue, descriptions, named, pronouns, relatives, teasers, unsourced
from etl.annotate.speakers.asked import Answer, Asked, Speaker, SpeakerRule, Voice
from etl.annotate.speakers.certainties import certainties
from etl.annotate.speakers.enclosing import enclosing
from etl.annotate.speakers.relatives import phrase_before
from etl.annotate.speakers.sources import take_apart
from etl.language import word_lists


def nobody(asked: Asked) -> Answer | None:
    """Nobody is known to speak; how sure that is goes by what the source says.

    Place: last, for a speaker that no rule finds is rather left out than guessed.
    For: {He} [said] <it was late>. -> nobody
    For: {I} [think] <it is late>. -> nobody
    For: {You} [said] <it was late>. -> nobody
    For: “<It is too late for all of us.>” -> nobody
    Against: {Officials} [said] <it was late>. -> Officials
    """
    if asked.source is None:
        return Answer(case="a quotation alone" if asked.cue is None else "a cue alone")
    return Answer(case=asked.pronoun or "")


SPEAKER_RULES: tuple[SpeakerRule, ...] = (
    at_cue.told_to,
    at_cue.spoken_of,
    at_cue.beside_the_cue,
    # no source
    unsourced.presented_above,
    unsourced.carried_on,
    unsourced.beside_another_claim,
    unsourced.plain_noun,
    unsourced.described_before_the_cue,
    unsourced.subject_of_the_sentence,
    # "who" or "which" as source
    relatives.name_before_who,
    relatives.name_over_an_apposition,
    relatives.name_in_the_phrase,
    relatives.last_person_before_who,
    # a name
    *named.NAME_RULES,
    # a pronoun
    pronouns.the_latter,
    pronouns.he_or_she_goes_on,
    pronouns.he_or_she_spoke_last,
    pronouns.he_or_she_was_named,
    pronouns.it_is_nobody,
    pronouns.it_spoke_last,
    pronouns.it_was_named,
    pronouns.they_spoke_last,
    pronouns.first_person,
    # a description, the one before a "who" too
    descriptions.names_nobody,
    descriptions.same_noun_again,
    descriptions.all_words_in_a_name,
    descriptions.tells_of_somebody_new,
    descriptions.has_the_role,
    descriptions.person_in_view,
    descriptions.just_introduced,
    descriptions.document,
    descriptions.most_words_in_a_name,
    descriptions.company_that_spoke,
    descriptions.company_in_view,
    descriptions.description_kept,
    nobody,
)
"""The rules that a claim's speaker is asked from, the first that answers decides."""

LATER_RULES: tuple[SpeakerRule, ...] = (teasers.named_next,)
"""Asked once all speakers are known; where one answers, it overrules the rules before."""


def find_speakers(scene: Scene, drafts: list[Draft]) -> list[Speaker]:
    """The speaker of each draft, in their order. Drafts are sorted by the text."""
    # Of a claim not heard yet is known what is known of a quotation alone.
    unheard = Speaker(None, None, certainties()["nobody", "a quotation alone"], "nobody")
    speakers = [unheard] * len(drafts)
    voices: list[Voice] = []
    asked: dict[int, Asked] = {}  # each looks at `speakers`, which fill up as the text is heard
    for i in sorted(range(len(drafts)), key=lambda i: _order(drafts, i)):
        asked[i] = _asked(scene, drafts, i, speakers, voices)
        speakers[i] = _answer(SPEAKER_RULES, asked[i]) or unheard
        if drafts[i].source is not None or drafts[i].cue is None or speakers[i].is_known:
            insort(voices, _voice(asked[i], speakers[i]), key=lambda voice: voice.position)
    return [_answer(LATER_RULES, asked[i]) or speaker for i, speaker in enumerate(speakers)]


def with_speakers(drafts: list[Draft], speakers: list[Speaker]) -> tuple[list[Draft], list[Speaker]]:
    """Leave out reports that give neither the words nor who said them: "it is recommended to"."""
    kept = [
        (draft, speaker)
        for draft, speaker in zip(drafts, speakers, strict=True)
        if draft.kind != "indirect" or draft.source or speaker.is_known
    ]
    return [draft for draft, _ in kept], [speaker for _, speaker in kept]


def _answer(rules: Sequence[SpeakerRule], asked: Asked) -> Speaker | None:
    decided = decide(rules, asked)
    if decided is None:
        return None
    rule, answer = decided
    certainty = certainties()[rule, answer.case] * answer.share
    return Speaker(answer.thing, answer.description, certainty, rule)


def _asked(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker], voices: list[Voice]) -> Asked:
    span = drafts[index].source
    source = words = take_apart(scene, span) if span else None
    if source is not None and source.pronoun == "relative":
        span = phrase_before(scene, source.span[0])
        words = take_apart(scene, span) if span else None
    text = scene.document.text[slice(*span)] if span else None
    kept = None if text is None or text.lower() in word_lists.words("not_descriptions") else text
    return Asked(scene, drafts, index, known, voices, source, words, kept)


def _heard_at(draft: Draft) -> int:
    """Where the reader learns of the speaker."""
    if draft.source is not None:
        return draft.source[0]
    return draft.cue.span[0] if draft.cue else draft.start


def _order(drafts: list[Draft], index: int) -> tuple[int, bool, int]:
    """Sorts a claim by the text, but behind the one whose quotation it is in: "“I think it rained,” Marsh said"."""
    outer = enclosing(drafts, index)
    is_quoted = outer is not None and drafts[outer].kind == "direct"
    first = drafts[outer] if outer is not None and is_quoted else drafts[index]
    return _heard_at(first), is_quoted, _heard_at(drafts[index])


def _voice(asked: Asked, speaker: Speaker) -> Voice:
    draft, source = asked.draft, asked.source
    text = asked.scene.document.text[slice(*draft.source)] if draft.source else ""
    gender = word_lists.table("gendered_nouns").get(source.head) if source and source.head else None
    plural = source is not None and source.is_plural
    asks = draft.cue is not None and draft.cue.stance == "question"
    head = asked.words.head if asked.words else None
    return Voice(_heard_at(draft), speaker.thing, text, speaker.description, gender, plural, asks, head)
