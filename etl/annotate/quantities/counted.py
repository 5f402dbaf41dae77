"""The noun that a number counts."""

from __future__ import annotations

import re

from etl.language import word_lists

Counted = tuple[str | None, int | None]  # the noun and where it ends

_NOUN = re.compile(r"[ \u00a0-]+([A-Za-z][\w’'-]*)")
_JOINED = re.compile(r" ?- ?([a-z]+)\b")
_OF = re.compile(r" of (?:the |its |his |her |their )?")
_REACH = 5  # words from the number to its noun
_NOT_COUNTED: Counted = (None, None)


def counted(text: str, end: int) -> Counted:
    """The noun behind a number: the first plural among the next words, else the word joined to it."""
    joined = _JOINED.match(text, end)
    if joined and joined[1] not in word_lists.words("counted_dimensions"):
        return joined[1], joined.end()
    of = _OF.match(text, end)
    position = of.end() - 1 if of else end
    for step in range(_REACH):
        word = _NOUN.match(text, position)
        if word is None or "\n" in text[position : word.start(1)]:
            return _NOT_COUNTED
        plain = _plain(word[1])
        is_stop = plain in word_lists.words("noun_stops") and not (plain == "and" and step)
        if is_stop or plain in word_lists.table("numbers"):
            return _NOT_COUNTED
        if is_plural(word[1]) and not _is_in_name(text, word, step):
            return word[1], word.end()
        if step == 0 and plain in word_lists.words("singular_counted"):
            return word[1], word.end()
        position = word.end()
    return _NOT_COUNTED


def counted_once(text: str, start: int, end: int) -> Counted:
    """The noun that "one" counts: "one former adviser"; none where it is a pronoun ("one of", "no one")."""
    before = re.search(r"([\w’'-]+) $", text[max(0, start - 16) : start])
    if before and (
        before[1].lower() in word_lists.groups("quantity_one")["before"] or _is_name(before[1], text[start])
    ):
        return _NOT_COUNTED
    run: list[re.Match[str]] = []
    position = end
    while len(run) < _REACH - 1:
        word = _NOUN.match(text, position)
        if word is None or "\n" in text[position : word.start(1)] or (run and _ends_noun(word[1])):
            break
        run.append(word)
        position = word.end()
    if not run or _opens_no_noun(run[0][1]) or text[end] == "-":
        return _NOT_COUNTED
    head = run[0] if len(run) == _REACH - 1 else run[-1]
    return _plain(head[1]) if head[1].islower() else head[1], head.end()


def _is_name(before: str, first: str) -> bool:
    """Whether "One" ends a name: "Formula One"."""
    return before[0].isupper() and first.isupper()


def _opens_no_noun(word: str) -> bool:
    return _ends_noun(word) or word.lower() in word_lists.groups("quantity_one")["after"]


def _ends_noun(word: str) -> bool:
    """Whether a word can't belong to the noun: a small word, or a verb by its form."""
    plain = _plain(word)
    return (
        plain in word_lists.words("noun_stops")
        or plain in word_lists.table("numbers")
        or plain in word_lists.words("finite_verbs")
        or plain in word_lists.table("irregular_verbs")
        or (plain.endswith("ed") and len(plain) > 4)
        or plain.endswith(("n't", "n’t"))
    )


def next_word(text: str, end: int) -> str | None:
    """The word behind a number."""
    found = _NOUN.match(text, end)
    return found[1] if found else None


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural: "cars", "gunmen", "people"."""
    plain = _plain(word)
    if plain in word_lists.words("counted_plurals") or plain.endswith(("men", "women", "people", "children")):
        return True
    return plain.endswith("s") and not plain.endswith(("ss", "ous", "us", "is")) and not word.isupper()


def _plain(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s")


def _is_in_name(text: str, word: re.Match[str], step: int) -> bool:
    """Whether a plural belongs to a name before what is counted: "five China Airlines flights"."""
    is_name = step > 0 and word[1][0].isupper()
    return is_name and re.match(r" [a-z]+s\b", text[word.end() : word.end() + 24]) is not None
