"""Lines in and lines out: what a frame is, and what each request of the host has in it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from .errors import INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR, ProtocolError

PROTOCOL = "flynn-wire/1"
INITIAL_CREDIT = 32
"""Items that a stream may send before it needs more credit, where the call does not say."""
LARGEST_FRAME_BYTES = 16 * 1024 * 1024
"""With the line feed. A longer line is refused without being kept in memory."""

_NUMBER = (int, float)
REQUESTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "hello": ({"protocol": str, "suite": dict}, {}),
    "open": (
        {"instance": str, "contract": str, "config": object, "environment": dict, "dir": str, "endpoints": dict, "clock": dict},
        {},
    ),
    "call": ({"instance": str, "method": str, "args": list}, {"credit": int, "aborted": bool}),
    "clock.set": ({"instance": str, "mono": _NUMBER, "boot": _NUMBER, "wall": _NUMBER, "fire": bool}, {}),
    "secret.reveal": ({"instance": str, "handle": str}, {}),
    "close": ({"instance": str}, {}),
    "shutdown": ({}, {}),
}
"""The members of each request that must be there, and those that may. No other member is allowed."""
_CLOCK = {"mono": _NUMBER, "boot": _NUMBER, "wall": _NUMBER}


def check_params(method: str, params: dict[str, Any]) -> None:
    """Raises `ProtocolError` for a missing member, an unknown one, or one of the wrong type."""
    _check(method, params, *REQUESTS[method])
    if method == "open":
        _check("clock", params["clock"], _CLOCK, {})
    if params.get("aborted", True) is not True or params.get("credit", 0) < 0:
        raise ProtocolError(INVALID_PARAMS, "aborted is true or left out, and credit is at least 0")


def _check(what: str, given: dict[str, Any], required: Mapping[str, Any], optional: Mapping[str, Any]) -> None:
    for name in required.keys() - given.keys():
        raise ProtocolError(INVALID_PARAMS, f"{what} needs the member {name}")
    for name, value in given.items():
        expected = required.get(name) or optional.get(name)
        if expected is None:
            raise ProtocolError(INVALID_PARAMS, f"{what} has no member {name[:200]!r}")
        # To Python a bool is an int; to JSON it is not.
        if not isinstance(value, expected) or (isinstance(value, bool) and expected not in (bool, object)):
            raise ProtocolError(INVALID_PARAMS, f"The member {name} of {what} has the wrong type")


def parse_frame(line: bytes | None) -> dict[str, Any]:
    """Raises `ProtocolError` for what is no frame; `None` stands for a line that was too long."""
    if line is None:
        raise ProtocolError(INVALID_REQUEST, f"A line is longer than {LARGEST_FRAME_BYTES} bytes")
    try:
        frame = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ProtocolError(PARSE_ERROR, "This line is not JSON") from None
    if not isinstance(frame, dict):
        raise ProtocolError(INVALID_REQUEST, "A frame is an object")
    return frame


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def is_id(value: Any) -> bool:
    return type(value) in (int, str)


def read_lines(frames: BinaryIO) -> Iterator[bytes | None]:
    """Each line without its line feed, and None for one that is too long. What no line feed ends is no line."""
    while line := frames.readline(LARGEST_FRAME_BYTES):
        if line.endswith(b"\n"):
            yield line[:-1]
        elif len(line) == LARGEST_FRAME_BYTES:
            while line and not line.endswith(b"\n"):
                line = frames.readline(LARGEST_FRAME_BYTES)
            yield None


class FrameWriter:
    """Writes frames to the real stdout. May be used from any thread."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._lock = threading.Lock()

    def write(self, members: Mapping[str, Any]) -> None:
        """Writes one line and flushes it. Waits while the host does not read, which bounds what is kept in memory."""
        line = json.dumps({"jsonrpc": "2.0", **members}, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        if len(line) > LARGEST_FRAME_BYTES:
            raise ValueError(f"A frame of {len(line)} bytes is over the limit of {LARGEST_FRAME_BYTES}")
        with self._lock:
            try:
                self._output.write(line)
                self._output.flush()
            except BrokenPipeError:
                pass  # The host has gone; stdin ends as well, and with it this program.

    def notify(self, method: str, params: Mapping[str, Any]) -> None:
        self.write({"method": method, "params": params})

    def log(self, level: str, message: str, fields: Mapping[str, Any] | None = None) -> None:
        self.notify("log", {"level": level, "message": message, **({"fields": fields} if fields else {})})
