"""Names that show as other names, or that another file system merges or refuses."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from .escape import MUST_ESCAPE

RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
REFUSED_ELSEWHERE = re.compile(r'[\\:<>"|?*]')


def is_hidden(name: bytes) -> bool:
    """Not UTF-8, or with characters that control, do not show or change direction. A backslash shows, and is `is_unportable`."""
    return MUST_ESCAPE.search(name.decode("utf-8", "surrogateescape").replace("\\", "")) is not None


def is_unportable(name: bytes) -> bool:
    text = name.decode("utf-8", "surrogateescape")
    stem = text.split(".", 1)[0].rstrip(" ")
    return REFUSED_ELSEWHERE.search(text) is not None or text.endswith((".", " ")) or RESERVED.fullmatch(stem) is not None


def colliding(names: Iterable[bytes]) -> set[bytes]:
    """Those names of one folder that are equal to another but for case or Unicode normalisation."""
    folded = {name: _folded(name) for name in names}
    counts = Counter(folded.values())
    return {name for name, key in folded.items() if counts[key] > 1}


def _folded(name: bytes) -> str:
    text = unicodedata.normalize("NFD", name.decode("utf-8", "surrogateescape")).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
