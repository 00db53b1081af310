"""One open implementation and what the wire knows of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from .call import Call, RunningCall, RunningStream
from .clock import Clock
from .contract import Contract, Environment
from .errors import INVALID_PARAMS, METHOD_NOT_FOUND, ProtocolError
from .frames import INITIAL_CREDIT, FrameWriter
from .host import Host
from .secrets import SecretCodec


class Instance:
    """Made by `Instance.open`; its methods run until `close`."""

    def __init__(self, params: dict[str, Any], contract: Contract, host: Host, writer: FrameWriter) -> None:
        self.name: str = params["instance"]
        self.clock = Clock(params["clock"], self._notify)
        self._secrets = SecretCodec(self._reveal_of_host)
        self._contract = contract
        self._host = host
        self._writer = writer
        self._implementation: Any = None

    @classmethod
    async def open(cls, params: dict[str, Any], contract: Contract, host: Host, writer: FrameWriter) -> Instance:
        instance = cls(params, contract, host, writer)
        environment = Environment(
            config=instance._secrets.decode(params["config"]),
            environment=params["environment"],
            dir=params["dir"],
            endpoints=params["endpoints"],
            clock=instance.clock,
            ask_host=instance._ask_host,
            log=writer.log,
        )
        opened = contract.open(environment)
        instance._implementation = await opened if inspect.isawaitable(opened) else opened
        missing = [name for name in contract.methods if not callable(getattr(instance._implementation, name, None))]
        if missing:
            raise TypeError(f"The implementation has no method {', '.join(missing)}, which its Contract(methods=...) names")
        return instance

    def begin(self, frame_id: int | str, params: dict[str, Any]) -> RunningCall:
        """Starts a method; what it gives is encoded by `encode`, or, for a stream, sent as `item` notifications."""
        name = params["method"]
        if name not in self._contract.methods:
            raise ProtocolError(METHOD_NOT_FOUND, f"The contract has no method {name[:200]!r}")
        method = getattr(self._implementation, name)
        arguments = [self._secrets.decode(argument) for argument in params["args"]]
        call = Call()
        try:
            inspect.signature(method).bind(call, *arguments)
        except TypeError as error:
            raise ProtocolError(INVALID_PARAMS, f"{name} cannot be called with {len(arguments)} arguments: {error}") from None
        if not inspect.isasyncgenfunction(method):
            return RunningCall(call, _invoke(method, call, arguments))

        def send_item(seq: int, item: Any) -> None:
            self._writer.notify("item", {"call": frame_id, "seq": seq, "value": self.encode(item)})

        return RunningStream(call, method(call, *arguments), params.get("credit", INITIAL_CREDIT), send_item)

    def encode(self, value: Any) -> Any:
        return self._secrets.encode(value)

    def reveal(self, handle: str) -> str:
        return self._secrets.reveal(handle)

    async def close(self) -> None:
        close = getattr(self._implementation, "close", None)
        closed = close() if close else None
        if inspect.isawaitable(closed):
            await closed
        self.clock.cancel_all()

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._writer.notify(method, {"instance": self.name, **params})

    async def _ask_host(self, port: str, *arguments: Any) -> Any:
        params = {"instance": self.name, "port": port, "args": [self.encode(argument) for argument in arguments]}
        return self._secrets.decode(await self._host.ask("host.port", params))

    async def _reveal_of_host(self, handle: str) -> str:
        answer = await self._host.ask("secret.reveal", {"instance": self.name, "handle": handle})
        return str(answer["value"])


async def _invoke(method: Callable[..., Any], call: Call, arguments: list[Any]) -> Any:
    """Takes a plain function too, and turns what it raises into the outcome of the call."""
    result = method(call, *arguments)
    return await result if inspect.isawaitable(result) else result
