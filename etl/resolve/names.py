"""Names across spellings: Zajarova = Zakharova, Zelensky = Zelenskyy, Dmitri = Dmitry, Kiev = Kyiv.

Precision first: a key is the same only for names that differ by transliteration or by a known alias; a
score of 0.5 and more says that two names may be one by themselves.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from etl.language import word_lists
from etl.language.acronyms import initials
from etl.language.aliases import standard_anywhere
from etl.language.honorifics import without_titles

_SOUNDS = (
    (r"shch|sch|sh", "s"),
    (r"zh|dzh", "z"),
    (r"tch|tsch|ch|cz", "c"),
    (r"x", "ks"),
    (r"kh", "h"),
    (r"(?<=a)j(?=a)", "h"),  # Spanish Zajarova
    (r"ts|tz", "c"),
    (r"ph", "f"),
    (r"ck|q", "k"),
    (r"(?<=[aeiou])y(?=[aeiou])|j", "i"),
    (r"iy|yy|yi|ij|ii|y", "i"),
    (r"ie|ye|io|yo", "e"),
    (r"ou|oo", "u"),
    (r"w", "v"),
    (r"off?\b|ow\b", "ov"),
    (r"(.)\1+", r"\1"),
)


def name_key(name: str, kind: str = "person") -> str:
    """The same for all spellings of one name.

    A person's name is without titles and folded by its sound; other names are those that they stand for, an
    organisation's without its legal form.
    """
    if kind == "person":
        return _sound(without_titles(name))
    folded = standard_anywhere(name)
    if kind == "organisation":
        words = folded.split()
        folded = " ".join(
            words[:-1] if len(words) > 1 and words[-1] in word_lists.words("legal_forms") else words
        )
    return folded


def _sound(folded: str) -> str:
    for pattern, replacement in _SOUNDS:
        folded = re.sub(pattern, replacement, folded)
    return folded


def name_score(left: str, right: str, kind: str = "person") -> float:
    """How surely two names are one thing by the names alone: 0..1, 0.5 and more is the same.

    Words are aligned one to one by their sound. Missing middle names cost little; a contradicting given
    name, initial or generation, or a bare surname against a full name, ends below 0.5.
    """
    left_key, right_key = name_key(left, kind), name_key(right, kind)
    if not left_key or not right_key:
        return 0.0
    if left_key == right_key or left_key.replace(" ", "") == right_key.replace(" ", ""):
        return 1.0
    if kind != "person":
        return _organisation_score(left_key, right_key)
    return _person_score(left_key.split(), right_key.split())


def _organisation_score(left: str, right: str) -> float:
    shorter, longer = sorted((left.split(), right.split()), key=len)
    if len(shorter) == 1 and len(longer) > 1:
        return 0.7 if len(shorter[0]) > 2 and shorter[0] in initials(longer) else 0.2
    similarity = Levenshtein.normalized_similarity(" ".join(sorted(shorter)), " ".join(sorted(longer)))
    return similarity if similarity > 0.92 else 0.45 * similarity


def _person_score(left: list[str], right: list[str]) -> float:
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) > 2 and len(longer) > len(shorter):
        return 0.45  # both give middle names, and not the same: George W. Bush, George H. W. Bush
    if len(shorter) == 1:
        return (
            0.4 * max(_word_score(shorter[0], word) for word in longer)
            if len(longer) > 1
            else (_word_score(shorter[0], longer[0]) ** 2)
        )
    free = list(longer)
    scores = []
    for word in shorter:
        best = max(free, key=lambda other: (_word_score(word, other), -free.index(other)))
        scores.append(_word_score(word, best))
        free.remove(best)
    missing = 1 - 0.05 * len(free)
    return min(scores) * missing if min(scores) >= 0.7 else 0.45 * min(scores)


def _word_score(left: str, right: str) -> float:
    if left == right:
        return 1.0
    if min(len(left), len(right)) == 1:
        return 0.8 if left[0] == right[0] else 0.0
    if left[0] != right[0] or min(len(left), len(right)) < 4:
        return 0.0
    similarity = Levenshtein.normalized_similarity(left, right)
    return similarity if similarity >= 0.75 else 0.0
