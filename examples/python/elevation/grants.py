"""Grants, from the request to their one end. In memory, and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .canonical import plain_number
from .challenge import Challenge
from .policy import Names, Policy
from .reason import Reason
from .watch import Reading

Key = tuple[str, str, str]
"""Principal, session, agent. A tuple, because ids that are joined can be joined to the same text in two ways."""

OPENING, PENDING, ACTIVE = "opening", "pending", "active"
"""A grant is `opening` while its request is being audited. Nobody sees it, but it can be stopped already."""


@dataclass(eq=False)
class Grant:
    key: Key
    tools: Names
    mode: str
    ttl_ms: int
    reason: Reason
    id: str = field(default_factory=lambda: f"elv-{secrets.token_hex(12)}")
    state: str = OPENING
    cause: str = ""
    since: Reading | None = None
    """Of the state that it is in, where that state has an end."""
    challenge: Challenge | None = None
    failures: int = 0
    is_announced: bool = False
    """Whether the log has the request. A grant that it does not know needs no end in it either."""
    is_confirming: bool = False
    """Its code was given, and the hook or the audit is being asked."""
    is_committed: bool = False
    """Its activation is with the host. From here on the time for the code cannot run out any more."""
    is_used: bool = False
    """A `once` grant whose call is being audited."""
    timer: int | None = None

    @property
    def is_live(self) -> bool:
        return self.state in (OPENING, PENDING, ACTIVE)

    def left(self, now: Reading, policy: Policy) -> float:
        """A policy that has become shorter goes for the grants that there are, too."""
        if self.since is None or not self.is_live:
            return 0
        limit = min(self.ttl_ms, policy.maxTtlMs) if self.state == ACTIVE else policy.pendingTtlMs
        return now.left_of(limit, self.since)

    def is_over(self, now: Reading, policy: Policy) -> bool:
        return self.since is not None and self.left(now, policy) == 0 and not self.is_committed

    def view(self, now: Reading, policy: Policy) -> dict[str, Any]:
        principal, session, agent = self.key
        return {
            "grantId": self.id,
            "state": self.state,
            "principalId": principal,
            "sessionId": session,
            "agentId": agent,
            "tools": list(self.tools),
            "mode": self.mode,
            "ttlMs": self.ttl_ms,
            "reason": self.reason.text,
            "remainingMs": plain_number(self.left(now, policy)),
        }


class Grants:
    """The live ones. Of those that are not opening there is one for a key at most."""

    def __init__(self) -> None:
        self._live: dict[str, Grant] = {}

    def __iter__(self) -> Iterator[Grant]:
        return iter(list(self._live.values()))

    def add(self, grant: Grant) -> None:
        self._live[grant.id] = grant

    def remove(self, grant: Grant) -> None:
        self._live.pop(grant.id, None)

    def of(self, key: Key, *states: str) -> Grant | None:
        """The newest first, where several requests of one key are opening."""
        found = [grant for grant in self._live.values() if grant.key == key and grant.state in states]
        return found[-1] if found else None
