"""The rules of the scanner. All that is hostile here is made in a temporary folder and does nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import struct
import tempfile
import unittest
import zlib
from collections.abc import Iterator
from typing import Any

from flynn_wire import CodedError
from skill_scan.assets import asset_type
from skill_scan.escape import escape_path, evidence_of
from skill_scan.report import tree_digest
from skill_scan.request import parse_request
from skill_scan.scan import Aborted, scan_skill

CLEAN = "---\nname: weather\ndescription: Says what the weather is.\n---\n\n# Weather\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
GIF = b"GIF89a\1\0\1\0\0\0\0" + b",\0\0\0\0\1\0\1\0\0" + b"\2\2D\1\0" + b";"
JPEG = b"\xff\xd8\xff\xe0\0\4JF" + b"\xff\xda\0\4ab" + b"\x12\xff\0\x34\xff\xd0\x56" + b"\xff\xd9"
WEBP = b"RIFF" + struct.pack("<I", 4 + 8 + 6) + b"WEBPVP8 " + struct.pack("<I", 5) + b"abcde\0"
TTF = b"\0\1\0\0\0\1\0\0\0\0\0\0" + b"glyf" + bytes(4) + struct.pack(">II", 28, 4) + b"abcd"
WOFF2 = b"wOF2\0\1\0\0" + struct.pack(">IHHII", 48 + 2 + 8, 1, 0, 64, 8) + bytes(24) + b"\x00\x05" + b"abcdefgh"
ROUTED = {"routed": True, "permissions": ["fs.read", "net"]}
SUPPRESSION = {
    "rule": "R",
    "skill": "s",
    "path": "a.md",
    "digest": "ab" * 32,
    "reason": "Looked at.",
    "expires": "2996-02-29T00:00:00.5Z",
}
ASSETS = {"png": PNG, "gif": GIF, "jpeg": JPEG, "webp": WEBP, "ttf": TTF, "woff2": WOFF2}


class ScanTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="flynn-python-")
        self.addCleanup(folder.cleanup)
        self.root = os.path.join(os.path.realpath(folder.name), "skill")
        os.mkdir(self.root)
        self.write("SKILL.md", CLEAN)

    def write(self, path: str | bytes, content: str | bytes) -> bytes:
        full = os.path.join(os.fsencode(self.root), os.fsencode(path))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return full

    def scan(self, **request: Any) -> Any:
        return scan_skill(parse_request({"root": self.root, "phase": "load", **request}), lambda: False)

    def assert_allowed(self, **request: Any) -> None:
        result = self.scan(**request)
        self.assertEqual((result["verdict"], result["findings"]), ("allow", []))

    def assert_rejected(self, category: str, path: str, **request: Any) -> Any:
        result = self.scan(**request)
        self.assertEqual(result["verdict"], "reject")
        found = {(finding["category"], finding["path"]) for finding in result["findings"]}
        self.assertIn((category, path), found)
        return result

    @contextlib.contextmanager
    def file(self, path: str | bytes, content: str | bytes) -> Iterator[None]:
        full = self.write(path, content)
        yield
        os.remove(full)


class Result(ScanTest):
    def test_a_clean_skill(self) -> None:
        self.write("scripts/run.py", "print(1)\n")
        self.write(".hidden", "")
        os.mkdir(os.path.join(self.root, "empty"))
        result = self.scan()
        self.assertEqual((result["verdict"], result["complete"], result["findings"]), ("allow", True, []))
        self.assertEqual([each["path"] for each in result["inventory"]], [".hidden", "SKILL.md", "empty", "scripts", "scripts/run.py"])
        script = result["inventory"][-1]
        self.assertEqual(script["sha256"], hashlib.sha256(b"print(1)\n").hexdigest())
        self.assertEqual((script["bytes"], script["disposition"]), (9, "read"))
        self.assertEqual(result, self.scan())

    def test_the_digest_is_the_one_of_the_contract(self) -> None:
        self.assertEqual(tree_digest([]), hashlib.sha256(b"").hexdigest())
        entries = [
            {"path": "b", "kind": "directory", "bytes": 0, "sha256": None},
            {"path": "\U0001f600", "kind": "file", "bytes": 3, "sha256": "ab"},
            {"path": "\uffe0", "kind": "file", "bytes": 3, "sha256": "cd"},
        ]
        lines = "b\0directory\0" + "0\0\n" + "\uffe0\0file\0" + "3\0cd\n" + "\U0001f600\0file\0" + "3\0ab\n"
        self.assertEqual(tree_digest(entries), hashlib.sha256(lines.encode()).hexdigest())

    def test_paths_are_escaped(self) -> None:
        self.assertEqual(escape_path(b"a\\b\n\xff\xe2\x80\xae\xe9"), "a\\x5cb\\x0a\\xff\\xe2\\x80\\xae\\xe9")
        self.assertEqual(escape_path("é日本\U0001f600\U000e0041".encode()), "é日本\U0001f600\\xf3\\xa0\\x81\\x81")
        self.assertEqual(escape_path(b"\xe2\x82\xed\xa0\x80\xf0\x9fA"), "\\xe2\\x82\\xed\\xa0\\x80\\xf0\\x9fA")
        self.assertEqual(len(evidence_of("\U0001f600" * 100).encode("utf-16-le")) // 2, 160)

    def test_requests_that_break_the_schema(self) -> None:
        bad: list[dict[str, Any]] = [
            {"root": "relative"},
            {"phase": "run"},
            {"limits": {"files": 0}},
            {"limits": {"files": True}},
            {"limits": {"lines": 1}},
            {"policy": {"assets": ["svg"]}},
            {"policy": {"suppressions": {}}},
            {"policy": {"suppressions": [{"rule": "R"}]}},
            {"policy": {"suppressions": [{**SUPPRESSION, "digest": "AB" * 32}]}},
            {"policy": {"suppressions": [{**SUPPRESSION, "reason": "a\u202eb"}]}},
            {"policy": {"suppressions": [{**SUPPRESSION, "reason": "x" * 501}]}},
            {"policy": {"suppressions": [{**SUPPRESSION, "expires": "2999-02-30T00:00:00Z"}]}},
            {"intent": {"routed": True}},
            {"intent": {"routed": 1, "permissions": []}},
            {"extra": 1},
        ]
        for more in bad:
            with self.subTest(more=more), self.assertRaises(CodedError) as raised:
                self.scan(**more)
            self.assertEqual(raised.exception.code, "INVALID_REQUEST")

    def test_suppressions_that_are_whole_change_nothing(self) -> None:
        parse_request({"root": "/s", "phase": "load", "policy": {"suppressions": [SUPPRESSION]}})

    def test_an_aborted_scan_gives_no_verdict(self) -> None:
        asked = iter([False, False, True])
        with self.assertRaises(Aborted):
            scan_skill(parse_request({"root": self.root, "phase": "load"}), lambda: next(asked))


class Tree(ScanTest):
    def test_links(self) -> None:
        for target in ("SKILL.md", "/nonexistent/target", ".", "/"):
            os.symlink(target, os.path.join(self.root, "link"))
            result = self.assert_rejected("link", "link")
            self.assertEqual(len(result["inventory"]), 2)
            os.remove(os.path.join(self.root, "link"))

    def test_hard_links(self) -> None:
        os.link(os.path.join(self.root, "SKILL.md"), os.path.join(self.root, "also.md"))
        self.assert_rejected("link", "also.md")
        self.assert_rejected("link", "SKILL.md")

    def test_special_files(self) -> None:
        os.mkfifo(os.path.join(self.root, "fifo"))
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(os.path.join(self.root, "socket"))
            self.assert_rejected("special-file", "fifo")
            self.assert_rejected("special-file", "socket")

    def test_roots(self) -> None:
        link = self.root + "-link"
        os.symlink(self.root, link)
        skill_file = os.path.join(self.root, "SKILL.md")
        for root in (link, f"{link}/", skill_file, self.root + "-missing", "/\0", "/" + "x" * 5000, "/\ud800"):
            result = scan_skill(parse_request({"root": root, "phase": "install"}), lambda: False)
            self.assertEqual((result["verdict"], result["complete"], result["treeDigest"]), ("reject", False, None))
            self.assertEqual([finding["path"] for finding in result["findings"]], [""])

    @unittest.skipIf(os.geteuid() == 0, "root reads what permissions forbid")
    def test_what_cannot_be_read(self) -> None:
        os.chmod(self.write("secret.md", "x"), 0)
        folder = os.path.join(self.root, "closed")
        os.mkdir(folder, 0)
        self.addCleanup(os.chmod, folder, 0o700)
        self.assertFalse(self.assert_rejected("coverage", "secret.md")["complete"])
        self.assert_rejected("coverage", "closed")

    def test_names(self) -> None:
        hostile: list[str | bytes] = [
            "a\nb",
            "a\u202eb",
            "a\u200bb",
            b"a\xffb",
            "con",
            "NUL.txt",
            "com1.tar.gz",
            "lpt\u00b9",
            "a.",
            "a ",
            "a:b",
            "a\\b",
            "aux .md",
        ]
        for name in hostile:
            with self.subTest(name=name), self.file(name, "x"):
                self.assert_rejected("path", escape_path(os.fsencode(name)))
        for name in ("日本語.md", "naïve.md", "console.md", "com10", "lpt", "a b.md", "-x", ".x", "\U0001f600.md"):
            with self.file(name, "x"):
                self.assert_allowed()

    def test_names_that_collide(self) -> None:
        for one, other in (("Run.sh", "run.sh"), ("stra\u00dfe", "STRASSE"), ("caf\u00e9", "cafe\u0301")):
            with self.subTest(one=one):
                self.write(one, "")
                with self.file(other, ""):
                    self.assert_rejected("path", one)
                    self.assert_rejected("path", other)
                self.assert_allowed()


class LimitsOf(ScanTest):
    def test_counts_and_sizes_are_exact(self) -> None:
        self.write("a/b.txt", "12345")
        self.write("c.txt", "123")
        total = len(CLEAN) + 8
        exact = {"files": 3, "directories": 1, "fileBytes": len(CLEAN), "totalBytes": total, "skillFileBytes": len(CLEAN)}
        self.assert_allowed(limits={**exact, "frontmatterBytes": len(CLEAN.split("---\n")[1]), "depth": 2, "pathBytes": 8, "nameBytes": 8})
        os.mkdir(os.path.join(self.root, "d"))
        self.assert_one_size_finding({"directories": 1})
        for name in ("files", "fileBytes", "totalBytes", "skillFileBytes", "frontmatterBytes"):
            value = exact.get(name, len(CLEAN.split("---\n")[1]))
            self.assert_one_size_finding({name: value - 1})

    def assert_one_size_finding(self, limits: dict[str, int]) -> None:
        result = self.scan(limits=limits)
        self.assertEqual((result["verdict"], result["complete"]), ("reject", False), limits)
        self.assertEqual([finding["category"] for finding in result["findings"]], ["size"], limits)

    def test_the_manifest_has_its_own(self) -> None:
        self.write("manifest.json", "{}")
        self.assert_allowed(limits={"manifestBytes": 2})
        self.assert_one_size_finding({"manifestBytes": 1})

    def test_depth_and_lengths(self) -> None:
        self.write("aaa/bbb/c.txt", "")
        self.assert_allowed(limits={"depth": 3, "pathBytes": 13, "nameBytes": 8})
        self.assert_rejected("path", "aaa/bbb/c.txt", limits={"depth": 2})
        self.assert_rejected("path", "aaa/bbb", limits={"depth": 1})
        self.assert_rejected("path", "aaa/bbb/c.txt", limits={"pathBytes": 12})
        self.assert_rejected("path", "SKILL.md", limits={"nameBytes": 7})

    def test_a_huge_file_is_not_read(self) -> None:
        with open(os.path.join(self.root, "huge"), "wb") as huge:
            huge.truncate(2**40)
        self.assert_rejected("size", "huge")

    def test_a_folder_with_very_many_entries(self) -> None:
        for index in range(2000):
            os.symlink("nowhere", os.path.join(self.root, f"l{index}"))
        result = self.scan()
        self.assertEqual(len(result["inventory"]), 2001)


class Content(ScanTest):
    def test_binaries_whatever_they_are_called(self) -> None:
        old_tar = bytearray(512)
        old_tar[:1], old_tar[148:156] = b"a", b" " * 8
        old_tar[148:156] = f"{sum(old_tar):06o}\0 ".encode()
        binaries = [
            b"\x7fELF\2\1\1",
            b"MZ\x90\0",
            b"\xca\xfe\xba\xbe",
            b"\0asm\1\0\0\0",
            b"\xcb\r\r\n\0\0\0\0" + bytes(8),
            b"PK\3\4",
            b"PK\5\6" + bytes(18),
            b"text before " + b"PK\5\6" + bytes(18),
            b"\x1f\x8b\x08",
            b"BZh91AY&SY",
            b"7z\xbc\xaf\x27\x1c",
            b"Rar!\x1a\x07\0",
            bytes(257) + b"ustar\0" + b"00",
            bytes(old_tar),
            b"\x80\x04\x95x.",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"text\0",
            b"x" * 100_000 + b"\0",
        ]
        for content in binaries:
            with self.subTest(content=content[:20]), self.file("notes.md", content):
                self.assert_rejected("binary", "notes.md")

    def test_text_that_looks_a_little_like_a_binary(self) -> None:
        for content in (
            "MZ is how an executable begins",
            "BZh is bzip2",
            "PK",
            "x" * 257 + "ustar",
            "GIF89a",
            "q\u01d4",
            "\ufeffbom",
            "\r\n",
            "0707",
        ):
            with self.file("notes.md", content):
                self.assert_allowed()

    def test_text_that_is_not_utf8_is_warned_about(self) -> None:
        for content in (b"caf\xe9", b"\xc0\xaf", b"\xed\xa0\x80"):
            self.write("notes.md", content)
            result = self.scan()
            self.assertEqual((result["verdict"], result["complete"]), ("warn", True))
            self.assertEqual([(each["category"], each["path"]) for each in result["findings"]], [("encoding", "notes.md")])

    def test_wide_text_is_text_while_it_is_well_formed(self) -> None:
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            with self.subTest(encoding=encoding):
                text = "\ufeffcaf\xe9 \U0001f4da\n".encode(encoding)
                self.write("notes.md", text)
                result = self.scan()
                self.assertEqual((result["verdict"], [each["ruleId"] for each in result["findings"]]), ("warn", ["wide-text"]))
                self.assertEqual([each["disposition"] for each in result["inventory"] if each["path"] == "notes.md"], ["read"])
                for broken in (text + b"a", text + "\0".encode(encoding), text + "\ud83d".encode(encoding, "surrogatepass")):
                    self.write("notes.md", broken)
                    self.assertEqual(self.scan()["verdict"], "reject")

    def test_assets_are_whole_and_of_an_allowed_type(self) -> None:
        for name, content in ASSETS.items():
            with self.subTest(name=name):
                self.assertEqual(asset_type(content), name)
                self.write("asset", content)
                self.assert_allowed(policy={"assets": [name]})
                other = "gif" if name != "gif" else "png"
                self.assert_rejected("binary", "asset", policy={"assets": [other]})
                self.assert_rejected("binary", "asset")
                for broken in (content[:-1], content + b"more", content + b"PK\5\6" + bytes(18)):
                    self.assertNotEqual(asset_type(broken), name)


class Manifest(ScanTest):
    def test_a_routed_skill_needs_permissions(self) -> None:
        self.assert_rejected("manifest", "", intent=ROUTED)
        self.assert_allowed(intent={**ROUTED, "routed": False})
        self.write("manifest.json", "{}")
        self.assert_rejected("manifest", "manifest.json", intent=ROUTED)
        self.assert_allowed()

    def test_permissions(self) -> None:
        for good in ('["net", "fs.read"]', "[]", '["\\u006eet"]'):
            self.write("manifest.json", f'{{"permissions": {good}, "more": [1e400, {{"a": null}}]}}')
            self.assert_allowed(intent=ROUTED)
        for bad in ('["*"]', '["fs.*"]', '["Net"]', '["net "]', '["net", "net"]', '[""]', "[1]", '"net"', "null", "{}", '["fs.write"]'):
            self.write("manifest.json", f'{{"permissions": {bad}}}')
            self.assert_rejected("manifest", "manifest.json", intent=ROUTED)

    def test_json_is_strict(self) -> None:
        deep = "[" * 33 + "]" * 33
        bad = ["", "[]", "null", '{"a": 1, "a": 1}', '{"a": 1, "\\u0061": 1}', '{"__proto__": {}}', '{"x": {"constructor": 1}}']
        bad += [
            '{"a": 1,}',
            "{'a': 1}",
            '{"a": NaN}',
            "{} // c",
            "/**/{}",
            "\ufeff{}",
            '{"a": "\n"}',
            "{}{}",
            '{"a": 01}',
            f'{{"a": {deep}}}',
        ]
        for text in bad:
            with self.subTest(text=text[:40]), self.file("manifest.json", text):
                self.assert_rejected("manifest", "manifest.json")
        for text in ("{}", ' {"a": "[[[{{{", "b": -0.5e-3}\r\n', '{"a": "\\\\"}', f'{{"a": {"1" * 9000}}}', f'{{"a": {deep[2:-2]}}}'):
            with self.file("manifest.json", text):
                self.assert_allowed()


class FrontMatter(ScanTest):
    def skill(self, front_matter: str) -> None:
        self.write("SKILL.md", f"---\n{front_matter}\n---\nbody\n")

    def test_what_is_well_formed_is_allowed(self) -> None:
        rest = "\ndescription: d"
        good = [
            "name: a" + rest,
            "name: R&D *now*! it's #1" + rest,
            "'name': \"a: b # c \\u00e9\"" + rest,
            'name: "two\n  lines"\ndescription: |\n  literal: text\n   more\n\n  end\nlicense: MIT',
            "description: >-\n  folded\n  text\nname: a # comment",
            "# comment\n\nname: a\ndescription: goes\n  on here\nlist:\n- one\n- - two\n  - three\n- k: v\n  l: w",
            'name: a\ndescription: d\nmetadata:\n  {\n    "x": { "k": [1, 2, "three", ], u: http://a/b },\n  }',
            "name: a\ndescription: d\nmetadata: {a: {b: c}, d: [e, f]}\nnested:\n  deep:\n    deeper: [yes, 'no']\n  back: 1",
            '{"name": "a", "description": "d"}',
            "name: a\r\ndescription: d\r",
            "name: 日本語\ndescription: 'it''s'\nempty:\nnull: ~\nurl: http://x.example.invalid/#a",
            "name: a\ndescription: d\nk: [a: b, c:]\nj: {\n a: b,\n}",
            "name: a\ndescription: -dash\ntime: 12:30\ntools: Bash(git:*)",
        ]
        for text in good:
            with self.subTest(text=text):
                self.skill(text)
                self.assert_allowed()

    def test_what_is_not_is_refused(self) -> None:
        rest = "\ndescription: d"
        bad = [
            "",
            "name: a",
            "name: a\ndescription: ''",
            "name: a\ndescription: '  '",
            "name: 1" + rest,
            "name: ~" + rest,
            "name: [a]" + rest,
            "name: a\nname: b" + rest,
            'name: a\n"name": b' + rest,
            "name: a: b" + rest,
            "name: 'a\nb'" + rest,
            "name: a\nx: {y: {__proto__: 1}}" + rest,
            'name: "a' + rest,
            'name: "a" b' + rest,
            'name: "\\q"' + rest,
            "name: [a" + rest,
            "\tname: a" + rest,
            "  name: a\n description: d",
            "name: a\n  description: d",
            "name: @a" + rest,
            "just text",
            "- name: a" + rest,
            "name: a" + rest + "\nx: {a: 1, a: 2}",
            "name: a\rdescription: d",
            "name: a\x1b" + rest,
            "__proto__: {}\nname: a" + rest,
        ]
        forbidden = ["name: &a b", "name: *a", "name: !!str a", "!x name: a", "<<: {}\nname: a", "? name\n: a", "%YAML 1.2", "name: a\n..."]
        forbidden += ["name: a\n--- b", "name: a\nx: [&a 1]", "name: a\nx:\n  - *a", "name: a\nx: " + "[" * 33 + "]" * 33]
        forbidden += ["name: a\nx:\n" + "".join(f"{' ' * level}k:\n" for level in range(1, 40)), "name: a\nx:\n  " + "- " * 40 + "a"]
        for text in bad + [each + rest for each in forbidden]:
            with self.subTest(text=text):
                self.skill(text)
                self.assert_rejected("frontmatter", "SKILL.md")

    def test_fences(self) -> None:
        for text in (
            "",
            "# no\n",
            "---\nname: a\ndescription: d\n",
            " ---" + CLEAN[3:],
            "----" + CLEAN[3:],
            "\n" + CLEAN,
            "--- " + CLEAN[3:],
        ):
            self.write("SKILL.md", text)
            self.assert_rejected("frontmatter", "SKILL.md")
        for text in (CLEAN.replace("\n", "\r\n"), "\ufeff" + CLEAN, CLEAN + "---\nnot: &a yaml\n---\n", CLEAN.rstrip("\n")):
            self.write("SKILL.md", text)
            self.assert_allowed()
        os.remove(os.path.join(self.root, "SKILL.md"))
        self.assert_rejected("frontmatter", "")
        self.write("docs/SKILL.md", CLEAN)
        self.assert_rejected("frontmatter", "")

    def test_hostile_front_matter_takes_bounded_time(self) -> None:
        size = 32_000
        for text in (
            "a: " + " " * size,
            "a" + " " * size + "b",
            "[" * size,
            "- " * (size // 2),
            "'" * size,
            '"' + "\\" * size,
            "a: '\n" * (size // 5),
            "".join(f'k{index}: "a\n b"\n' for index in range(size // 16)),
            "a:\n" * (size // 3),
            "? " * (size // 2),
            ": " * (size // 2),
            "a: [\n" + "#\n" * (size // 2),
            "a: |" + "\n" * size,
            "x: " + "a #" * (size // 3),
        ):
            self.skill(text)
            self.assert_rejected("frontmatter", "SKILL.md")


if __name__ == "__main__":
    unittest.main()
