"""Arguments, checked to the last member before anything is done with them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from flynn_wire import CodedError

from .grants import Key
from .policy import Names, Policy

LARGEST_INTEGER = 2**53 - 1
LONGEST_ID = 256
TOOL = r"[a-z][a-z0-9._-]{0,63}"
SHA256 = r"[0-9a-f]{64}"
SURFACE = r"cli|tui|web|gateway|webhook|cron|channel:[a-z0-9-]{1,64}"
TIMES = {"maxTtlMs": (1000, 86_400_000), "pendingTtlMs": (1000, 3_600_000), "maxAttempts": (1, 10)}
TIMES |= {"lockoutMs": (0, 86_400_000), "hookTimeoutMs": (1, 600_000)}


@dataclass(frozen=True)
class Caller:
    key: Key
    surface: str
    origin: str
    is_direct: bool

    @property
    def is_human(self) -> bool:
        return self.origin == "human"

    @property
    def has_command_path(self) -> bool:
        return self.is_direct and self.surface not in ("webhook", "cron")


@dataclass(frozen=True)
class Wish:
    ttl_ms: float
    reason: str
    tools: Names | None
    mode: str


def parse_config(given: Any) -> tuple[Policy, dict[str, Any] | None]:
    config = _object(given, "config", {"policy", "auditHead"})
    head = config["auditHead"]
    if head is not None:
        _object(head, "auditHead", {"seq", "hash"})
        head = {"seq": _whole(head["seq"], "auditHead.seq", 1), "hash": _matching(head["hash"], "auditHead.hash", SHA256)}
    return parse_policy(config["policy"]), head


def parse_policy(given: Any) -> Policy:
    policy = _object(given, "the policy", {each.name for each in fields(Policy)})
    members: dict[str, Any] = {name: _whole(policy[name], name, *bounds) for name, bounds in TIMES.items()}
    for name in ("principals", "admins", "agents"):
        members[name] = _list(policy[name], name, _id)
    for name in ("tools", "deniedTools"):
        members[name] = _list(policy[name], name, lambda each, what: _matching(each, what, TOOL))
    return Policy(enabled=_boolean(policy["enabled"], "enabled"), **members)


def parse_context(given: Any) -> Caller:
    context = _object(given, "the context", {"principalId", "sessionId", "agentId", "surface", "origin", "isDirect"})
    return Caller(
        key=(_id(context["principalId"], "principalId"), _id(context["sessionId"], "sessionId"), _id(context["agentId"], "agentId")),
        surface=_matching(context["surface"], "surface", SURFACE),
        origin=_one_of(context["origin"], "origin", "human", "model", "system"),
        is_direct=_boolean(context["isDirect"], "isDirect"),
    )


def parse_wish(given: Any) -> Wish:
    wish = _object(given, "the request", {"ttlMs", "reason"}, {"tools", "mode"})
    if type(wish["ttlMs"]) not in (int, float) or not math.isfinite(wish["ttlMs"]):
        raise invalid("ttlMs must be a number")
    return Wish(
        ttl_ms=wish["ttlMs"],
        reason=_text(wish["reason"], "reason", 0, 10_000),
        tools=_list(wish["tools"], "tools", _name_of_a_tool, 1, 100) if "tools" in wish else None,
        mode=_one_of(wish.get("mode", "window"), "mode", "window", "once"),
    )


def parse_code(given: Any) -> str:
    return _text(given, "the code", 0, 256)


def parse_target(given: Any) -> str | tuple[str]:
    """`own`, `all`, or the id of a grant in a tuple."""
    if isinstance(given, str):
        return _one_of(given, "the target", "own", "all")
    return (_id(_object(given, "the target", {"grantId"})["grantId"], "grantId"),)


def parse_session(given: Any) -> str:
    return _id(given, "the session")


def parse_facts(given: Any) -> dict[str, Any]:
    facts = _object(given, "the call", {"tool", "argv", "cwd", "environmentDigest", "executable", "script"})
    _text(facts["tool"], "tool", 1, 64)
    _list(facts["argv"], "argv", lambda each, what: _text(each, what, 0, 1_000_000), 0, 10_000)
    cwd = _object(facts["cwd"], "cwd", {"path", "device", "inode"})
    _text(cwd["path"], "cwd.path", 1, 4096)
    _text(cwd["device"], "cwd.device", 0, 64)
    _text(cwd["inode"], "cwd.inode", 0, 64)
    _matching(facts["environmentDigest"], "environmentDigest", SHA256)
    _file(facts["executable"], "executable")
    if facts["script"] is not None:
        _file(facts["script"], "script")
    return dict(facts)


def parse_acquire(given: Any) -> tuple[dict[str, Any], str]:
    request = _object(given, "the request", {"call", "checkedDigest"})
    return parse_facts(request["call"]), _text(request["checkedDigest"], "checkedDigest", 0, 200)


def parse_release(given: Any) -> dict[str, Any]:
    release = _object(given, "the release", {"leaseId", "outcome", "exitCode", "signal"})
    exit_code, signal = release["exitCode"], release["signal"]
    return {
        "leaseId": _id(release["leaseId"], "leaseId"),
        "outcome": _one_of(release["outcome"], "outcome", "exited", "signalled", "terminated", "not-started"),
        "exitCode": None if exit_code is None else _whole(exit_code, "exitCode", -LARGEST_INTEGER),
        "signal": None if signal is None else _text(signal, "signal", 0, 20),
    }


def units(text: str) -> int:
    """Lengths are counted in UTF-16 units, as the contract counts them."""
    return len(text) + sum(character > "\uffff" for character in text)


def _file(given: Any, what: str) -> None:
    file = _object(given, what, {"path", "sha256"})
    _text(file["path"], f"{what}.path", 1, 4096)
    _matching(file["sha256"], f"{what}.sha256", SHA256)


def _object(given: Any, what: str, required: set[str], optional: frozenset[str] | set[str] = frozenset()) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise invalid(f"{what} must be an object")
    for name in sorted(required - given.keys()):
        raise invalid(f"{what} needs the member {name}")
    if given.keys() - required - optional:
        raise invalid(f"{what} has a member that is not known; it has {', '.join(sorted(required | optional))}")
    return given


def _list(given: Any, what: str, each: Callable[[Any, str], str], least: int = 0, most: float = math.inf) -> Names:
    if not isinstance(given, list) or not least <= len(given) <= most:
        raise invalid(f"{what} must be an array of {least} to {most} strings")
    return tuple(each(one, f"a member of {what}") for one in given)


def _text(given: Any, what: str, least: int, most: int) -> str:
    if not isinstance(given, str) or not least <= units(given) <= most:
        raise invalid(f"{what} must be a string of {least} to {most} UTF-16 units")
    return given


def _id(given: Any, what: str) -> str:
    return _text(given, what, 1, LONGEST_ID)


def _name_of_a_tool(given: Any, what: str) -> str:
    return _text(given, what, 0, 256)


def _matching(given: Any, what: str, pattern: str) -> str:
    if not isinstance(given, str) or not re.fullmatch(pattern, given):
        raise invalid(f"{what} must match {pattern}")
    return given


def _one_of(given: Any, what: str, *values: str) -> str:
    if not isinstance(given, str) or given not in values:
        raise invalid(f"{what} must be one of {', '.join(values)}")
    return given


def _boolean(given: Any, what: str) -> bool:
    if not isinstance(given, bool):
        raise invalid(f"{what} must be true or false")
    return given


def _whole(given: Any, what: str, least: int, most: int = LARGEST_INTEGER) -> int:
    """`True` is an int to Python; 1000.0 is a whole number to JSON."""
    is_whole = type(given) is int or (type(given) is float and given.is_integer())
    if not is_whole or not least <= given <= most:
        raise invalid(f"{what} must be a whole number from {least} to {most}")
    return int(given)


def invalid(message: str) -> CodedError:
    return CodedError("INVALID_REQUEST", message)
