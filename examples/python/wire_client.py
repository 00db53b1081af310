"""Plays the host for the tests of this folder: starts a program and speaks the wire with it over pipes."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import unittest
from collections.abc import Callable, Iterator
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE_SECONDS = 20
"""Far more than any answer needs; it only keeps a hang from being endless."""


class WireClient:
    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.stderr = b""
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._kept: list[dict[str, Any]] = []
        self._last_id = 0
        self._threads = [threading.Thread(target=self._read_stdout), threading.Thread(target=self._read_stderr)]
        for thread in self._threads:
            thread.start()

    def _read_stdout(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _read_stderr(self) -> None:
        assert self.process.stderr
        self.stderr = self.process.stderr.read()

    def send_bytes(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def send(self, **members: Any) -> None:
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **members}).encode() + b"\n")

    def notify(self, method: str, /, **params: Any) -> None:
        self.send(method=method, params=params)

    def begin(self, method: str, /, **params: Any) -> int:
        """Sends a request and does not wait."""
        self._last_id += 1
        self.send(id=self._last_id, method=method, params=params)
        return self._last_id

    def ask(self, method: str, /, **params: Any) -> Any:
        """Sends a request and waits for its response; whatever else comes is kept for `take`."""
        return self.response(self.begin(method, **params))

    def response(self, frame_id: int | str | None) -> Any:
        """The result, or the error object under `error`."""
        frame = self.take(lambda each: "method" not in each and each.get("id") == frame_id)
        return frame["result"] if "result" in frame else {"error": frame["error"]}

    def request(self, method: str) -> dict[str, Any]:
        """The next request of the program with that method."""
        return self.take(lambda each: each.get("method") == method and "id" in each)

    def notification(self, method: str) -> Any:
        return self.take(lambda each: each.get("method") == method and "id" not in each)["params"]

    def take(self, matches: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        for index, frame in enumerate(self._kept):
            if matches(frame):
                return self._kept.pop(index)
        while True:
            line = self._lines.get(timeout=PATIENCE_SECONDS)
            if line is None:
                raise AssertionError(f"The program ended. Its stderr: {self.stderr.decode(errors='replace')}")
            arrived: dict[str, Any] = json.loads(line)
            if matches(arrived):
                return arrived
            self._kept.append(arrived)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What came and nobody asked for."""
        return self._kept

    def barrier(self) -> None:
        """A request that is answered at once: all that was sent before it has been read."""
        self.ask("hello", protocol="flynn-wire/1", suite={"name": "test", "version": "1"})

    def open(self, contract: str, instance: str = "one", /, **params: Any) -> Any:
        defaults: dict[str, Any] = {"config": {}, "environment": {}, "dir": "/", "endpoints": {}}
        clock = {"mono": 1000, "boot": 2000, "wall": 1_700_000_000_000}
        return self.ask("open", **{"instance": instance, "contract": contract, "clock": clock, **defaults, **params})

    def end(self) -> int:
        """Closes stdin and waits for the program to exit; its status."""
        assert self.process.stdin
        self.process.stdin.close()
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        for thread in self._threads:
            thread.join()
        return status

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()


class WireTest(unittest.TestCase):
    """A test with a temporary folder, and programs that do not outlive it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="flynn-python-")
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def start(self, script: str) -> WireClient:
        client = WireClient(sys.executable, os.path.join(HERE, script))
        self.addCleanup(client.kill)
        return client

    def assert_code(self, answer: Any, code: str) -> None:
        self.assertEqual(answer["error"]["code"], -32000, answer)
        self.assertEqual(answer["error"]["data"]["code"], code, answer)


def items(client: WireClient, call: int) -> Iterator[Any]:
    """The items of a stream that have to come now, checked for their numbers, until its response."""
    seq = 0
    while True:
        frame = client.take(lambda each: each.get("id") == call or (each.get("method") == "item" and each["params"]["call"] == call))
        if frame.get("method") != "item":
            assert frame["result"] == {"end": seq}, frame
            return
        assert frame["params"]["seq"] == seq, frame
        seq += 1
        yield frame["params"]["value"]
