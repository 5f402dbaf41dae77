"""The words that rows, lists and models share: stances, kinds of claims, entities and times. A member is its string."""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """What a speaker does by saying something."""

    STATEMENT = "statement"
    DENIAL = "denial"
    DEMAND = "demand"
    PROMISE = "promise"
    ACCUSATION = "accusation"
    BELIEF = "belief"
    QUESTION = "question"


class ClaimKind(StrEnum):
    """Whether the words of a claim stand in quotation marks: all, none or some of them."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class EntityKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class TimeKind(StrEnum):
    """The type of a TIMEX3 expression."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


class Demands(StrEnum):
    """What it takes for a cue to report a claim, as in lexicon/cues.tsv."""

    CLAIM = "claim"  # any content
    CLAUSE = "clause"  # only a proposition: after "that", quoted, or with a verb of its own
    NEVER = "never"
    UNKNOWN = "unknown"  # the verb stands in no list
