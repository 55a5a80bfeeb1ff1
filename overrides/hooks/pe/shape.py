"""Holds YAML to a JSON Schema and says in words, with the line, where it does not fit.

Knows the keywords that docs/evidence/schema.json uses; a test compares its verdicts with those of the
jsonschema package, which gives no lines, no near misses and takes ten times as long.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .complaint import Complaint, near
from .yamlfile import Listed, Mapped, Value

Schema = Mapping[str, Any]
KINDS = {
    "object": "`key: value` lines",
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
}


@cache
def load(path: Path) -> Schema:
    """The JSON Schema in a file. Errors: those of json and the file system, as the schema is our own code."""
    schema: Schema = json.loads(path.read_text(encoding="utf-8"))
    return schema


def is_date(text: str) -> bool:
    """Whether a text is a calendar day as YYYY-MM-DD."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


class Fit:
    """Compares values of one file with one schema document.

    In: the path to show, and the schema document in which `$ref` are looked up.
    """

    def __init__(self, shown: str, document: Schema) -> None:
        self.shown = shown
        self.document = document

    def check(self, value: Value, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        """What in `value` does not fit `schema`; `name` is how the complaint calls the value."""
        schema = self._resolved(schema)
        if isinstance(value, Mapped):
            yield from self._mapping(value, schema, line, name)
        elif isinstance(value, Listed):
            yield from self._list(value, schema, line, name)
        else:
            yield from self._scalar(value, schema, line, name)

    def _resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            found: Any = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = {**found, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema

    def _says(self, line: int, name: str, found: str, expected: str, advice: str = "") -> Complaint:
        where = f"{name}: " if name else ""
        text = f"{where}found {found}, expected {expected}. {advice}".strip()
        return Complaint(self.shown, line, "schema", text)

    def _wrong_kind(self, line: int, name: str, found: str, schema: Schema) -> Complaint:
        expected = KINDS.get(schema.get("type", ""), "a text")
        return self._says(line, name, found, expected, schema.get("errorMessage", "Write it so."))

    def _mapping(self, value: Mapped, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        if schema.get("type") != "object":
            yield self._wrong_kind(line, name, KINDS["object"], schema)
            return
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        for key in schema.get("required", ()):
            if key not in value:
                what = self._resolved(properties.get(key, {})).get("description", "")
                yield self._says(value.line, name, "no " + f"`{key}`", "it", f"Write it: {what}")
        names = schema.get("propertyNames", {})
        for key, inner in value.items():
            at = value.line_of(key)
            if "pattern" in names and not re.search(names["pattern"], key):
                yield self._says(at, name, f"the name `{key}`", "another form", names.get("errorMessage", ""))
            if key in properties:
                yield from self.check(inner, properties[key], at, _inside(name, key))
            elif others is False:
                hint = near(key, properties) or f" Known: {', '.join(properties)}."
                yield self._says(at, name, f"the unknown key `{key}`", "a known one", hint.strip())
            elif isinstance(others, dict):
                yield from self.check(inner, others, at, _inside(name, key))
        for one in (schema, *schema.get("allOf", ())):
            if "if" in one:
                fits = not any(True for _ in self.check(value, {"type": "object", **one["if"]}, line, name))
                branch = one.get("then" if fits else "else", {})
                yield from self.check(value, {"type": "object", **branch}, line, name)

    def _list(self, value: Listed, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        if schema.get("type") != "array":
            yield self._wrong_kind(line, name, "a list", schema)
            return
        least = schema.get("minItems", 0)
        if len(value) < least:
            advice = schema.get("errorMessage", "Add what is missing.")
            yield self._says(line, name, f"{len(value)} entries", f"{least} or more", advice)
        seen: list[Value] = []
        for at, inner in zip(value.lines, value, strict=True):
            if schema.get("uniqueItems") and inner in seen:
                yield self._says(at, name, f"`{inner}` twice", "it once", "Keep one of the two.")
            seen.append(inner)
            yield from self.check(inner, schema.get("items", {}), at, name)

    def _scalar(self, value: str, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        kind = schema.get("type", "string")
        found = f"`{value}`" if value.strip() else "nothing"
        if kind == "string":
            expected = _expected(value, schema)
            if expected:
                size = "minLength" in schema or "maxLength" in schema
                found = f"{len(value)} characters" if size and value.strip() else found
                hint = near(value, schema.get("enum", ())).strip()
                yield self._says(line, name, found, expected, hint or schema.get("errorMessage", ""))
        elif kind == "integer":
            least, most = schema.get("minimum", -(10**9)), schema.get("maximum", 10**9)
            if not re.fullmatch(r"-?[0-9]{1,9}", value) or not least <= int(value) <= most:
                yield self._wrong_kind(line, name, found, schema)
        elif kind != "boolean" or value not in ("true", "false"):
            yield self._wrong_kind(line, name, found, schema)


def _inside(name: str, key: str) -> str:
    return f"{name}, `{key}`" if name else f"`{key}`"


def _expected(value: str, schema: Schema) -> str:
    """What a text should have been; empty where it fits."""
    least, most = schema.get("minLength", 0), schema.get("maxLength", sys.maxsize)
    if "const" in schema:
        return "" if value == schema["const"] else f"`{schema['const']}`" if schema["const"] else "nothing"
    if "enum" in schema:
        return "" if value in schema["enum"] else f"one of {', '.join(schema['enum'])}"
    if not least <= len(value.strip()) <= most:
        return f"{least} to {most}" if most < sys.maxsize else f"{least} or more" if least > 1 else "a text"
    if schema.get("format") == "date" and not is_date(value):
        return "a day as YYYY-MM-DD"
    return "another form" if "pattern" in schema and not re.search(schema["pattern"], value) else ""
