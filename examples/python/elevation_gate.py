"""The elevation gate contract in Python: who may leave the sandbox, for how long, and a log of it. Standard library alone."""

from __future__ import annotations

from elevation.gate import Gate
from flynn_wire import Contract, serve

METHODS = ("request", "confirm", "deny", "revoke", "status", "check", "acquire", "release", "reload", "endSession")

if __name__ == "__main__":
    serve("elevation-gate-python", "1.0.0", {"elevation-gate@1": Contract(open=Gate, methods=METHODS)})
