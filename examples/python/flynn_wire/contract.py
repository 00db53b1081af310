"""What a program declares, and what each of its instances is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .clock import Clock


@dataclass(frozen=True)
class Environment:
    """All that an implementation gets from outside. It reads no other environment, clock or directory."""

    config: Any
    """By the contract's schema; secrets in it are `SecretHandle` objects."""
    environment: Mapping[str, str]
    """Stands in for `os.environ`."""
    dir: str
    """An absolute path. It outlives the process within one case."""
    endpoints: Mapping[str, str]
    """Loopback addresses of the suite's servers, by name."""
    clock: Clock
    ask_host: Callable[..., Awaitable[Any]]
    """`await ask_host("accept", {...})` asks a port of the contract. Raises `HostError` when the host answers with an error."""
    log: Callable[..., None]
    """`log("info", "what happened", fields)`: one line for people. Never a secret."""


@dataclass(frozen=True)
class Contract:
    """How a program implements one contract."""

    open: Callable[[Environment], Any]
    """Makes one implementation; may be a class, a function or an async function."""
    methods: Sequence[str]
    """The methods of the contract, by name. Nothing else of the implementation can be called."""
    flags: Mapping[str, bool] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
