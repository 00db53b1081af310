"""
The part of YAML that front matter needs, strictly: block and flow mappings and sequences, plain and quoted scalars, literal
and folded blocks, comments. What is outside of it raises `YamlError`; nothing is guessed at. Anchors, aliases, tags, merge
keys, directives, documents and explicit keys raise `ForbiddenYaml`, before anything could be expanded or constructed.
"""

from __future__ import annotations

import re
from typing import Any

from .yaml_flow import DEEPEST, DOUBLE_QUOTED, SINGLE_QUOTED, TOKENS, FlowReader, ForbiddenYaml, NotAString, NotClosed, YamlError, resolved

BLOCK_HEADER = re.compile(r"[|>](?:[+-]?([1-9])?|([1-9])[+-])(?:[ \t]+#.*)?")
DOCUMENT_MARKER = re.compile(r"(?:---|\.\.\.)(?:[ \t]|$)")
END_OF_KEY = re.compile(r":(?:[ \t]|$)")
COMMENT = re.compile(r"[ \t]#")


def parse_yaml(text: str) -> Any:
    """
    Mappings become `dict`, sequences `list`, strings `str` (with their lines joined), all other scalars `NotAString`. Time
    and memory are bounded by the length of `text`.
    """
    return _BlockReader(text).document()


class _BlockReader:
    """Works on a list of lines, of which `_at` is the current one."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._at = 0
        self._depth = 0

    def document(self) -> Any:
        root = self._node(-1) if self._content() else NotAString("")
        if self._content():
            raise self._error("this line does not belong to what stands before it")
        return root

    def _node(self, parent_indent: int) -> Any:
        """The node that begins on the next line with content, inside of a node that is indented by `parent_indent`."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ForbiddenYaml(f"nested more than {DEEPEST} levels deep", self._at + 1)
        indent, text = self._content() or (0, "")
        if _is_item(text):
            node: Any = self._sequence(indent)
        elif self._key(text) is not None:
            node = self._mapping(indent)
        else:
            node = self._scalar(text, parent_indent)
        self._depth -= 1
        return node

    def _sequence(self, indent: int) -> list[Any]:
        items = []
        while (line := self._content()) and line[0] == indent and _is_item(line[1]):
            rest = line[1][1:]
            if _is_blank(rest):
                self._at += 1
                items.append(self._nested(indent))
            else:
                # The item stands where the dash stood, as if on a line of its own.
                self._lines[self._at] = " " * (indent + 1) + rest
                items.append(self._node(indent))
        self._refuse_deeper(line, indent)
        return items

    def _mapping(self, indent: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while (line := self._content()) and line[0] == indent and not _is_item(line[1]):
            key = self._key(line[1])
            if key is None:
                raise self._error("this is no `key: value`")
            name = FlowReader(key, self._at + 1, 0).node() if key[0] in "\"'" else key
            if name == "<<":
                raise ForbiddenYaml("merge keys are refused", self._at + 1)
            if name in members:
                raise self._error(f"the key {name} is there twice")
            members[name] = self._value(line[1][len(key) :].lstrip(" \t")[1:], indent)
        self._refuse_deeper(line, indent)
        return members

    def _value(self, rest: str, indent: int) -> Any:
        if not _is_blank(rest):
            return self._scalar(rest.lstrip(" \t"), indent)
        self._at += 1
        following = self._content()
        if following and following[0] == indent and _is_item(following[1]):
            return self._node(indent)
        return self._nested(indent)

    def _nested(self, indent: int) -> Any:
        following = self._content()
        return self._node(indent) if following and following[0] > indent else NotAString("")

    def _key(self, text: str) -> str | None:
        """The key with which `text` begins, as it is written, or None where it does not begin with one."""
        self._refuse_token(text)
        if text == "?" or text.startswith(("? ", "?\t")):
            raise ForbiddenYaml("explicit keys are refused", self._at + 1)
        if text[0] in "\"'":
            match = (DOUBLE_QUOTED if text[0] == '"' else SINGLE_QUOTED).match(text)
            return match.group() if match and END_OF_KEY.match(text[match.end() :].lstrip(" \t")) else None
        end = END_OF_KEY.search(text)
        comment = COMMENT.search(text)
        if not end or text[0] in ",[]{}#|>%@`" or (comment and comment.start() < end.start()):
            return None
        return text[: end.start()].rstrip(" \t") or None

    # Scalars, and flow collections; both may go on over several lines.

    def _scalar(self, text: str, parent_indent: int) -> Any:
        self._refuse_token(text)
        if text[0] in "|>":
            return self._text_block(text, parent_indent)
        if text[0] in "\"'[{":
            return self._flow(text, parent_indent)
        if text[0] in ",]}%@`" or _is_item(text) or END_OF_KEY.match(text) or text.startswith("? "):
            raise self._error(f"a value cannot begin with {text[0]}")
        return self._plain(text, parent_indent)

    def _plain(self, text: str, parent_indent: int) -> Any:
        parts = []
        while True:
            comment = COMMENT.search(text)
            part = text[: comment.start()] if comment else text
            if END_OF_KEY.search(part):
                raise self._error("a colon and a space in a value that is not quoted")
            parts.append(part.strip(" \t"))
            self._at += 1
            is_comment_next = self._at < len(self._lines) and self._lines[self._at].lstrip(" ").startswith("#")
            following = self._content()
            if comment or is_comment_next or not following or following[0] <= parent_indent:
                return resolved(" ".join(parts))
            text = following[1]

    def _flow(self, text: str, parent_indent: int) -> Any:
        """Tries with one line, then with ever more of them, so that many short values cost no more than one long one."""
        count = 1
        while True:
            following = self._lines[self._at + 1 : self._at + count]
            source = "\n".join([text, *(line.strip(" \t") for line in following)])
            reader = FlowReader(source, self._at + 1, self._depth)
            try:
                node = reader.node()
                break
            except NotClosed:
                if self._at + count >= len(self._lines):
                    raise
                count *= 8
        lines_used = source.count("\n", 0, reader.at)
        for line in following[:lines_used]:
            if DOCUMENT_MARKER.match(line):
                raise ForbiddenYaml("several documents are refused", reader.line)
            # The bracket that closes a collection may stand where the key stands.
            if line.strip() and line[0] not in "]}" and len(line) - len(line.lstrip(" ")) <= parent_indent:
                raise YamlError("a line inside of a value is not indented enough", reader.line)
        rest = source[reader.at :].partition("\n")[0].rstrip(" \t")
        if rest and not re.match(r"[ \t]+#", rest):
            raise YamlError("something follows the end of the value", reader.line)
        self._at += lines_used + 1
        return node

    def _text_block(self, header: str, parent_indent: int) -> str:
        match = BLOCK_HEADER.fullmatch(header)
        if not match:
            raise self._error("this is no header of a block of text")
        given = match.group(1) or match.group(2)
        indent = max(parent_indent, 0) + int(given) if given else None
        content = []
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            own_indent = len(line) - len(line.lstrip(" "))
            if line.strip(" "):
                if own_indent <= parent_indent:
                    break
                indent = own_indent if indent is None else indent
                if own_indent < indent:
                    raise self._error("this line is not indented enough")
            content.append(line[indent or 0 :])
            self._at += 1
        return "\n".join(content).strip("\n")

    # Lines.

    def _content(self) -> tuple[int, str] | None:
        """The indentation and the text of the next line that has content, which becomes the current one."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            text = line.lstrip(" ")
            if _is_blank(text):
                self._at += 1
                continue
            if DOCUMENT_MARKER.match(line):
                raise ForbiddenYaml("several documents are refused", self._at + 1)
            if line.startswith("%"):
                raise ForbiddenYaml("directives are refused", self._at + 1)
            if text.startswith("\t"):
                raise self._error("a tab cannot indent")
            return len(line) - len(text), text.rstrip(" \t")
        return None

    def _refuse_deeper(self, line: tuple[int, str] | None, indent: int) -> None:
        if line and line[0] > indent:
            raise self._error("this line is indented too far")

    def _refuse_token(self, text: str) -> None:
        if text[0] in TOKENS:
            raise ForbiddenYaml("anchors, aliases and tags are refused", self._at + 1)

    def _error(self, message: str) -> YamlError:
        return YamlError(message, self._at + 1)


def _is_item(text: str) -> bool:
    return text == "-" or text.startswith(("- ", "-\t"))


def _is_blank(text: str) -> bool:
    stripped = text.lstrip(" \t")
    return not stripped or stripped[0] == "#"
