"""The code that a person types back."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets

DIGITS = 10
"""Ten thousand million codes, and at most ten guesses: digits can be typed on any keyboard."""


class Challenge:
    """Knows its code again, and cannot say it: only a hash under a key of its own is kept."""

    def __init__(self, code: str) -> None:
        self._key = os.urandom(32)
        self._hash = self._hash_of(code)

    def is_met_by(self, answer: str) -> bool:
        return hmac.compare_digest(self._hash, self._hash_of(answer))

    def _hash_of(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32).digest()


def new_code() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))
