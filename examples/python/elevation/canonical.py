"""Canonical JSON (RFC 8785), as far as events need it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def canonical_json(value: Any) -> str:
    """Members by the UTF-16 units of their names, numbers as JavaScript writes them, no white space."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_text(name)}:{canonical_json(value[name])}" for name in names) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical_json(each) for each in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return number_text(value)
    return json.dumps(value)


def _text(value: str) -> str:
    """RFC 8785 gives no form to half of a surrogate pair. It stands as an escape, which is what JavaScript does."""
    return LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(value, ensure_ascii=False))


def number_text(value: float) -> str:
    """ECMAScript's Number::toString. Python finds the same shortest digits, and puts the exponent elsewhere."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    text, point = "".join(map(str, digits)), len(digits) + exponent
    if len(text) <= point <= 21:
        text += "0" * (point - len(text))
    elif 0 < point <= 21:
        text = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{text}"
    else:
        fraction = f".{text[1:]}" if len(text) > 1 else ""
        text = f"{text[0]}{fraction}e{point - 1:+d}"
    return f"-{text}" if sign else text


def plain_number(value: float) -> float:
    """1000.0 is 1000, on the wire as well as under a hash."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
