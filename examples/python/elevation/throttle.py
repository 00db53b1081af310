"""Lets a few events of a kind through in a minute, and counts the rest."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from .watch import Reading

A_FEW = 6
WINDOW_MS = 60_000
MOST_KINDS = 5000


@dataclass
class _Kind:
    since: Reading
    passed: int = 0
    suppressed: int = 0


class Throttle:
    def __init__(self) -> None:
        self._kinds: dict[Hashable, _Kind] = {}

    def passes(self, kind: Hashable, now: Reading) -> int | None:
        """How many were left out before this one, or None where this one is left out as well."""
        known = self._kinds.get(kind)
        if known is None:
            self._forget_the_quiet(now)
            known = self._kinds[kind] = _Kind(now)
        if now.elapsed_since(known.since) >= WINDOW_MS:
            known.since, known.passed = now, 0
        if known.passed >= A_FEW:
            known.suppressed += 1
            return None
        known.passed += 1
        suppressed, known.suppressed = known.suppressed, 0
        return suppressed

    def lost(self, kind: Hashable, count: int, now: Reading) -> None:
        """An event that passed did not reach the log. It is counted like one that was left out."""
        self._kinds.setdefault(kind, _Kind(now)).suppressed += count

    def _forget_the_quiet(self, now: Reading) -> None:
        """Never a count that is still to be told."""
        if len(self._kinds) >= MOST_KINDS:
            kinds = self._kinds.items()
            self._kinds = {kind: known for kind, known in kinds if known.suppressed or now.elapsed_since(known.since) < WINDOW_MS}
