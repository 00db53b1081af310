"""The result of a scan while it grows, and the verdict that follows from it."""

from __future__ import annotations

import hashlib
from typing import Any

from .rules import RULES_VERSION, Rule

LARGEST_REPORT = 12 * 1024 * 1024
"""Characters, estimated from above. What does not fit into one frame of the wire cannot be answered with."""
SCANNER = {"name": "flynn-python-example", "version": "1.0.0", "rulesVersion": RULES_VERSION}


class TooMuch(Exception):
    """The report is full."""


class Report:
    def __init__(self) -> None:
        self.complete = True
        self._inventory: list[dict[str, Any]] = []
        self._findings: list[dict[str, Any]] = []
        self._room = LARGEST_REPORT

    def entry(self, path: str, kind: str, disposition: str, size: int = 0, sha256: str | None = None) -> None:
        """A file that was not read to its end makes the scan incomplete, and so does a folder that was not listed."""
        self._take(path, 300)
        self._inventory.append({"path": path, "kind": kind, "bytes": size, "sha256": sha256, "disposition": disposition})
        self.complete &= kind not in ("file", "directory") or disposition != "refused"

    def find(self, rule: Rule, path: str, message: str) -> None:
        self.add([rule.finding(path, message)])

    def add(self, findings: list[dict[str, Any]]) -> None:
        for finding in findings:
            self._take(finding["path"], 800)
            self._findings.append(finding)

    def last_word(self, rule: Rule, path: str, message: str) -> None:
        """A finding that always fits, and ends a scan that did not see everything."""
        self._findings.append(rule.finding(path, message))
        self.complete = False

    def result(self) -> dict[str, Any]:
        actions = {finding["action"] for finding in self._findings}
        verdict = "reject" if not self.complete or "reject" in actions else "warn" if "warn" in actions else "allow"
        return {
            "schema": "skill-scan/1",
            "verdict": verdict,
            "complete": self.complete,
            "treeDigest": tree_digest(self._inventory) if self.complete else None,
            "scanner": SCANNER,
            "inventory": sorted(self._inventory, key=lambda entry: entry["path"].encode()),
            "findings": sorted(self._findings, key=_order),
            "suppressed": [],
        }

    def _take(self, path: str, rest: int) -> None:
        # In JSON a character outside of ASCII takes up to twelve.
        self._room -= rest + (len(path) if path.isascii() else 12 * len(path))
        if self._room < 0:
            raise TooMuch


def tree_digest(inventory: list[dict[str, Any]]) -> str:
    """`path NUL kind NUL size NUL sha256 LF` for each entry, sorted by bytes."""
    lines = [f"{each['path']}\0{each['kind']}\0{each['bytes']}\0{each['sha256'] or ''}\n".encode() for each in inventory]
    return hashlib.sha256(b"".join(sorted(lines))).hexdigest()


def _order(finding: dict[str, Any]) -> tuple[bytes, str, int, str]:
    return finding["path"].encode(), finding["ruleId"], finding["line"] or 0, finding["message"]
