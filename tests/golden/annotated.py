"""Golden articles: a line of the article stands after ">", what it says stands below it, a fact a line.

    > She denied on Monday that she closed the bridge, and that she knew of it.
      claim she #2 closed the bridge
        … that #2 she knew of it
        indirect denial
        cue denied
        source She
        speaker Helen Marsh
        role engineer
        said on 2024-03-04
      time Monday = 2024-03-04 date

Words are spelt as they stand in the paragraph: "she #2" is the second "she" of it, "Bern|to" ends inside a word,
"(+1) he" stands one paragraph further on. A name is followed by the longest name of what it belongs to, then
by its role. A speaker in brackets is one that nobody names.

The first column tells how a fact stands with the program: " " true and said; "-" true and not said today;
"+" said today and wrong. So " " and "-" are the truth. It is written by hand and never by the program:
`python -m tests.golden.annotated [NAME…]` renews the marks alone, after a look at what it prints.
"""

import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.annotate import annotate
from etl.records import Annotations, Article, Claim, Mention, Quantity, Span, Time

FOLDER = Path(__file__).parent / "annotations"
LEFT_OUT = ("text", "confidence", "extractor", "cue_lemma")
"""Fields that no golden shows: what their neighbours tell, and what moves with each fit."""


@dataclass(frozen=True)
class Golden:
    """An article and, for each of its lines, what it says."""

    published_on: date
    lines: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    """Each with its mark in the first column."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def truth(self) -> list[list[str]]:
        return [[fact[2:] for fact in facts if fact[0] != "+"] for facts in self.facts]


def parse(written: str) -> Golden:
    head, *rest = written.removesuffix("\n").split("\n")
    lines: list[str] = []
    facts: list[list[str]] = []
    for line in rest:
        if line.startswith(">"):
            lines.append(line[2:])
            facts.append([])
        else:
            facts[-1].append(line)
    published_on = date.fromisoformat(head.removeprefix("published "))
    return Golden(published_on, tuple(lines), tuple(map(tuple, facts)))


def write(golden: Golden) -> str:
    rows = [f"published {golden.published_on}"]
    for line, facts in zip(golden.lines, golden.facts, strict=True):
        rows += [f"> {line}".rstrip() if not line else f"> {line}", *facts]
    return "\n".join(rows) + "\n"


def marked(golden: Golden, found: Annotations) -> Golden:
    """The golden with its truth marked by what was found."""
    pairs = zip(golden.truth, facts_of(golden.text, found), strict=True)
    return Golden(golden.published_on, golden.lines, tuple(tuple(_marks(*pair)) for pair in pairs))


def _marks(truth: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    for _, i, j, k, m in difflib.SequenceMatcher(None, truth, said, autojunk=False).get_opcodes():
        same = truth[i:j] == said[k:m]
        yield from (f"{' ' if same else '-'} {fact}" for fact in truth[i:j])
        yield from () if same else (f"+ {fact}" for fact in said[k:m])


def facts_of(text: str, found: Annotations) -> list[list[str]]:
    """What was found, for each line of the text: claims, then names, times and quantities."""
    names: dict[str, str] = {}
    for mention in found.mentions:
        names[mention.entity_key] = max(names.get(mention.entity_key, ""), mention.text, key=len)
    facts: list[list[str]] = [[] for _ in text.split("\n")]
    for claim in sorted(found.claims, key=lambda claim: (claim.pieces, claim.cue)):
        home = claim.pieces[0][0]
        facts[text.count("\n", 0, home)] += _claim(text, home, claim, names)
    for one in (*found.mentions, *found.times, *found.quantities):
        words = spell(text, (one.start_char, one.end_char), one.start_char)
        facts[text.count("\n", 0, one.start_char)].append(_fact(one, words, names))
    return facts


def _claim(text: str, home: int, claim: Claim, names: dict[str, str]) -> Iterator[str]:
    first, *others = (spell(text, piece, home) for piece in claim.pieces)
    yield f"claim {first}"
    yield from (f"  … {words}" for words in others)
    yield f"  {claim.kind} {claim.stance}"
    yield from (f"  cue {spell(text, cue, home)}" for cue in claim.cue)
    told = {
        "source": spell(text, claim.source, home) if claim.source else None,
        "speaker": names.get(claim.speaker_key or "") or _in_brackets(claim.speaker_description),
        "role": claim.speaker_role,
        "reported by": names.get(claim.reported_by_key or ""),
        "said on": _days(claim.said_from_on, claim.said_to_on),
    }
    yield from (f"  {name} {value}" for name, value in told.items() if value)


def _fact(one: Mention | Time | Quantity, words: str, names: dict[str, str]) -> str:
    if isinstance(one, Mention):
        return f"{one.kind} {words} = {names[one.entity_key]}" + (f", {one.role}" if one.role else "")
    if isinstance(one, Time):
        days = _days(one.from_on, one.to_on)
        return f"time {words} = {one.value} {one.kind}" + (f", {days}" if days not in (None, one.value) else "")
    value = "unknown" if one.value is None else f"{one.value:.12g}"
    parts = (value, one.unit, one.modifier and f"({one.modifier})", one.counted and f"of {one.counted}")
    return f"quantity {words} = " + " ".join(part for part in parts if part)


def _days(first: date | None, last: date | None) -> str | None:
    return f"{first}" if first == last and first else f"{first} to {last}" if first or last else None


def _in_brackets(words: str | None) -> str | None:
    return f"({words})" if words else None


def spell(text: str, span: Span, home: int) -> str:
    """The words of a span, and where they stand as seen from the paragraph of `home`."""
    start, end = span
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", start) if "\n" in text[start:] else len(text)
    words = _whole(text, start, end)
    size = end - start
    same = [at for at in range(opening, closing) if text[at : at + size] == text[start:end]]
    same = [at for at in same if _whole(text, at, at + size) == words]
    away = _paragraph(text, start) - _paragraph(text, home)
    return (f"({away:+}) " if away else "") + words + (f" #{same.index(start) + 1}" if same[1:] else "")


def _whole(text: str, start: int, end: int) -> str:
    """The words with the rest of a word that they cut, behind a bar."""
    before = re.search(r"\w*\Z", text[:start] if re.match(r"\w", text[start:]) else "")
    after = re.match(r"\w*", text[end:] if re.search(r"\w\Z", text[:end]) else "")
    parts = (before.group() if before else "", text[start:end], after.group() if after else "")
    return "|".join(part.replace("\n", "⏎") for part in parts if part)


def _paragraph(text: str, position: int) -> int:
    return len(re.findall(r"[^\n]+", text[: position + 1]))


def main(names: Sequence[str]) -> None:
    for path in [FOLDER / f"{name}.txt" for name in names] or sorted(FOLDER.glob("*.txt")):
        before = path.read_text("utf-8")
        golden = parse(before)
        golden = marked(golden, read(golden))
        path.write_text(write(golden), "utf-8")
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), write(golden).splitlines(True), path.name))
        print(path.stem, dict(Counter(fact[0] for facts in golden.facts for fact in facts)))


def read(golden: Golden) -> Annotations:
    return annotate([Article.from_text(golden.text, golden.published_on)])[0]


if __name__ == "__main__":
    main(sys.argv[1:])
