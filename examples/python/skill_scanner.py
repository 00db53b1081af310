"""The skill scanner contract in Python: its structural rules, with the standard library alone."""

from __future__ import annotations

import asyncio
from typing import Any

from flynn_wire import Call, Contract, Environment, serve
from skill_scan.request import parse_request
from skill_scan.rules import RULES
from skill_scan.scan import scan_skill


class SkillScanner:
    def __init__(self, environment: Environment) -> None:
        """Everything that a scan depends on comes with its request."""

    async def scan(self, call: Call, request: Any) -> dict[str, Any]:
        """In a thread, so that other calls, and the abort of this one, are seen while it reads."""
        return await asyncio.to_thread(scan_skill, parse_request(request), lambda: call.aborted)

    async def rules(self, call: Call) -> list[dict[str, str]]:
        return [rule.info() for rule in RULES]


if __name__ == "__main__":
    serve("skill-scanner-python", "1.0.0", {"skill-scanner@1": Contract(open=SkillScanner, methods=("scan", "rules"))})
