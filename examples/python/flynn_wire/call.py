"""One call under way, and the credit of a stream."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from .errors import CodedError


class Call:
    """What a method gets as its first argument: whether the caller still wants an answer."""

    def __init__(self) -> None:
        self._abort = asyncio.Event()

    @property
    def aborted(self) -> bool:
        """Whether the caller has given up. Safe to read from another thread."""
        return self._abort.is_set()

    async def until(self, awaitable: Awaitable[Any]) -> bool:
        """Waits for `awaitable` or for the caller to abort. False once the call is aborted; `awaitable` is cancelled then."""
        waiting = asyncio.ensure_future(awaitable)
        abort = asyncio.ensure_future(self._abort.wait())
        try:
            await asyncio.wait({waiting, abort}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                waiting.result()  # Raises what it raised.
            return not self.aborted
        finally:
            waiting.cancel()
            abort.cancel()


class RunningCall:
    """A method at work. It is cancelled from outside, and its outcome is asked for once."""

    def __init__(self, call: Call, work: Awaitable[Any]) -> None:
        self._call = call
        # A task of its own: whoever waits for the outcome must be there to answer when the work is cancelled before it began.
        self._work = asyncio.ensure_future(work)

    def add_credit(self, n: int) -> None:
        """Credit for what is no stream means nothing."""

    def cancel(self, caller_has_gone: bool) -> None:
        self._call._abort.set()
        self._work.cancel()

    async def outcome(self) -> Any:
        try:
            return await self._work
        except asyncio.CancelledError:
            raise CodedError("ABORTED", "The caller aborted the call") from None


class RunningStream(RunningCall):
    """
    A stream at work. It sends items as credit allows, and does not ask its source for one while there is no credit. After an
    abort it asks for the rest: the last item is the terminal part and needs no credit; what comes before it is dropped once
    the credit is used up. When the caller has gone, nothing but the end is sent.
    """

    def __init__(self, call: Call, items: AsyncGenerator[Any, None], credit: int, send: Callable[[int, Any], None]) -> None:
        self._items = items
        self._credit = credit
        self._send_item = send
        self._sent = 0
        self._wake = asyncio.Event()
        super().__init__(call, self._pump())

    def add_credit(self, n: int) -> None:
        self._credit += n
        self._wake.set()

    def cancel(self, caller_has_gone: bool) -> None:
        self._call._abort.set()
        self._wake.set()
        if caller_has_gone:
            self._work.cancel()

    async def outcome(self) -> Any:
        with contextlib.suppress(asyncio.CancelledError):
            await self._work
        return {"end": self._sent}

    async def _pump(self) -> None:
        last: list[Any] = []
        try:
            while True:
                while self._credit == 0 and not self._call.aborted:
                    self._wake.clear()
                    await self._wake.wait()
                try:
                    item = await anext(self._items)
                except StopAsyncIteration:
                    break
                if self._credit > 0:
                    self._credit -= 1
                    self._send(item)
                else:
                    last = [item]
                    await asyncio.sleep(0)
            for item in last:
                self._send(item)
        finally:
            await self._items.aclose()

    def _send(self, item: Any) -> None:
        self._send_item(self._sent, item)
        self._sent += 1
