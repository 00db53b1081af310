"""
A lease server that answers and gives out no lease yet. Run the suite, do what the first FAIL says, run it again. Each TODO names
the requirement that will ask for it; `explain LEASE-001` says what that one wants, and why.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from flynn_wire import Call, CodedError, Contract, Environment, Secret, serve


class Specimen:
    def __init__(self, environment: Environment) -> None:
        """All that the implementation may use: the host's ports, the clock, a folder, the signing key."""
        self._environment = environment

    # TODO LEASE-001: ask `await self._environment.ask_host("accept", {"resource": ..., "ttlMs": ...})`; it answers
    # {"accepted": True, "ticket": ...}. Make an id, remember the lease by it, and give the ticket back as it is.
    # TODO LEASE-002, LEASE-003: {"accepted": False}, or a HostError, is `CodedError("REFUSED", ...)`.
    # TODO LEASE-004: a ttlMs that is no whole number from 1 to 86400000 is INVALID_ARGUMENT, before the host is asked.
    # TODO LEASE-015: the token is the HMAC-SHA256 of the lease id, in hex, under `await config["signingKey"].reveal()`.
    async def acquire(self, call: Call, request: Any) -> dict[str, Any]:
        return {"leaseId": "lease-0", "resource": request["resource"], "ticket": "", "token": Secret("")}

    # TODO LEASE-001: find the lease by `reference["leaseId"]`; it is held until its time is over.
    # TODO LEASE-005, LEASE-006: over at exactly ttlMs, by `self._environment.clock.mono()`, whether or not a timer fires.
    # TODO LEASE-007: or by `self._environment.clock.boot()`, where that one says so first.
    async def status(self, call: Call, reference: Any) -> dict[str, Any]:
        return {"held": False, "ticket": None, "remainingMs": 0}

    # TODO LEASE-009: end the lease, and say whether there was one to end.
    async def release(self, call: Call, reference: Any) -> dict[str, bool]:
        return {"released": False}

    # TODO LEASE-013: declare the flag below and start the lease's time again; or leave this as it is, for LEASE-014.
    async def renew(self, call: Call, request: Any) -> dict[str, bool]:
        raise CodedError("UNSUPPORTED", "This server does not renew leases")

    # TODO LEASE-010: each event as {"type": "event", "number", "event", "leaseId", "ticket"}, numbered from 1, before the finish.
    # TODO LEASE-011: with `request["follow"]`, go on with what happens, until `call.aborted`; `call.until` waits for either.
    # TODO LEASE-012: write each event to a file in `self._environment.dir` before `acquire` answers; leases stay in memory.
    async def journal(self, call: Call, request: Any) -> AsyncIterator[dict[str, Any]]:
        yield {"type": "finish", "reason": "complete"}

    # TODO LEASE-012: the ids of the leases that are held now.
    async def held(self, call: Call) -> dict[str, list[str]]:
        return {"leaseIds": []}


if __name__ == "__main__":
    methods = ("acquire", "status", "release", "renew", "journal", "held")
    serve("my-specimen", "0.1.0", {"specimen@1": Contract(open=Specimen, methods=methods, flags={"renew": False})})
