"""Quoted scalars and flow collections: the part of YAML that looks like JSON. See `yaml_block` for what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

DEEPEST = 32
TOKENS = "&*!"
"""What an anchor, an alias or a tag begins with."""
SPACE_AND_COMMENTS = re.compile(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*")
PLAIN = re.compile(r"(?:[^,\[\]{}:#\n]|:(?![\s,\[\]{}]|$)|(?<![ \t\n])#)+")
DOUBLE_QUOTED = re.compile(r'"((?:[^"\\]|\\[\s\S])*)"')
SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'")
ESCAPE = re.compile(r"\\(?:([0abtnvfre\"/\\ N_LP\t])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]?))")
ESCAPED = dict(zip('0abtnvfre"/\\ N_LP\t', '\0\a\b\t\n\v\f\r\x1b"/\\ \x85\xa0\u2028\u2029\t', strict=True))
NOT_A_STRING = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|"
)


class YamlError(Exception):
    """Not well-formed, or not in the subset. `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class ForbiddenYaml(YamlError):
    """A construct that is refused whatever it holds."""


class NotClosed(YamlError):
    """The value goes on behind the text that was given."""


class NotAString:
    """A number, a boolean or null: front matter is only asked whether a value is a string."""

    def __init__(self, text: str) -> None:
        self.text = text


def resolved(text: str) -> str | NotAString:
    """What a plain scalar means, by the core schema of YAML 1.2."""
    return NotAString(text) if NOT_A_STRING.fullmatch(text) else text


class FlowReader:
    """Reads one node from the beginning of `source`; `at` is where it ended."""

    def __init__(self, source: str, first_line: int, depth: int) -> None:
        self._source = source
        self._first_line = first_line
        self._depth = depth
        self.at = 0

    @property
    def line(self) -> int:
        return self._first_line + self._source.count("\n", 0, self.at)

    def node(self) -> Any:
        character = self._next()
        if character in TOKENS:
            raise ForbiddenYaml("anchors, aliases and tags are refused", self.line)
        if character == '"':
            return self._quoted(DOUBLE_QUOTED, self._unescaped)
        if character == "'":
            return self._quoted(SINGLE_QUOTED, lambda text: _on_one_line(text.replace("''", "'")))
        if character not in "[{":
            return self._plain()
        self._depth += 1
        if self._depth > DEEPEST:
            raise ForbiddenYaml(f"nested more than {DEEPEST} levels deep", self.line)
        node = self._sequence() if character == "[" else self._mapping()
        self._depth -= 1
        return node

    def _sequence(self) -> list[Any]:
        items = []
        self.at += 1
        while self._next() != "]":
            item = self.node()
            if self._next() == ":":  # `[a: b]`: a mapping with one member, without its braces.
                self.at += 1
                item = {_name(item, self.line): NotAString("") if self._next() in ",]" else self.node()}
            items.append(item)
            self._separator("]")
        self.at += 1
        return items

    def _mapping(self) -> dict[str, Any]:
        members: dict[str, Any] = {}
        self.at += 1
        while self._next() != "}":
            name = _name(self.node(), self.line)
            value: Any = NotAString("")
            if self._next() == ":":
                self.at += 1
                value = value if self._next() in ",}" else self.node()
            if name in members:
                raise YamlError(f"the key {name} is there twice", self.line)
            members[name] = value
            self._separator("}")
        self.at += 1
        return members

    def _separator(self, end: str) -> None:
        following = self._next()
        if following == ",":
            self.at += 1
        elif following != end:
            raise YamlError(f"a comma or {end} is missing", self.line)

    def _plain(self) -> str | NotAString:
        match = PLAIN.match(self._source, self.at)
        text = match.group().strip(" \t") if match else ""
        if not match or not text or text[0] in "|>%@`" or text == "-" or text.startswith(("- ", "? ")):
            raise YamlError("this is no value", self.line)
        self.at = match.end()
        if self._next() not in ",]}:":
            raise YamlError("a plain value ends with its line; quote it", self.line)
        return resolved(text)

    def _quoted(self, pattern: re.Pattern[str], meaning: Callable[[str], str]) -> str:
        match = pattern.match(self._source, self.at)
        if not match:
            raise NotClosed("a quote is not closed", self.line)
        text = meaning(match.group(1))
        self.at = match.end()
        return text

    def _unescaped(self, text: str) -> str:
        def meaning(match: re.Match[str]) -> str:
            simple, *codes, other = match.groups()
            code = next((each for each in codes if each), None)
            if other is not None or (code and int(code, 16) > 0x10FFFF):
                raise YamlError("an escape that YAML does not have", self.line)
            return chr(int(code, 16)) if code else ESCAPED[simple]

        return ESCAPE.sub(meaning, _on_one_line(re.sub(r"(?<!\\)((?:\\\\)*)\\\n[ \t]*", r"\1", text)))

    def _next(self) -> str:
        """The next character that is neither white space nor part of a comment."""
        match = SPACE_AND_COMMENTS.match(self._source, self.at)
        self.at = match.end() if match else self.at
        if self.at == len(self._source):
            raise NotClosed("the value is not closed", self.line)
        return self._source[self.at]


def _name(key: Any, line: int) -> str:
    name = key.text if isinstance(key, NotAString) else key
    if not isinstance(name, str):
        raise YamlError("a key must be a scalar", line)
    if name == "<<":
        raise ForbiddenYaml("merge keys are refused", line)
    return name


def _on_one_line(text: str) -> str:
    """Line folding, as far as it matters to whether the text is empty."""
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text)
