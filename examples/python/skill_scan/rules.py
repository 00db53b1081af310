"""The catalogue: every rule that a finding can name, and the only place that makes findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .escape import escape_text, evidence_of

RULES_VERSION = "1.0.0"


@dataclass(frozen=True)
class Rule:
    id: str
    category: str
    severity: str
    action: str
    summary: str
    fix: str

    def info(self) -> dict[str, str]:
        """As `rules()` lists it."""
        members = {"id": self.id, "category": self.category, "severity": self.severity, "action": self.action}
        return {**members, "summary": self.summary, "fix": self.fix, "since": "1.0.0"}

    def finding(self, path: str, message: str, *, line: int | None = None, evidence: str = "") -> dict[str, Any]:
        """`path` as in the inventory; `message` and `evidence` are escaped here."""
        return {
            "ruleId": self.id,
            "category": self.category,
            "severity": self.severity,
            "action": self.action,
            "path": path,
            "line": line,
            "column": None if line is None else 1,
            "message": escape_text(message),
            "evidence": {"text": evidence_of(evidence), "redacted": False},
        }


def _reject(id: str, category: str, severity: str, summary: str, fix: str) -> Rule:
    return Rule(id, category, severity, "reject", summary, fix)


ROOT = _reject("root", "coverage", "high", "The skill is no folder that can be read.", "Give the path of the folder itself.")
ROOT_LINK = _reject("root-link", "link", "high", "The skill's folder is a link.", "Give the path that the link leads to.")
LINK = _reject("link", "link", "high", "A symbolic link.", "Put the file itself there.")
HARD_LINK = _reject("hard-link", "link", "high", "A file that has another name somewhere.", "Copy the file in place of linking it.")
SPECIAL = _reject("special-file", "special-file", "high", "Neither a file, nor a folder, nor a link.", "Remove it.")
NAME_HIDDEN = _reject("name-hidden", "path", "high", "A name with characters that do not show, or that is not UTF-8.", "Rename it.")
NAME_PORTABLE = _reject("name-portable", "path", "medium", "A name that other file systems refuse or change.", "Rename it.")
NAME_COLLISION = _reject("name-collision", "path", "high", "Two names that other file systems take for one.", "Rename one of them.")
PATH_LIMIT = _reject(
    "path-limit", "path", "medium", "A path that is too deep, or it or a name too long.", "Use fewer folders or shorter names."
)
SIZE = _reject(
    "size-limit",
    "size",
    "medium",
    "More than the limits allow; the scan stopped there.",
    "Make the skill smaller, or ask the host for a wider limit.",
)
UNREADABLE = _reject("unreadable", "coverage", "high", "Something that could not be read.", "Make it readable, or remove it.")
CHANGED = _reject(
    "changed", "coverage", "high", "A file that changed while it was read.", "Scan again when nothing writes into the folder."
)
TOO_MUCH = _reject("too-much", "coverage", "medium", "More entries than one result can list.", "Make the skill smaller.")
EXECUTABLE = _reject("executable", "binary", "critical", "Machine code or bytecode.", "Ship the source.")
ARCHIVE = _reject("archive", "binary", "high", "An archive or compressed data.", "Ship the files in it.")
BINARY = _reject("binary-data", "binary", "high", "Data that is no text.", "Remove it, or ask the host to allow its type of asset.")
WIDE_TEXT = Rule("wide-text", "encoding", "low", "warn", "Text in UTF-16 or UTF-32.", "Save the file as UTF-8.")
NOT_UTF8 = Rule("not-utf-8", "encoding", "medium", "warn", "Text that is not UTF-8.", "Save the file as UTF-8.")
NO_MANIFEST = _reject(
    "manifest-missing", "manifest", "high", "A routed skill without a manifest.json.", "Add a manifest.json with permissions."
)
MANIFEST = _reject("manifest-json", "manifest", "high", "A manifest.json that is not strict JSON.", "Write one object, with no key twice.")
PERMISSIONS = _reject(
    "manifest-permissions",
    "manifest",
    "high",
    "Permissions that the host cannot grant.",
    "Name permissions that the host knows, each once.",
)
NO_SKILL_FILE = _reject(
    "skill-file-missing", "frontmatter", "high", "A skill without a SKILL.md.", "Add one, with a name and a description."
)
FRONT_MATTER = _reject(
    "frontmatter",
    "frontmatter",
    "high",
    "Front matter that is not well-formed.",
    "Write plain `key: value` lines between two lines of three dashes.",
)
FRONT_MATTER_TOKEN = _reject(
    "frontmatter-token", "frontmatter", "high", "Aliases, tags, documents or nesting in front matter.", "Write the value out."
)
NAME_AND_DESCRIPTION = _reject(
    "frontmatter-members", "frontmatter", "medium", "No name or no description.", "Give both as non-empty strings."
)
INTERNAL = _reject("internal", "internal", "high", "The scanner failed.", "Report it, with the skill.")

RULES = [each for each in list(globals().values()) if isinstance(each, Rule)]
