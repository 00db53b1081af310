"""The subject's half of one session: which frame does what."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from collections.abc import Awaitable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from .call import RunningCall
from .contract import Contract
from .errors import CODED, INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, CodedError, ProtocolError, coded_error
from .frames import PROTOCOL, REQUESTS, FrameWriter, check_params, is_id, parse_frame, read_lines
from .host import Host
from .instance import Instance

MOST_CALLS = 4096
"""Calls under way at one time; one more is refused."""


@dataclass(frozen=True)
class _UnderWay:
    instance: Instance
    running: RunningCall
    answer: asyncio.Task[None]


class Session:
    """Serves one host until its stdin closes."""

    def __init__(self, name: str, version: str, contracts: Mapping[str, Contract], output: BinaryIO) -> None:
        self._subject = {"name": name, "version": version}
        self._contracts = contracts
        self._writer = FrameWriter(output)
        self._host = Host(self._writer)
        self._instances: dict[str, Instance] = {}
        self._calls: dict[int | str, _UnderWay] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, frames: BinaryIO) -> None:
        """Reads in a thread of its own, one line at a time, because not every stdin can be waited for in an event loop."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()

        def read() -> None:
            try:
                for line in read_lines(frames):
                    asyncio.run_coroutine_threadsafe(self._receive(line), loop).result()
                loop.call_soon_threadsafe(ended.set_result, None)
            except Exception as error:
                loop.call_soon_threadsafe(ended.set_exception, error)

        threading.Thread(target=read, name="stdin", daemon=True).start()
        await ended
        await self._close_all()

    async def _receive(self, line: bytes | None) -> None:
        """Never waits for what a frame starts, so that the next frame can be read."""
        frame_id: int | str | None = None
        try:
            frame = parse_frame(line)
            frame_id = frame["id"] if is_id(frame.get("id")) else None
            method, params = frame.get("method"), frame.get("params")
            if frame_id is not None and method is None and ("result" in frame or "error" in frame):
                self._host.answered(frame_id, frame)
                return
            if frame.get("jsonrpc") != "2.0" or not isinstance(method, str) or not isinstance(params, dict):
                raise ProtocolError(INVALID_REQUEST, 'A frame has "jsonrpc": "2.0", a method and an object of params')
            if "id" not in frame:
                self._notified(method, params)
            elif frame_id is None:
                raise ProtocolError(INVALID_REQUEST, "An id is a whole number or a string")
            else:
                self._requested(frame_id, method, params)
        except ProtocolError as error:
            self._refuse(frame_id, error)
        except RecursionError:
            self._refuse(frame_id, ProtocolError(INVALID_PARAMS, "The params are nested too deeply"))

    def _requested(self, frame_id: int | str, method: str, params: dict[str, Any]) -> None:
        if method not in REQUESTS:
            raise ProtocolError(METHOD_NOT_FOUND, f"There is no method {method[:200]!r} in {PROTOCOL}")
        check_params(method, params)
        if method == "hello":
            self._respond(frame_id, self._hello(params))
        elif method == "open":
            self._start(self._answer(frame_id, self._open(params)))
        elif method == "call":
            self._begin(frame_id, params)
        elif method == "clock.set":
            self._respond(frame_id, self._instance(params).clock.move(params["mono"], params["boot"], params["wall"], params["fire"]))
        elif method == "secret.reveal":
            self._respond(frame_id, {"value": self._instance(params).reveal(params["handle"])})
        elif method == "close":
            self._start(self._answer(frame_id, self._close(self._instance(params))))
        else:  # `shutdown`. It is the end of stdin that ends this program.
            self._start(self._answer(frame_id, self._close_all()))

    def _notified(self, method: str, params: dict[str, Any]) -> None:
        """A notification gets no answer, so one that makes no sense is dropped: the call may simply be over."""
        under_way = self._calls.get(params["call"]) if is_id(params.get("call")) else None
        if under_way is None:
            return
        if method == "credit" and type(params.get("n")) is int:
            under_way.running.add_credit(max(0, params["n"]))
        elif method == "cancel":
            under_way.running.cancel(caller_has_gone=params.get("how") == "return")

    def _hello(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["protocol"] != PROTOCOL:
            raise ProtocolError(INVALID_PARAMS, f"This program speaks {PROTOCOL}, not {params['protocol']}")
        contracts = {key: {"flags": dict(each.flags), "facts": dict(each.facts)} for key, each in self._contracts.items()}
        return {"protocol": PROTOCOL, "subject": self._subject, "contracts": contracts, "clock": "virtual"}

    async def _open(self, params: dict[str, Any]) -> dict[str, Any]:
        name, contract = params["instance"], self._contracts.get(params["contract"])
        if contract is None:
            raise ProtocolError(INVALID_PARAMS, f"This program implements {', '.join(self._contracts)}, not {params['contract']}")
        if name in self._instances:
            raise ProtocolError(INVALID_PARAMS, f"An instance is open under the name {name} already")
        self._instances[name] = await Instance.open(params, contract, self._host, self._writer)
        return {}

    async def _close(self, instance: Instance) -> dict[str, Any]:
        """Ends the calls under way first, each with its own response, so that nobody uses what the implementation closes."""
        self._instances.pop(instance.name, None)
        calls = [call for call in self._calls.values() if call.instance is instance]
        for call in calls:
            call.running.cancel(caller_has_gone=True)
        await asyncio.gather(*(call.answer for call in calls))
        await instance.close()
        return {}

    async def _close_all(self) -> dict[str, Any]:
        for instance in list(self._instances.values()):
            await self._close(instance)
        return {}

    def _begin(self, frame_id: int | str, params: dict[str, Any]) -> None:
        instance = self._instance(params)
        if frame_id in self._calls or len(self._calls) >= MOST_CALLS:
            raise ProtocolError(INVALID_REQUEST, f"The id is in use, or {MOST_CALLS} calls are under way")
        running = instance.begin(frame_id, params)
        if params.get("aborted"):
            running.cancel(caller_has_gone=False)
        answer = self._start(self._answer_call(frame_id, instance, running))
        self._calls[frame_id] = _UnderWay(instance, running, answer)

    async def _answer_call(self, frame_id: int | str, instance: Instance, running: RunningCall) -> None:
        async def outcome() -> Any:
            return instance.encode(await running.outcome())

        try:
            await self._answer(frame_id, outcome())
        finally:
            del self._calls[frame_id]

    def _instance(self, params: dict[str, Any]) -> Instance:
        name = params["instance"]
        if name not in self._instances:
            raise ProtocolError(INVALID_PARAMS, f"No instance is open under the name {name[:200]!r}")
        return self._instances[name]

    async def _answer(self, frame_id: int | str, outcome: Awaitable[Any]) -> None:
        """One response, whatever happens."""
        try:
            self._respond(frame_id, await outcome)
        except ProtocolError as error:
            self._refuse(frame_id, error)
        except Exception as error:
            if not isinstance(error, CodedError):
                traceback.print_exc(file=sys.stderr)
            data = coded_error(error)
            self._writer.write({"id": frame_id, "error": {"code": CODED, "message": data["message"], "data": data}})

    def _respond(self, frame_id: int | str, result: Any) -> None:
        self._writer.write({"id": frame_id, "result": result})

    def _refuse(self, frame_id: int | str | None, error: ProtocolError) -> None:
        self._writer.write({"id": frame_id, "error": {"code": error.code, "message": str(error)}})

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task that the event loop would otherwise hold by a weak reference only."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
