"""The guide explains every diagnosis that the suite can give."""

from __future__ import annotations

import os
import re
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def text_of(path: str) -> str:
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


class Guide(unittest.TestCase):
    def test_it_names_every_diagnosis(self) -> None:
        guide = text_of("docs/guides/write-a-subject-in-another-language.md")
        for path in ("conformance/src/diagnosis/bad-subject.ts", "conformance/src/wire/violation.ts"):
            names = re.findall(r'^ +(?:\| )?"([a-z]+-[a-z-]+)"[,;]?$', text_of(path), re.MULTILINE)
            self.assertGreater(len(names), 5, path)
            for name in names:
                self.assertIn(f"`{name}`", guide)


if __name__ == "__main__":
    unittest.main()
