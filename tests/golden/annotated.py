"""Golden articles: a line of the article stands after ">", what it says stands below it, a fact a line.

    > She denied on Monday that she closed the bridge, and that she knew of it.
      claim she #1 closed the bridge
        … that #2 she knew of it
        indirect denial
        cue denied
        source She
        speaker Helen Marsh
        rule he or she spoke last
        role engineer
        said on 2024-03-04
      time Monday = 2024-03-04 date

Words are spelt as they stand: "she #2" is the second "she" of its line, "Bern|to" ends inside a word, "(+2) he"
stands two lines further on. A name is followed by the longest name of its bearer, then by the role. A speaker
in brackets is one that nobody names.

The first column tells how a fact stands with the program: " " true and said; "-" true and not said today;
"+" said today and wrong. So " " and "-" are the truth. It is written by hand and never by the program:
`python -m tests.golden.annotated [NAME…]` renews the marks alone and prints what changed.
"""

import difflib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.annotate import annotate
from etl.records import Annotations, Article, Claim, Mention, Quantity, Span, Time

FOLDER = Path(__file__).parent / "annotations"
LEFT_OUT = {"text", "confidence", "speaker_confidence", "extractor", "cue_lemma"}
"""Fields of a claim that no golden shows: what its pieces and cue tell, and what moves with each fit."""


@dataclass(frozen=True)
class Golden:
    """An article by its lines, and for each line its facts with their marks."""

    published_on: date
    lines: list[str]
    facts: list[list[str]]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def truth(self) -> list[list[str]]:
        return [[fact[2:] for fact in facts if fact[0] != "+"] for facts in self.facts]


def parse(written: str) -> Golden:
    head, *rest = written.removesuffix("\n").split("\n")
    golden = Golden(date.fromisoformat(head.removeprefix("published ")), [], [])
    for line in rest:
        if line.startswith(">"):
            golden.lines.append(line[2:])
            golden.facts.append([])
        elif line[:2] in ("  ", "- ", "+ "):
            golden.facts[-1].append(line)
        else:
            raise ValueError(f"neither a line of the article nor a marked fact: {line!r}")
    return golden


def write(golden: Golden) -> str:
    rows = [f"published {golden.published_on}"]
    for line, facts in zip(golden.lines, golden.facts, strict=True):
        rows += [f"> {line}" if line else ">", *facts]
    return "\n".join(rows) + "\n"


def read(golden: Golden) -> Annotations:
    return annotate([Article.from_text(golden.text, golden.published_on)])[0]


def marked(golden: Golden, found: Annotations) -> Golden:
    """The golden with its truth marked by what was found."""
    said = facts_of(golden.text, found)
    return replace(golden, facts=[list(_marks(*pair)) for pair in zip(golden.truth, said, strict=True)])


def _marks(truth: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    for how, i, j, k, m in difflib.SequenceMatcher(None, truth, said, autojunk=False).get_opcodes():
        yield from (f"{' ' if how == 'equal' else '-'} {fact}" for fact in truth[i:j])
        yield from (f"+ {fact}" for fact in said[k:m] if how != "equal")


def facts_of(text: str, found: Annotations) -> list[list[str]]:
    """What was found, for each line of the text: claims, then names, times and quantities."""
    names = _longest_names(found.mentions)
    facts: list[list[str]] = [[] for _ in text.split("\n")]
    for claim in sorted(found.claims, key=lambda claim: (claim.pieces, claim.cue)):
        facts[text.count("\n", 0, claim.pieces[0][0])] += _claim(text, claim, names)
    for one in (*found.mentions, *found.times, *found.quantities):
        words = spell(text, (one.start_char, one.end_char), one.start_char)
        facts[text.count("\n", 0, one.start_char)].append(_fact(one, words, names))
    return facts


def _longest_names(mentions: Sequence[Mention]) -> dict[str, str]:
    names: dict[str, str] = {}
    for mention in mentions:
        names[mention.entity_key] = max(names.get(mention.entity_key, ""), mention.text, key=len)
    bearers = Counter[str]()
    for key, name in names.items():
        bearers[name] += 1
        names[key] = name if bearers[name] == 1 else f"{name} ({bearers[name]})"
    return names


def _claim(text: str, claim: Claim, names: dict[str, str]) -> Iterator[str]:
    home = claim.pieces[0][0]
    first, *others = (spell(text, piece, home) for piece in claim.pieces)
    yield f"claim {first}"
    yield from (f"  … {words}" for words in others)
    yield f"  {claim.kind} {claim.stance}"
    yield from (f"  cue {spell(text, cue, home)}" for cue in claim.cue)
    told = {
        "source": claim.source and spell(text, claim.source, home),
        "speaker": claim.speaker_key and names[claim.speaker_key],
        "speaker ": claim.speaker_description and f"({claim.speaker_description})",
        "rule": claim.speaker_from,
        "role": claim.speaker_role,
        "reported by": claim.reported_by_key and names[claim.reported_by_key],
        "said on": _days(claim.said_from_on, claim.said_to_on),
    }
    yield from (f"  {name.strip()} {value}" for name, value in told.items() if value)


def _fact(one: Mention | Time | Quantity, words: str, names: dict[str, str]) -> str:
    if isinstance(one, Mention):
        return f"{one.kind} {words} = {names[one.entity_key]}" + (f", {one.role}" if one.role else "")
    if isinstance(one, Time):
        days = _days(one.from_on, one.to_on)
        return f"time {words} = {one.value} {one.kind}" + (
            f", {days}" if days not in (None, one.value) else ""
        )
    value = "unknown" if one.value is None else f"{one.value:.12g}"
    parts = (value, one.unit, one.modifier and f"({one.modifier})", one.counted and f"of {one.counted}")
    return f"quantity {words} = " + " ".join(part for part in parts if part)


def _days(first: date | None, last: date | None) -> str | None:
    return None if first is None else f"{first}" if first == last else f"{first} to {last}"


def spell(text: str, span: Span, home: int) -> str:
    """The words of a span, and where they stand as seen from the line of `home`."""
    start, end = span
    opening = text.rfind("\n", 0, start) + 1
    words = _whole(text, start, end)
    same = [
        opening + at.start()
        for at in re.finditer(f"(?={re.escape(text[start:end])})", text[opening:].split("\n")[0])
    ]
    same = [at for at in same if _whole(text, at, at + end - start) == words]
    away = text.count("\n", 0, start) - text.count("\n", 0, home)
    return (f"({away:+}) " if away else "") + words + (f" #{same.index(start) + 1}" if same[1:] else "")


def _whole(text: str, start: int, end: int) -> str:
    """The words with the rest of a word that they cut, behind a bar."""
    before = re.search(r"\w*\Z", text[:start] if re.match(r"\w", text[start:]) else "")
    after = re.match(r"\w*", text[end:] if re.search(r"\w\Z", text[:end]) else "")
    parts = (before and before.group(), text[start:end].replace("\n", "⏎"), after and after.group())
    return "|".join(part for part in parts if part)


def main(names: Sequence[str]) -> None:
    for path in [FOLDER / f"{name}.txt" for name in names] or sorted(FOLDER.glob("*.txt")):
        before = path.read_text("utf-8")
        golden = parse(before)
        golden = marked(golden, read(golden))
        path.write_text(write(golden), "utf-8")
        sys.stdout.writelines(
            difflib.unified_diff(before.splitlines(True), write(golden).splitlines(True), path.name)
        )
        print(path.stem, dict(sorted(Counter(fact[0] for facts in golden.facts for fact in facts).items())))


if __name__ == "__main__":
    main(sys.argv[1:])
