"""The state that all methods share: the policy, the live grants, the clocks and the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flynn_wire import Environment

from .audit import AuditLog
from .canonical import plain_number
from .events import Events
from .grants import ACTIVE, OPENING, PENDING, Grant, Grants, Key
from .schema import Caller, parse_config
from .throttle import Throttle
from .watch import Reading, Watch

ENDS = {
    "denied": "elevation.denied",
    "pending_expired": "elevation.pending_expired",
    "superseded": "elevation.superseded",
    "expired": "elevation.expired",
    "revoked": "elevation.revoked",
    "consumed": "elevation.consumed",
}
MOST_REMEMBERED = 1000


class Core:
    def __init__(self, environment: Environment) -> None:
        self.policy, head = parse_config(environment.config)
        self.clock = environment.clock
        self.grants = Grants()
        self.events = Events()
        self.audit = AuditLog(lambda event: environment.ask_host("audit", event), environment.clock, head)
        self._watch = Watch(environment.clock)
        self._throttle = Throttle()
        self._locks: dict[Key, Reading] = {}
        self._expired: dict[Key, None] = {}
        """Whose last request waited too long, so that a code that comes late is told so."""
        self.on_end: Callable[[Grant], None] = lambda grant: None
        self.audit.tell(self.events.of_gate("gate.started", self.sweep()))

    def sweep(self) -> Reading:
        """Reads the clocks and ends what is over. Every method begins with it, every timer calls it, and so does every wait."""
        now, was_set_back = self._watch.read()
        for grant in self.grants:
            if grant.state != OPENING and (was_set_back or grant.is_over(now, self.policy)):
                state = "expired" if grant.state == ACTIVE else "pending_expired"
                self.end(grant, state, "CLOCK_WENT_BACK" if was_set_back else "TIME", now)
        return now

    def end(self, grant: Grant, state: str, cause: str, now: Reading, caller: Caller | None = None) -> bool:
        """The only way that a grant ends. False for one that has ended before."""
        if not grant.is_live:
            return False
        grant.state, grant.cause = state, cause
        grant.challenge = None
        self.grants.remove(grant)
        self._disarm(grant)
        if state == "pending_expired":
            remember(self._expired, grant.key, None)
        event = self.events.of_grant(ENDS[state], now, grant, self.policy, caller, cause=cause)
        self.audit.tell(event, begin=lambda: grant.is_announced)
        self.on_end(grant)
        return True

    def end_all(self, grants: Iterable[Grant], cause: str, now: Reading, caller: Caller | None = None) -> list[Grant]:
        return [grant for grant in grants if self.end(grant, "revoked", cause, now, caller)]

    def enter(self, grant: Grant, state: str, now: Reading) -> None:
        """From here on the time of this state counts."""
        grant.state, grant.since = state, now
        grant.is_confirming = grant.is_committed = False
        if state == PENDING:
            self._expired.pop(grant.key, None)
        self.arm(grant, now)

    def arm(self, grant: Grant, now: Reading) -> None:
        """A timer that announces the end. Nothing depends on it."""
        self._disarm(grant)
        if grant.since is not None and not grant.is_committed:
            grant.timer = self.clock.set_timer(grant.left(now, self.policy), lambda: self._rang(grant))

    def _rang(self, grant: Grant) -> None:
        grant.timer = None
        now = self.sweep()
        if grant.is_live:
            self.arm(grant, now)

    def _disarm(self, grant: Grant) -> None:
        if grant.timer is not None:
            self.clock.cancel_timer(grant.timer)
            grant.timer = None

    def lock(self, key: Key, now: Reading) -> None:
        if self.policy.lockoutMs:
            remember(self._locks, key, now)

    def locked_for(self, key: Key, now: Reading) -> float:
        since = self._locks.get(key)
        left = now.left_of(self.policy.lockoutMs, since) if since else 0
        if left == 0:
            self._locks.pop(key, None)
        return left

    def has_expired(self, key: Key) -> bool:
        return key in self._expired

    def attempt(self, type_: str, now: Reading, caller: Caller, grant: Grant | None = None, **members: Any) -> None:
        """An attempt that came to nothing: a few of a caller's are told, the rest are counted."""
        kind = (type_, *caller.key)
        suppressed = self._throttle.passes(kind, now)
        if suppressed is None:
            return
        if grant:
            event = self.events.of_grant(type_, now, grant, self.policy, caller, suppressed=suppressed, **members)
        else:
            event = self.events.of_caller(type_, now, caller, suppressed=suppressed, **members)
        self.audit.mention(event, on_refusal=lambda: self._throttle.lost(kind, 1 + suppressed, now))

    def reply(self, code: str, now: Reading, grants: Iterable[Grant] = (), **members: Any) -> dict[str, Any]:
        nothing = {"limits": None, "attemptsLeft": None, "retryAfterMs": None}
        return {"code": code, "grants": [grant.view(now, self.policy) for grant in grants], **nothing, **members}

    def limits(self) -> dict[str, Any]:
        return {"maxTtlMs": self.policy.maxTtlMs, "tools": list(self.policy.grantable)}

    def locked(self, now: Reading, key: Key) -> dict[str, Any]:
        return {"retryAfterMs": plain_number(self.locked_for(key, now))}


def remember(memory: dict[Key, Any], key: Key, value: Any) -> None:
    """The oldest is forgotten first."""
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > MOST_REMEMBERED:
        del memory[next(iter(memory))]

