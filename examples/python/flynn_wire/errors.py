"""How a call, a request or a frame fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
CODED = -32000
"""The error carries a code of the contract in `data`."""

DEEPEST_CAUSE = 5


class CodedError(Exception):
    """A call that fails with one of the codes that its contract lists. `details` is plain JSON and never holds a secret."""

    def __init__(self, code: str, message: str, *, retryable: bool = False, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
        self.details = details


class HostError(Exception):
    """The host answered one of our requests with an error. `code` is the contract's code, or None for a protocol error."""

    def __init__(self, message: str, code: str | None) -> None:
        super().__init__(message)
        self.code = code


class ProtocolError(Exception):
    """A frame that cannot be served; becomes a JSON-RPC error without `data`."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def coded_error(error: BaseException, depth: int = DEEPEST_CAUSE) -> dict[str, Any]:
    """How an exception looks on the wire, with what caused it. What carries no code is `INTERNAL`."""
    described: dict[str, Any] = {"code": "INTERNAL", "message": f"{type(error).__name__}: {error}", "retryable": False}
    if isinstance(error, CodedError):
        described = {"code": error.code, "message": str(error), "retryable": error.retryable}
        if error.details:
            described["details"] = error.details
    if error.__cause__ and depth > 0:
        described["cause"] = coded_error(error.__cause__, depth - 1)
    return described
