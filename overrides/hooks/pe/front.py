"""Front matter: what a page says about itself. `FIELDS` is the guide to it and the check of it at once."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import shape, yamlfile
from .complaint import Complaint
from .yamlfile import Mapped

KINDS = ("home", "topic", "table", "page", "list", "search")
DAY = {"format": "date", "errorMessage": "Write a day of the calendar, such as 2026-11-21."}

FIELDS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "description", "kind", "checked", "review"],
    "properties": {
        "title": {
            "description": "title of the page, the same words as its first heading.",
            "minLength": 1,
            "maxLength": 70,
            "errorMessage": "Write a short title.",
        },
        "description": {
            "description": "one or two plain sentences for search results and messages.",
            "minLength": 70,
            "maxLength": 155,
            "errorMessage": "One or two plain sentences, 70 to 155 characters.",
        },
        "kind": {"description": "what sort of page it is: " + ", ".join(KINDS) + ".", "enum": KINDS},
        "question": {"description": "the reader's own question, used on the home page.", "minLength": 5},
        "answer": {"description": "two short sentences that answer the question.", "minLength": 20},
        "checked": {"description": "the day when the page was last read against its sources.", **DAY},
        "review": {
            "description": "the month of the next check, such as 2027-11.",
            "pattern": r"^\d{4}-(0[1-9]|1[0-2])$",
            "errorMessage": "Write a month, such as 2027-11.",
        },
        "order": {"description": "headings in the alphabet of each language.", "enum": ["alphabetical"]},
        "approved": {
            "description": "the clinician who approved the page, and a digest of what was approved.",
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "profession", "date"],
            "properties": {
                "name": {"description": "the clinician's name.", "minLength": 4, "errorMessage": "Write first and last name."},
                "profession": {"description": "such as general practitioner.", "minLength": 3, "errorMessage": "Write it."},
                "date": {"description": "the day of the approval.", **DAY},
                "content": {
                    "description": "digest of the page as approved.",
                    "pattern": r"^[0-9a-f]{8}$",
                    "errorMessage": "Remove the line, and ./dev check says which one to write.",
                },
            },
        },
    },
    "if": {"required": ["kind"], "properties": {"kind": {"const": "topic"}}},
    "then": {"required": ["question", "answer"]},
}

STUB: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "translated": {
            "description": "no, and nothing else: the page is shown in the default language until it is translated.",
            "enum": ["no"],
            "errorMessage": "Remove the line where the page is translated.",
        },
    },
}

NEEDED = ", ".join(FIELDS["required"])


@dataclass(frozen=True)
class Front:
    """The front matter of a page; texts are empty and dates None where the page does not say.

    `stub` says that the page is not translated yet (`translated: no` and nothing else).
    """

    title: str = ""
    description: str = ""
    kind: str = ""
    question: str = ""
    answer: str = ""
    checked: date | None = None
    review: str = ""
    alphabetical: bool = False
    stub: bool = False
    approved: Mapped = field(default_factory=Mapped)
    raw: Mapped = field(default_factory=Mapped)


def split(text: str, shown: str) -> tuple[Front, int, list[Complaint]]:
    """Front matter of a page's text.

    Out: the front matter, the number of lines it takes (0 where there is none), the complaints.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        what = f"found no front matter, expected `---` on line 1. Write {NEEDED} between two `---`."
        return Front(), 0, [Complaint(shown, 1, "front-matter", what)]
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), 0)
    closed = bool(end)
    if not closed:  # what follows is read as if it were, so that its own faults are told too
        starts = (at for at, line in enumerate(lines[1:], start=1) if not line.strip() or line.startswith("#"))
        end = next(starts, len(lines))
    value, complaints = yamlfile.parse("\n".join(lines[1:end]), shown, first_line=2)
    if not closed:
        what = "front matter is not closed: found no second `---`. Write it on the line after the last field."
        complaints.append(Complaint(shown, 1, "front-matter", what))
    if not isinstance(value, Mapped):
        if not complaints:
            what = f"found no `key: value` lines in the front matter. Write {NEEDED}."
            complaints = [Complaint(shown, 1, "front-matter", what)]
        return Front(), end + closed, complaints
    value.line = 1
    fields = STUB if "translated" in value else FIELDS
    for fault in shape.Fit(shown, fields).check(value, fields, 1, ""):
        complaints.append(Complaint(shown, fault.line, "front-matter", fault.text))
    return _front(value), end + closed, complaints


def _front(value: Mapped) -> Front:
    def text(key: str) -> str:
        found = value.get(key, "")
        return found.strip() if isinstance(found, str) else ""

    def block(key: str) -> Mapped:
        found = value.get(key)
        return found if isinstance(found, Mapped) else Mapped()

    return Front(
        title=text("title"),
        description=text("description"),
        kind=text("kind"),
        question=text("question"),
        answer=text("answer"),
        checked=date.fromisoformat(text("checked")) if shape.is_date(text("checked")) else None,
        review=text("review"),
        alphabetical=text("order") == "alphabetical",
        stub="translated" in value,
        approved=block("approved"),
        raw=value,
    )
