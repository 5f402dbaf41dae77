"""Faults done to a load on purpose, and what must hold after each. The tests do a few, the soak all."""

from __future__ import annotations

from dataclasses import dataclass, field

_SHOWN = 300


@dataclass(slots=True)
class Tally:
    """How many cases of a figure were tried, and one line for each that went wrong."""

    cases: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, case: str, **values: tuple[object, object]) -> None:
        """Count a case; each value is a pair (found, expected)."""
        self.cases += 1
        off = [
            f"{name} is {_shown(found)}, not {_shown(due)}"
            for name, (found, due) in values.items()
            if found != due
        ]
        if off:
            self.wrong.append(f"{case}: {'; '.join(off)}")


def _shown(value: object) -> str:
    """The value, cut to what a person reads: it may hold whole pages."""
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
