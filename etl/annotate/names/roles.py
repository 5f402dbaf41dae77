"""Which role the article gives a person: by the words before the name, or by an apposition after it."""

from __future__ import annotations

import re

from etl.annotate.names.forms import LETTERS
from etl.annotate.names.things import Thing
from etl.annotate.text.document import Document, trim
from etl.language import word_lists
from etl.language.fold import fold
from etl.language.honorifics import is_title, titles
from etl.records import Span

_WORD = re.compile(r"[\w.’'&-]+")
_JOINERS = {"of", "for", "and", "the", "to", "in", "at", "&"}
_APPOSITION = re.compile(
    r"(?:,\s+"
    + LETTERS
    + r")*,\s+((?:[^,.;:\n“”\"]|(?<=\b[A-Z])\.(?=\S| [a-z])|(?<=\b[A-Z]\.[A-Z])\.){4,90})(?=[,;:\n]|(?<!\b[A-Z])\.|$)"
)
_BEFORE_COMMA = re.compile(
    r"(?:^|[\s,(])((?:the |a |an |his |her |their )?[^,.;:\n“”\"]{4,80}),\s+$", re.IGNORECASE
)
_VERBS = re.compile(
    r"\b(?:said|says|told|was|is|were|has|had|will|would|have|which|who|whose|he|she|they)\b", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:(?:(?:last|next|this) (?:week|month|year|night|season)|fellow|another|one|"
    r"the|an?|his|her|its|their|our|my|and|but|as|according to|by|from|like|including|with)\s+)+",
    re.IGNORECASE,
)
_NEXT_PERSON = re.compile(r", ([A-Z][\w’'-]+)(?: [A-Z][\w.’'-]*)+")
_APPOSITION_OF_OWN = re.compile(r", (?:the|an?|his|her|its|their)\s")
_AFTER_ROLE = re.compile(r"[Ee]meritus|[Ee]lect|[Dd]esignate|[Gg]eneral|[A-Z]{2,5}")
_TO_DO = re.compile(r"\bto $")
_REMARK = re.compile(r"\s*\([^)]*\)?")
_PREPOSITION = re.compile(
    r"\s(?:of|for|at|in|on|to|with|by|from|about|against|who|whose|that)\s(?P<article>(?:the|an?|his|her|its|their)\s)?"
)
_OWN_PHRASE = re.compile(
    r".*\w(?<!\bof)(?<!\bfor)(?<!\bat)(?<!\bin)(?<!\bon)(?<!\bto)(?<!\bwith)(?<!\bby)(?<!\bfrom)\s(?:the|an?|his|her|its|their)\s"
)
_PERSON = re.compile(
    rf"-year-old\b|\b(?:{word_lists.alternation(word_lists.words('person_nouns'))})\b", re.IGNORECASE
)
_RANKS = word_lists.alternation(titles("rank"))
_RANK = re.compile(rf"(?:\s(?:{_RANKS}|rear|vice|air|field)\.?)?\s(?:{_RANKS})\.?$", re.IGNORECASE)
_OTHER_START = re.compile(
    r"(?:to|in|on|at|by|from|after|before|when|while|if|that|which|where|because)\s", re.IGNORECASE
)
# "Professor" is a role as well.
_BARE_TITLES = titles("courtesy", "academic") - word_lists.words("roles")


def roles_of(document: Document, thing: Thing) -> tuple[str, ...]:
    """What a person is called anywhere in the article, in the order of the text: roles, and "suspect" too."""
    roles = (_described_at(document, mention) for mention in thing.mentions)
    return tuple(dict.fromkeys(role for role in roles if role is not None))


def role_at(document: Document, mention: Span) -> str | None:
    """The role given beside one mention: a title, an office, or what the person is to another."""
    described = _described_at(document, mention)
    return described if described and is_role(described) else None


def is_role(description: str) -> bool:
    """Whether a description says a role, and neither an accusation ("suspect") nor only that it is a person ("woman")."""
    phrases = _PREPOSITION.split(description)
    head = phrases[0].lower().split()[-1]
    return head not in word_lists.words("not_roles")


def _described_at(document: Document, mention: Span) -> str | None:
    return _before(document, mention) or _after(document, mention) or _before_comma(document, mention)


def names_role(words: str) -> bool:
    """Whether words hold a noun that names a role."""
    lowered = re.sub(r"[’']s\b", "", words.lower())
    found = _WORD.findall(lowered)
    pairs = [" ".join(found[i : i + 2]) for i in range(len(found) - 1)]
    return any(
        word in word_lists.words("roles") or word in word_lists.table("gendered_nouns")
        for word in found + pairs
    )


def names_person(words: str) -> bool:
    """Whether words describe one person: by a role, an age, or as a source."""
    return names_role(words) or bool(_PERSON.search(words))


def _is_role_word(word: str) -> bool:
    return word.lower() in word_lists.words("roles") or is_title(word)


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
        is_article = plain == "the" and _follows_link(document, word.start())
        is_stop = plain in word_lists.words("helpers") or plain in (
            "by",
            "with",
            "from",
            "as",
            "said",
            "says",
        )
        if is_stop and not is_article:
            break
        is_modifier = plain in word_lists.words("role_modifiers") and start < mention[0]
        is_title = not token.islower() or _is_role_word(token) or is_modifier
        is_link = plain in ("of", "for", "and") or is_article
        if not is_title and (not is_link or start == mention[0]):
            break
        if plain == "and" and not _may_join(document, word, mention):
            break
        if word.start() == sentence[0] and plain in word_lists.words("role_stops"):
            break
        position = word.start()
        if plain not in _JOINERS:
            start = word.start()
    begin, end = trim(document.text, start, mention[0], ",")
    if _TO_DO.search(document.text, sentence[0], begin) and document.text[begin].islower():
        return None  # a verb: "assigned to guard Marsh"
    return _clean(document.text[begin:end])


def _follows_link(document: Document, start: int) -> bool:
    return document.text[:start].endswith((" of ", " for "))


def _may_join(document: Document, word: re.Match[str], mention: Span) -> bool:
    """Whether "and" joins two roles of one person.

    Against: "his friend and Princess Ann's godfather", "both the minister and Chancellor Lund".
    """
    is_owner = document.text.startswith(("'s", "’s"), mention[1])
    before = document.words((document.sentence(word.start())[0], word.start()))
    is_pair = bool(before) and before[-1] in word_lists.words("portfolios")
    is_both = "both" in before
    return is_pair or (not is_owner and not is_both and _role_ends(document, word.start()))


def _role_ends(document: Document, end: int) -> bool:
    """Whether the word before is a role: "chairman" before "and chief executive"."""
    words = _WORD.findall(document.text[document.sentence(end)[0] : end])
    return bool(words) and words[-1].lower() in word_lists.words("roles")


def _after(document: Document, mention: Span) -> str | None:
    found = _APPOSITION.match(document.text, mention[1], document.sentence(mention[0])[1])
    if found and _is_of_next(document, found.end()):
        return None
    return _clean(found.group(1), most=14, is_before=False) if found else None


def _is_of_next(document: Document, end: int) -> bool:
    """Whether an apposition is that of the person behind it: "… with Blinken, the spokeswoman, Maria Zakharova, said"."""
    following = _NEXT_PERSON.match(document.text, end)
    return (
        following is not None
        and fold(following.group(1)) in word_lists.table("given_names")
        and not (_APPOSITION_OF_OWN.match(document.text, following.end()))
    )


def _before_comma(document: Document, mention: Span) -> str | None:
    found = _BEFORE_COMMA.search(document.text[document.sentence(mention[0])[0] : mention[0]])
    return _clean(found.group(1), most=12) if found else None


def _clean(words: str, most: int = 10, is_before: bool = True) -> str | None:
    """The role without articles and bare honorifics; None where the words name no role.

    Words before a name may lead to the role ("with the words of the Polish president"), words behind a name
    open with it.
    """
    words = _REMARK.sub("", re.split(r"\s[–—-]\s", words)[-1]).split(")")[0].strip(" ?!")
    words = _LEADING.sub("", words)
    if is_before:
        words = _nearest_role(words)
    tokens = words.split()
    while len(tokens) > 1 and tokens[-1].lower().rstrip(".") in _BARE_TITLES:
        tokens.pop()
    words = " ".join(tokens)
    plain = _RANK.sub("", words)
    if is_before and names_role(plain) and not _is_civil(words) and plain.lower() not in titles("rank"):
        words = plain
    phrases = _PREPOSITION.split(words)
    names_one = names_role(phrases[0]) and _ends_in_role(phrases[0])
    if is_before and len(phrases) > 1:
        names_one = names_one or names_role(phrases[-1])
    if (
        not names_one
        or _OTHER_START.match(words)
        or len(tokens) > most
        or _VERBS.search(words)
        or _is_plural(phrases[0])
    ):
        return None
    return None if len(tokens) == 1 and words.lower().rstrip(".") in _BARE_TITLES else words


def _is_civil(role: str) -> bool:
    """Whether the "general" that a role ends in is no rank: "attorney general", which is written with a hyphen too."""
    return "-".join(role.lower().split()[-2:]) in word_lists.words("roles")


def _ends_in_role(phrase: str) -> bool:
    """Whether a phrase ends in its role: neither "officer first called" nor "illustrator Ann Lee"."""
    tokens = [token for token in phrase.split() if token[0].isalnum()]
    last = tokens[-1] if tokens else ""
    is_pair = " ".join(tokens[-2:]).lower() in word_lists.words("roles")
    return names_role(last) or is_title(last) or is_pair or _AFTER_ROLE.fullmatch(last) is not None


def _is_plural(phrase: str) -> bool:
    """Whether a phrase names several people: "other deputy ministers"."""
    last = phrase.split()[-1].lower()
    return last not in word_lists.words("roles") and last.removesuffix("s") in word_lists.words("roles")


def _nearest_role(words: str) -> str:
    """Leave out what stands before the phrase that names a role: "the government of" the president."""
    own = _OWN_PHRASE.match(words)
    if own and names_role(words[own.end() :]):
        return _nearest_role(words[own.end() :])
    for link in _PREPOSITION.finditer(words):
        head = words[: link.start()]
        is_capital = bool(head.split()) and head.split()[-1][0].isupper()
        is_name = is_capital and (not link.group("article") or words[link.end() : link.end() + 1].isupper())
        if names_role(head) or is_name:
            break
        if names_role(words[link.end() :]):
            return _nearest_role(words[link.end() :])
    return words
