"""The scan request and its limits, checked before anything is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from flynn_wire import CodedError

ASSET_TYPES = ("png", "jpeg", "gif", "webp", "woff2", "ttf")
LARGEST_INTEGER = 2**53 - 1
LONGEST_REASON = 500
INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?Z")


@dataclass(frozen=True)
class Limits:
    files: int = 500
    directories: int = 100
    depth: int = 12
    pathBytes: int = 240
    nameBytes: int = 128
    fileBytes: int = 1_048_576
    totalBytes: int = 8_388_608
    skillFileBytes: int = 256_000
    manifestBytes: int = 65_536
    frontmatterBytes: int = 32_768


@dataclass(frozen=True)
class ScanRequest:
    root: str
    routed: bool
    vocabulary: tuple[str, ...] | None
    """The permissions that the host knows, or None where it did not say."""
    assets: tuple[str, ...]
    limits: Limits


def parse_request(given: Any) -> ScanRequest:
    """Raises `INVALID_REQUEST`, naming the member."""
    request = _object(given, "the request", {"root", "phase"}, {"skillName", "intent", "policy", "limits"})
    if not isinstance(request["root"], str) or not request["root"].startswith("/"):
        raise _invalid("root must be an absolute path")
    if request["phase"] not in ("load", "install"):
        raise _invalid("phase must be load or install")
    if not isinstance(request.get("skillName", ""), str):
        raise _invalid("skillName must be a string")
    intent = _object(request.get("intent", {}), "intent", {"routed", "permissions"} if "intent" in request else set(), set())
    if not isinstance(intent.get("routed", False), bool):
        raise _invalid("intent.routed must be true or false")
    policy = _object(request.get("policy", {}), "policy", set(), {"assets", "suppressions"})
    _check_suppressions(policy.get("suppressions", []))
    assets = _strings(policy.get("assets", []), "policy.assets")
    if not set(assets) <= set(ASSET_TYPES):
        raise _invalid(f"policy.assets may hold {', '.join(ASSET_TYPES)}")
    return ScanRequest(
        root=request["root"],
        routed=intent.get("routed", False),
        vocabulary=_strings(intent["permissions"], "intent.permissions") if intent else None,
        assets=assets,
        limits=_limits(request.get("limits", {})),
    )


def _check_suppressions(given: Any) -> None:
    """This scanner obeys none and says so by not declaring the flag; a host may send them all the same."""
    if not isinstance(given, list):
        raise _invalid("policy.suppressions must be an array")
    for each in given:
        entry = _object(each, "policy.suppressions", {"rule", "skill", "path", "digest", "reason", "expires"}, set())
        if not all(isinstance(value, str) and value for value in entry.values()):
            raise _invalid("policy.suppressions may hold strings only")
        if not re.fullmatch("[0-9a-f]{64}", entry["digest"]):
            raise _invalid("policy.suppressions: digest must be a sha256 in lower-case hex")
        if len(entry["reason"]) > LONGEST_REASON or any(_is_unprintable(each) for each in entry["reason"]):
            raise _invalid(f"policy.suppressions: reason must be one line of at most {LONGEST_REASON} characters")
        if not _is_instant(entry["expires"]):
            raise _invalid("policy.suppressions: expires must be an instant such as 2031-01-31T00:00:00Z")


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _is_instant(text: str) -> bool:
    parts = INSTANT.fullmatch(text)
    try:
        return parts is not None and bool(datetime(*map(int, parts.groups())))
    except ValueError:
        return False


def _limits(given: Any) -> Limits:
    limits = _object(given, "limits", set(), {each.name for each in fields(Limits)})
    for name, value in limits.items():
        if type(value) is not int or not 1 <= value <= LARGEST_INTEGER:
            raise _invalid(f"limits.{name} must be a whole number from 1")
    return replace(Limits(), **limits)


def _object(given: Any, what: str, required: set[str], optional: set[str]) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise _invalid(f"{what} must be an object")
    for name in sorted(required - given.keys()):
        raise _invalid(f"{what} needs the member {name}")
    for name in sorted(given.keys() - required - optional):
        raise _invalid(f"{what} has a member that is not known: {name[:100]}")
    return given


def _strings(given: Any, what: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise _invalid(f"{what} must be an array of strings")
    return tuple(given)


def _invalid(message: str) -> CodedError:
    return CodedError("INVALID_REQUEST", message)
