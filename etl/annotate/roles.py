"""Which role the article gives a person: by the words before the name, or by an apposition after it."""

from __future__ import annotations

import re

from etl.annotate import lexicon
from etl.annotate.document import Document, trim
from etl.annotate.mentions import Thing
from etl.records import Span

_WORD = re.compile(r"[\w.’'&-]+")
_JOINERS = {"of", "for", "and", "the", "to", "in", "at", "&"}
_APPOSITION = re.compile(r",\s+([^,.;:\n“”\"]{4,90})(?=[,.;:\n]|$)")
_BEFORE_COMMA = re.compile(
    r"(?:^|[\s,(])((?:the |a |an |his |her |their )?[^,.;:\n“”\"]{4,80}),\s+$", re.IGNORECASE
)
_VERBS = re.compile(
    r"\b(?:said|says|told|was|is|were|has|had|will|would|have|which|who|whose|he|she|they)\b", re.IGNORECASE
)


def roles_of(document: Document, thing: Thing) -> tuple[str, ...]:
    """The roles given to a person anywhere in the article, in the order of the text."""
    roles = (role_at(document, mention) for mention in thing.mentions)
    return tuple(dict.fromkeys(role for role in roles if role is not None))


def role_at(document: Document, mention: Span) -> str | None:
    """The role given beside one mention."""
    return _before(document, mention) or _after(document, mention) or _before_comma(document, mention)


def names_role(words: str) -> bool:
    """Whether words hold a noun that names a role."""
    lowered = re.sub(r"[’']s\b", "", words.lower())
    found = _WORD.findall(lowered)
    pairs = [" ".join(found[i : i + 2]) for i in range(len(found) - 1)]
    return any(
        word in lexicon.words("roles") or word in lexicon.table("gendered_nouns") for word in found + pairs
    )


def _is_role_word(word: str) -> bool:
    return word.lower() in lexicon.words("roles") or word.lower().rstrip(".") in lexicon.table("honorifics")


def _before(document: Document, mention: Span) -> str | None:
    """Words up to the name: capitals and role words, back to the first that is neither."""
    sentence = document.sentence(mention[0])
    words = list(_WORD.finditer(document.text, sentence[0], mention[0]))
    start = mention[0]
    position = mention[0]
    for word in reversed(words):
        if document.text[word.end() : position].strip(" \t"):
            break
        token = word.group()
        plain = token.lower()
        if plain in lexicon.words("helpers") or plain in ("by", "with", "from", "as", "said", "says"):
            break
        is_title = token[0].isupper() or _is_role_word(token) or plain in lexicon.words("role_modifiers")
        if not is_title and (plain not in ("of", "for") or start == mention[0]):
            break
        position = word.start()
        if plain not in _JOINERS:
            start = word.start()
    begin, end = trim(document.text, start, mention[0], ",")
    return _clean(document.text[begin:end])


def _after(document: Document, mention: Span) -> str | None:
    found = _APPOSITION.match(document.text, mention[1], document.sentence(mention[0])[1])
    return _clean(found.group(1), most=14) if found else None


def _before_comma(document: Document, mention: Span) -> str | None:
    found = _BEFORE_COMMA.search(document.text[document.sentence(mention[0])[0] : mention[0]])
    return _clean(found.group(1), most=12) if found else None


def _clean(words: str, most: int = 10) -> str | None:
    """The role without articles and bare honorifics; None where the words name no role."""
    words = re.split(r"\s[–—-]\s", words)[-1]
    words = re.sub(r"^(?:the|a|an|his|her|their|and|but|as)\s+", "", words.strip(), flags=re.IGNORECASE)
    tokens = words.split()
    while len(tokens) > 1 and tokens[-1].lower().rstrip(".") in ("dr", "mr", "mrs", "ms", "prof", "sir"):
        tokens.pop()
    words = " ".join(tokens)
    if not tokens or len(tokens) > most or _VERBS.search(words) or not names_role(" ".join(tokens[:8])):
        return None
    return None if len(tokens) == 1 and words.lower().rstrip(".") in ("dr", "mr", "mrs", "ms") else words
