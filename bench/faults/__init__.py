"""Faults done to a load on purpose, and what must hold after each. The tests do a few, the soak all."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """How many cases of a figure were tried, and one line for each that went wrong."""

    cases: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, case: str, **values: tuple[object, object]) -> None:
        """Count a case; each value is a pair (found, expected)."""
        self.cases += 1
        off = [f"{name} is {found!r}, not {due!r}" for name, (found, due) in values.items() if found != due]
        if off:
            self.wrong.append(f"{case}: {'; '.join(off)}")
