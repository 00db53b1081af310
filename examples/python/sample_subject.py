"""A subject that exists only to show, in the tests, what `flynn_wire` does. It implements no contract of the suite."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

from flynn_wire import Call, CodedError, Contract, Environment, Secret, serve


class Sample:
    def __init__(self, environment: Environment) -> None:
        if environment.config == "broken":
            raise ValueError("the sample does not like its config")
        self._environment = environment
        self._produced = 0
        self._was_closed_by_caller = False

    async def echo(self, call: Call, value: Any) -> Any:
        return value

    async def ask(self, call: Call, question: Any) -> Any:
        return await self._environment.ask_host("answer", question)

    async def reveal_key(self, call: Call) -> Any:
        return {"length": len(await self._environment.config["key"].reveal()), "key": self._environment.config["key"]}

    async def make_secret(self, call: Call, value: str) -> Any:
        return [Secret(value)]

    async def sleep(self, call: Call, delay_ms: float) -> Any:
        await self._environment.clock.sleep(delay_ms)
        return self._environment.clock.wall()

    async def arm_twice(self, call: Call, delay_ms: float) -> Any:
        """A timer that arms another one, with no delay, when it fires."""
        clock = self._environment.clock
        return clock.set_timer(delay_ms, lambda: clock.set_timer(0, lambda: None))

    async def fail(self, call: Call, kind: str) -> Any:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            if kind == "coded":
                raise CodedError("TEAPOT", "short and stout", retryable=True, details={"spout": 1}) from inner
            raise RuntimeError("nobody coded this") from inner

    async def not_json(self, call: Call) -> Any:
        return float("nan")

    async def too_large(self, call: Call) -> Any:
        return "x" * (17 * 1024 * 1024)

    async def noise(self, call: Call) -> Any:
        print("a banner")
        subprocess.run([sys.executable, "-c", "print('a child'); print(repr(input()) if 0 else '')"], check=True)
        return "done"

    def plain(self, call: Call) -> Any:
        return "no coroutine"

    async def count(self, call: Call, to: int) -> AsyncIterator[Any]:
        """Items up to `to`; once aborted, one last item."""
        try:
            for self._produced in range(1, to + 1):
                if call.aborted:
                    break
                yield self._produced
            yield "aborted" if call.aborted else "complete"
        except GeneratorExit:
            self._was_closed_by_caller = True
            raise

    async def endless(self, call: Call) -> AsyncIterator[Any]:
        """Does not stop at once when aborted: yields three more before its last."""
        number = 0
        while not call.aborted:
            yield number
            number += 1
        for _ in range(3):
            yield "more"
        yield "last"

    async def wait_then(self, call: Call) -> AsyncIterator[Any]:
        """Waits for the abort only."""
        yield "ready"
        await call.until(asyncio.Event().wait())
        yield "aborted"

    async def break_off(self, call: Call) -> AsyncIterator[Any]:
        yield 1
        raise CodedError("TEAPOT", "in the middle")

    async def produced(self, call: Call) -> Any:
        return {"produced": self._produced, "closed": self._was_closed_by_caller}

    async def close(self) -> None:
        self._environment.log("info", "closed", {"produced": self._produced})


METHODS = (
    *("echo", "ask", "reveal_key", "make_secret", "sleep", "arm_twice", "fail", "not_json", "too_large", "noise", "plain"),
    *("count", "endless", "wait_then", "break_off", "produced"),
)

if __name__ == "__main__":
    serve("sample", "1.0.0", {"sample@1": Contract(open=Sample, methods=METHODS, facts={"colour": "blue"})})
