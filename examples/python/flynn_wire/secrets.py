"""Values that never cross the wire except in `secret.reveal`."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .errors import INVALID_PARAMS, ProtocolError

MOST_SECRETS = 10_000
"""Secrets that an instance remembers having returned; the oldest is forgotten first."""


class Secret:
    """A value that crosses the wire as a reference. It cannot be printed; the host asks for it with `secret.reveal`."""

    _key = os.urandom(32)

    def __init__(self, value: str) -> None:
        self._value = value
        self.fingerprint = hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()[:16]

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "[secret]"


class SecretHandle:
    """A secret that the host holds. Ask when you need the value, and keep it no longer than that."""

    def __init__(self, handle: str, fingerprint: str, ask: Callable[[str], Awaitable[str]]) -> None:
        self.handle = handle
        self.fingerprint = fingerprint
        self._ask = ask

    async def reveal(self) -> str:
        return await self._ask(self.handle)

    def __repr__(self) -> str:
        return "[secret]"


class SecretCodec:
    """Replaces secrets by references on the way out and references by handles on the way in, for one instance."""

    def __init__(self, ask: Callable[[str], Awaitable[str]]) -> None:
        self._ask = ask
        self._given: dict[str, str] = {}
        self._last_secret = 0

    def encode(self, value: Any) -> Any:
        if isinstance(value, Secret):
            return {"$secret": self._remember(value), "fingerprint": value.fingerprint}
        if isinstance(value, SecretHandle):
            return {"$secret": value.handle, "fingerprint": value.fingerprint}
        if isinstance(value, Mapping):
            return {key: self.encode(member) for key, member in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.encode(member) for member in value]
        return value

    def decode(self, value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"$secret", "fingerprint"}:
                return SecretHandle(value["$secret"], value["fingerprint"], self._ask)
            return {key: self.decode(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self.decode(member) for member in value]
        return value

    def reveal(self, handle: str) -> str:
        if handle not in self._given:
            raise ProtocolError(INVALID_PARAMS, f"No secret has the handle {handle[:200]!r}")
        return self._given[handle]

    def _remember(self, secret: Secret) -> str:
        if len(self._given) >= MOST_SECRETS:
            del self._given[next(iter(self._given))]
        self._last_secret += 1
        handle = f"subject-{self._last_secret}"
        self._given[handle] = secret.reveal()
        return handle
