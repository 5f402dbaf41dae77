"""Decisions by ordered rules: the first rule that answers decides, and its name travels with the answer.

A rule is a function of what is asked; None passes the question on. Its docstring says what it finds, why it
stands where it stands ("Place:"), and gives examples "For:" and "Against:" it, which tests/unit/annotate/test_rules.py
runs; tests/unit/annotate/rule_examples.py tells how their claims are marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was asked of which rules, the name of the rule that answered and its answer; both None where none did."""

    rules: Sequence[Callable[..., object]]
    asked: Any
    rule: str | None
    answer: Any


_RECORD: ContextVar[list[Decision] | None] = ContextVar("record", default=None)


def decide(rules: Sequence[Callable[[Asked], Given | None]], asked: Asked) -> tuple[str, Given] | None:
    """The name and the answer of the first rule that has one; None where none has."""
    decided = None
    for rule in rules:
        answer = rule(asked)
        if answer is not None:
            decided = rule_name(rule), answer
            break
    record = _RECORD.get()
    if record is not None:
        record.append(Decision(rules, asked, *(decided or (None, None))))
    return decided


@contextmanager
def recorded() -> Iterator[list[Decision]]:
    """The decisions made in a block, in their order: for a bench that tells how often each rule is right."""
    record: list[Decision] = []
    token = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(token)


def rule_name(rule: Callable[..., object]) -> str:
    """The rule's name as rows and tables show it: the function's, in words."""
    return rule.__name__.strip("_").replace("_", " ")
