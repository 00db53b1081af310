"""A request, from what a person typed to a code that waits."""

from __future__ import annotations

import asyncio
from typing import Any

from flynn_wire import Secret

from .audit import Outcome
from .challenge import Challenge, new_code
from .core import Core
from .grants import ACTIVE, OPENING, PENDING, Grant
from .policy import Names
from .reason import Reason, take_reason
from .schema import Caller, Wish
from .watch import Reading

SHORTEST_TTL_MS = 1000


class Asking:
    def __init__(self, core: Core) -> None:
        self._core = core

    async def request(self, caller: Caller, wish: Wish) -> dict[str, Any]:
        core, now = self._core, self._core.sweep()
        reason, tools = take_reason(wish.reason), self._tools_of(wish)
        code = self._refusal(caller, wish, reason, tools, now)
        if code or reason is None:
            return self._refused(code or "E_REASON", caller, now)
        grant = Grant(caller.key, tools, wish.mode, int(wish.ttl_ms), reason)
        core.grants.add(grant)
        event = core.events.of_grant("elevation.requested", now, grant, core.policy, caller, remainingMs=core.policy.pendingTtlMs)
        secret = new_code()
        grant.challenge = Challenge(secret)

        def on_taken() -> None:
            grant.is_announced = True
            self._open(grant, caller, wish)

        try:
            outcome = await core.audit.ask(event, lambda: grant.state == OPENING, on_taken)
        except asyncio.CancelledError:
            core.end(grant, "denied", "ABORTED", core.sweep(), caller)
            raise
        now = core.sweep()
        if grant.state == OPENING:
            core.end(grant, "denied", "E_AUDIT_UNAVAILABLE", now, caller)
        if grant.state == PENDING:
            return {**core.reply("OK_PENDING", now, [grant]), "challenge": Secret(secret)}
        if outcome is Outcome.REFUSED:
            return {**core.reply("E_AUDIT_UNAVAILABLE", now), "challenge": None}
        return self._refused(grant.cause if grant.cause.startswith("E_") else "E_NO_PENDING", caller, now)

    def _open(self, grant: Grant, caller: Caller, wish: Wish) -> None:
        """Much may have happened while the host wrote: it is judged once more, and then it is there."""
        core, now = self._core, self._core.sweep()
        if grant.state != OPENING:
            return
        code = self._refusal(caller, wish, grant.reason, grant.tools, now)
        if code:
            core.end(grant, "denied", code, now, caller)
            return
        superseded = core.grants.of(grant.key, PENDING)
        if superseded:
            core.end(superseded, "superseded", "NEW_REQUEST", now, caller)
        core.enter(grant, PENDING, now)

    def _tools_of(self, wish: Wish) -> Names:
        grantable = self._core.policy.grantable
        return grantable if wish.tools is None else tuple(tool for tool in grantable if tool in wish.tools)

    def _refusal(self, caller: Caller, wish: Wish, reason: Reason | None, tools: Names, now: Reading) -> str | None:
        core, policy = self._core, self._core.policy
        if not policy.enabled:
            return "E_DISABLED"
        if not caller.is_human:
            return "E_ORIGIN"
        if not caller.has_command_path:
            return "E_SURFACE"
        principal, _, agent = caller.key
        if not policy.allows(principal, agent):
            return "E_NOT_ALLOWED"
        if core.locked_for(caller.key, now):
            return "E_LOCKED"
        if core.grants.of(caller.key, ACTIVE):
            return "E_ALREADY_ACTIVE"
        if wish.ttl_ms != int(wish.ttl_ms) or not SHORTEST_TTL_MS <= wish.ttl_ms <= policy.maxTtlMs:
            return "E_TTL_RANGE"
        if reason is None:
            return "E_REASON"
        if not tools or not set(wish.tools or ()) <= set(policy.grantable):
            return "E_TOOL"
        return None

    def _refused(self, code: str, caller: Caller, now: Reading) -> dict[str, Any]:
        core = self._core
        core.attempt("elevation.refused", now, caller, cause=code)
        members: dict[str, Any] = {"limits": core.limits()} if code in ("E_TTL_RANGE", "E_TOOL") else {}
        if code == "E_LOCKED":
            members = core.locked(now, caller.key)
        active = core.grants.of(caller.key, ACTIVE) if code == "E_ALREADY_ACTIVE" else None
        return {**core.reply(code, now, [active] if active else [], **members), "challenge": None}
