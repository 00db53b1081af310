"""Finds what looks like a secret in a text that a person wrote."""

from __future__ import annotations

import re

MARK = "[redacted]"
_NAMES = (
    r"(?:password|passwd|passphrase|passcode|pwd|pass|token|secret|credentials?|auth(?:orization)?|cookie|"
    r"api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key)"
)
_VALUE = r"(?!\[redacted\])(?P<secret>\"[^\"]*\"?|'[^']*'?|`[^`]*`?|[^\s\"'`]\S*)"
_PREFIXES = (
    r"gh[opsur]_\w{4,}|github_pat_\w+|glpat-[\w-]{4,}|gl[a-z]{2,6}-[\w-]{16,}|[sr]k[-_][\w-]{8,}|pk_live_\w+|xox[a-z]-[\w-]+|xapp-[\w-]+|"
    r"A[KS]IA[A-Z0-9]{8,}|AIza[\w-]{10,}|ya29\.[\w-]+|GOCSPX-[\w-]+|npm_\w{8,}|pypi-[\w-]{8,}|hf_\w{8,}|SG\.[\w.-]{8,}|"
    r"shp(?:at|ss|ca|pa)_\w+|whsec_\w+|dop_v1_\w+|syt_\w+|tskey-[\w-]+|hvs\.[\w-]+|AGE-SECRET-KEY-\w+|gsk_\w{8,}|eyJ[\w-]{8,}[\w.-]*"
)
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    for pattern, ignore_case in (
        (r"-----BEGIN [A-Z ]*PRIVATE KEY(?P<secret>.*)", False),
        (r"[a-z][a-z0-9+.-]*://(?P<secret>[^\s/?#]+)@", True),
        (r"[a-z][a-z0-9+.-]*://(?P<secret>[^\s:/?#@]*:[^\s@]+)@", True),
        (r"(?<![^\W_])bearer[\s:=]+" + _VALUE, True),
        (r"authorization[\"']?\s*[:=]\s*basic\s+" + _VALUE, True),
        (r"(?<![\w-])--?[\w-]*" + _NAMES + r"[\w-]*[\s=:]+" + _VALUE, True),
        (_NAMES + r"[\w.-]*[\"']?\s*[=:]\s*" + _VALUE, True),
        (rf"(?<![^\W_])(?P<secret>{_PREFIXES})", False),
    )
]


def redact(text: str) -> tuple[str, int]:
    """The text with a mark in place of each value that looks like a secret, and how many there were."""
    count = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        start, end = found.start("secret") - found.start(), found.end("secret") - found.start()
        return found[0][:start] + MARK + found[0][end:]

    for pattern in _PATTERNS:
        text = pattern.sub(mark, text)
    return text, count
