"""Decisions by ordered rules: the first rule that answers decides, and its name travels with the answer.

A rule is a function of what is asked; None passes the question on. Its docstring says what it finds, why it
stands where it stands ("Place:"), and gives examples "For:" and "Against:" it, which tests/unit/annotate/test_rules.py
runs; tests/unit/annotate/rule_examples.py tells how their claims are marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


def decide(rules: Sequence[Callable[[Asked], Given | None]], asked: Asked) -> tuple[str, Given] | None:
    """The name and the answer of the first rule that has one; None where none has."""
    for rule in rules:
        answer = rule(asked)
        if answer is not None:
            return rule_name(rule), answer
    return None


def rule_name(rule: Callable[..., object]) -> str:
    """The rule's name as rows and tables show it: the function's, in words."""
    return rule.__name__.strip("_").replace("_", " ")
