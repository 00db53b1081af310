"""The specimen over pipes: what the suite asks of it, and what only its author can know to ask."""

from __future__ import annotations

import hmac
import os
import unittest
from typing import Any

from wire_client import WireClient, WireTest, items

KEY = "not-a-real-signing-key"


class SpecimenTest(WireTest):
    def setUp(self) -> None:
        super().setUp()
        self.client = self.opened()

    def opened(self) -> WireClient:
        client = self.start("specimen.py")
        config = {"signingKey": {"$secret": "key", "fingerprint": "f"}}
        self.assertEqual(client.open("specimen@1", config=config, dir=self.folder), {})
        return client

    def call(self, method: str, *args: Any) -> Any:
        return self.client.ask("call", instance="one", method=method, args=list(args))

    def begin_acquire(self, ttl_ms: Any = 1000, resource: str = "printer") -> int:
        return self.client.begin("call", instance="one", method="acquire", args=[{"resource": resource, "ttlMs": ttl_ms}])

    def accept(self, ticket: str = "T") -> None:
        asked = self.client.request("host.port")
        self.assertEqual(asked["params"]["port"], "accept")
        self.client.send(id=asked["id"], result={"accepted": True, "ticket": ticket})

    def give_key(self) -> None:
        self.client.send(id=self.client.request("secret.reveal")["id"], result={"value": KEY})

    def acquire(self, ttl_ms: int = 1000, ticket: str = "T") -> Any:
        acquiring = self.begin_acquire(ttl_ms)
        self.accept(ticket)
        self.give_key()
        return self.client.response(acquiring)

    def move(self, mono: float, boot: float) -> None:
        self.client.ask("clock.set", instance="one", mono=1000 + mono, boot=2000 + boot, wall=0, fire=False)

    def is_held(self, lease: Any) -> bool:
        return bool(self.call("status", {"leaseId": lease["leaseId"]})["held"])

    def journal(self) -> list[Any]:
        return list(items(self.client, self.client.begin("call", instance="one", method="journal", args=[{"follow": False}])))


class Leases(SpecimenTest):
    def test_a_lease_has_the_ticket_of_the_host_and_a_signed_token(self) -> None:
        lease = self.acquire(ticket="T-17")
        self.assertEqual((lease["resource"], lease["ticket"]), ("printer", "T-17"))
        token = self.client.ask("secret.reveal", instance="one", handle=lease["token"]["$secret"])["value"]
        self.assertEqual(token, hmac.new(KEY.encode(), lease["leaseId"].encode(), "sha256").hexdigest())
        self.assertEqual(self.call("status", {"leaseId": lease["leaseId"]}), {"held": True, "ticket": "T-17", "remainingMs": 1000})
        self.assertEqual(self.call("held"), {"leaseIds": [lease["leaseId"]]})

    def test_two_acquired_at_once_are_two(self) -> None:
        first, second = self.begin_acquire(), self.begin_acquire()
        self.accept("one")
        self.accept("two")
        self.give_key()
        self.give_key()
        leases = [self.client.response(first), self.client.response(second)]
        self.assertNotEqual(leases[0]["leaseId"], leases[1]["leaseId"])
        self.assertEqual([part.get("number") for part in self.journal()], [1, 2, None])

    def test_a_host_that_says_no_or_fails_refuses(self) -> None:
        answers: list[dict[str, Any]] = [
            {"result": {"accepted": False}},
            {"result": {"accepted": "true", "ticket": "T"}},
            {"error": {"code": -32000, "message": "m", "data": {"code": "BUSY", "message": "busy", "retryable": True}}},
            {"error": {"code": -32601, "message": "no such port"}},
        ]
        for answer in answers:
            with self.subTest(answer=answer):
                acquiring = self.begin_acquire()
                self.client.send(id=self.client.request("host.port")["id"], **answer)
                self.assert_code(self.client.response(acquiring), "REFUSED")
        self.assertEqual(self.journal(), [{"type": "finish", "reason": "complete"}])

    def test_a_wrong_request_does_not_reach_the_host(self) -> None:
        for ttl_ms in (0, -1, 1.5, 86_400_001, 1e21, True, "5", None):
            self.assert_code(self.client.response(self.begin_acquire(ttl_ms)), "INVALID_ARGUMENT")
        for resource in ("", "x" * 101, "\U0001f600" * 51):
            self.assert_code(self.client.response(self.begin_acquire(1, resource)), "INVALID_ARGUMENT")
        self.assert_code(self.call("acquire", {"resource": "r", "ttlMs": 1, "more": 1}), "INVALID_ARGUMENT")
        self.assert_code(self.call("status", "lease-1"), "INVALID_ARGUMENT")
        self.assert_code(self.call("journal", {"follow": 1}), "INVALID_ARGUMENT")
        self.client.barrier()
        self.assertEqual(self.client.kept, [])

    def test_a_lease_ends_at_exactly_its_time_on_either_clock(self) -> None:
        lease = self.acquire(1000)
        self.move(999, 999)
        self.assertTrue(self.is_held(lease))
        self.move(1000, 1000)
        self.assertFalse(self.is_held(lease))
        asleep = self.acquire(1000)
        self.move(1010, 1999)
        self.assertTrue(self.is_held(asleep))
        self.move(1010, 2000)
        self.assertEqual(self.call("status", {"leaseId": asleep["leaseId"]}), {"held": False, "ticket": None, "remainingMs": 0})
        self.assertEqual(self.call("renew", {"leaseId": asleep["leaseId"], "ttlMs": 5}), {"renewed": False})
        self.assertEqual(self.call("release", {"leaseId": asleep["leaseId"]}), {"released": False})

    def test_a_renewal_counts_from_now(self) -> None:
        lease = self.acquire(1000)
        self.move(600, 600)
        self.assertEqual(self.call("renew", {"leaseId": lease["leaseId"], "ttlMs": 900}), {"renewed": True})
        self.move(1499, 1499)
        self.assertTrue(self.is_held(lease))
        self.move(1500, 1500)
        self.assertFalse(self.is_held(lease))

    def test_an_acquire_that_is_aborted_leaves_nothing(self) -> None:
        acquiring = self.begin_acquire()
        self.accept()
        self.client.request("secret.reveal")
        self.client.notify("cancel", call=acquiring, how="abort")
        self.assert_code(self.client.response(acquiring), "ABORTED")
        self.assertEqual(self.call("held"), {"leaseIds": []})
        self.assertEqual(len(self.journal()), 1)


class Journal(SpecimenTest):
    def test_it_is_followed_until_the_abort(self) -> None:
        stream = self.client.begin("call", instance="one", method="journal", args=[{"follow": True}], credit=1)
        lease = self.acquire()
        self.call("release", {"leaseId": lease["leaseId"]})
        self.assertEqual(self.client.notification("item")["value"]["event"], "acquired")
        self.client.notify("cancel", call=stream, how="abort")
        self.assertEqual(self.client.notification("item"), {"call": stream, "seq": 1, "value": {"type": "finish", "reason": "aborted"}})
        self.assertEqual(self.client.response(stream), {"end": 2})

    def test_it_survives_a_kill_and_the_leases_do_not(self) -> None:
        lease = self.acquire()
        self.client.kill()
        self.client = self.opened()
        self.assertEqual(self.call("held"), {"leaseIds": []})
        self.assertFalse(self.is_held(lease))
        self.assertNotEqual(self.acquire()["leaseId"], lease["leaseId"])
        self.assertEqual([part.get("number") for part in self.journal()], [1, 2, None])

    def test_an_event_that_was_cut_off_by_a_kill_did_not_happen(self) -> None:
        self.acquire()
        self.client.kill()
        with open(os.path.join(self.folder, "journal.ndjson"), "ab") as journal:
            journal.write(b'{"type": "event", "number": 2, "eve')
        self.client = self.opened()
        self.acquire()
        self.assertEqual([part.get("number") for part in self.journal()], [1, 2, None])


if __name__ == "__main__":
    unittest.main()
