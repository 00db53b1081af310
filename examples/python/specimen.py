"""The specimen contract in Python: leases with a time limit. Conformant, and the worked example for `flynn_wire`."""

from __future__ import annotations

import asyncio
import hmac
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from flynn_wire import Call, CodedError, Contract, Environment, HostError, Secret, SecretHandle, serve

LONGEST_TTL_MS = 86_400_000
LONGEST_NAME = 100


@dataclass(frozen=True)
class Lease:
    ticket: str
    ttl_ms: int
    since_mono: float
    since_boot: float


class Specimen:
    """Leases live in memory and end with the process; the journal is a file and does not."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._clock = environment.clock
        self._signing_key: SecretHandle = environment.config["signingKey"]
        self._leases: dict[str, Lease] = {}
        self._journal_path = os.path.join(environment.dir, "journal.ndjson")
        self._events = read_journal(self._journal_path)
        self._changed = asyncio.Event()

    async def acquire(self, call: Call, request: Any) -> dict[str, Any]:
        check_members(request, "resource", "ttlMs")
        resource, ttl_ms = name_of(request, "resource"), ttl_of(request)
        try:
            answer = await self._environment.ask_host("accept", {"resource": resource, "ttlMs": ttl_ms})
            ticket = ticket_of(answer)
            signing_key = await self._signing_key.reveal()
        except HostError as error:
            raise CodedError("REFUSED", "The host could not be asked whether it accepts the lease") from error
        # Nothing waits from here on, so that two callers never get the same number.
        lease_id = f"lease-{len(self._events) + 1}"
        token = hmac.new(signing_key.encode(), lease_id.encode(), "sha256").hexdigest()
        self._record("acquired", lease_id, ticket)
        self._hold(lease_id, ticket, ttl_ms)
        return {"leaseId": lease_id, "resource": resource, "ticket": ticket, "token": Secret(token)}

    async def status(self, call: Call, reference: Any) -> dict[str, Any]:
        check_members(reference, "leaseId")
        lease = self._held_lease(name_of(reference, "leaseId"))
        if lease is None:
            return {"held": False, "ticket": None, "remainingMs": 0}
        return {"held": True, "ticket": lease.ticket, "remainingMs": self._remaining(lease)}

    async def release(self, call: Call, reference: Any) -> dict[str, bool]:
        check_members(reference, "leaseId")
        lease_id = name_of(reference, "leaseId")
        lease = self._held_lease(lease_id)
        if lease is None:
            return {"released": False}
        self._record("released", lease_id, lease.ticket)
        del self._leases[lease_id]
        return {"released": True}

    async def renew(self, call: Call, request: Any) -> dict[str, bool]:
        check_members(request, "leaseId", "ttlMs")
        lease_id, ttl_ms = name_of(request, "leaseId"), ttl_of(request)
        lease = self._held_lease(lease_id)
        if lease is None:
            return {"renewed": False}
        self._record("renewed", lease_id, lease.ticket)
        self._hold(lease_id, lease.ticket, ttl_ms)
        return {"renewed": True}

    async def journal(self, call: Call, request: Any) -> AsyncIterator[dict[str, Any]]:
        check_members(request, "follow")
        if not isinstance(request["follow"], bool):
            raise invalid("follow must be true or false")
        sent = 0
        while not call.aborted:
            if sent < len(self._events):
                sent += 1
                yield self._events[sent - 1]
            elif not request["follow"] or not await call.until(self._changed.wait()):
                break
        yield {"type": "finish", "reason": "aborted" if call.aborted else "complete"}

    async def held(self, call: Call) -> dict[str, list[str]]:
        return {"leaseIds": [lease_id for lease_id in self._leases if self._held_lease(lease_id)]}

    async def close(self) -> None:
        self._leases.clear()

    def _hold(self, lease_id: str, ticket: str, ttl_ms: int) -> None:
        self._leases = {each: lease for each, lease in self._leases.items() if self._remaining(lease) > 0}
        self._leases[lease_id] = Lease(ticket, ttl_ms, self._clock.mono(), self._clock.boot())

    def _held_lease(self, lease_id: str) -> Lease | None:
        """Decided from the clock each time: a timer may fire late or never."""
        lease = self._leases.get(lease_id)
        return lease if lease and self._remaining(lease) > 0 else None

    def _remaining(self, lease: Lease) -> float:
        """The monotonic clock stands still in suspend and the boot clock does not; the lease must not outlive either."""
        return lease.ttl_ms - max(self._clock.mono() - lease.since_mono, self._clock.boot() - lease.since_boot)

    def _record(self, event: str, lease_id: str, ticket: str) -> None:
        """On the disk before anyone is told of it."""
        entry = {"type": "event", "number": len(self._events) + 1, "event": event, "leaseId": lease_id, "ticket": ticket}
        with open(self._journal_path, "ab") as journal:
            journal.write(json.dumps(entry).encode() + b"\n")
        self._events.append(entry)
        self._changed.set()
        self._changed = asyncio.Event()


def read_journal(path: str) -> list[dict[str, Any]]:
    """The events of earlier lives. A last line without its line feed was cut off by a kill, and nobody was told of it."""
    if not os.path.exists(path):
        return []
    with open(path, "r+b") as journal:
        content = journal.read()
        whole = content[: content.rfind(b"\n") + 1]
        journal.truncate(len(whole))
    return [json.loads(line) for line in whole.splitlines()]


def ticket_of(answer: Any) -> str:
    """Whatever is not a clear yes is a no."""
    if not isinstance(answer, dict) or answer.get("accepted") is not True or not isinstance(answer.get("ticket"), str):
        raise CodedError("REFUSED", "The host does not accept the lease")
    return str(answer["ticket"])


def check_members(request: Any, *names: str) -> None:
    if not isinstance(request, dict) or set(request) != set(names):
        raise invalid(f"the request must have exactly {' and '.join(names)}")


def name_of(request: dict[str, Any], member: str) -> str:
    """Lengths are counted in UTF-16 code units, as the suite counts them."""
    value = request[member]
    if not isinstance(value, str) or not 1 <= len(value.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_NAME:
        raise invalid(f"{member} must be a string of 1 to {LONGEST_NAME} characters")
    return value


def ttl_of(request: dict[str, Any]) -> int:
    value = request["ttlMs"]
    # `True` is an int in Python. 1000.0 is the whole number 1000 in JSON; 1000.5 is none.
    is_whole = type(value) is int or (type(value) is float and value.is_integer())
    if not is_whole or not 1 <= value <= LONGEST_TTL_MS:
        raise invalid(f"ttlMs must be a whole number of milliseconds from 1 to {LONGEST_TTL_MS}")
    return int(value)


def invalid(message: str) -> CodedError:
    return CodedError("INVALID_ARGUMENT", message)


if __name__ == "__main__":
    methods = ("acquire", "status", "release", "renew", "journal", "held")
    serve("specimen-python", "1.0.0", {"specimen@1": Contract(open=Specimen, methods=methods, flags={"renew": True})})
