"""Rules for a description as source: "the minister", "the 34-year-old", "the company". Nobody where none fits."""

from __future__ import annotations

import re
from typing import TypeGuard

from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.antecedents import best_placed, person_meant, person_score
from etl.annotate.speakers.asked import Answer, Asked, Voice
from etl.annotate.speakers.role_match import portfolio, role_fit
from etl.annotate.speakers.sources import SourceWords
from etl.language import word_lists
from etl.language.fold import fold
from etl.records import Span

_TELLS_APART = re.compile(r"\sof an?\s|[^,]\swho\s")
_LAST_MENTIONS = 12  # among which "the company" is looked for
_LAST_VOICES = 4


def names_nobody(asked: Asked) -> Answer | None:
    """A plural or an indefinite description stays what it is.

    Place: first of the descriptions, for such words are used where no name is given.
    For: Robert Quist left. {A spokesman} [said] <it was late>. -> A spokesman
    For: {Officials in Aldermouth} [said] <it was late>. -> Officials in Aldermouth
    Against: Foreign Minister Robert Quist left. {The minister} [said] <it was late>. -> Robert Quist
    """
    described = asked.described
    return _kept(asked) if described and (described.is_plural or not described.is_definite) else None


def same_noun_again(asked: Asked) -> Answer | None:
    """Somebody without a name who spoke before, by the same noun, with nobody of a name since.

    Place: before the rules that look for a name, for "a senior official … the official" is one and has none.
    For: Mayor Robert Quist left. {A mayor in the north} [said] <it was late>. {The mayor} [added] <it was cold>.
        -> A mayor in the north; A mayor in the north
    Against: {A mayor} [said] <it was late>. Mayor {Robert Quist} [agreed] <it was>. {The mayor} [added] <it was cold>.
        -> A mayor; Robert Quist; Robert Quist
    """
    if not _is_person(asked.described):
        return None
    for voice in reversed(asked.voices[-_LAST_VOICES:]):
        if voice.thing is not None and voice.thing.kind == "person":
            return None
        if voice.thing is None and voice.description and voice.head == asked.described.head:
            return Answer(description=voice.description)
    return None


def all_words_in_a_name(asked: Asked) -> Answer | None:
    """The organisation whose name has every word of a description of two or more.

    Place: before the roles, for "the general council" would else be taken for a person's.
    For: The Northern Pilots Union met. {The pilots union} [said] <it was late>. -> Northern Pilots Union
    Against: The Northern Pilots Union met. {The union} [said] <it was late>. -> Northern Pilots Union
    """
    if asked.described is None:
        return None
    words = _telling_words(asked.scene, asked.described)
    named = _sharing_words(asked.scene, words, asked.described.head or "") if len(words) > 1 else None
    return Answer(named) if named and words <= set(fold(named.name).split()) else None


def tells_of_somebody_new(asked: Asked) -> Answer | None:
    """Nobody named is meant by words that tell one person from all others: "of a …" or a "who" without a comma.

    Place: before the rules that look for a person named, for such words introduce one.
    For: Helen Marsh came by bus. {The author of a book on her} [said] <it was late>. -> The author of a book on her
    For: Helen Marsh came by bus. {The woman who sold her the ticket} [said] <it was late>.
        -> The woman who sold her the ticket
    Against: Helen Marsh came by bus. {The woman, who was cold,} [said] <it was late>. -> Helen Marsh
    """
    if not _is_person(asked.described):
        return None
    is_new = _TELLS_APART.search(asked.scene.document.text, *asked.described.span)
    return _kept(asked) if is_new else None


def has_the_role(asked: Asked) -> Answer | None:
    """The likeliest person to whom the article gives the role that a description names, or a near one.

    Place: first for persons, for a role given tells more than who is in view.
    For: Finance Minister Helen Marsh met Foreign Minister Robert Quist. {The foreign minister} [said] <it was late>.
        -> Robert Quist
    For: Deputy Foreign Minister Helen Marsh spoke. {The number two of the ministry} [said] <it was late>.
        -> Helen Marsh
    Against: Finance Minister Helen Marsh spoke. {The transport minister} [said] <it was late>.
        -> The transport minister
    Against: Aldermouth Mayor Robert Quist met Helen Marsh. {The Nordfly mayor} [said] <it was late>. -> The Nordfly mayor
    """
    if not _is_person(asked.described):
        return None
    scene, described, gender = asked.scene, asked.described, _gender(asked.described)
    scored = [
        (fit, score, thing)
        for thing in scene.things
        if thing.kind == "person"
        and (gender is None or thing.gender in (None, gender))
        and (fit := role_fit(scene, thing, described, asked.voices))
        and (score := _score(scene, thing, described.span[0], gender, asked.voices)) is not None
    ]
    return Answer(max(scored, key=lambda item: (*item[:2], item[2].key))[2]) if scored else None


def person_in_view(asked: Asked) -> Answer | None:
    """Whom "the woman" or "the 34-year-old" means: words so general that they work like "he" or "she".

    Place: behind "has the role"; where nobody is in view, "just introduced" is not asked.
    For: Helen Marsh came by bus. {The woman} [said] <it was late>. -> Helen Marsh
    For: Helen Marsh met Ashlin Vaur. {The woman} [said] <it was late>. -> Helen Marsh
    For: Helen Marsh came by bus. Ashlin Vaur left. {The woman} [said] <it was late>. -> Ashlin Vaur
    For: {A neighbour} [said] <it was late>. {The woman} [added] <it was cold>. -> A neighbour; A neighbour
    Against: Helen Marsh came by bus. {The prosecutor} [said] <it was late>. -> The prosecutor
    """
    if not _is_person(asked.described) or not _could_be_anyone(asked.scene, asked.described):
        return None
    return person_meant(asked.scene, asked.described.span[0], _gender(asked.described), asked.voices)


def just_introduced(asked: Asked) -> Answer | None:
    """The one person named just before without a role, to whom the description now gives one.

    Place: behind "has the role", for it asks for persons without any.
    For: <It was lost>, {Robert Quist} [said]. “<I wish it were not>,” {the transport minister} [added].
        -> Robert Quist; Robert Quist
    Against: Pilot Robert Quist left. {The transport minister} [said] <it was late>. -> The transport minister
    """
    if not _is_person(asked.described) or _could_be_anyone(asked.scene, asked.described):
        return None
    introduced = _introduced(asked.scene, asked.described, asked.voices)
    return Answer(introduced) if introduced else None


def document(asked: Asked) -> Answer | None:
    """A document whose author the article does not tell by it: "the report".

    Place: before the organisations, with whose names its words are often shared.
    For: Nordfly left. {The report} [said] <it was late>. -> The report
    Against: {The Nordfly report} [said] <it was late>. -> Nordfly
    """
    return _kept(asked) if _is_thing(asked.described) and _is_document(asked.described) else None


def most_words_in_a_name(asked: Asked) -> Answer | None:
    """The organisation whose name has most words of the description, or its one noun.

    Place: before "company that spoke", for shared words tell more than who is in view.
    For: The Northern Pilots Union met. {The pilots' small union} [said] <it was late>. -> Northern Pilots Union
    For: The Northern Pilots Union met. {The union} [said] <it was late>. -> Northern Pilots Union
    Against: The Northern Pilots Union met. {The small club} [said] <it was late>. -> The small club
    """
    if not _is_thing(asked.described):
        return None
    words = _telling_words(asked.scene, asked.described)
    named = _sharing_words(asked.scene, words, asked.described.head or "")
    return Answer(named) if named else None


def company_that_spoke(asked: Asked) -> Answer | None:
    """The organisation among the last speakers, for a bare "the company", "the club" or "the newspaper".

    Place: behind the rules for shared words, before "company in view".
    For: {Nordfly} [said] <it was late>. Helen Marsh nodded. {The airline} [added] <it was cold>. -> Nordfly; Nordfly
    Against: Nordfly opened. {The airline} [said] <it was late>. -> Nordfly
    """
    earlier = _companies_before(asked)
    for voice in reversed(asked.voices[-_LAST_VOICES:]):
        if voice.thing is not None and any(thing is voice.thing for _, thing in earlier):
            return Answer(voice.thing)
    return None


def company_in_view(asked: Asked) -> Answer | None:
    """The most prominent organisation just before, for a bare "the company", "the club" or "the newspaper".

    Place: behind "company that spoke", the last and least sure rule that names somebody.
    For: Nordfly opened. {The airline} [said] <it was late>. -> Nordfly
    Against: Nordfly opened. {The newspaper} [said] <it was late>. -> The newspaper
    Against: Robert Quist left Nordfly. {His group} [said] <it was late>. -> His group
    """
    near = _companies_before(asked)[-_LAST_MENTIONS:]
    best = best_placed(asked.scene, near, asked.described.span[0]) if asked.described else None
    return Answer(best[2]) if best else None


def description_kept(asked: Asked) -> Answer | None:
    """A description that no rule resolves keeps its words: rather nobody than the wrong one.

    Place: the last rule for descriptions.
    For: Helen Marsh left. {The prosecutor} [said] <it was late>. -> The prosecutor
    For: {The woman} [said] <it was late>. -> The woman
    Against: Helen Marsh left. {She} [said] <it was late>. -> Helen Marsh
    """
    described = asked.described
    if described is None:
        return None
    if _is_person(described):
        return _kept(asked, "nobody in view" if _could_be_anyone(asked.scene, described) else "a person")
    return _kept(asked, "a company" if _is_bare_company(asked.scene, described) else "a thing")


def _kept(asked: Asked, case: str = "") -> Answer:
    return Answer(description=asked.kept, case=case)


def _gender(described: SourceWords) -> str | None:
    return word_lists.table("gendered_nouns").get(described.head or "")


def _is_person(described: SourceWords | None) -> TypeGuard[SourceWords]:
    """Whether a description is of a person, by its noun."""
    if described is None:
        return False
    head = described.head or ""
    is_role = head in word_lists.words("roles") or head in word_lists.table("demonyms")
    return is_role or "-year-old" in head or _gender(described) is not None


def _is_thing(described: SourceWords | None) -> TypeGuard[SourceWords]:
    return described is not None and not _is_person(described)


def _could_be_anyone(scene: Scene, described: SourceWords) -> bool:
    """Whether a person's description is as good as a pronoun: "the man", but not "the Pole" or "the minister"."""
    head, words = described.head or "", scene.document.words(described.span)
    demonyms = word_lists.table("demonyms")
    if head in demonyms or (
        head in word_lists.words("roles") and head not in word_lists.words("generic_persons")
    ):
        return False
    countries = {word for word in words if word in demonyms}
    told = {word for roles in scene.roles.values() for role in roles for word in role.lower().split()}
    if countries and not countries & told:
        return False
    return words[0] in ("the", "this", "that") and not portfolio(words, head)


def _is_document(described: SourceWords) -> bool:
    return described.head in word_lists.words("document_nouns")


def _is_bare_company(scene: Scene, described: SourceWords) -> bool:
    """Whether a description is nothing but a noun for the one company, club or medium in view."""
    kinds = word_lists.words("company_nouns") | word_lists.words("media_nouns") | {"agency"}
    is_anothers = scene.document.words(described.span)[0] in ("his", "her", "their", "its")
    return described.head in kinds and not is_anothers and len(_telling_words(scene, described)) <= 1


def _telling_words(scene: Scene, described: SourceWords) -> set[str]:
    """The words of a description that tell it from others."""
    return set(scene.document.words(described.span)) - word_lists.words("noun_stops")


def _score(
    scene: Scene, thing: Thing, position: int, gender: str | None, voices: list[Voice]
) -> float | None:
    """As for a pronoun, but a role reaches back over the whole article."""
    score = person_score(scene, thing, position, gender, voices)
    is_before = thing.mentions[0][1] <= position
    return -position / 1e6 if score is None and is_before else score


def _introduced(scene: Scene, described: SourceWords, voices: list[Voice]) -> Thing | None:
    """The person just named without any role, whom the description now gives one.

    He spoke last; or the description tells more ("the director of the port", "the Polish engineer") and he is
    the one named in the sentence before. Nobody else was named since.
    """
    document, position = scene.document, described.span[0]
    spoke = next((voice for voice in reversed(voices) if voice.position < position), None)
    start = document.sentences[max(0, document.sentence_index(position) - 1)][0]
    lines = document.line_index(position) - document.line_index(spoke.position) if spoke else 9
    if spoke is not None and lines <= 1:
        start = min(start, document.sentence(spoke.position)[0])
    named = [
        (span, thing)
        for span, thing in scene.within((start, position))
        if thing.kind == "person" and document.quotation(span[0]) is None
    ]
    if len({thing.key for _, thing in named}) != 1:
        return None
    span, thing = named[0]
    is_voice = spoke is not None and lines <= 1 and spoke.thing is thing
    words = document.words(described.span)
    is_meant = words[0] == "the" and (is_voice or any(_tells_who(word) for word in words))
    is_owner = document.text.startswith(("'s", "’s"), span[1])
    return thing if is_meant and not is_owner and not scene.roles.get(thing.key) else None


def _tells_who(word: str) -> bool:
    """Whether a word of a description is about its person: an age, a country, "of" something."""
    return word == "of" or word.endswith("-year-old") or word in word_lists.table("demonyms")


def _companies_before(asked: Asked) -> list[tuple[Span, Thing]]:
    """The mentions before a bare "the company" that it may mean: of media for a medium, of others else."""
    described = asked.described
    if not _is_thing(described) or not _is_bare_company(asked.scene, described):
        return []
    is_medium = described.head in word_lists.words("media_nouns")
    return [
        (span, thing)
        for span, thing in asked.scene.before(described.span[0])
        if thing.kind == "organisation"
        and (described.head == "agency" or is_medium == (fold(thing.name) in word_lists.words("media")))
    ]


def _sharing_words(scene: Scene, words: set[str], head: str) -> Thing | None:
    """The organisation whose name has most words of the description."""
    for thing in scene.things:
        if thing.kind != "organisation":
            continue
        own = set(fold(thing.name).split())
        if any(word in word_lists.table("demonyms") and word not in own for word in words):
            continue
        shared = len(own & {word.removesuffix("'s").removesuffix("’s") for word in words})
        if shared * 2 > len(words) or (head in own and len(words) == 1):
            return thing
    return None
