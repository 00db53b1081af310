"""Time that the host owns."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from .errors import INVALID_PARAMS, ProtocolError

MOST_TIMERS_FIRED_AT_ONCE = 10_000
"""A timer that re-arms itself with no delay would otherwise keep the clock from ever moving on."""


class Clock:
    """The instance's time, in milliseconds. It moves when the host says so, and reading it costs nothing."""

    def __init__(self, reading: Mapping[str, float], notify: Callable[[str, dict[str, Any]], None]) -> None:
        self._reading = {name: reading[name] for name in ("mono", "boot", "wall")}
        self._notify = notify
        self._timers: dict[int, tuple[float, Callable[[], object]]] = {}
        self._last_timer = 0

    def mono(self) -> float:
        """Monotonic; stands still while the machine is suspended."""
        return self._reading["mono"]

    def boot(self) -> float:
        """Monotonic; goes on while the machine is suspended."""
        return self._reading["boot"]

    def wall(self) -> float:
        """Unix time; may go back."""
        return self._reading["wall"]

    def set_timer(self, delay_ms: float, callback: Callable[[], object]) -> int:
        """Calls `callback` once `delay_ms` of monotonic time have passed. It may come late or never: decide from the clock."""
        self._last_timer += 1
        due = self.mono() + max(0, delay_ms)
        self._timers[self._last_timer] = (due, callback)
        self._notify("clock.armed", {"timer": self._last_timer, "due": due})
        return self._last_timer

    def cancel_timer(self, timer: int) -> None:
        if self._timers.pop(timer, None) is not None:
            self._notify("clock.disarmed", {"timer": timer})

    async def sleep(self, delay_ms: float) -> None:
        woken = asyncio.Event()
        timer = self.set_timer(delay_ms, woken.set)
        try:
            await woken.wait()
        finally:
            self.cancel_timer(timer)

    def cancel_all(self) -> None:
        for timer in list(self._timers):
            self.cancel_timer(timer)

    def move(self, mono: float, boot: float, wall: float, fire: bool) -> dict[str, Any]:
        if mono < self.mono() or boot < self.boot():
            raise ProtocolError(INVALID_PARAMS, "The monotonic and the boot clock cannot go back; only the wall clock can")
        self._reading = {"mono": mono, "boot": boot, "wall": wall}
        fired: list[int] = []
        while fire and self._timers and len(fired) < MOST_TIMERS_FIRED_AT_ONCE:
            timer, (due, callback) = min(self._timers.items(), key=lambda item: (item[1][0], item[0]))
            if due > mono:
                break
            del self._timers[timer]
            fired.append(timer)
            try:
                callback()
            except Exception:
                traceback.print_exc(file=sys.stderr)
        return {"mono": mono, "fired": fired, "next": min((due for due, _ in self._timers.values()), default=None)}
