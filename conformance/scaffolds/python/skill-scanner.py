"""
A skill scanner that answers and does not scan yet: it rejects everything. Run the suite, do what the first FAIL says, run it
again. Each TODO names the requirement that will ask for it; `explain SCAN-001` says what that one wants, and why.
"""

from __future__ import annotations

import os
from typing import Any

from flynn_wire import Call, CodedError, Contract, Environment, serve

NAME = "my-skill-scanner"
VERSION = "0.1.0"

# TODO SCAN-026: one rule for each thing that you refuse, listed in RULES; make every finding from one of them.
NOT_WRITTEN = {
    "id": "NOT_WRITTEN",
    "category": "internal",
    "severity": "high",
    "action": "reject",
    "summary": "This scanner does not scan yet.",
    "fix": "Write `scan`.",
    "since": VERSION,
}

RULES = [NOT_WRITTEN]


class SkillScanner:
    def __init__(self, environment: Environment) -> None:
        """Everything that a scan depends on comes with its request."""

    async def scan(self, call: Call, request: Any) -> dict[str, Any]:
        # TODO SCAN-059: refuse whatever else breaks the schema of a request (sdk/schemas/skill-scanner.json).
        root = request.get("root")
        if not isinstance(root, str) or not os.path.isabs(root):
            raise CodedError("INVALID_REQUEST", "root must be an absolute path")

        # TODO SCAN-001: list every file below `root`, as {"path", "kind": "file", "bytes", "sha256", "disposition": "read"} with
        # the sha256 of its bytes in hex, and take the finding out.
        # TODO SCAN-003: folders are entries too (kind "directory", bytes 0, sha256 None), and so is whatever else is there.
        # TODO SCAN-004: look at each entry with os.lstat before you open it; a link gets a finding of category "link" at its path.
        # TODO SCAN-007: a FIFO blocks whoever opens it, so open nothing but regular files.
        # TODO SCAN-013: names are bytes; write them with the escape of docs/spec/wire.md#paths, so that they are safe to print.
        # TODO SCAN-027: sort by path, by bytes; keep absolute paths and times out of the result.
        # TODO SCAN-030: scan in `await asyncio.to_thread(...)`, and stop there once `call.aborted`.
        inventory: list[dict[str, Any]] = []
        findings = [finding_of(NOT_WRITTEN, "")]

        return {
            "schema": "skill-scan/1",
            # TODO SCAN-025: "reject" if incomplete or any finding rejects, else "warn" if any warns, else "allow".
            "verdict": "reject",
            # TODO SCAN-001: True once every file was read to its end; SCAN-010: False where one could not be.
            "complete": False,
            # TODO SCAN-002: sha256 over the sorted lines `path NUL kind NUL size NUL sha256 LF`; None where the scan is incomplete.
            "treeDigest": None,
            "scanner": {"name": NAME, "version": VERSION, "rulesVersion": "1"},
            "inventory": inventory,
            "findings": findings,
            "suppressed": [],
        }

    async def rules(self, call: Call) -> list[dict[str, str]]:
        return RULES


def finding_of(rule: dict[str, str], path: str) -> dict[str, Any]:
    """`path` is that of the entry in the inventory; empty for the skill as a whole."""
    return {
        "ruleId": rule["id"],
        "category": rule["category"],
        "severity": rule["severity"],
        "action": rule["action"],
        "path": path,
        "line": None,
        "column": None,
        "message": rule["summary"],
        "evidence": {"text": "", "redacted": False},
    }


if __name__ == "__main__":
    # The flags "text-rules" and "suppressions" bring in SCAN-034 to SCAN-056; declare them once it does what those ask.
    serve(NAME, VERSION, {"skill-scanner@1": Contract(open=SkillScanner, methods=("scan", "rules"))})
