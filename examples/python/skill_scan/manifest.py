"""`manifest.json`: strict JSON, and permissions that the host can grant."""

from __future__ import annotations

import json
import re
from typing import Any

from .request import ScanRequest
from .rules import MANIFEST, NO_MANIFEST, PERMISSIONS

DEEPEST = 32
HARMFUL_KEYS = frozenset(("__proto__", "constructor", "prototype"))
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


class _Refused(ValueError):
    pass


def manifest_findings(path: str, text: str, request: ScanRequest) -> list[dict[str, Any]]:
    """`text` is the file as it stands: a byte order mark is no JSON."""
    try:
        if _depth(text) > DEEPEST:
            raise _Refused(f"it is nested more than {DEEPEST} levels deep")
        manifest = json.loads(text, object_pairs_hook=_unique_members, parse_int=float, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return [MANIFEST.finding(path, f"manifest.json is not JSON: {error.msg}", line=error.lineno)]
    except ValueError as error:
        return [MANIFEST.finding(path, f"manifest.json is refused: {error}")]
    if not isinstance(manifest, dict):
        return [MANIFEST.finding(path, "manifest.json must hold an object", line=1)]
    if "permissions" in manifest:
        problem = _permission_problem(manifest["permissions"], request.vocabulary)
    else:
        problem = "are missing, and this skill is routed to" if request.routed else None
    return [PERMISSIONS.finding(path, f"The permissions {problem}")] if problem else []


def missing_manifest_findings(request: ScanRequest) -> list[dict[str, Any]]:
    return [NO_MANIFEST.finding("", "This skill is routed to and has no manifest.json")] if request.routed else []


def _permission_problem(permissions: Any, vocabulary: tuple[str, ...] | None) -> str | None:
    if not isinstance(permissions, list) or not all(isinstance(each, str) and each for each in permissions):
        return "must be an array of non-empty strings"
    if len(set(permissions)) != len(permissions):
        return "name one permission twice"
    unknown = [each for each in permissions if "*" in each or (vocabulary is not None and each not in vocabulary)]
    return f"name one that the host does not know: {unknown[0][:80]}" if unknown else None


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Refused("a key is there twice")
    if HARMFUL_KEYS & members.keys():
        raise _Refused("it has a key that some programs take for more than a key")
    return members


def _refuse_constant(name: str) -> Any:
    raise _Refused(f"{name} is not JSON")


def _depth(text: str) -> int:
    """Counted before parsing, so that the parser never has to go deep."""
    depth = deepest = 0
    for match in STRING_OR_BRACKET.finditer(text):
        token = match.group()
        if token in ("[", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in ("]", "}"):
            depth -= 1
    return deepest
