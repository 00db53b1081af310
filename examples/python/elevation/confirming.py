"""A confirmation: the code, then the hook, then the audit, and the grant is active."""

from __future__ import annotations

import asyncio
from typing import Any

from flynn_wire import Environment, HostError

from .audit import Outcome
from .core import Core
from .grants import ACTIVE, PENDING, Grant
from .schema import Caller


class Confirming:
    def __init__(self, core: Core, environment: Environment) -> None:
        self._core = core
        self._ask_host = environment.ask_host
        self._waiting: dict[str, asyncio.Event] = {}
        core.on_end = self._has_ended

    async def confirm(self, caller: Caller, answer: str) -> dict[str, Any]:
        core, now = self._core, self._core.sweep()
        grant = core.grants.of(caller.key, PENDING)
        refusal = self._refusal(caller, grant)
        if refusal or grant is None or grant.challenge is None:
            code = refusal or "E_NO_PENDING"
            core.attempt("elevation.refused", now, caller, cause=code)
            return core.reply(code, now, **(core.locked(now, caller.key) if code == "E_LOCKED" else {}))
        if not grant.challenge.is_met_by(answer):
            return self._failed(grant, caller)
        grant.is_confirming = True
        try:
            if await self._hook_allows(grant, caller):
                return await self._activate(grant, caller)
        except asyncio.CancelledError:
            core.end(grant, "denied", "ABORTED", core.sweep(), caller)
            raise
        now = core.sweep()
        core.end(grant, "denied", "E_HOOK", now, caller)
        return core.reply(self._code_of(grant), now)

    def _refusal(self, caller: Caller, grant: Grant | None) -> str | None:
        core = self._core
        if not caller.is_human:
            return "E_ORIGIN"
        if not caller.has_command_path:
            return "E_SURFACE"
        if grant:
            return "E_NO_PENDING" if grant.is_confirming else None
        if core.locked_for(caller.key, core.sweep()):
            return "E_LOCKED"
        return "E_EXPIRED" if core.has_expired(caller.key) else "E_NO_PENDING"

    def _failed(self, grant: Grant, caller: Caller) -> dict[str, Any]:
        core, now = self._core, self._core.sweep()
        grant.failures += 1
        left = max(0, core.policy.maxAttempts - grant.failures)
        event = core.events.of_grant("elevation.confirm_failed", now, grant, core.policy, caller, cause="E_CODE")
        core.audit.tell(event)
        if left:
            return core.reply("E_CODE", now, [grant], attemptsLeft=left)
        core.end(grant, "denied", "E_LOCKED", now, caller)
        core.lock(grant.key, now)
        return core.reply("E_CODE", now, attemptsLeft=0, **core.locked(now, grant.key))

    async def _hook_allows(self, grant: Grant, caller: Caller) -> bool:
        """A clear yes, in time, for a request that is still there."""
        core, asked_at = self._core, self._core.sweep()
        over = self._waiting[grant.id] = asyncio.Event()
        limit = core.policy.hookTimeoutMs
        timer = core.clock.set_timer(limit, over.set)
        hook = asyncio.ensure_future(self._ask_hook(grant, caller))
        waiting = asyncio.ensure_future(over.wait())
        try:
            await asyncio.wait({hook, waiting}, return_when=asyncio.FIRST_COMPLETED)
            was_in_time = core.sweep().left_of(limit, asked_at) > 0
            return grant.state == PENDING and was_in_time and hook.done() and hook.result()
        finally:
            core.clock.cancel_timer(timer)
            hook.cancel()
            waiting.cancel()
            self._waiting.pop(grant.id, None)

    async def _ask_hook(self, grant: Grant, caller: Caller) -> bool:
        principal, session, agent = grant.key
        prompt = {
            "grantId": grant.id,
            "principalId": principal,
            "sessionId": session,
            "agentId": agent,
            "surface": caller.surface,
            "tools": list(grant.tools),
            "mode": grant.mode,
            "ttlMs": grant.ttl_ms,
            "reason": grant.reason.text,
        }
        try:
            answer = await self._ask_host("hook", prompt)
        except HostError:
            return False
        return isinstance(answer, dict) and answer.keys() == {"allow"} and answer["allow"] is True

    async def _activate(self, grant: Grant, caller: Caller) -> dict[str, Any]:
        core, now = self._core, self._core.sweep()

        def commit() -> bool:
            core.sweep()
            grant.is_committed = grant.state == PENDING
            return grant.is_committed

        def on_taken() -> None:
            then = core.sweep()
            if grant.state == PENDING:
                grant.challenge = None
                core.enter(grant, ACTIVE, then)

        event = core.events.of_grant("elevation.activated", now, grant, core.policy, caller, remainingMs=grant.ttl_ms)
        outcome = await core.audit.ask(event, commit, on_taken)
        grant.is_committed = grant.is_confirming = False
        now = core.sweep()
        if grant.state == ACTIVE:
            return core.reply("OK_ACTIVE", now, [grant])
        if outcome is Outcome.REFUSED and grant.is_live:
            # Nothing has happened, so the code is as good as it was.
            core.arm(grant, now)
            return core.reply("E_AUDIT_UNAVAILABLE", now, [grant])
        return core.reply(self._code_of(grant), now)

    def _code_of(self, grant: Grant) -> str:
        """What became of a request that somebody or something else ended."""
        if grant.state == "pending_expired":
            return "E_EXPIRED"
        return grant.cause if grant.cause.startswith("E_") else "E_NO_PENDING"

    def _has_ended(self, grant: Grant) -> None:
        over = self._waiting.get(grant.id)
        if over:
            over.set()
