"""
An elevation gate that answers and never opens yet: every call stays in the sandbox. Run the suite, do what the first FAIL says,
run it again. Each TODO names the requirement that will ask for it; `explain ELV-001` says what that one wants, and why.
"""

from __future__ import annotations

from typing import Any

from flynn_wire import Call, Contract, Environment, serve


class ElevationGate:
    def __init__(self, environment: Environment) -> None:
        """All that the gate may use: the policy, the clock, and the host's ports `audit` and `hook`."""
        self._environment = environment
        self._policy = environment.config["policy"]

    # TODO ELV-001: make a code (ELV-067: eight letters and digits from `secrets`) and a pending grant. Answer OK_PENDING with the
    # grant in `grants` and the code as `Secret(code)`, of flynn_wire, in `challenge`.
    # TODO ELV-045, ELV-049: hand the event `elevation.requested` to `await self._environment.ask_host("audit", event)` first,
    # `gate.started` before it; each event holds the hash of the one before.
    # TODO ELV-008 to ELV-016: refuse what may not be asked for, each with its own code.
    async def request(self, call: Call, context: Any, request: Any) -> dict[str, Any]:
        return reply("E_NOT_ALLOWED") | {"challenge": None}

    # TODO ELV-001: find the pending grant of these three ids, compare the code, ask the host's `hook`, hand over
    # `elevation.activated`, make the grant active, and answer OK_ACTIVE.
    # TODO ELV-004, ELV-027, ELV-043: a wrong code, one that comes too late, and a hook that does not allow it.
    async def confirm(self, call: Call, context: Any, code: str) -> dict[str, Any]:
        return reply("E_NO_PENDING")

    # TODO ELV-018: end the pending grant.
    async def deny(self, call: Call, context: Any) -> dict[str, Any]:
        return reply("E_NO_PENDING")

    # TODO ELV-002, ELV-040, ELV-065: end what `target` names and the caller may end.
    async def revoke(self, call: Call, context: Any, target: Any) -> dict[str, Any]:
        return reply("E_NO_GRANT")

    # TODO ELV-034: the live grants of the principal.
    async def status(self, call: Call, context: Any) -> dict[str, Any]:
        return reply("OK_STATUS")

    # TODO ELV-001: `host` and ELEVATED, with the id of the grant, where an active grant is there for the call.
    # TODO ELV-019 to ELV-023: for these three ids, this origin and this tool, and nothing that the policy denies.
    # TODO ELV-025, ELV-028, ELV-029: and its time is not over, by the clocks of this moment.
    # TODO ELV-042: a digest over the canonical JSON of all facts of the call.
    async def check(self, call: Call, context: Any, facts: Any) -> dict[str, Any]:
        verdict = {"decision": "sandbox", "why": "NOT_ELEVATED", "tool": facts["tool"]}
        return verdict | {"grantId": None, "remainingMs": 0, "callDigest": "0"}

    # TODO ELV-001: decide as `check` does, from the state of this moment, and answer GRANTED with a lease id.
    # TODO ELV-042: the digest of `request["call"]` must be `request["checkedDigest"]`, or it is DENIED_DRIFT.
    # TODO ELV-038: a grant of mode `once` is used up by it.
    async def acquire(self, call: Call, context: Any, request: Any) -> dict[str, Any]:
        denied = {"code": "DENIED_NOT_ELEVATED", "tool": request["call"]["tool"]}
        return denied | {"leaseId": None, "grantId": None, "remainingMs": 0}

    # TODO ELV-058: close the lease, and hand over `tool.exec.end`.
    async def release(self, call: Call, request: Any) -> dict[str, bool]:
        return {"released": False}

    # TODO ELV-061, ELV-062: what the new policy takes away is gone at once; what it adds waits and is named in `deferred`.
    async def reload(self, call: Call, policy: Any) -> dict[str, Any]:
        return {"deferred": [], "revoked": 0}

    # TODO ELV-064: end every grant of the session.
    async def endSession(self, call: Call, session_id: str) -> dict[str, int]:
        return {"revoked": 0}


def reply(code: str) -> dict[str, Any]:
    return {"code": code, "grants": [], "limits": None, "attemptsLeft": None, "retryAfterMs": None}


METHODS = ("request", "confirm", "deny", "revoke", "status", "check", "acquire", "release", "reload", "endSession")

if __name__ == "__main__":
    serve("my-elevation-gate", "0.1.0", {"elevation-gate@1": Contract(open=ElevationGate, methods=METHODS)})
