"""Interface strings: complete in every language, or refused."""

import re
from collections.abc import Mapping

from . import yamlfile
from .complaint import Complaint, near
from .project import Project
from .yamlfile import Mapped

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAMED = re.compile(r"\{[a-z_]+\}")
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def load(project: Project, language: str) -> tuple[Mapping[str, str], list[Complaint]]:
    """The strings of one language.

    In: the language's code; the default language's file carries `{text, where}`, the others plain text.
    Out: key to text, complete where there are no complaints; never filled up from another language.
    """
    texts, lines, complaints = _read(project, language)
    if language == project.default:
        return texts, complaints
    path = project.translations / f"{language}.yml"
    shown = project.shown(path)
    originals, _, faults = _read(project, project.default)
    broken = complaints and not texts
    for key, original in originals.items() if not broken else ():
        if key not in texts:
            if key not in lines:
                what = f"`{key}` is missing, expected a translation of “{original}”. Write `{key}: ...`."
                complaints.append(Complaint(shown, 1, "string-missing", what))
            continue
        found, expected = (sorted(set(PLACEHOLDER.findall(text))) for text in (texts[key], original))
        if found != expected:
            what = f"`{key}`: found {_braced(found)}, expected {_braced(expected)}. Use the same placeholders."
            complaints.append(Complaint(shown, lines[key], "string-placeholders", what))
    for key in texts if not faults else ():
        if key not in originals:
            hint = near(key, originals) or f" Remove it, or add it to {project.default}.yml first."
            complaints.append(Complaint(shown, lines[key], "string-unknown", f"unknown key `{key}`.{hint}"))
    return texts, complaints


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names) or "no placeholders"


def _read(project: Project, language: str) -> tuple[dict[str, str], dict[str, int], list[Complaint]]:
    path = project.translations / f"{language}.yml"
    shown = project.shown(path)
    entries, complaints = yamlfile.read(path, shown)
    described = language == project.default
    texts: dict[str, str] = {}
    for key, entry in entries.items():
        line = entries.line_of(key)
        if not KEY.fullmatch(key):
            what = f"found the key `{key}`, expected place, dot, thing, such as `share.copy_link`. Rename it."
            complaints.append(Complaint(shown, line, "string-key", what))
        text = entry
        if described:
            good = isinstance(entry, Mapped) and set(entry) == {"text", "where"} and entry["where"]
            text = entry.get("text", "") if isinstance(entry, Mapped) else entry
            if not good:
                what = f"`{key}`: expected `{{text: ..., where: ...}}`. Say where the reader meets it."
                complaints.append(Complaint(shown, line, "string-form", what))
        if isinstance(text, str) and text.strip():
            texts[key] = text
            if set("{}") & set(NAMED.sub("", text)):
                what = f"`{key}`: found a lone brace, expected `{{name}}`. Write the placeholder whole."
                complaints.append(Complaint(shown, line, "string-placeholders", what))
        elif isinstance(text, str) or not described:
            found = "nothing" if isinstance(text, str) else "a list or mapping"
            what = f"`{key}`: found {found}, expected a text. Write it after the colon."
            complaints.append(Complaint(shown, line, "string-form", what))
    return texts, entries.lines, complaints
