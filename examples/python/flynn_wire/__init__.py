"""Speaks Flynn's wire on stdin and stdout, so that the conformance suite can judge an implementation written in Python.

Copy this folder next to your program. It needs Python 3.11 or newer and nothing else. A program has one or more contracts:

    class Scanner:
        def __init__(self, environment: Environment) -> None: ...
        async def scan(self, call: Call, request: Any) -> Any: ...
        async def rules(self, call: Call) -> Any: ...

    serve("my-scanner", "1.0.0", {"skill-scanner@1": Contract(open=Scanner, methods=("scan", "rules"))})

- A method is `async def name(self, call, *arguments)`. What it returns is the answer. A stream is an async generator; what
  it yields are the items. Both may hold `Secret` values. Methods run at the same time, in one event loop; long work that
  does not wait belongs in `asyncio.to_thread`, or nothing else is answered meanwhile.
- A method fails with a code of its contract by raising `CodedError`. Any other exception is answered as `INTERNAL`, which
  is in no contract's list, and its traceback goes to stderr.
- When the host aborts a call, `call.aborted` becomes true. A plain method is also cancelled, as asyncio cancels, and is
  answered with `ABORTED`. A stream is not cancelled: it sees `call.aborted` and yields what its contract asks for last.
- Optional members of an implementation: `async def close(self)`, called when the host closes the instance.
- Time comes from `environment.clock` and stands still until the host moves it. Never use `time` or `asyncio.sleep`.
- Stdout belongs to the protocol. `print`, child processes and libraries that write to stdout end up on stderr instead.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping

from .call import Call
from .clock import Clock
from .contract import Contract, Environment
from .errors import CodedError, HostError
from .frames import PROTOCOL
from .secrets import Secret, SecretHandle
from .session import Session

__all__ = ["Call", "Clock", "CodedError", "Contract", "Environment", "HostError", "Secret", "SecretHandle", "serve"]


def serve(name: str, version: str, contracts: Mapping[str, Contract]) -> None:
    """Serves until stdin closes, then returns. `contracts` is keyed by name and major version, such as `skill-scanner@1`."""
    if sys.stdin.isatty():
        print(f"{name} speaks {PROTOCOL} on stdin and stdout; the conformance suite starts it. Ctrl-D ends it.", file=sys.stderr)
    frames = os.fdopen(os.dup(0), "rb")
    output = os.fdopen(os.dup(1), "wb")
    os.set_blocking(output.fileno(), True)
    # From here on nobody but this session can read a frame or write to the real stdout, whatever a library prints.
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    with frames, output:
        asyncio.run(Session(name, version, contracts, output).run(frames))
