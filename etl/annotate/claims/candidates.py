"""What the rules for claims are asked: a draft in its text, and what several of them look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate.claims.cues import Cue
from etl.annotate.claims.drafts import Draft
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.vocabulary import ClaimKind

QUESTION_WORD = re.compile(r"(?:whether|if|why|how|what|when|where|who)\b", re.IGNORECASE)
_THAT = re.compile(r"that\s$", re.IGNORECASE)
_REACH = 24  # characters before a cue that hold its auxiliaries


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft of which it is asked whether it is a claim."""

    document: Document
    draft: Draft

    @property
    def cue(self) -> Cue:
        """The cue. The rules behind "no cue" are asked only where there is one."""
        assert self.draft.cue is not None
        return self.draft.cue

    @property
    def before_cue(self) -> str:
        """The words just before the cue."""
        start = self.cue.span[0]
        return self.document.text[max(0, start - _REACH) : start]

    @property
    def behind_cue(self) -> str:
        """The words behind the cue, to the end of its line."""
        end = self.cue.span[1]
        return self.document.text[end : self.document.line(end)[1]]

    @property
    def cue_words(self) -> list[str]:
        return self.document.words(self.cue.span)

    @property
    def content(self) -> str:
        """The text from the first word of the content to the last."""
        return self.document.text[self.draft.start : self.draft.end]

    @property
    def words(self) -> list[str]:
        """The words from the first of the content to the last, in lower case."""
        return self.document.words((self.draft.start, self.draft.end))

    @property
    def word_count(self) -> int:
        """How many words the pieces of the content have."""
        return sum(len(self.document.words(piece)) for piece in self.draft.pieces)

    @property
    def is_indirect(self) -> bool:
        return self.draft.kind == ClaimKind.INDIRECT

    @property
    def is_half_quoted(self) -> bool:
        """Whether at least half of the content stands in quotation marks."""
        quoted = sum(sum(self.document.quoted[start:end]) for start, end in self.draft.pieces)
        return quoted * 2 >= sum(end - start for start, end in self.draft.pieces)

    @property
    def follows_that(self) -> bool:
        text = self.document.text
        return any(_THAT.search(text, max(0, start - 6), start) for start, _ in self.draft.pieces)

    @property
    def is_proposition(self) -> bool:
        """Whether the content says something: it follows "that", or has a subject and a verb."""
        if self.follows_that:
            return True
        words = self.words
        if not words or words[0] in ("to", "for", "about") or QUESTION_WORD.match(words[0]):
            return False
        return any(word in word_lists.words("finite_verbs") or word.endswith("n't") for word in words[1:10])
