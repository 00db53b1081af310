"""How file names and other people's text are shown: nothing in them can act on a terminal or a prompt."""

from __future__ import annotations

import re

MUST_ESCAPE = re.compile(
    "[\u0000-\u001f\\\\\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""The closed list of the contract, and the surrogates by which Python stands for bytes that are not UTF-8."""

LONGEST_EVIDENCE = 160


def escape_path(raw: bytes) -> str:
    """UTF-8 text in which each byte of an escaped character, and each byte that is not UTF-8, stands as `\\xNN`."""
    return escape_text(raw.decode("utf-8", "surrogateescape"))


def escape_text(text: str) -> str:
    return MUST_ESCAPE.sub(_escape, text)


def evidence_of(text: str) -> str:
    """The beginning of `text`, at most 160 UTF-16 code units long once it is escaped."""
    shown, room = "", LONGEST_EVIDENCE
    for character in text[:LONGEST_EVIDENCE]:
        escaped = escape_text(character)
        room -= len(escaped) + (1 if ord(character) > 0xFFFF and len(escaped) == 1 else 0)
        if room < 0:
            break
        shown += escaped
    return shown


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    is_stray_byte = "\udc80" <= character <= "\udcff"
    raw = bytes([ord(character) & 0xFF]) if is_stray_byte else character.encode("utf-8", "surrogatepass")
    return "".join(f"\\x{byte:02x}" for byte in raw)
