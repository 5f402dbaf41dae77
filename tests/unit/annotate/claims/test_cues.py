import pytest

from etl.annotate.claims.cues import find_cue, lemma
from etl.language import word_lists
from etl.language.vocabulary import Demands, Stance


@pytest.mark.parametrize(
    ("form", "verb"),
    [("said", "say"), ("denies", "deny"), ("urging", "urge"), ("admitted", "admit"), ("told", "tell")],
)
def test_lemma(form: str, verb: str) -> None:
    assert lemma(form) == verb


@pytest.mark.parametrize(
    ("words", "head", "stance", "demands"),
    [
        ("has also accused", "accused", "accusation", "claim"),
        ("According to", "According to", "statement", "claim"),
        ("has repeatedly called for", "called for", "demand", "claim"),
        ("told a joint press conference", "told", "statement", "claim"),
        ("wants", "wants", "belief", "never"),
        ("refused", "refused", "statement", "never"),
        ("vowed", "vowed", "promise", "claim"),
    ],
)
def test_head(words: str, head: str, stance: str, demands: str) -> None:
    cue = find_cue(words, (0, len(words)))
    assert cue is not None
    assert (words[slice(*cue.span)], cue.stance, cue.demands) == (head, stance, demands)


def test_negation() -> None:
    cue = find_cue("has not yet said", (0, 16))
    assert cue is not None and cue.is_negated


def test_lists_of_cues_speak_the_vocabulary() -> None:
    for lemma_of_cue, stance, demands in word_lists.rows("cues"):
        assert stance in set(Stance) and demands in set(Demands), lemma_of_cue
    assert set(word_lists.table("cue_nouns").values()) <= set(Stance)
