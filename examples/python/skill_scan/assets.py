"""Images and fonts: whether a file is one of these types from its first byte to its last, with nothing after it."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from .content import has_zip_end


def asset_type(content: bytes) -> str | None:
    """The type that the whole of `content` is, or None."""
    for name, is_whole in _TYPES.items():
        try:
            if is_whole(content) and not has_zip_end(content):
                return name
        except IndexError:
            continue  # A structure that points behind the end.
    return None


def looks_like_asset(content: bytes) -> bool:
    """Begins like one, whether or not it goes on like one."""
    return content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"wOF2", b"\0\x01\0\0", b"true"))


def _number(content: bytes, offset: int, size: int, order: str = "big") -> int:
    if offset < 0 or offset + size > len(content):
        raise IndexError
    return int.from_bytes(content[offset : offset + size], "little" if order == "little" else "big")


def _is_png(content: bytes) -> bool:
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return False
    offset, seen = 8, []
    while True:
        size = _number(content, offset, 4)
        kind = content[offset + 4 : offset + 8]
        if _number(content, offset + 8 + size, 4) != zlib.crc32(content[offset + 4 : offset + 8 + size]):
            return False
        is_critical = not kind[0] & 0x20
        if is_critical and kind not in (b"IHDR", b"PLTE", b"IDAT", b"IEND"):
            return False
        seen.append(kind)
        offset += 12 + size
        if kind == b"IEND":
            return size == 0 and offset == len(content) and seen[0] == b"IHDR" and b"IDAT" in seen


def _is_jpeg(content: bytes) -> bool:
    if not content.startswith(b"\xff\xd8\xff"):
        return False
    offset, has_scan = 2, False
    while True:
        if _number(content, offset, 1) != 0xFF:
            return False
        while _number(content, offset + 1, 1) == 0xFF:
            offset += 1
        marker = content[offset + 1]
        offset += 2
        if marker == 0xD9:
            return has_scan and offset == len(content)
        if marker in (0x00, 0x01, 0xD8) or 0xD0 <= marker <= 0xD7:
            return False
        size = _number(content, offset, 2)
        if size < 2:
            return False
        offset += size
        if marker == 0xDA:
            has_scan = True
            offset = _end_of_scan(content, offset)


def _end_of_scan(content: bytes, offset: int) -> int:
    """Where the compressed data of a JPEG ends: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        offset = content.find(b"\xff", offset)
        following = _number(content, offset + 1, 1)
        if offset == -1:
            raise IndexError
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return offset
        offset += 2


def _is_gif(content: bytes) -> bool:
    if not content.startswith((b"GIF87a", b"GIF89a")):
        return False
    flags = _number(content, 10, 1)
    offset, has_image = 13 + _colour_table_bytes(flags), False
    while True:
        block = _number(content, offset, 1)
        if block == 0x3B:
            return has_image and offset + 1 == len(content)
        if block == 0x21:
            offset = _end_of_sub_blocks(content, offset + 2)
        elif block == 0x2C:
            has_image = True
            offset = _end_of_sub_blocks(content, offset + 11 + _colour_table_bytes(_number(content, offset + 9, 1)))
        else:
            return False


def _colour_table_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_sub_blocks(content: bytes, offset: int) -> int:
    while size := _number(content, offset, 1):
        offset += 1 + size
    return offset + 1


def _is_webp(content: bytes) -> bool:
    if not content.startswith(b"RIFF") or content[8:12] != b"WEBP" or content[12:16] not in (b"VP8 ", b"VP8L", b"VP8X"):
        return False
    end = 8 + _number(content, 4, 4, "little")
    offset = 12
    while offset < end:
        size = _number(content, offset + 4, 4, "little")
        offset += 8 + size + size % 2
    return offset == end == len(content)


def _is_woff2(content: bytes) -> bool:
    """Walks the table directory, then accounts for every block that the header names."""
    if not content.startswith(b"wOF2") or _number(content, 8, 4) != len(content):
        return False
    offset = 48
    for _ in range(_number(content, 12, 2)):
        flags = _number(content, offset, 1)
        offset += 1 if flags & 0x3F != 0x3F else 5
        offset = _after_base128(content, offset)
        is_glyph_table = flags & 0x3F in (10, 11)
        if (flags >> 6 == 0) if is_glyph_table else (flags >> 6 != 0):
            offset = _after_base128(content, offset)
    end = offset + _number(content, 20, 4)
    for at in (28, 40):  # The metadata, then the private block: an offset and a length each.
        start, size = _number(content, at, 4), _number(content, at + 4, 4)
        if start and not 0 <= start - end <= 3:
            return False
        end = start + size if start else end
    return 0 <= len(content) - end <= 3 and not any(content[end:])


def _after_base128(content: bytes, offset: int) -> int:
    for length in range(1, 6):
        if not _number(content, offset + length - 1, 1) & 0x80:
            return offset + length
    raise IndexError


def _is_ttf(content: bytes) -> bool:
    """Every byte belongs to the directory, to a table, or to the padding behind one."""
    if content[:4] not in (b"\0\x01\0\0", b"true"):
        return False
    count = _number(content, 4, 2)
    tables = sorted((_number(content, 12 + 16 * index + 8, 4), _number(content, 12 + 16 * index + 12, 4)) for index in range(count))
    end = 12 + 16 * count
    for start, size in tables:
        if start - end > 3 or any(content[end:start]):
            return False
        end = max(end, start + size)
    return count > 0 and 0 <= len(content) - end <= 3 and not any(content[end:])


_TYPES: dict[str, Callable[[bytes], bool]] = {
    "png": _is_png,
    "jpeg": _is_jpeg,
    "gif": _is_gif,
    "webp": _is_webp,
    "woff2": _is_woff2,
    "ttf": _is_ttf,
}
