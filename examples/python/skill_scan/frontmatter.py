"""`SKILL.md`: its front matter must be closed, well-formed and plain, and name and describe the skill."""

from __future__ import annotations

import re
from typing import Any

from .rules import FRONT_MATTER, FRONT_MATTER_TOKEN, NAME_AND_DESCRIPTION
from .yaml_block import parse_yaml
from .yaml_flow import ForbiddenYaml, YamlError

FENCE = "---"
NO_YAML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
HARMFUL_KEY = "__proto__"


def front_matter_of(text: str) -> str | None:
    """What stands between the two fences, with its last line feed, or None where one of them is missing."""
    lines = text.split("\n")
    if lines[0].removesuffix("\r") != FENCE:
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.removesuffix("\r") == FENCE:
            return "".join(f"{each}\n" for each in lines[1:index])
    return None


def front_matter_findings(path: str, front_matter: str | None) -> list[dict[str, Any]]:
    if front_matter is None:
        message = "SKILL.md must begin with a line of three dashes, and a second such line must close the front matter"
        return [FRONT_MATTER.finding(path, message, line=1)]
    text = front_matter.replace("\r\n", "\n")
    control = NO_YAML.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 2
        return [FRONT_MATTER.finding(path, "The front matter holds a control character", line=line)]
    try:
        members = parse_yaml(text)
    except ForbiddenYaml as error:
        return [FRONT_MATTER_TOKEN.finding(path, f"In the front matter {error}", line=error.line + 1)]
    except YamlError as error:
        return [FRONT_MATTER.finding(path, f"The front matter is not well-formed: {error}", line=error.line + 1)]
    if not isinstance(members, dict):
        return [FRONT_MATTER.finding(path, "The front matter must be `key: value` lines", line=2)]
    if _has_harmful_key(members):
        return [FRONT_MATTER.finding(path, "The front matter has a key that some programs take for more than a key", line=2)]
    missing = [name for name in ("name", "description") if not _is_text(members.get(name))]
    return (
        [NAME_AND_DESCRIPTION.finding(path, f"The front matter needs a non-empty text as its {' and '.join(missing)}", line=1)]
        if missing
        else []
    )


def _has_harmful_key(node: Any) -> bool:
    if isinstance(node, list):
        return any(_has_harmful_key(each) for each in node)
    return isinstance(node, dict) and (HARMFUL_KEY in node or any(_has_harmful_key(each) for each in node.values()))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""
