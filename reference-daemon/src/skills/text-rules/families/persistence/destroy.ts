import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, inText } from "./family.ts";

export const destroy = defineTextRule({
  ...family,
  id: "CODE-DESTROY",
  severity: "critical",
  reasonCode: "suspicious.destructive_delete_command",
  summary: "A program deletes what is not its own, or makes the machine unusable.",
  why: "It cannot be undone.",
  fix: "Delete only what the skill made, by its full path, and ask first.",
  example: { path: "scripts/clean.sh", caught: "r{gap}m -rf ~/\n", instead: "rm -rf ./dist\n" },
  triggers: [
    {
      anchors: ["rmtree("],
      pattern: /rmtree\([^\n]{0,160}/uy,
      judge: ({ place, text, start, end }) =>
        place.kind === "script" &&
        /expanduser\(\s{0,3}["']~["']\s{0,3}\)|Path\.home\(\)|environ\[["']HOME["']\]/u.test(text.slice(start, end)) &&
        /["'](?:Documents|Desktop|Pictures|Downloads)["']/u.test(text.slice(Math.max(0, start - 300), end))
          ? { what: "A program deletes what the user keeps in the home folder" }
          : null,
    },
    {
      anchors: ["terraform destroy", "kubectl delete", "git push --force --mirror", "s3 rb", "drop schema", "drop database"],
      pattern:
        /(?:terraform destroy[^\n]{0,40}-auto-approve|kubectl delete (?:ns|namespaces?|all|pvc|deployments?)[^\n]{0,40}--all|git push --force --mirror|s3 rb[^\n]{0,60}--force|drop (?:schema|database)[^\n]{0,60}cascade)/iuy,
      judge: ({ place }) => (place.kind === "prose" && place.isInFence ? null : { action: "warn" }),
    },
    {
      anchors: ["rm -", "rm --"],
      pattern:
        /(?<![\w-])rm\s{1,4}(?:(?:-[a-z]{1,6}|--[a-z-]{4,20})\s{1,4}){1,5}["']?(?:\/(?=[\s"';&|)]|$|\*)|\/\*|~\/?(?=[\s"';&|)]|$|\*)|~\/\*|\$\{?HOME\}?\/?(?=[\s"';&|)]|$|\*)|\$\{?HOME\}?["']?\/\*|\/(?:etc|usr|var|bin|boot|home|lib|opt|root|sbin|Users|System|Library|Applications)\/?(?=[\s"';&|)]|$|\*)|--no-preserve-root|\*(?=\s|$)(?<=\s\/\s\*)|~\/(?:Documents|Desktop|Library|\.ssh|Pictures)(?=[/\s"';&|)]|$))/imuy,
      judge: judgeDelete,
    },
    {
      anchors: [
        "shutil.rmtree",
        "rmsync",
        "fs.rm",
        "rimraf",
        "remove-item",
        "fileutils.rm_rf",
        "os.removeall",
        "rm(os.homedir",
        "rm(homedir",
        "rmdir(os.homedir",
        "deltree",
        "rd /s",
        "del /f",
        "del /s",
        "format c:",
      ],
      pattern:
        /(?:shutil\.rmtree|rmSync|fs\.rm|rimraf|FileUtils\.rm_rf|os\.RemoveAll|rm|rmdir)\s{0,3}(?:\.sync)?\(?\s{0,4}(?:["'`](?:\/|~|\/home|\/Users|C:\\{1,2})["'`]|(?:require\(["'](?:node:)?os["']\)\.|os\.)?homedir\(\)|os\.homedir\(\)|os\.path\.expanduser\(\s{0,3}["']~\/?["']\s{0,3}\)|(?:pathlib\.)?Path\.home\(\)(?!\s{0,3}\/)|process\.env\.HOME(?!\s{0,3}[+/])|Dir\.home(?!\s{0,3}[+/]))|remove-item\s[^\n]{0,80}?(?:\$env:userprofile|\$home|c:\\\\?\*|c:\\(?=[\s"']))[^\n]{0,60}|rd \/s[^\n]{0,20}c:\\|del \/[fs][^\n]{0,30}c:\\|format c:/iuy,
    },
    {
      anchors: [
        "mkfs",
        "dd if=",
        "dd of=",
        "> /dev/sd",
        ">/dev/sd",
        "> /dev/nvme",
        "wipefs",
        "shred",
        "diskutil erase",
        "cipher /w",
        "sgdisk",
        "blkdiscard",
      ],
      pattern:
        /(?<![\w-])(?:mkfs(?:\.\w{2,5})?\s[^\n]{0,60}?\/dev\/|dd\s[^\n]{0,60}?of=\/dev\/(?:sd|nvme|hd|disk|vd|mmcblk)|>\s{0,3}\/dev\/(?:sd|nvme|hd|disk|vd)|wipefs\s{1,3}-a|shred\s[^\n]{0,60}?(?:\/dev\/|~|\$HOME|\/home)|diskutil\s{1,3}erase|sgdisk\s{1,3}(?:-Z|--zap)|blkdiscard\s)/iuy,
      judge: inText,
    },
    {
      anchors: ["find "],
      pattern:
        /(?<![\w-])find\s{1,3}["']?(?:~|\$HOME|\$\{HOME\}|\/home|\/Users|\/)(?:\/(?:Documents|Pictures|Desktop|Downloads|Music|Movies|Videos))?(?:["']?\s)(?:[^\n]{0,120}?-exec\s{1,3}shred|(?![^\n]{0,160}-(?:i?name|mtime|atime|size|empty|regex))[^\n]{0,120}?(?:-delete|-exec\s{1,3}rm))[^\n]{0,80}/iuy,
    },
    {
      anchors: [":(){", ": ()", ":|:&", "fork()", "%0|%0"],
      pattern:
        /:\s{0,3}\(\)\s{0,3}\{\s{0,3}:\s{0,3}\|\s{0,3}:\s{0,3}&|:\|:&|(?<=while[^\n]{0,30}\n?[^\n]{0,30})(?:os\.)?fork\(\)|%0\|%0/iuy,
      judge: inText,
    },
  ],
});

/** A documented cleanup names the skill's own folder; the bare home or root is never that. */
function judgeDelete({ place }: Match): Judgement {
  return place.kind === "prose" && place.isInFence ? { action: "warn" } : {};
}
