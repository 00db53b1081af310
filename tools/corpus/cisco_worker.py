"""Reads scan requests from stdin, one a line, and answers each with one line, as worker.ts does for the others."""

import json
import logging
import sys
from pathlib import Path

from skill_scanner import SkillScanner

logging.disable(logging.CRITICAL)
WEIGHT = {"CRITICAL": "blocked", "HIGH": "blocked", "MEDIUM": "warned"}


def judge(scanner, root):
    try:
        findings = scanner.scan_skill(Path(root)).findings
    except Exception as error:  # A skill that it refuses to load.
        return {
            "outcome": "blocked",
            "found": [{"rule": type(error).__name__, "weight": "error", "path": "", "line": None, "message": str(error)}],
        }
    outcomes = [WEIGHT.get(finding.severity.value, "allowed") for finding in findings]
    outcome = next((name for name in ("blocked", "warned") if name in outcomes), "allowed")
    found = [
        {
            "rule": finding.rule_id,
            "weight": finding.severity.value,
            "path": str(finding.file_path or ""),
            "line": finding.line_number,
            "message": str(finding.title or ""),
        }
        for finding in findings
    ]
    return {"outcome": outcome, "found": found}


def main():
    answers = sys.stdout
    sys.stdout = sys.stderr
    scanner = SkillScanner()
    for line in sys.stdin:
        answers.write(json.dumps(judge(scanner, json.loads(line)["root"])) + "\n")
        answers.flush()


main()
