"""What the wire asks of every implementation, shown on a small subject that is driven over pipes."""

from __future__ import annotations

import unittest
from typing import Any

from wire_client import WireClient, WireTest, items


class SampleTest(WireTest):
    def setUp(self) -> None:
        super().setUp()
        self.client = self.start("sample_subject.py")

    def opened(self, config: Any = None) -> WireClient:
        self.assertEqual(self.client.open("sample@1", config=config), {})
        return self.client

    def call(self, method: str, *args: Any, **more: Any) -> Any:
        return self.client.response(self.begin(method, *args, **more))

    def begin(self, method: str, *args: Any, **more: Any) -> int:
        return self.client.begin("call", instance="one", method=method, args=list(args), **more)

    def assert_refused(self, answer: Any, code: int) -> None:
        self.assertEqual(answer["error"]["code"], code, answer)
        self.assertNotIn("data", answer["error"])


class Session(SampleTest):
    def test_hello_declares_the_subject(self) -> None:
        said = self.client.ask("hello", protocol="flynn-wire/1", suite={"name": "test", "version": "1"})
        contracts = {"sample@1": {"flags": {}, "facts": {"colour": "blue"}}}
        expected = {"protocol": "flynn-wire/1", "subject": {"name": "sample", "version": "1.0.0"}, "contracts": contracts}
        self.assertEqual(said, {**expected, "clock": "virtual"})

    def test_another_protocol_is_refused(self) -> None:
        self.assert_refused(self.client.ask("hello", protocol="flynn-wire/2", suite={"name": "test", "version": "1"}), -32602)

    def test_shutdown_then_the_end_of_stdin_exits_with_0(self) -> None:
        self.opened()
        waiting = self.begin("ask", "?")
        self.assertEqual(self.client.ask("shutdown"), {})
        self.assert_code(self.client.response(waiting), "ABORTED")
        self.assertEqual(self.client.notification("log")["message"], "closed")
        self.assertIsNone(self.client.process.poll())
        self.assertEqual(self.client.end(), 0)
        self.assertEqual(self.client.stderr, b"")

    def test_the_end_of_stdin_closes_what_is_open(self) -> None:
        self.opened()
        waiting = self.begin("sleep", 1000)
        self.client.notification("clock.armed")
        self.assertEqual(self.client.end(), 0)
        self.assert_code(self.client.response(waiting), "ABORTED")
        self.assertEqual(self.client.notification("log")["message"], "closed")

    def test_stdout_carries_frames_only(self) -> None:
        self.opened()
        self.assertEqual(self.call("noise"), "done")
        self.assertEqual(self.client.end(), 0)
        self.assertIn(b"a banner", self.client.stderr)
        self.assertIn(b"a child", self.client.stderr)


class BadFrames(SampleTest):
    def test_each_is_answered_and_the_session_goes_on(self) -> None:
        bad_lines: list[tuple[bytes, int | str | None, int]] = [
            (b"hello?", None, -32700),
            (b"", None, -32700),
            (b'{"jsonrpc":"2.0","id":1,"method":"close","params":{"instance":NaN}}', None, -32700),
            (b'{"jsonrpc":"2.0","id":1,"method":"\xff"}', None, -32700),
            (b"[" * 100_000, None, -32700),
            (b"[]", None, -32600),
            (b'{"jsonrpc":"1.0","id":7,"method":"shutdown","params":{}}', 7, -32600),
            (b'{"jsonrpc":"2.0","id":8,"method":"shutdown"}', 8, -32600),
            (b'{"jsonrpc":"2.0","id":true,"method":"shutdown","params":{}}', None, -32600),
            (b'{"jsonrpc":"2.0","id":"a","method":"frobnicate","params":{}}', "a", -32601),
            (b'{"jsonrpc":"2.0","id":"b","method":"close","params":{}}', "b", -32602),
            (b'{"jsonrpc":"2.0","id":"c","method":"close","params":{"instance":"none"}}', "c", -32602),
            (b'{"jsonrpc":"2.0","id":"d","method":"close","params":{"instance":3}}', "d", -32602),
            (b'{"jsonrpc":"2.0","id":"e","method":"shutdown","params":{"extra":1}}', "e", -32602),
        ]
        for line, frame_id, code in bad_lines:
            with self.subTest(line=line[:80]):
                self.client.send_bytes(line + b"\n")
                self.assert_refused(self.client.response(frame_id), code)
        self.client.barrier()
        self.assertEqual(self.client.kept, [])

    def test_a_line_over_the_limit_is_refused_and_the_next_is_read(self) -> None:
        for size in (16 * 1024 * 1024, 40 * 1024 * 1024):
            self.client.send_bytes(b"x" * size + b"\n")
            self.assert_refused(self.client.response(None), -32600)
        self.opened()
        start, end = b'{"jsonrpc":"2.0","id":"big","method":"call","params":{"instance":"one","method":"produced","args":["', b'"]}}\n'
        self.client.send_bytes(start + b"y" * (16 * 1024 * 1024 - len(start) - len(end)) + end)
        self.assert_refused(self.client.response("big"), -32602)  # Read, and refused for its argument.

    def test_bad_notifications_and_stray_responses_are_dropped(self) -> None:
        self.opened()
        self.client.notify("credit", call=99, n=1)
        self.client.notify("cancel", call={"not": "an id"}, how="abort")
        self.client.notify("unheard.of", call=1)
        self.client.send(id="s99", result=1)
        self.client.send(id=None, error={"code": -32600, "message": "what?"})
        self.client.barrier()
        self.assertEqual([frame.get("id") for frame in self.client.kept], [None])

    def test_calls_that_cannot_begin(self) -> None:
        self.opened()
        self.assert_refused(self.call("frobnicate"), -32601)
        self.assert_refused(self.call("close"), -32601)
        self.assert_refused(self.call("echo"), -32602)
        self.assert_refused(self.call("echo", 1, 2), -32602)
        self.assert_refused(self.client.ask("call", instance="two", method="echo", args=[1]), -32602)
        self.assert_refused(self.call("echo", 1, aborted=False), -32602)
        self.assert_refused(self.call("count", 1, credit=-1), -32602)
        self.assert_refused(self.client.open("sample@1"), -32602)
        self.assert_refused(self.client.open("other@1", "two"), -32602)
        self.assertEqual(self.call("echo", 1), 1)

    def test_deeply_nested_arguments_do_no_harm(self) -> None:
        self.opened()
        start, end = b'{"jsonrpc":"2.0","id":"deep","method":"call","params":{"instance":"one","method":"echo","args":[', b"]}}\n"
        self.client.send_bytes(start + b"[" * 700 + b"]" * 700 + end)
        self.client.response("deep")
        self.assertEqual(self.call("echo", 1), 1)


class Calls(SampleTest):
    def test_values_come_back_as_they_went(self) -> None:
        self.opened()
        values: list[Any] = [None, True, 0, -1.5, 2**53, "line\nfeed \u2028 \U0001f600", [], {"a": [{"b": None}]}]
        for value in values:
            self.assertEqual(self.call("echo", value), value)
        self.assertEqual(self.call("plain"), "no coroutine")

    def test_calls_run_at_the_same_time_and_ask_the_host(self) -> None:
        self.opened()
        first, second = self.begin("ask", "one?"), self.begin("ask", "two?")
        asked = {frame["params"]["args"][0]: frame["id"] for frame in (self.client.request("host.port") for _ in range(2))}
        self.assertEqual(self.call("echo", "meanwhile"), "meanwhile")
        self.client.send(id=asked["two?"], result={"two": 2})
        self.assertEqual(self.client.response(second), {"two": 2})
        self.client.send(
            id=asked["one?"], error={"code": -32000, "message": "m", "data": {"code": "NO", "message": "no", "retryable": False}}
        )
        failed = self.client.response(first)
        self.assert_code(failed, "INTERNAL")
        self.assertIn("no", failed["error"]["message"])

    def test_errors_carry_their_code_and_causes(self) -> None:
        self.opened()
        cause = {"code": "INTERNAL", "message": "KeyError: 'inner'", "retryable": False}
        coded = self.call("fail", "coded")["error"]["data"]
        self.assertEqual(
            coded, {"code": "TEAPOT", "message": "short and stout", "retryable": True, "details": {"spout": 1}, "cause": cause}
        )
        uncoded = self.call("fail", "uncoded")["error"]["data"]
        self.assertEqual(uncoded, {"code": "INTERNAL", "message": "RuntimeError: nobody coded this", "retryable": False, "cause": cause})

    def test_what_the_wire_cannot_carry_is_an_error(self) -> None:
        self.opened()
        self.assert_code(self.call("not_json"), "INTERNAL")
        self.assert_code(self.call("too_large"), "INTERNAL")
        self.assertEqual(self.call("echo", 1), 1)

    def test_an_open_that_fails_says_why_and_can_be_tried_again(self) -> None:
        answer = self.client.open("sample@1", config="broken")
        self.assert_code(answer, "INTERNAL")
        self.assertIn("does not like its config", answer["error"]["message"])
        self.opened()

    def test_an_aborted_call_is_answered_once(self) -> None:
        self.opened()
        waiting = self.begin("ask", "?")
        asked = self.client.request("host.port")
        self.client.notify("cancel", call=waiting, how="abort")
        self.assert_code(self.client.response(waiting), "ABORTED")
        self.client.notify("cancel", call=waiting, how="abort")
        self.client.send(id=asked["id"], result=1)
        self.client.barrier()
        self.assertEqual(self.client.kept, [])

    def test_a_call_that_was_aborted_before_it_began(self) -> None:
        self.opened()
        self.assert_code(self.call("echo", 1, aborted=True), "ABORTED")
        self.assertEqual(list(items(self.client, self.begin("count", 5, aborted=True))), ["aborted"])

    def test_close_ends_calls_and_timers(self) -> None:
        self.opened()
        sleeping, following = self.begin("sleep", 50), self.begin("wait_then")
        armed = self.client.notification("clock.armed")
        self.client.notification("item")
        self.assertEqual(self.client.ask("close", instance="one"), {})
        self.assert_code(self.client.response(sleeping), "ABORTED")
        self.assertEqual(self.client.response(following), {"end": 1})
        self.assertEqual(self.client.notification("clock.disarmed"), {"instance": "one", "timer": armed["timer"]})
        self.assert_refused(self.call("echo", 1), -32602)
        self.opened()


class Secrets(SampleTest):
    def test_the_hosts_secret_is_asked_for_when_it_is_needed(self) -> None:
        reference = {"$secret": "host-1", "fingerprint": "f00d"}
        self.opened({"key": reference})
        waiting = self.begin("reveal_key")
        asked = self.client.request("secret.reveal")
        self.assertEqual(asked["params"], {"instance": "one", "handle": "host-1"})
        self.client.send(id=asked["id"], result={"value": "not-a-real-key"})
        self.assertEqual(self.client.response(waiting), {"length": 14, "key": reference})

    def test_a_returned_secret_crosses_as_a_reference(self) -> None:
        self.opened()
        (first,), (same,), (other,) = (self.call("make_secret", value) for value in ("fake-one", "fake-one", "fake-two"))
        self.assertEqual(set(first), {"$secret", "fingerprint"})
        self.assertEqual(first["fingerprint"], same["fingerprint"])
        self.assertNotEqual(first["fingerprint"], other["fingerprint"])
        self.assertEqual(self.client.ask("secret.reveal", instance="one", handle=other["$secret"]), {"value": "fake-two"})
        self.assert_refused(self.client.ask("secret.reveal", instance="one", handle="none"), -32602)


class Streams(SampleTest):
    def next_item(self) -> Any:
        return self.client.notification("item")["value"]

    def test_a_short_stream_ends_with_its_count(self) -> None:
        self.opened()
        self.assertEqual(list(items(self.client, self.begin("count", 3))), [1, 2, 3, "complete"])
        self.assertEqual(list(items(self.client, self.begin("count", 3, credit=32))), [1, 2, 3, "complete"])

    def test_nothing_is_pulled_without_credit(self) -> None:
        self.opened()
        stream = self.begin("count", 10, credit=2)
        self.assertEqual([self.next_item(), self.next_item()], [1, 2])
        self.assertEqual(self.call("produced"), {"produced": 2, "closed": False})
        self.client.notify("credit", call=stream, n=3)
        self.assertEqual([self.next_item() for _ in range(3)], [3, 4, 5])
        self.assertEqual(self.call("produced"), {"produced": 5, "closed": False})
        self.assertEqual(self.client.kept, [])

    def test_the_default_credit_is_32(self) -> None:
        self.opened()
        self.begin("count", 100)
        self.assertEqual([self.next_item() for _ in range(32)], list(range(1, 33)))
        self.assertEqual(self.call("produced")["produced"], 32)

    def test_an_abort_at_zero_credit_brings_the_last_item_and_the_end(self) -> None:
        self.opened()
        stream = self.begin("endless", credit=0)
        self.client.barrier()
        self.client.notify("cancel", call=stream, how="abort")
        self.assertEqual(list(items(self.client, stream)), ["last"])

    def test_an_abort_with_credit_left(self) -> None:
        self.opened()
        stream = self.begin("wait_then")
        self.assertEqual(self.next_item(), "ready")
        self.client.notify("cancel", call=stream, how="abort")
        self.assertEqual(self.next_item(), "aborted")
        self.assertEqual(self.client.response(stream), {"end": 2})

    def test_a_caller_that_has_gone_gets_the_end_only(self) -> None:
        self.opened()
        stalled, waiting = self.begin("count", 10, credit=1), self.begin("wait_then")
        self.assertEqual({self.next_item(), self.next_item()}, {1, "ready"})
        for stream in (stalled, waiting):
            self.client.notify("cancel", call=stream, how="return")
            self.assertEqual(self.client.response(stream), {"end": 1})
        self.assertEqual(self.call("produced"), {"produced": 1, "closed": True})
        self.client.notify("credit", call=stalled, n=5)
        self.client.barrier()
        self.assertEqual(self.client.kept, [])

    def test_a_caller_that_goes_at_once_gets_the_end_only(self) -> None:
        self.opened()
        stream = self.begin("count", 10, credit=0)
        self.client.notify("cancel", call=stream, how="return")
        self.assertEqual(list(items(self.client, stream)), [])

    def test_a_stream_that_breaks_off_answers_with_the_error(self) -> None:
        self.opened()
        stream = self.begin("break_off")
        self.assert_code(self.client.response(stream), "TEAPOT")
        self.assertEqual(self.next_item(), 1)


class Clock(SampleTest):
    def move(self, mono: float, boot: float | None = None, wall: float = 5, fire: bool = True) -> Any:
        return self.client.ask("clock.set", instance="one", mono=mono, boot=boot or mono + 1000, wall=wall, fire=fire)

    def test_a_sleep_ends_when_the_clock_is_moved(self) -> None:
        self.opened()
        sleeping = self.begin("sleep", 250)
        armed = self.client.notification("clock.armed")
        self.assertEqual((armed["instance"], armed["due"]), ("one", 1250))
        self.assertEqual(self.move(1249), {"mono": 1249, "fired": [], "next": 1250})
        self.assertEqual(self.move(1250, wall=77), {"mono": 1250, "fired": [armed["timer"]], "next": None})
        self.assertEqual(self.client.response(sleeping), 77)
        self.client.barrier()
        self.assertEqual(self.client.kept, [])

    def test_no_timer_fires_when_the_host_says_so(self) -> None:
        self.opened()
        self.begin("sleep", 10)
        armed = self.client.notification("clock.armed")
        self.assertEqual(self.move(9000, fire=False), {"mono": 9000, "fired": [], "next": 1010})
        self.assertEqual(self.move(9000)["fired"], [armed["timer"]])

    def test_timers_fire_in_the_order_in_which_they_are_due(self) -> None:
        self.opened()
        late, early = self.call("arm_twice", 30), self.call("arm_twice", 20)
        moved = self.move(1030)
        self.assertEqual(moved["fired"][:2], [early, late])
        self.assertEqual(len(moved["fired"]), 4)
        self.assertEqual(moved["next"], None)

    def test_an_aborted_sleep_disarms_its_timer(self) -> None:
        self.opened()
        sleeping = self.begin("sleep", 10)
        armed = self.client.notification("clock.armed")
        self.client.notify("cancel", call=sleeping, how="abort")
        self.assertEqual(self.client.notification("clock.disarmed")["timer"], armed["timer"])
        self.assert_code(self.client.response(sleeping), "ABORTED")
        self.assertEqual(self.move(2000), {"mono": 2000, "fired": [], "next": None})

    def test_only_the_wall_clock_goes_back(self) -> None:
        self.opened()
        self.assertEqual(self.move(1000, 2000, wall=1)["mono"], 1000)
        self.assert_refused(self.move(999, 2000), -32602)
        self.assert_refused(self.move(1000, 1999), -32602)


if __name__ == "__main__":
    unittest.main()
