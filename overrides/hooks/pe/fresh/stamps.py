"""The files of readings: docs/evidence/read/LANGUAGE/PAGE.yml, one section a block, written by `./dev read` alone.

A file of its own, so that whoever edits a sentence in the browser meets no machine writing; a block a section with
a blank line between, so that two people who read different sections at once change lines that git can join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pe import shape, yamlfile
from pe.complaint import Complaint
from pe.fresh.digest import digest
from pe.project import Project
from pe.yamlfile import Mapped

HEAD = (
    "# Written by ./dev read: who read which section, when, and against what. Nobody edits it by hand;\n"
    "# who has read a section anew signs it anew. Blocks of sections that are gone vanish by themselves.\n"
)
WIDTH = 13  # digests on a line
HEX: dict[str, Any] = {"pattern": r"^[0-9a-f]{8}$", "errorMessage": "Run ./dev read."}
STAMP: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["read", "by", "text", "sentences", "seal"],
    "properties": {
        "read": {"description": "the day of the reading.", "format": "date", "errorMessage": "Run ./dev read."},
        "by": {"description": "initials.", "pattern": r"^[^\W\d_a-z]{2,4}$", "errorMessage": "Write 2 to 4 capital letters."},
        "text": {"description": "digest of the section.", **HEX},
        "original": {"description": "digest of the section in the default language.", **HEX},
        "sentences": {"description": "digests of its sentences.", **HEX, "pattern": r"^[0-9a-f ]*$"},
        "claims": {"description": "digests of the claims.", "type": "object", "additionalProperties": HEX},
        "seal": {"description": "digest of the block.", **HEX},
    },
}
FIELDS: dict[str, Any] = {"type": "object", "additionalProperties": STAMP}


@dataclass(frozen=True)
class Stamp:
    """A reading of one section. `text`: digest of its words; `original`: of those of the default language.

    `sentences` are the digests of the sentences of the default language (there: of its own), so that what changed can
    be told sentence by sentence without any history. `claims` maps the claims it cites to their digests.
    """

    read: date
    by: str
    text: str
    original: str
    sentences: tuple[str, ...]
    claims: Mapping[str, str] = field(default_factory=dict)
    seal: str = ""
    line: int = 1

    @property
    def sealed(self) -> str:
        """The seal that belongs to this block."""
        claims = (f"{name} {one}" for name, one in sorted(self.claims.items()))
        return digest(self.read.isoformat(), self.by, self.text, self.original, " ".join(self.sentences), *claims)


Stamps = Mapping[str, Stamp]  # by name of the section


def folder_of(project: Project) -> Path:
    """Where the readings stand."""
    return project.evidence / "read"


def path_of(project: Project, language: str, name: str) -> Path:
    """The file with the readings of a page."""
    return folder_of(project) / language / f"{name}.yml"


def load_all(project: Project) -> tuple[dict[str, dict[str, Stamps]], list[Complaint]]:
    """All readings, by language and page, and complaints about form and seal. What belongs to no page is for the judge."""
    found: dict[str, dict[str, Stamps]] = {}
    complaints: list[Complaint] = []
    for path in sorted(folder_of(project).glob("*/*.yml")):
        stamps, faults = load(path, project.shown(path))
        found.setdefault(path.parent.name, {})[path.stem] = stamps
        complaints += faults
    return found, complaints


def load(path: Path, shown: str) -> tuple[dict[str, Stamp], list[Complaint]]:
    """The readings of one page. A block with a fault is left out, so that its section counts as unread."""
    entries, complaints = yamlfile.read(path, shown)
    fit = shape.Fit(shown, FIELDS)
    found: dict[str, Stamp] = {}
    for name, entry in entries.items():
        line = entries.line_of(name)
        faults = list(fit.check(entry, STAMP, line, f"`{name}`"))
        complaints += faults
        if faults or not isinstance(entry, Mapped):
            continue
        stamp = _stamp(entry, line)
        if stamp.seal != stamp.sealed:
            what = (
                f"the block `{name}` was changed by hand. Put the old block back, or read the section again and run"
                f" ./dev read {path.parent.name}/{path.stem} --section '{name}' --by XY."
            )
            complaints.append(Complaint(shown, line, "reading-seal", what))
            continue
        found[name] = stamp
    return found, complaints


def _stamp(entry: Mapped, line: int) -> Stamp:
    claims = entry.get("claims")
    return Stamp(
        read=date.fromisoformat(str(entry["read"])),
        by=str(entry["by"]),
        text=str(entry["text"]),
        original=str(entry.get("original", "")),
        sentences=tuple(str(entry["sentences"]).split()),
        claims={name: str(one) for name, one in claims.items()} if isinstance(claims, Mapped) else {},
        seal=str(entry["seal"]),
        line=line,
    )


def written(stamps: Stamps, order: Iterable[str]) -> str:
    """The text of a file of readings, its blocks in the order of the sections; others are left out."""
    return "\n".join([HEAD, *(_block(name, stamps[name]) for name in order if name in stamps)])


def _block(name: str, stamp: Stamp) -> str:
    lines = [f"{name}:", f"  read: {stamp.read}", f"  by: {stamp.by}", f"  text: '{stamp.text}'"]
    if stamp.original:
        lines.append(f"  original: '{stamp.original}'")
    lines.append("  sentences: >-")
    lines += ["    " + " ".join(stamp.sentences[at : at + WIDTH]) for at in range(0, len(stamp.sentences), WIDTH)]
    if stamp.claims:
        lines += ["  claims:", *(f"    {claim}: '{one}'" for claim, one in stamp.claims.items())]
    return "\n".join([*lines, f"  seal: '{stamp.sealed}'", ""])
