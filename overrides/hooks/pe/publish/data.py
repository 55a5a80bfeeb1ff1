"""The ledger as open data: the YAML that we write, the same as JSON, the references as CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from pe.ledger import FILES, Ledger, Reference
from pe.site import Site

CSL_TYPES = {"agency page": "webpage", "guideline": "report"}  # the rest are articles


def build(site: Site) -> dict[str, bytes]:
    """Make the files below evidence/, by address."""
    folder = site.project.evidence
    files = {f"evidence/{name}.yml": (folder / f"{name}.yml").read_bytes() for name in FILES}
    files |= {f"evidence/{name}.json": _json(_plain(site.ledger, name)) for name in FILES}
    files["evidence/schema.json"] = (folder / "schema.json").read_bytes()
    files["evidence/references.csl.json"] = _json([csl(one) for one in site.ledger.references.values()])
    return files


def _plain(ledger: Ledger, name: str) -> dict[str, Any]:
    entries: dict[str, Any] = getattr(ledger, name)
    return {
        key: [_record(line) for line in entry] if isinstance(entry, tuple) else _record(entry) for key, entry in entries.items()
    }


def _record(entry: Any) -> dict[str, Any]:
    return {key: value for key, value in asdict(entry).items() if key not in ("line", "id") and value not in ("", None, (), [])}


def csl(reference: Reference) -> dict[str, Any]:
    """Give a reference in the form of CSL-JSON 1.0 (citeproc), with only the fields that somebody has seen."""
    found: dict[str, Any] = {
        "id": reference.id,
        "type": CSL_TYPES.get(reference.kind, "article-journal"),
        "title": reference.title,
        "language": reference.language,
    }
    if reference.authors:
        found["author"] = [{"literal": name.strip()} for name in reference.authors.split(",") if name.strip()]
    if reference.publisher:
        found["container-title" if found["type"] == "article-journal" else "publisher"] = reference.publisher
    if reference.year:
        found["issued"] = {"date-parts": [[reference.year]]}
    for key, value in (("DOI", reference.doi), ("PMID", reference.pmid), ("URL", reference.url)):
        if value:
            found[key] = value
    return found


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, default=_text) + "\n").encode()


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot write {value!r} as JSON")
