"""Ctrl-C and SIGTERM while a run is open: remembered, and held back where they would do harm.

An exception that a signal raises may come out as another one: of a database call that it broke off, for instance.
What was asked is therefore remembered beside it.
"""

from __future__ import annotations

import gc
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Interrupts:
    """How often someone asked to stop. While held, the first signal waits; a second one never does."""

    count: int = 0
    _is_held: bool = True
    _waiting: int | None = None
    _handlers: dict[int, Any] = field(default_factory=dict)

    def hold(self) -> None:
        self._is_held = True

    def release(self) -> None:
        """Let signals through, and now the one that waits."""
        self._is_held = False
        if self._waiting is not None:
            number, self._waiting = self._waiting, None
            self._handlers[number](number, None)

    def handle(self, number: int, frame: Any) -> None:
        self.count += 1
        if self._is_held and self.count == 1:
            self._waiting = number
        else:
            self._handlers[number](number, frame)

    def watch(self) -> None:
        for number in _SIGNALS:
            handler = signal.getsignal(number)
            if callable(handler):  # one that is ignored or ends the process stays so
                self._handlers[number] = handler
                signal.signal(number, self.handle)

    def unwatch(self) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)


@contextmanager
def watched_interrupts() -> Iterator[Interrupts]:
    """Count the signals of this block, held until they are released, and pass them to who handled them before.

    Outside the main thread, where Python allows no handlers, nothing is counted.
    """
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    try:
        interrupts.watch()
        yield interrupts
    finally:
        interrupts.unwatch()


def let_go(error: BaseException | None) -> None:
    """Free what the frames of an error and of those before it hold: a transaction that was broken off keeps its lock."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
    gc.collect()  # a connection and its transaction hold each other
