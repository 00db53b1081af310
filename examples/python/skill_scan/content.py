"""What the bytes of a file are, whatever the file is called."""

from __future__ import annotations

import re

from .rules import ARCHIVE, EXECUTABLE, Rule

SIGNATURES: tuple[tuple[int, bytes, Rule], ...] = (
    (0, b"\x7fELF", EXECUTABLE),
    (0, b"\xfe\xed\xfa\xce", EXECUTABLE),  # Mach-O, both widths and byte orders.
    (0, b"\xfe\xed\xfa\xcf", EXECUTABLE),
    (0, b"\xce\xfa\xed\xfe", EXECUTABLE),
    (0, b"\xcf\xfa\xed\xfe", EXECUTABLE),
    (0, b"\xca\xfe\xba\xbe", EXECUTABLE),  # Java class, or Mach-O for several machines.
    (0, b"\xca\xfe\xba\xbf", EXECUTABLE),
    (0, b"\0asm", EXECUTABLE),
    (0, b"BC\xc0\xde", EXECUTABLE),  # LLVM bitcode.
    (0, b"\x1bLua", EXECUTABLE),
    (0, b"\x1bLJ", EXECUTABLE),
    *((0, bytes([0x80, protocol]), EXECUTABLE) for protocol in (2, 3, 4, 5)),  # A pickle is a program.
    (0, b"PK\x03\x04", ARCHIVE),
    (0, b"PK\x05\x06", ARCHIVE),
    (0, b"PK\x07\x08", ARCHIVE),
    (0, b"\x1f\x8b", ARCHIVE),
    (0, b"\x1f\x9d", ARCHIVE),
    (0, b"\x1f\xa0", ARCHIVE),
    (0, b"BZh91AY&SY", ARCHIVE),
    (0, b"\xfd7zXZ\0", ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (0, b"Rar!\x1a\x07", ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", ARCHIVE),
    (0, b"\x04\x22\x4d\x18", ARCHIVE),
    (0, b"LZIP\x01", ARCHIVE),
    (0, b"MSCF\0\0\0\0", ARCHIVE),
    (0, b"xar!\0", ARCHIVE),
    (0, b"!<arch>\n", ARCHIVE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ARCHIVE),  # OLE, the older office files.
    (0, b"\xed\xab\xee\xdb", ARCHIVE),  # RPM.
    (257, b"ustar\0", ARCHIVE),
    (257, b"ustar  \0", ARCHIVE),
    (32768, b"\x01CD001\x01", ARCHIVE),
)
WITH_NUL = ((b"MZ", EXECUTABLE), (b"dex\n03", EXECUTABLE), (b"070701", ARCHIVE), (b"070702", ARCHIVE), (b"070707", ARCHIVE))
"""Text may begin like this; with a NUL byte somewhere it is no text."""
ZIP_END = b"PK\x05\x06"
ZIP_END_BYTES = 22
LONGEST_ZIP_COMMENT = 65_535
WIDE = ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
"""Byte order marks; the first one of UTF-32 begins like one of UTF-16."""


def binary_kind(content: bytes) -> Rule | None:
    """The rule that refuses these bytes as an executable, bytecode or an archive, or None."""
    for offset, signature, rule in SIGNATURES:
        if content.startswith(signature, offset):
            return rule
    if b"\0" in content:
        if is_python_bytecode(content):
            return EXECUTABLE
        if is_old_tar(content) or has_zip_end(content):
            return ARCHIVE
        return next((rule for signature, rule in WITH_NUL if content.startswith(signature)), None)
    return None


def is_python_bytecode(content: bytes) -> bool:
    """Two bytes that say the version, then CR LF, then flags or a time, which are never all text."""
    return content[2:4] == b"\r\n" and b"\0" in content[4:16]


def is_old_tar(content: bytes) -> bool:
    """A tar without a signature is known by the checksum of its first header."""
    header = content[:512]
    if len(header) < 512 or not re.fullmatch(rb" *[0-7]{1,7}[ \0]*", header[148:156]):
        return False
    stored = int(header[148:156].strip(b" \0"), 8)
    return header[0] != 0 and stored == sum(header) - sum(header[148:156]) + 8 * 0x20


def has_zip_end(content: bytes) -> bool:
    """A ZIP is found from its end, so anything may stand before it."""
    at = content.rfind(ZIP_END, max(0, len(content) - ZIP_END_BYTES - LONGEST_ZIP_COMMENT))
    if at == -1 or at + ZIP_END_BYTES > len(content):
        return False
    comment_bytes = int.from_bytes(content[at + 20 : at + 22], "little")
    return at + ZIP_END_BYTES + comment_bytes <= len(content)


def is_wide_text(content: bytes) -> bool:
    """UTF-16 or UTF-32 with a byte order mark, well-formed and without the character NUL."""
    for mark, encoding in WIDE:
        if content.startswith(mark):
            try:
                return "\0" not in content[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                continue
    return False


def decoded_text(content: bytes) -> str | None:
    """The text, without a byte order mark, or None where the bytes are not UTF-8."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
