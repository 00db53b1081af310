"""Folders and files by descriptor: nothing here follows a link, waits for a writer, or leaves the folder it was given."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CHUNK_BYTES = 256 * 1024
OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
OPEN_FOLDER = OPEN_FILE | os.O_DIRECTORY


class Changed(Exception):
    """What was opened, or read, is no longer what was looked at."""


@dataclass
class Folder:
    """An open folder on the way down; `path` is relative to the root and ends in a slash unless it is the root."""

    descriptor: int
    path: bytes
    depth: int
    names: Iterator[bytes]
    colliding: set[bytes]
    """The names that another file system would take for one another."""


@dataclass
class Listing:
    """What a folder holds. Names beyond `most` are counted and forgotten, so that memory is bounded."""

    names: list[bytes]
    files: int = 0
    directories: int = 0
    others: int = 0


def open_folder(name: bytes, looked_at: os.stat_result, within: int | None = None) -> int:
    descriptor = os.open(name, OPEN_FOLDER, dir_fd=within)
    opened = os.fstat(descriptor)
    if not os.path.samestat(opened, looked_at):
        os.close(descriptor)
        raise Changed
    return descriptor


def list_folder(descriptor: int, most: int, between: Callable[[], None]) -> Listing:
    """`between` is called from time to time, and may raise."""
    listing = Listing([])
    with os.scandir(descriptor) as entries:
        for index, entry in enumerate(entries):
            if index % 1024 == 0:
                between()
            if entry.is_dir(follow_symlinks=False):
                listing.directories += 1
            elif entry.is_file(follow_symlinks=False):
                listing.files += 1
            else:
                listing.others += 1
            if len(listing.names) < most:
                listing.names.append(os.fsencode(entry.name))
    listing.names.sort()
    return listing


def read_file(name: bytes, looked_at: os.stat_result, within: int, between: Callable[[], None]) -> bytes:
    """The whole file. Raises `Changed` when it is not the same file, of the same size and times, before and after."""
    descriptor = os.open(name, OPEN_FILE, dir_fd=within)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or _identity(before) != _identity(looked_at):
            raise Changed
        chunks = []
        missing = before.st_size
        while missing >= 0 and (chunk := os.read(descriptor, min(CHUNK_BYTES, missing + 1))):
            between()
            chunks.append(chunk)
            missing -= len(chunk)
        if missing != 0 or _identity(os.fstat(descriptor)) != _identity(before):
            raise Changed
        return b"".join(chunks)
    finally:
        os.close(descriptor)


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_nlink
