"""The elevation gate: its parts by themselves, and the whole of it over pipes."""

from __future__ import annotations

import hashlib
import json
import unittest
from dataclasses import replace
from typing import Any

from elevation.audit import GENESIS, chain
from elevation.canonical import canonical_json, number_text
from elevation.challenge import Challenge, new_code
from elevation.events import time_text
from elevation.grants import ACTIVE, Grant, Grants
from elevation.policy import Policy
from elevation.reason import Reason, take_reason
from elevation.redact import redact
from elevation.schema import parse_context, parse_facts, parse_wish, units
from elevation.throttle import A_FEW, WINDOW_MS, Throttle
from elevation.watch import Reading, Watch
from flynn_wire import CodedError
from wire_client import WireClient, WireTest

POLICY: dict[str, Any] = {
    "enabled": True,
    "maxTtlMs": 600_000,
    "pendingTtlMs": 5000,
    "maxAttempts": 3,
    "lockoutMs": 7000,
    "hookTimeoutMs": 2000,
    "principals": ["ann", "bob"],
    "admins": ["root"],
    "agents": ["main"],
    "tools": ["exec", "write", "format"],
    "deniedTools": ["format"],
}
ANN: dict[str, Any] = {
    "principalId": "ann",
    "sessionId": "s1",
    "agentId": "main",
    "surface": "cli",
    "origin": "human",
    "isDirect": True,
}
LS: dict[str, Any] = {
    "tool": "exec",
    "argv": ["ls", "-l"],
    "cwd": {"path": "/", "device": "1", "inode": "2"},
    "environmentDigest": "0" * 64,
    "executable": {"path": "/bin/ls", "sha256": "1" * 64},
    "script": None,
}


class Clocks:
    def __init__(self, mono: float = 0, boot: float = 0, wall: float = 0) -> None:
        self.now = Reading(mono, boot, wall)

    def mono(self) -> float:
        return self.now.mono

    def boot(self) -> float:
        return self.now.boot

    def wall(self) -> float:
        return self.now.wall


class Time(unittest.TestCase):
    def test_the_clock_that_went_furthest_counts(self) -> None:
        start = Reading(100, 200, 5000)
        for now in (Reading(130, 200, 5000), Reading(100, 230, 5000), Reading(100, 200, 5030), Reading(110, 230, 4000)):
            self.assertEqual(now.elapsed_since(start), 30)
        self.assertEqual(Reading(100, 200, 4000).elapsed_since(start), 0)

    def test_a_limit_is_over_at_exactly_its_time(self) -> None:
        start = Reading(0, 0, 0)
        self.assertEqual(Reading(999, 0, 0).left_of(1000, start), 1)
        self.assertEqual(Reading(1000, 0, 0).left_of(1000, start), 0)
        self.assertEqual(Reading(1000.1, 0, 0).left_of(1000, Reading(0.1, 0, 0)), 0)

    def test_a_wall_clock_may_go_back_by_a_second_from_its_highest(self) -> None:
        clocks = Clocks(wall=10_000)
        watch = Watch(clocks)
        seen = []
        for wall in (20_000, 19_000, 19_500, 18_999, 18_999, 18_500):
            clocks.now = Reading(0, 0, wall)
            seen.append(watch.read()[1])
        self.assertEqual(seen, [False, False, False, True, False, False])

    def test_times_are_written_in_utc_with_milliseconds(self) -> None:
        self.assertEqual(time_text(1_767_225_600_000), "2026-01-01T00:00:00.000Z")
        self.assertEqual(time_text(1_767_225_600_001.9), "2026-01-01T00:00:00.001Z")


class Chain(unittest.TestCase):
    def test_each_event_holds_the_hash_of_the_one_before(self) -> None:
        first = chain({"type": "one"}, GENESIS)
        second = chain({"type": "two"}, first)
        self.assertEqual((first["seq"], first["prevHash"], second["seq"], second["prevHash"]), (1, "0" * 64, 2, first["hash"]))
        text = '{"prevHash":"' + "0" * 64 + '","seq":1,"type":"one"}'
        self.assertEqual(first["hash"], hashlib.sha256(text.encode()).hexdigest())
        self.assertNotEqual(chain({"type": "three"}, first)["hash"], second["hash"])

    def test_canonical_json_is_that_of_rfc_8785(self) -> None:
        value = {"€": "Euro", "\r": 1, "\ufb33": 2, "1": 3, "😀": 4, "\x80": 5, "ö": "\u20ac$\x0f\nA'B\"\\\\\"/"}
        text = '{"\\r":1,"1":3,"\x80":5,"ö":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","€":"Euro","😀":4,"\ufb33":2}'
        self.assertEqual(canonical_json(value), text)
        self.assertEqual(canonical_json([None, True, "\ud83d"]), '[null,true,"\\ud83d"]')

    def test_numbers_are_written_as_in_javascript(self) -> None:
        for value, text in (
            (0.0, "0"),
            (-0.0, "0"),
            (1000.0, "1000"),
            (0.1, "0.1"),
            (-1.5, "-1.5"),
            (333333333.33333329, "333333333.3333333"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (2.5e-10, "2.5e-10"),
            (1.2345e25, "1.2345e+25"),
            (9007199254740993.0, "9007199254740992"),
        ):
            self.assertEqual(number_text(value), text)


class Ids(unittest.TestCase):
    def test_ids_that_join_to_the_same_text_share_nothing(self) -> None:
        triples = [("a:b", "c", "d"), ("a", "b:c", "d"), ("a", "b", "c:d"), ('a","b', "c", "d"), ("a\0b", "c", "d"), ("a", "b\0c", "d")]
        triples += [(first, "b", "c") for first in ("A", "a ", "\u00e9", "e\u0301", "\ud800", "\ufffd")]
        grants = Grants()
        for triple in triples:
            self.assertIsNone(grants.of(triple, ACTIVE))
            grants.add(Grant(triple, ("exec",), "window", 1000, Reason("why", 0), state=ACTIVE))
        self.assertEqual([grant.key for triple in triples if (grant := grants.of(triple, ACTIVE))], triples)

    def test_a_code_is_known_by_all_of_it(self) -> None:
        code = new_code()
        self.assertRegex(code, r"^[0-9]{10}$")
        challenge = Challenge(code)
        self.assertTrue(challenge.is_met_by(code))
        in_arabic_digits = code.translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
        for wrong in ("", code[:-1], f"{code}0", f" {code}", f"{code}\n", "\ud800", in_arabic_digits):
            self.assertFalse(challenge.is_met_by(wrong))
        self.assertNotIn(code, repr(vars(challenge)))


class Texts(unittest.TestCase):
    def test_a_reason_says_something_and_does_nothing_to_the_screen(self) -> None:
        for given in ("abc", "  abc  ", "x" * 200, "😀" * 200, "日本語", 'it\'s "so" \\ `done`', "e\u0301te\u0301"):
            self.assertIsNotNone(take_reason(given), given)
        hidden = ("\n", "\t", "\x7f", "\x85", "\u061c", "\u200d", "\u202e", "\ufeff", "\ud83d")
        for given in ("", "ab", " ab ", "x" * 201, *(f"abc{each}d" for each in hidden)):
            self.assertIsNone(take_reason(given), ascii(given))
        self.assertEqual(take_reason("e\u0301te\u0301 "), Reason("\u00e9t\u00e9 ", 0))

    def test_what_looks_like_a_secret_goes_and_the_words_around_it_stay(self) -> None:
        for given, kept in (
            ("run --token hunter2 now", "run --token [redacted] now"),
            ("run --api-key=hunter2 now", "run --api-key=[redacted] now"),
            ("run --db-password 'hunter 2' now", "run --db-password [redacted] now"),
            ("PASSWORD=hunter2 make", "PASSWORD=[redacted] make"),
            ("set MY_TOKEN_2: hunter2 there", "set MY_TOKEN_2: [redacted] there"),
            ('send "Authorization: bearer hunter2" there', 'send "Authorization: [redacted] [redacted] there'),
            ("clone https://ann:hunter2@git.example.invalid/x now", "clone https://[redacted]@git.example.invalid/x now"),
            ("clone https://hunter2@git.example.invalid now", "clone https://[redacted]@git.example.invalid now"),
            ("with ghp_FAKEfake0000 in it", "with [redacted] in it"),
            ("nothing to see here", "nothing to see here"),
        ):
            self.assertEqual(redact(given)[0], kept)
        self.assertEqual(redact("TOKEN=a and SECRET=b")[1], 2)

    def test_lengths_are_counted_in_utf_16_units(self) -> None:
        self.assertEqual(units("a😀\ud83d"), 4)


class Arguments(unittest.TestCase):
    def assert_invalid(self, parse: Any, given: Any) -> None:
        with self.assertRaises(CodedError) as raised:
            parse(given)
        self.assertEqual(raised.exception.code, "INVALID_REQUEST")

    def test_a_member_too_much_or_too_little_is_an_error(self) -> None:
        for parse, given in ((parse_context, ANN), (parse_facts, LS), (parse_wish, {"ttlMs": 1, "reason": ""})):
            parse(given)
            self.assert_invalid(parse, {**given, "elevated": True})
            for name in given:
                self.assert_invalid(parse, {each: given[each] for each in given if each != name})
                self.assert_invalid(parse, {**given, name: {"no": "value"}})

    def test_a_pattern_holds_to_the_end(self) -> None:
        for surface in ("cli\n", "channel:", "channel:A", "channel:" + "a" * 65, "webhooks"):
            self.assert_invalid(parse_context, {**ANN, "surface": surface})
        self.assertEqual(parse_context({**ANN, "surface": "channel:matrix-1"}).surface, "channel:matrix-1")


class Policies(unittest.TestCase):
    def test_a_new_policy_only_narrows_and_says_what_waits(self) -> None:
        names = {name: tuple(value) if isinstance(value, list) else value for name, value in POLICY.items()}
        old = Policy(**names)
        self.assertEqual(old.narrowed_by(old), (old, []))
        self.assertEqual(old.grantable, ("exec", "write"))
        narrower = replace(old, enabled=False, maxTtlMs=1000, lockoutMs=8000, principals=("bob",), deniedTools=("format", "exec"))
        self.assertEqual(old.narrowed_by(narrower), (narrower, []))
        wider = ["enabled", "maxTtlMs", "lockoutMs", "principals", "deniedTools"]
        self.assertEqual(narrower.narrowed_by(old), (narrower, wider))


class Floods(unittest.TestCase):
    def test_most_are_counted_and_none_is_lost(self) -> None:
        throttle, start = Throttle(), Reading(0, 0, 0)
        told = [throttle.passes("kind", start) for _ in range(100)]
        self.assertEqual(told, [0] * A_FEW + [None] * (100 - A_FEW))
        self.assertEqual(throttle.passes("other", start), 0)
        throttle.lost("kind", 3, start)
        self.assertEqual(throttle.passes("kind", Reading(0, WINDOW_MS, 0)), 100 - A_FEW + 3)


class GateTest(WireTest):
    """A host that takes every event and allows everything, where a test does not say otherwise."""

    def setUp(self) -> None:
        super().setUp()
        self.events: list[dict[str, Any]] = []
        self.takes_events = True
        self.clock = {"mono": 1000.0, "boot": 2000.0, "wall": 1_700_000_000_000.0}
        self.client: WireClient = self.start("elevation_gate.py")
        config = {"policy": POLICY, "auditHead": None}
        place: dict[str, Any] = {"environment": {}, "dir": "/", "endpoints": {}, "clock": self.clock}
        opening = self.client.begin("open", instance="one", contract="elevation-gate@1", config=config, **place)
        self.assertEqual(self.answer(opening), {})

    def answer(self, frame_id: int) -> Any:
        """Serves the program as its host until the response is there."""
        while True:
            frame = self.client.take(lambda each: each.get("method") == "host.port" or ("method" not in each and each["id"] == frame_id))
            if "method" not in frame:
                return frame["result"] if "result" in frame else {"error": frame["error"]}
            self.serve(frame)

    def serve(self, frame: dict[str, Any]) -> None:
        port, argument = frame["params"]["port"], frame["params"]["args"][0]
        if port == "hook":
            self.client.send(id=frame["id"], result={"allow": True})
        elif self.takes_events:
            self.events.append(argument)
            self.client.send(id=frame["id"], result=None)
        else:
            self.client.send(id=frame["id"], error={"code": -32603, "message": "disk full"})

    def call(self, method: str, *args: Any) -> Any:
        return self.answer(self.client.begin("call", instance="one", method=method, args=list(args)))

    def move(self, fire: bool = False, **clocks: float) -> Any:
        self.clock |= {name: self.clock[name] + by for name, by in clocks.items()}
        return self.answer(self.client.begin("clock.set", instance="one", fire=fire, **self.clock))

    def request(self, context: Any = ANN, ttl_ms: float = 1000, **members: Any) -> tuple[Any, str]:
        reply = self.call("request", context, {"ttlMs": ttl_ms, "reason": "because", **members})
        self.assertEqual(reply["code"], "OK_PENDING", reply)
        return reply, self.client.ask("secret.reveal", instance="one", handle=reply["challenge"]["$secret"])["value"]

    def elevate(self, context: Any = ANN, **members: Any) -> Any:
        _, code = self.request(context, **members)
        reply = self.call("confirm", context, code)
        self.assertEqual(reply["code"], "OK_ACTIVE", reply)
        return reply["grants"][0]

    def check(self, context: Any = ANN, **facts: Any) -> Any:
        return self.call("check", context, {**LS, **facts})

    def acquire(self, context: Any = ANN) -> Any:
        return self.call("acquire", context, {"call": LS, "checkedDigest": self.check(context)["callDigest"]})

    def types(self) -> list[str]:
        """What the log holds. A last question flushes what is still on its way: events go in order."""
        self.call("request", {**ANN, "sessionId": "flush"}, {"ttlMs": 1000, "reason": "flush"})
        self.assert_chained()
        return [event["type"] for event in self.events if event["sessionId"] != "flush"]

    def assert_chained(self) -> None:
        head: dict[str, Any] = GENESIS
        for event in self.events:
            self.assertEqual(event, chain({name: event[name] for name in event if name != "hash"}, head))
            head = event


class Elevation(GateTest):
    def test_from_the_request_to_the_end(self) -> None:
        self.assertEqual(self.check()["decision"], "sandbox")
        grant = self.elevate()
        self.assertEqual((grant["tools"], grant["remainingMs"]), (["exec", "write"], 1000))
        lease = self.acquire()
        self.assertEqual(lease["code"], "GRANTED")
        release = {"leaseId": lease["leaseId"], "outcome": "exited", "exitCode": 0, "signal": None}
        self.assertEqual([self.call("release", release) for _ in range(2)], [{"released": True}, {"released": False}])
        self.move(fire=True, mono=1000, boot=1000, wall=1000)
        log = ["gate.started", "elevation.requested", "elevation.activated", "tool.exec.start", "tool.exec.end", "elevation.expired"]
        self.assertEqual(self.types(), log)
        self.assertEqual(self.check()["why"], "NOT_ELEVATED")

    def test_each_clock_ends_a_grant_by_itself(self) -> None:
        for clock in ("mono", "boot", "wall"):
            with self.subTest(clock=clock):
                self.elevate(ttl_ms=5000)
                self.move(**{clock: 4999})
                self.assertEqual(self.check()["remainingMs"], 1)
                self.move(**{clock: 1})
                self.assertEqual(self.check()["decision"], "sandbox")

    def test_a_wall_clock_that_is_set_back_ends_what_there_is_and_not_what_comes(self) -> None:
        self.elevate(ttl_ms=60_000)
        self.move(wall=-1000)
        self.assertEqual(self.check()["decision"], "host")
        self.move(wall=-1)
        self.assertEqual(self.check()["decision"], "sandbox")
        self.elevate()
        self.assertEqual(self.check()["decision"], "host")

    def test_a_code_that_comes_too_late_is_told_so(self) -> None:
        _, code = self.request()
        self.move(boot=5000)
        self.assertEqual(self.call("confirm", ANN, code)["code"], "E_EXPIRED")

    def test_guesses_end_a_request_and_lock_the_next(self) -> None:
        _, code = self.request()
        replies = [self.call("confirm", ANN, "0") for _ in range(3)]
        self.assertEqual([reply["attemptsLeft"] for reply in replies], [2, 1, 0])
        self.assertEqual(self.call("confirm", ANN, code)["code"], "E_LOCKED")
        self.move(mono=6999)
        reply = self.call("request", ANN, {"ttlMs": 1000, "reason": "again"})
        self.assertEqual((reply["code"], reply["retryAfterMs"]), ("E_LOCKED", 1))
        self.move(mono=1)
        self.request()

    def test_one_call_for_a_once_grant(self) -> None:
        self.elevate(mode="once")
        digest = self.check()["callDigest"]
        args = [ANN, {"call": LS, "checkedDigest": digest}]
        calls = [self.client.begin("call", instance="one", method="acquire", args=args) for _ in range(5)]
        self.assertEqual([self.answer(each)["code"] for each in calls], ["GRANTED"] + ["DENIED_NOT_ELEVATED"] * 4)
        self.assertEqual(self.types()[-6:].count("elevation.consumed"), 1)

    def test_a_call_that_was_never_checked_is_drift(self) -> None:
        self.elevate()
        checked = self.check(argv=["ls -l"])["callDigest"]
        self.assertEqual(self.call("acquire", ANN, {"call": LS, "checkedDigest": checked})["code"], "DENIED_DRIFT")

    def test_a_model_stops_what_is_its_own_and_starts_nothing(self) -> None:
        _, code = self.request()
        model = {**ANN, "origin": "model"}
        self.assertEqual(self.call("confirm", model, code)["code"], "E_ORIGIN")
        self.assertEqual(self.call("revoke", {**model, "sessionId": "s2"}, "all")["code"], "E_NO_GRANT")
        self.assertEqual(self.call("revoke", model, "own")["code"], "OK_REVOKED")
        self.assertEqual(self.call("confirm", ANN, code)["code"], "E_NO_PENDING")


class Log(GateTest):
    def test_nothing_happens_while_the_host_refuses_but_an_end(self) -> None:
        self.elevate(ttl_ms=60_000)
        _, code = self.request({**ANN, "sessionId": "s2"})
        self.takes_events = False
        asked = self.call("request", {**ANN, "sessionId": "s3"}, {"ttlMs": 1000, "reason": "because"})
        self.assertEqual(asked["code"], "E_AUDIT_UNAVAILABLE")
        self.assertEqual(self.call("confirm", {**ANN, "sessionId": "s2"}, code)["code"], "E_AUDIT_UNAVAILABLE")
        self.assertEqual(self.acquire()["code"], "DENIED_AUDIT_UNAVAILABLE")
        self.assertEqual(self.call("revoke", ANN, "own")["code"], "OK_REVOKED")
        self.assertEqual(self.check()["decision"], "sandbox")
        self.takes_events = True
        self.assertEqual(self.call("confirm", {**ANN, "sessionId": "s2"}, code)["code"], "OK_ACTIVE")
        self.assertEqual(self.types()[-2:], ["elevation.revoked", "elevation.activated"])

    def test_what_must_be_told_is_tried_again_without_anybody_asking(self) -> None:
        self.elevate(ttl_ms=60_000)
        self.takes_events = False
        self.call("revoke", ANN, "own")
        self.serve(self.client.request("host.port"))
        self.client.barrier()
        self.takes_events = True
        self.move(fire=True, mono=1000, boot=1000, wall=1000)
        self.serve(self.client.request("host.port"))
        self.assertEqual(self.events[-1]["type"], "elevation.revoked")
        self.assertEqual(self.events[-1]["ts"], "2023-11-14T22:13:20.000Z")

    def test_a_start_that_is_overtaken_by_the_stop_has_an_end(self) -> None:
        self.elevate()
        digest = self.check()["callDigest"]
        acquiring = self.client.begin("call", instance="one", method="acquire", args=[ANN, {"call": LS, "checkedDigest": digest}])
        start = self.client.request("host.port")
        self.assertEqual(self.client.ask("call", instance="one", method="endSession", args=["s1"]), {"revoked": 1})
        self.serve(start)
        self.assertEqual(self.answer(acquiring)["code"], "DENIED_NOT_ELEVATED")
        self.assertEqual(self.types()[-4:], ["tool.exec.start", "elevation.revoked", "tool.exec.end", "tool.exec.denied"])

    def test_no_secret_of_a_reason_or_a_call_is_in_it(self) -> None:
        self.elevate(reason="with --token hunter2 for once")
        facts = {**LS, "argv": ["ls", "--password", "hunter2"]}
        digest = self.call("check", ANN, facts)["callDigest"]
        self.assertEqual(self.call("acquire", ANN, {"call": facts, "checkedDigest": digest})["code"], "GRANTED")
        self.assertIn("tool.exec.start", self.types())
        self.assertNotIn("hunter2", json.dumps(self.events))
        self.assertEqual(self.events[2]["redactions"], 1)

    def test_what_breaks_its_schema_leaves_no_trace(self) -> None:
        self.assert_code(self.call("check", ANN, {**LS, "elevated": True}), "INVALID_REQUEST")
        self.assert_code(self.call("request", {**ANN, "origin": "root"}, {"ttlMs": 1000, "reason": "because"}), "INVALID_REQUEST")
        self.assert_code(self.call("revoke", ANN, "everything"), "INVALID_REQUEST")
        self.assertEqual(self.types(), ["gate.started"])


if __name__ == "__main__":
    unittest.main()
