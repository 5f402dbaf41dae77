"""Each list of the lexicon has the form that its readers count on, stands in order and is read."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.language.fold import fold
from etl.language.vocabulary import Demands, EntityKind, Stance
from etl.language.word_lists import FOLDER, KEEPS_ORDER, in_order

Form = Callable[[str], object]
"""Whether an entry of a column is well formed."""

ETL = FOLDER.parent.parent
READERS = {"words", "table", "rows", "lines", "groups"}


def one_of(*values: str) -> Form:
    return values.__contains__


def like(pattern: str) -> Form:
    return re.compile(pattern).fullmatch


def lower(entry: str) -> bool:
    return entry == entry.lower() == entry.strip()


def folded(entry: str) -> bool:
    return entry == fold(entry)


def pattern(entry: str) -> bool:
    return re.compile(re.sub(r"\{[a-z]+\}", "x", entry)) is not None


written = like(r"\S.*\S|\S")
number = like(r"\d+(\.\d+)?")
stance = one_of(*Stance)
gender = one_of("male", "female")

# A list: the form of its entries. A list of groups: the form of each group's. A table: the form of each column.
LISTS: dict[str, Form | dict[str, Form] | tuple[Form, ...]] = {
    "abbreviations.txt": lower,
    "accusations.txt": lower,
    "acronym_stops.txt": lower,
    "aliases.tsv": (written, folded, one_of("article", "anywhere"), written),
    "alphabets.tsv": (lower, lower),
    "answering_verbs.txt": lower,
    "asking_verbs.txt": lower,
    "blaming_verbs.txt": lower,
    "bodies.txt": dict.fromkeys(
        ("state", "town", "person", "organisation", "owned", "field", "office", "place"), lower
    ),
    "body_nouns.txt": lower,
    "bylines.txt": dict.fromkeys(
        (
            "agency",
            "account",
            "nobody",
            "role",
            "rank",
            "label",
            "work",
            "by",
            "written by",
            "others",
            "manner",
        ),
        lower,
    ),
    "common_capitals.txt": lower,
    "company_nouns.txt": lower,
    "continuing_verbs.txt": lower,
    "counted_dimensions.txt": lower,
    "counted_metres.txt": lower,
    "counted_plurals.txt": lower,
    "credits.txt": {"label": lower, "agency": written},
    "cue_nouns.tsv": (lower, stance),
    "cues.tsv": (lower, stance, one_of(*set(Demands) - {Demands.UNKNOWN})),
    "currency_signs.tsv": (written, like("[A-Z]{3}")),
    "day_parts.tsv": (lower, like(r"T(MO|AF|EV|NI|\d\d:\d\d)")),
    "demonyms.tsv": (folded, folded),
    "determiners.txt": lower,
    "document_nouns.txt": lower,
    "empty_objects.txt": lower,
    "expressing_verbs.txt": lower,
    "finding_verbs.txt": lower,
    "finite_verbs.txt": lower,
    "forecasting_verbs.txt": lower,
    "former.txt": lower,
    "fractions.tsv": (lower, number),
    "function_words.tsv": (like("[a-z]{2}"), lower),
    "furniture.txt": dict.fromkeys(
        ("end", "line", "banner", "published", "updated", "wall", "talk", "biography", "consent", "cookie"),
        lower,
    ),
    "gendered_nouns.tsv": (lower, gender),
    "generic_persons.txt": lower,
    "given_names.tsv": (folded, gender),
    "government_nouns.txt": lower,
    "hearers.txt": lower,
    "held_for.txt": lower,
    "helpers.txt": lower,
    "honorifics.tsv": (
        lower,
        one_of("male", "female", "-"),
        one_of("courtesy", "academic", "rank", "office"),
    ),
    "irregular_verbs.tsv": (lower, lower),
    "kept_particles.txt": lower,
    "known_kinds.tsv": (folded, one_of(*EntityKind)),
    "labelling_verbs.txt": lower,
    "law_nouns.txt": lower,
    "legal_forms.txt": folded,
    "magnitudes.tsv": (lower, number),
    "media.txt": folded,
    "media_nouns.txt": lower,
    "months.tsv": (lower, number),
    "months.txt": like(r"[a-z]{2}( [^ ]+){12}"),
    "name_particles.txt": lower,
    "naming_verbs.txt": lower,
    "narrators.txt": lower,
    "nesting_verbs.txt": lower,
    "not_descriptions.txt": lower,
    "not_names.txt": lower,
    "not_roles.txt": lower,
    "noun_stops.txt": lower,
    "number_labels.txt": lower,
    "numbers.tsv": (lower, number),
    "occasions.txt": lower,
    "ordering_verbs.txt": lower,
    "ordinals.tsv": (lower, number),
    "organisation_nouns.txt": lower,
    "organisation_tails.txt": folded,
    "particles.txt": lower,
    "passives.txt": lower,
    "pejoratives.txt": lower,
    "person_nouns.txt": lower,
    "place_tails.txt": folded,
    "plain_sources.txt": lower,
    "portfolios.txt": lower,
    "post_nominals.txt": dict.fromkeys(("degree", "honour", "generation"), like("[A-Z][A-Za-z.]+")),
    "pronouns.tsv": (lower, written, one_of("subject", "possessive", "object", "determiner")),
    "quantity_alone.txt": dict.fromkeys(("before", "changed", "after"), lower),
    "quantity_modifiers.txt": lower,
    "quantity_one.txt": dict.fromkeys(("before", "after"), lower),
    "quantity_vague.txt": lower,
    "questioning_verbs.txt": lower,
    "reading_times.txt": dict.fromkeys(("before", "minutes", "behind"), lower),
    "refused_nouns.txt": lower,
    "rejecting_verbs.txt": lower,
    "relations.txt": lower,
    "repeating_verbs.txt": lower,
    "role_kin.tsv": (lower, lower),
    "role_modifiers.txt": lower,
    "role_stops.txt": lower,
    "roles.txt": lower,
    "said_of.txt": lower,
    "seats.txt": folded,
    "singular_counted.txt": lower,
    "site_nouns.txt": lower,
    "studies.txt": lower,
    "subject_pronouns.txt": lower,
    "time_before_month.txt": lower,
    "time_count_words.txt": lower,
    "time_dated_names.txt": lower,
    "time_day_names.txt": dict.fromkeys(("before", "after"), lower),
    "time_event_nouns.txt": lower,
    "time_events.tsv": (like(r"\d\d-\d\d"), like(r"\d{4}-\d\d-\d\d")),
    "time_holidays.tsv": (lower, written),
    "time_patterns.tsv": (like("[a-z_]+"), one_of("any", "exact"), written, pattern),
    "time_results.txt": lower,
    "time_scheduled.txt": lower,
    "time_seasons.tsv": (lower, like("[A-Z]{2}"), number),
    "time_steps.tsv": (lower, like(r"-?\d")),
    "time_tenses.tsv": (one_of("coming", "over"), one_of("any", "exact"), pattern),
    "time_units.tsv": (lower, like("T[HMS]|WE|[DWMQY]"), number),
    "time_words.tsv": (lower, pattern),
    "time_zones.txt": written,
    "told_verbs.txt": lower,
    "units.tsv": (written, written, one_of("any", "exact")),
    "untruths.txt": lower,
    "weekdays.tsv": (lower, like("[0-6]")),
    "wrongdoing.txt": lower,
}
NOT_UNIQUE = {"time_patterns.tsv", "time_tenses.tsv"}
"""Tables with several rows of one name."""


def problems(name: str, text: str) -> Iterator[str]:
    """What is wrong with a list, entry by entry."""
    schema = LISTS[name]
    group = ""
    seen: Counter[tuple[str, str]] = Counter()
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if isinstance(schema, dict) and line.startswith("["):
            group = line[1:-1]
            if group not in schema:
                yield f"no group is called {group!r}"
            continue
        columns = line.split("\t") if name.endswith(".tsv") else [line]
        forms = (
            schema
            if isinstance(schema, tuple)
            else [schema.get(group) if isinstance(schema, dict) else schema]
        )
        if len(columns) != len(forms):
            yield f"{line!r} has {len(columns)} columns, not {len(forms)}"
            continue
        for value, form in zip(columns, forms, strict=True):
            if form is None or not form(value):
                yield f"{value!r} in {line!r} has not the form of its column"
        seen[group, columns[0] if name not in NOT_UNIQUE else line] += 1
    yield from (f"{entry!r} stands {count} times" for (_, entry), count in seen.items() if count > 1)
    if in_order(text) != text:
        yield "not in order: run python -m etl.language.word_lists"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_its_form(name: str) -> None:
    assert list(problems(name, (FOLDER / name).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cues.tsv", "say\tstatment\tclaim\n"),  # a misspelt stance
        ("cues.tsv", "say\tstatement\n"),
        ("cue_nouns.tsv", "hint\tstatement\nhint\tbelief\n"),
        ("roles.txt", "Mayor\n"),
        ("roles.txt", "mayor\nbaker\n"),
        ("roles.txt", "baker, mayor\n"),
        ("roles.txt", "baker\nbaker\n"),
        ("media.txt", "agence france-presse\n"),
        ("aliases.tsv", "Burma\tMyanmar\tanywhere\t-\n"),
        ("bylines.txt", "[rôle]\neditor\n"),
        ("weekdays.tsv", f"{KEEPS_ORDER}\nsunday\t6\nsunday\t6\n"),
    ],
)
def test_a_broken_list_is_told(name: str, text: str) -> None:
    assert list(problems(name, text))


def test_every_list_is_described() -> None:
    files = {path.name for path in FOLDER.glob("*.t*")}
    described = re.findall(r"^\| (\S+\.t\S+) \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)
    assert files == set(LISTS)
    assert described == sorted(LISTS)


def test_every_list_is_read() -> None:
    assert read_in(*ETL.rglob("*.py")) == {Path(name).stem for name in LISTS}


def read_in(*modules: Path) -> set[str]:
    """The lists that modules ask word_lists for by name."""
    calls = [
        node
        for path in modules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and node.args
    ]
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", None)) in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_aliases_do_not_fold_to_one_another() -> None:
    rows = [
        line.split("\t")
        for line in (FOLDER / "aliases.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    names = Counter(fold(name) for name, *_ in rows)
    assert names.most_common(1)[0][1] == 1
    assert not names.keys() & {stands_for for _, stands_for, *_ in rows}  # one step leads to the end
    assert all((scope == "anywhere") == (other == "-") for _, _, scope, other in rows)
