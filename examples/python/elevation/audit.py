"""The chain of events, and the queue before it: one event at a time goes to the host."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flynn_wire import Clock, HostError

from .canonical import canonical_json

Event = dict[str, Any]
GENESIS = {"seq": 0, "hash": "0" * 64}
FIRST_RETRY_MS, LONGEST_RETRY_MS = 1000, 300_000


class Outcome(Enum):
    TAKEN = "taken"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """It was not true any more when its turn came, and the host has never seen it."""


@dataclass(eq=False)
class _Entry:
    event: Event
    begin: Callable[[], bool]
    """Asked right before the event is handed over: whether it is to be told at all."""
    settle: Callable[[Outcome], None]
    """Called at once, before the next event has its turn, so that nothing comes between an event and what it allows."""
    must_be_told: bool = False


def chain(event: Event, head: dict[str, Any]) -> Event:
    """The event in its place after `head`."""
    placed = {**event, "seq": head["seq"] + 1, "prevHash": head["hash"]}
    return {**placed, "hash": hashlib.sha256(canonical_json(placed).encode()).hexdigest()}


class AuditLog:
    def __init__(self, hand_over: Callable[[Event], Awaitable[Any]], clock: Clock, head: dict[str, Any] | None) -> None:
        self._hand_over = hand_over
        self._clock = clock
        self._head = head or GENESIS
        self._queue: list[_Entry] = []
        self._pump: asyncio.Task[None] | None = None
        self._retry_ms = FIRST_RETRY_MS
        self._retry_timer: int | None = None

    def tell(self, event: Event, begin: Callable[[], bool] = lambda: True) -> None:
        """An event that has happened. It is kept until the host takes it, and nothing passes it."""
        self._append(_Entry(event, begin, lambda outcome: None, must_be_told=True))

    def mention(self, event: Event, on_refusal: Callable[[], None]) -> None:
        """An event that may be lost where its loss is counted."""
        self._append(_Entry(event, lambda: True, lambda outcome: on_refusal() if outcome is Outcome.REFUSED else None))

    async def ask(self, event: Event, begin: Callable[[], bool], on_taken: Callable[[], None]) -> Outcome:
        """An event that is to happen: `on_taken` makes it happen, in the moment in which the host has taken it."""
        answered: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

        def settle(outcome: Outcome) -> None:
            if outcome is Outcome.TAKEN:
                on_taken()
            if not answered.done():
                answered.set_result(outcome)

        self._append(_Entry(event, begin, settle))
        return await answered

    async def close(self) -> None:
        self._queue.clear()
        if self._pump:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)

    def _append(self, entry: _Entry) -> None:
        self._queue.append(entry)
        self._start()

    def _start(self) -> None:
        if self._retry_timer is not None:
            self._clock.cancel_timer(self._retry_timer)
            self._retry_timer = None
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._queue:
            entry = self._queue[0]
            if not entry.begin():
                outcome = Outcome.WITHDRAWN
            else:
                outcome = await self._offer(entry.event)
                if outcome is Outcome.REFUSED and entry.must_be_told:
                    self._wait_for_better_days()
                    return
            self._queue.remove(entry)
            entry.settle(outcome)

    async def _offer(self, event: Event) -> Outcome:
        placed = chain(event, self._head)
        try:
            answer = await self._hand_over(placed)
        except HostError:
            return Outcome.REFUSED
        if answer is not None:  # The port answers with null. Anything else is no clear yes.
            return Outcome.REFUSED
        self._head = {"seq": placed["seq"], "hash": placed["hash"]}
        self._retry_ms = FIRST_RETRY_MS
        return Outcome.TAKEN

    def _wait_for_better_days(self) -> None:
        """What waits behind is refused with it; what must be told stays, and is tried with the next event or after a while."""
        waiting, self._queue = self._queue, [entry for entry in self._queue if entry.must_be_told]
        self._retry_timer = self._clock.set_timer(self._retry_ms, self._retry)
        self._retry_ms = min(2 * self._retry_ms, LONGEST_RETRY_MS)
        self._pump = None
        for entry in waiting:
            if not entry.must_be_told:
                entry.settle(Outcome.REFUSED)

    def _retry(self) -> None:
        self._retry_timer = None
        self._start()
