"""One pass over a skill: every entry is looked at as text, or is a finding."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import traceback
from collections.abc import Callable
from typing import Any

from . import rules
from .assets import asset_type, looks_like_asset
from .content import binary_kind, decoded_text, is_wide_text
from .escape import escape_path
from .folder import Changed, Folder, list_folder, open_folder, read_file
from .frontmatter import front_matter_findings, front_matter_of
from .manifest import manifest_findings, missing_manifest_findings
from .names import colliding, is_hidden, is_unportable
from .report import Report, TooMuch
from .request import ScanRequest

SKILL_FILE = b"SKILL.md"
MANIFEST_FILE = b"manifest.json"
MOST_OTHERS = 10_000
"""Links and special files, for which the contract has no limit."""


class Aborted(Exception):
    """The caller wants no verdict any more."""


class _OverLimit(Exception):
    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def scan_skill(request: ScanRequest, is_aborted: Callable[[], bool]) -> dict[str, Any]:
    """A result for whatever the folder holds. Raises `Aborted` soon after `is_aborted` says so; blocks until then."""
    scan = _Scan(request, is_aborted)
    try:
        scan.run()
    except Aborted:
        raise
    except _OverLimit as over:
        scan.report.last_word(rules.SIZE, over.path, str(over))
    except TooMuch:
        scan.report.last_word(rules.TOO_MUCH, "", "The skill has more entries than a result can list")
    except Exception:
        # Fails closed: what the scanner cannot handle is a rejection, not an answer that is missing.
        traceback.print_exc(file=sys.stderr)
        scan.report.last_word(rules.INTERNAL, "", "The scanner failed, and what it did not see cannot be trusted")
    return scan.report.result()


class _Scan:
    def __init__(self, request: ScanRequest, is_aborted: Callable[[], bool]) -> None:
        self.report = Report()
        self._request = request
        self._limits = request.limits
        self._is_aborted = is_aborted
        self._files = self._directories = self._others = self._bytes = 0
        self._has_skill_file = self._has_manifest = False

    def run(self) -> None:
        self._check_abort()
        root = self._open_root()
        if root is None:
            return
        open_folders = [root]
        try:
            while open_folders:
                self._check_abort()
                folder = open_folders[-1]
                name = next(folder.names, None)
                if name is None:
                    os.close(open_folders.pop().descriptor)
                elif child := self._entry(folder, name):
                    open_folders.append(child)
        finally:
            for folder in open_folders:
                os.close(folder.descriptor)
        if not self._has_skill_file:
            self.report.find(rules.NO_SKILL_FILE, "", "There is no file SKILL.md at the root of the skill")
        if not self._has_manifest:
            self.report.add(missing_manifest_findings(self._request))

    def _open_root(self) -> Folder | None:
        try:
            # A slash at the end would make lstat follow a link.
            path = self._request.root.encode().rstrip(b"/") or b"/"
            looked_at = os.lstat(path)
            if stat.S_ISLNK(looked_at.st_mode):
                self.report.last_word(rules.ROOT_LINK, "", "The root of the skill is a link")
                return None
            return self._list(open_folder(path, looked_at), b"", 0)
        except (OSError, ValueError, Changed) as error:
            self.report.last_word(rules.ROOT, "", f"The root of the skill is no folder that can be listed ({_reason(error)})")
            return None

    def _list(self, descriptor: int, path: bytes, depth: int) -> Folder:
        """Counts before anything in the folder is read, so that the result does not depend on the order of the entries."""
        try:
            listing = list_folder(descriptor, self._limits.files + self._limits.directories + MOST_OTHERS, self._check_abort)
            self._files += listing.files
            self._directories += listing.directories
            self._others += listing.others
            if self._files > self._limits.files:
                raise _OverLimit("", f"There are more than {self._limits.files} files")
            if self._directories > self._limits.directories:
                raise _OverLimit("", f"There are more than {self._limits.directories} folders")
            if self._others > MOST_OTHERS:
                raise TooMuch
        except BaseException:
            os.close(descriptor)
            raise
        return Folder(descriptor, path, depth, iter(listing.names), colliding(listing.names))

    def _entry(self, folder: Folder, name: bytes) -> Folder | None:
        """Accounts for one entry. A folder that can be walked is returned."""
        path = folder.path + name
        shown = escape_path(path)
        self._check_name(folder, name, path, shown)
        try:
            status = os.stat(name, dir_fd=folder.descriptor, follow_symlinks=False)
        except OSError as error:
            self.report.entry(shown, "special", "refused")
            self.report.last_word(rules.UNREADABLE, shown, f"It could not be looked at ({_reason(error)})")
            return None
        if stat.S_ISDIR(status.st_mode):
            return self._directory(folder, name, path, shown, status)
        if stat.S_ISREG(status.st_mode):
            self._file(folder, name, path, shown, status)
        elif stat.S_ISLNK(status.st_mode):
            self.report.entry(shown, "link", "refused")
            self.report.find(rules.LINK, shown, "A symbolic link, which is never followed")
        else:
            self.report.entry(shown, "special", "refused")
            self.report.find(rules.SPECIAL, shown, "Neither a file, nor a folder, nor a link")
        return None

    def _check_name(self, folder: Folder, name: bytes, path: bytes, shown: str) -> None:
        if is_hidden(name):
            self.report.find(rules.NAME_HIDDEN, shown, "The name has characters that do not show, or is not UTF-8")
        if is_unportable(name):
            self.report.find(rules.NAME_PORTABLE, shown, "Another file system refuses or changes this name")
        if name in folder.colliding:
            self.report.find(rules.NAME_COLLISION, shown, "Another name in this folder differs only in case or normalisation")
        limits = self._limits
        for what, value, limit in (
            ("depth", folder.depth + 1, limits.depth),
            ("pathBytes", len(path), limits.pathBytes),
            ("nameBytes", len(name), limits.nameBytes),
        ):
            if value > limit:
                self.report.find(rules.PATH_LIMIT, shown, f"{what} is {value}, and the limit is {limit}")

    def _directory(self, folder: Folder, name: bytes, path: bytes, shown: str, status: os.stat_result) -> Folder | None:
        if folder.depth + 1 > self._limits.depth:
            self.report.entry(shown, "directory", "refused")
            return None
        try:
            child = self._list(open_folder(name, status, folder.descriptor), path + b"/", folder.depth + 1)
        except (OSError, Changed) as error:
            self.report.entry(shown, "directory", "refused")
            self.report.find(rules.UNREADABLE, shown, f"The folder could not be listed ({_reason(error)})")
            return None
        self.report.entry(shown, "directory", "read")
        return child

    def _file(self, folder: Folder, name: bytes, path: bytes, shown: str, status: os.stat_result) -> None:
        if path == SKILL_FILE:
            self._has_skill_file = True
        if path == MANIFEST_FILE:
            self._has_manifest = True
        if status.st_nlink > 1:
            self.report.entry(shown, "file", "refused", status.st_size)
            self.report.find(rules.HARD_LINK, shown, f"The file has {status.st_nlink} names")
            return
        self._check_size(path, shown, status.st_size)
        try:
            content = read_file(name, status, folder.descriptor, self._check_abort)
        except (OSError, Changed) as error:
            self.report.entry(shown, "file", "refused", status.st_size)
            rule, what = (rules.CHANGED, "changed while it was") if isinstance(error, Changed) else (rules.UNREADABLE, "could not be")
            self.report.find(rule, shown, f"The file {what} read ({_reason(error)})")
            return
        text = None if b"\0" in content else decoded_text(content)
        problem = self._problem(content, text)
        is_text = problem is None or problem[0] is rules.WIDE_TEXT
        self.report.entry(shown, "file", "read" if is_text else "opaque", len(content), hashlib.sha256(content).hexdigest())
        if problem:
            rule, message = problem
            self.report.find(rule, shown, message)
        if path == SKILL_FILE:
            self._skill_file(shown, text or "")
        elif path == MANIFEST_FILE:
            self.report.add(manifest_findings(shown, content.decode() if text is not None else "", self._request))

    def _check_size(self, path: bytes, shown: str, size: int) -> None:
        """Before the first byte is read. The first limit that is breached ends the scan."""
        limits = self._limits
        self._bytes += size
        of_this_file = {SKILL_FILE: ("skillFileBytes", limits.skillFileBytes), MANIFEST_FILE: ("manifestBytes", limits.manifestBytes)}
        name, limit = of_this_file.get(path, ("fileBytes", limits.fileBytes))
        for what, value, most in (
            (name, size, limit),
            ("fileBytes", size, limits.fileBytes),
            ("totalBytes", self._bytes, limits.totalBytes),
        ):
            if value > most:
                self.report.entry(shown, "file", "refused", size)
                raise _OverLimit(shown, f"{what} is {value}, and the limit is {most}")

    def _problem(self, content: bytes, text: str | None) -> tuple[rules.Rule, str] | None:
        """Why these bytes cannot be looked at as text, nor passed as an asset."""
        if self._request.assets and asset_type(content) in self._request.assets:
            return None
        kind = binary_kind(content)
        if kind:
            return kind, f"{kind.summary} Its bytes say so, whatever it is called"
        if text is not None:
            return None
        if is_wide_text(content):
            return rules.WIDE_TEXT, "The text is in UTF-16 or UTF-32, with a byte order mark"
        if b"\0" in content or looks_like_asset(content):
            return rules.BINARY, "The file is no text, and no whole asset of a type that the policy allows"
        return rules.NOT_UTF8, "The file is not UTF-8"

    def _skill_file(self, shown: str, text: str) -> None:
        front_matter = front_matter_of(text)
        size = len((front_matter or "").encode())
        if size > self._limits.frontmatterBytes:
            raise _OverLimit(shown, f"frontmatterBytes is {size}, and the limit is {self._limits.frontmatterBytes}")
        self.report.add(front_matter_findings(shown, front_matter))

    def _check_abort(self) -> None:
        if self._is_aborted():
            raise Aborted


def _reason(error: Exception) -> str:
    """Without the path, which would be another one on another machine."""
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno)
    return "it is another one now" if isinstance(error, Changed) else "it is no path"
