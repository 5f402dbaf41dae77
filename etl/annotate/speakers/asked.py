"""What the rules for speakers are asked, and what they answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etl.annotate.claims.cues import Cue
from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.sources import SourceWords


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claim's speaker, or the words for one without a name; both None for nobody, both given for the first of several.

    `certainty` is 0..1, `rule` the name of the rule that decided.
    """

    thing: Thing | None
    description: str | None
    certainty: float
    rule: str

    @property
    def is_known(self) -> bool:
        return self.thing is not None or self.description is not None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who spoke in an earlier claim: a thing, or only a description; `words` are those of the source, `head` its noun."""

    position: int
    thing: Thing | None
    words: str
    description: str | None
    gender: str | None
    is_plural: bool
    asks: bool = False
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule answers: who speaks, by name or by description; both None for nobody, both for the first of several.

    The rule's name and `case` look up its certainty in certainties.tsv, which is multiplied by `share`: the
    certainty of another speaker where the answer rests on that one.
    """

    thing: Thing | None = None
    description: str | None = None
    case: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim whose speaker is asked for, and what is known when the reader hears of it.

    `known` has the speakers of the claims heard before, `voices` the same in the order of hearing. `source` is the
    claim's source taken apart. `words` may name or describe the speaker: the source, or for a "who" the phrase
    that it stands behind; `kept` are they as text, to keep as the description, None where they describe nobody.
    """

    scene: Scene
    drafts: list[Draft]
    index: int
    known: list[Speaker]
    voices: list[Voice]
    source: SourceWords | None
    words: SourceWords | None
    kept: str | None

    @property
    def draft(self) -> Draft:
        return self.drafts[self.index]

    @property
    def cue(self) -> Cue | None:
        return self.draft.cue

    @property
    def pronoun(self) -> str | None:
        """The sort of pronoun that the source is, or whose words it is."""
        return self.source.pronoun if self.source else None

    @property
    def described(self) -> SourceWords | None:
        """The words, where they describe somebody: they are no pronoun, or the phrase before a "who"."""
        return self.words if self.pronoun in (None, "relative") else None


SpeakerRule = Callable[[Asked], Answer | None]
