"""What a person gives as the reason: which are taken, and how one is kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .redact import redact

SHORTEST, LONGEST = 3, 200
ACTS_ON_THE_SCREEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, separators of lines, what has no width, what changes the direction, tags, and halves of surrogate pairs."""


@dataclass(frozen=True)
class Reason:
    text: str
    redactions: int


def take_reason(given: str) -> Reason | None:
    """None for a reason that says too little or too much, or would act where it is shown."""
    if ACTS_ON_THE_SCREEN.search(given) or not SHORTEST <= len(given.strip()) <= LONGEST:
        return None
    return Reason(*redact(unicodedata.normalize("NFC", given)))
