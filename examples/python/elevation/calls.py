"""Where a call runs, the right to start one, and how it ended."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from dataclasses import dataclass
from typing import Any

from .audit import Outcome
from .canonical import canonical_json, plain_number
from .core import Core
from .grants import ACTIVE, Grant
from .schema import Caller
from .watch import Reading

DENIALS = {"POLICY_DENIED": "DENIED_POLICY", "NOT_ELEVATED": "DENIED_NOT_ELEVATED", "OUT_OF_SCOPE": "DENIED_SCOPE"}


@dataclass(frozen=True)
class Lease:
    id: str
    grant: Grant
    caller: Caller
    tool: str
    digest: str


class Calls:
    def __init__(self, core: Core) -> None:
        self._core = core
        self._leases: dict[str, Lease] = {}
        self._digest_key = os.urandom(32)
        """A digest without a key could be tried against guesses of a password among the arguments; the log is kept for years."""

    def check(self, caller: Caller, facts: dict[str, Any]) -> dict[str, Any]:
        core, now = self._core, self._core.sweep()
        why, grant = self._judge(caller, facts["tool"])
        return {
            "decision": {"ELEVATED": "host", "POLICY_DENIED": "deny"}.get(why, "sandbox"),
            "why": why,
            "tool": facts["tool"],
            "grantId": grant.id if grant else None,
            "remainingMs": plain_number(grant.left(now, core.policy)) if grant else 0,
            "callDigest": self._digest(facts),
        }

    async def acquire(self, caller: Caller, facts: dict[str, Any], checked_digest: str) -> dict[str, Any]:
        core, now, tool = self._core, self._core.sweep(), facts["tool"]
        why, grant = self._judge(caller, tool)
        digest = self._digest(facts)
        if grant is None or why == "POLICY_DENIED":
            return self._denied(DENIALS[why], caller, tool, digest, now)
        if digest != checked_digest:
            return self._denied("DENIED_DRIFT", caller, tool, digest, now, grant)
        if why != "ELEVATED":
            return self._denied(DENIALS[why], caller, tool, digest, now, grant)
        return await self._start(Lease(f"run-{secrets.token_hex(12)}", grant, caller, tool, digest), now)

    def release(self, release: dict[str, Any]) -> dict[str, bool]:
        now = self._core.sweep()
        lease = self._leases.pop(release["leaseId"], None)
        if lease is None:
            return {"released": False}
        self._ended(lease, now, release["outcome"], release["exitCode"], release["signal"])
        return {"released": True}

    def _judge(self, caller: Caller, tool: str) -> tuple[str, Grant | None]:
        """The policy comes before the grant, and who calls before what is called."""
        core = self._core
        if tool in core.policy.deniedTools:
            return "POLICY_DENIED", None
        grant = core.grants.of(caller.key, ACTIVE) if caller.origin in ("human", "model") else None
        if grant is None or grant.is_used:
            return "NOT_ELEVATED", None
        return ("ELEVATED" if tool in grant.tools else "OUT_OF_SCOPE"), grant

    async def _start(self, lease: Lease, now: Reading) -> dict[str, Any]:
        core, grant, caller, tool = self._core, lease.grant, lease.caller, lease.tool
        grant.is_used = grant.mode == "once"
        granted = is_abandoned = False

        def is_still_allowed() -> bool:
            core.sweep()
            return not is_abandoned and grant.state == ACTIVE and tool in grant.tools and tool not in core.policy.deniedTools

        def on_taken() -> None:
            nonlocal granted
            granted = is_still_allowed()
            if granted:
                self._leases[lease.id] = lease
            else:
                # The log says that it starts. It must also say that it never did.
                self._ended(lease, core.sweep(), "NEVER_STARTED", None, None)

        members = {"tool": tool, "callDigest": lease.digest, "environment": "host", "leaseId": lease.id}
        event = core.events.of_grant("tool.exec.start", now, grant, core.policy, caller, **members)
        try:
            outcome = await core.audit.ask(event, is_still_allowed, on_taken)
        except asyncio.CancelledError:
            is_abandoned = True
            if self._leases.pop(lease.id, None):
                self._ended(lease, core.sweep(), "NEVER_STARTED", None, None)
            raise
        finally:
            now = core.sweep()
            left = grant.left(now, core.policy)
            if grant.is_used:
                core.end(grant, "consumed", "STARTED" if granted else "NOT_STARTED", now, caller)
        if granted:
            answer = {"code": "GRANTED", "tool": tool, "leaseId": lease.id, "grantId": grant.id}
            return {**answer, "remainingMs": plain_number(left)}
        if outcome is Outcome.REFUSED:
            return self._denied("DENIED_AUDIT_UNAVAILABLE", caller, tool, lease.digest, now, grant)
        why, _ = self._judge(caller, tool)
        code = DENIALS.get(why, "DENIED_NOT_ELEVATED")
        return self._denied(code, caller, tool, lease.digest, now, grant)

    def _denied(
        self, code: str, caller: Caller, tool: str, digest: str, now: Reading, grant: Grant | None = None
    ) -> dict[str, Any]:
        self._core.attempt("tool.exec.denied", now, caller, grant, cause=code, tool=tool, callDigest=digest)
        return {"code": code, "tool": tool, "leaseId": None, "grantId": None, "remainingMs": 0}

    def _ended(self, lease: Lease, now: Reading, cause: str, exit_code: int | None, signal: str | None) -> None:
        core = self._core
        members = {"tool": lease.tool, "callDigest": lease.digest, "environment": "host", "leaseId": lease.id}
        members |= {"cause": cause, "exitCode": exit_code, "signal": signal}
        core.audit.tell(core.events.of_grant("tool.exec.end", now, lease.grant, core.policy, lease.caller, **members))

    def _digest(self, facts: dict[str, Any]) -> str:
        canonical = canonical_json(facts).encode()
        return f"call:{hashlib.blake2b(canonical, key=self._digest_key, digest_size=24).hexdigest()}"
