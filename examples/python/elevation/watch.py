"""How much time has passed, by three clocks that do not have to agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

LARGEST_STEP_BACK_MS = 1000
ROUNDING_MS = 1e-6
"""Far below what a clock shows, and above what the difference of two readings loses."""


class Clocks(Protocol):
    def mono(self) -> float: ...
    def boot(self) -> float: ...
    def wall(self) -> float: ...


@dataclass(frozen=True)
class Reading:
    mono: float
    boot: float
    wall: float

    def elapsed_since(self, start: Reading) -> float:
        """The largest of the three: one may stand still in a suspend, and one may be set by anybody. Never below 0."""
        return max(0, self.mono - start.mono, self.boot - start.boot, self.wall - start.wall)

    def left_of(self, limit_ms: float, start: Reading) -> float:
        left = limit_ms - self.elapsed_since(start)
        return left if left > ROUNDING_MS else 0


class Watch:
    """Reads the clocks, and remembers the highest wall time that it ever saw."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._highest_wall = clocks.wall()

    def read(self) -> tuple[Reading, bool]:
        """
        The clocks, and whether the wall clock has been set back too far since the last reading. Once that was told, the wall
        clock counts from where it is now: every grant has ended, and a clock that was put right must not end all to come.
        """
        now = Reading(self._clocks.mono(), self._clocks.boot(), self._clocks.wall())
        was_set_back = self._highest_wall - now.wall > LARGEST_STEP_BACK_MS
        self._highest_wall = now.wall if was_set_back else max(self._highest_wall, now.wall)
        return now, was_set_back
