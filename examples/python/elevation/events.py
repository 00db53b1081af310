"""What an event says, before it has its place in the log."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

from .audit import Event
from .canonical import plain_number
from .grants import Grant, Key
from .policy import Policy
from .schema import Caller
from .watch import Reading

_NOTHING = dict.fromkeys(
    "grantId principalId sessionId agentId surface origin tools mode ttlMs remainingMs reason cause tool callDigest preview "
    "environment leaseId exitCode signal".split()
)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def time_text(wall: float) -> str:
    return f"{(_EPOCH + timedelta(milliseconds=int(wall // 1))).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


class Events:
    """One start of the gate. `preview` stays null: no argument of a call is ever in the log, so no secret among them is."""

    def __init__(self) -> None:
        self._epoch = str(uuid.uuid4())

    def of_gate(self, type_: str, now: Reading, **members: Any) -> Event:
        times = {"ts": time_text(now.wall), "monoMs": int(now.mono // 1), "epoch": self._epoch}
        return {"v": 1, "type": type_, **times, **_NOTHING, "suppressed": 0, "redactions": 0, **members}

    def of_caller(self, type_: str, now: Reading, caller: Caller, **members: Any) -> Event:
        """An attempt that no grant stands behind."""
        return self.of_gate(type_, now, **_ids(caller.key), **_place(caller), **members)

    def of_grant(self, type_: str, now: Reading, grant: Grant, policy: Policy, caller: Caller | None, **members: Any) -> Event:
        about = {
            "grantId": grant.id,
            **_ids(grant.key),
            **(_place(caller) if caller else {}),
            "tools": list(grant.tools),
            "mode": grant.mode,
            "ttlMs": grant.ttl_ms,
            "remainingMs": plain_number(grant.left(now, policy)),
            "reason": grant.reason.text,
            "redactions": grant.reason.redactions,
        }
        return self.of_gate(type_, now, **{**about, **members})


def _ids(key: Key) -> dict[str, str]:
    return dict(zip(("principalId", "sessionId", "agentId"), key, strict=True))


def _place(caller: Caller) -> dict[str, str]:
    return {"surface": caller.surface, "origin": caller.origin}
