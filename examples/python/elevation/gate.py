"""The methods of the contract."""

from __future__ import annotations

from typing import Any

from flynn_wire import Call, Environment

from .asking import Asking
from .calls import Calls
from .confirming import Confirming
from .core import Core
from .grants import OPENING, PENDING, Grant
from .schema import (
    Caller,
    parse_acquire,
    parse_code,
    parse_context,
    parse_facts,
    parse_policy,
    parse_release,
    parse_session,
    parse_target,
    parse_wish,
)
from .watch import Reading


class Gate:
    """What needs an event waits for the audit. What takes a right away waits for nothing."""

    def __init__(self, environment: Environment) -> None:
        self._core = Core(environment)
        self._asking = Asking(self._core)
        self._confirming = Confirming(self._core, environment)
        self._calls = Calls(self._core)

    async def request(self, call: Call, context: Any, request: Any) -> dict[str, Any]:
        return await self._asking.request(parse_context(context), parse_wish(request))

    async def confirm(self, call: Call, context: Any, code: Any) -> dict[str, Any]:
        return await self._confirming.confirm(parse_context(context), parse_code(code))

    async def deny(self, call: Call, context: Any) -> dict[str, Any]:
        caller, core, now = parse_context(context), self._core, self._core.sweep()
        if not caller.is_human:
            core.attempt("elevation.refused", now, caller, cause="E_ORIGIN")
            return core.reply("E_ORIGIN", now)
        denied = [each for each in core.grants if each.key == caller.key and each.state in (OPENING, PENDING)]
        for grant in denied:
            core.end(grant, "denied", "DENIED", now, caller)
        return core.reply("OK_DENIED" if denied else "E_NO_PENDING", now, denied)

    async def revoke(self, call: Call, context: Any, target: Any) -> dict[str, Any]:
        caller, wanted, core = parse_context(context), parse_target(target), self._core
        now = core.sweep()
        may_end = [grant for grant in core.grants if self._may_end(caller, grant)]
        if wanted == "own":
            named = [grant for grant in may_end if grant.key == caller.key]
        else:
            named = [grant for grant in may_end if wanted == "all" or grant.id in wanted]
        revoked = core.end_all(named, "REVOKED", now, caller)
        return core.reply("OK_REVOKED" if revoked else "E_NO_GRANT", now, revoked)

    async def status(self, call: Call, context: Any) -> dict[str, Any]:
        caller, core = parse_context(context), self._core
        now = core.sweep()
        return core.reply("OK_STATUS", now, [each for each in core.grants if each.key[0] == caller.key[0] and each.state != OPENING])

    async def check(self, call: Call, context: Any, facts: Any) -> dict[str, Any]:
        return self._calls.check(parse_context(context), parse_facts(facts))

    async def acquire(self, call: Call, context: Any, request: Any) -> dict[str, Any]:
        return await self._calls.acquire(parse_context(context), *parse_acquire(request))

    async def release(self, call: Call, request: Any) -> dict[str, bool]:
        return self._calls.release(parse_release(request))

    async def reload(self, call: Call, policy: Any) -> dict[str, Any]:
        new, core = parse_policy(policy), self._core
        now = core.sweep()
        core.policy, deferred = core.policy.narrowed_by(new)
        core.audit.tell(core.events.of_gate("gate.reloaded", now))
        for grant in core.grants:
            grant.tools = tuple(tool for tool in grant.tools if tool in core.policy.grantable)
        revoked = core.end_all([grant for grant in core.grants if not self._stands(grant, now)], "POLICY", now)
        for grant in core.grants:
            core.arm(grant, now)
        return {"deferred": deferred, "revoked": len(revoked)}

    async def endSession(self, call: Call, session: Any) -> dict[str, int]:
        ended, core = parse_session(session), self._core
        now = core.sweep()
        return {"revoked": len(core.end_all([grant for grant in core.grants if grant.key[1] == ended], "SESSION_ENDED", now))}

    async def close(self) -> None:
        await self._core.audit.close()

    def _may_end(self, caller: Caller, grant: Grant) -> bool:
        if grant.key == caller.key:
            return True
        principal = caller.key[0]
        return caller.is_human and (grant.key[0] == principal or principal in self._core.policy.admins)

    def _stands(self, grant: Grant, now: Reading) -> bool:
        """Whether the policy still carries the grant, or what is left of it."""
        policy = self._core.policy
        principal, _, agent = grant.key
        is_within = bool(grant.tools) and grant.failures < policy.maxAttempts and not grant.is_over(now, policy)
        return is_within and policy.allows(principal, agent)
