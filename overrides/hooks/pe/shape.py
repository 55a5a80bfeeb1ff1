"""Holds YAML to a JSON Schema and says in words, with the line, where it does not fit.

Knows the keywords that docs/evidence/schema.json uses; a test compares its verdicts with those of the
jsonschema package, which gives no lines, no near misses and takes ten times as long.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .complaint import Complaint, near
from .yamlfile import Listed, Mapped, Value

Schema = Mapping[str, Any]
BOOLEANS = {"true": True, "false": False}


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

    def _complain(self, line: int, text: str) -> Complaint:
        return Complaint(self.shown, line, "schema", text)

    def _wrong_kind(self, line: int, name: str, found: str, schema: Schema) -> Complaint:
        words = {"object": "`key: value` lines", "array": "a list", "boolean": "true or false", "integer": "a whole number"}
        expected = words.get(schema.get("type", ""), "a text")
        return self._complain(line, f"{name}: found {found}, expected {expected}. {schema.get('errorMessage', 'Write it so.')}")

    def _mapping(self, value: Mapped, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        if schema.get("type") != "object":
            yield self._wrong_kind(line, name, "`key: value` lines", schema)
            return
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        for key in schema.get("required", ()):
            if key not in value:
                what = properties.get(key, {}).get("description", "")
                yield self._complain(value.line, f"{name}: `{key}` is missing. Write it: {what}")
        pattern = schema.get("propertyNames", {}).get("pattern")
        for key, inner in value.items():
            at = value.line_of(key)
            part = f"{name}, `{key}`" if name else f"`{key}`"
            if pattern and not re.search(pattern, key):
                hint = schema["propertyNames"].get("errorMessage", "Choose another name.")
                yield self._complain(at, f"{name}: found the name `{key}`, expected the pattern {pattern}. {hint}".lstrip(": "))
            if key in properties:
                yield from self.check(inner, properties[key], at, part)
            elif others is False:
                hint = near(key, properties) or f" Known keys: {', '.join(properties)}."
                yield self._complain(at, f"{name}: unknown key `{key}`.{hint}".lstrip(": "))
            elif isinstance(others, dict):
                yield from self.check(inner, others, at, part)
        if "if" in schema:
            fits = not any(True for _ in self.check(value, {"type": "object", **schema["if"]}, line, name))
            branch = schema.get("then" if fits else "else")
            if branch:
                yield from self.check(value, {"type": "object", **branch}, line, name)

    def _list(self, value: Listed, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        if schema.get("type") != "array":
            yield self._wrong_kind(line, name, "a list", schema)
            return
        if len(value) < schema.get("minItems", 0):
            yield self._complain(line, f"{name}: found {len(value)} entries, expected {schema['minItems']} or more. Add what is missing.")
        seen: list[Value] = []
        for at, inner in zip(value.lines, value, strict=True):
            if schema.get("uniqueItems") and inner in seen:
                yield self._complain(at, f"{name}: found `{inner}` twice. Keep one of the two.")
            seen.append(inner)
            yield from self.check(inner, schema.get("items", {}), at, name)

    def _scalar(self, value: str, schema: Schema, line: int, name: str) -> Iterator[Complaint]:
        kind = schema.get("type", "string")
        advice = schema.get("errorMessage", "Correct it.")
        if kind in ("object", "array"):
            yield self._wrong_kind(line, name, f"`{value}`" if value else "nothing", schema)
        elif kind == "boolean":
            if value not in BOOLEANS or ("const" in schema and BOOLEANS[value] != schema["const"]):
                yield self._wrong_kind(line, name, f"`{value}`", schema)
        elif kind == "integer":
            if not re.fullmatch(r"-?\d{1,9}", value):
                yield self._wrong_kind(line, name, f"`{value}`", schema)
        elif "const" in schema:
            if value != schema["const"]:
                yield self._complain(line, f"{name}: found `{value}`, expected `{schema['const']}`. {advice}")
        elif "enum" in schema:
            if value not in schema["enum"]:
                hint = near(value, schema["enum"])
                yield self._complain(line, f"{name}: found `{value}`, expected one of: {', '.join(schema['enum'])}.{hint}")
        elif len(value.strip()) < schema.get("minLength", 0):
            found = f"{len(value)} characters" if value else "nothing"
            yield self._complain(line, f"{name}: found {found}, expected {schema['minLength']} or more. {advice}")
        elif len(value) > schema.get("maxLength", len(value)):
            yield self._complain(line, f"{name}: found {len(value)} characters, expected {schema['maxLength']} at most. {advice}")
        elif schema.get("format") == "date" and not is_date(value):
            yield self._complain(line, f"{name}: found `{value}`, expected a day as YYYY-MM-DD. {advice}")
        elif "pattern" in schema and not re.search(schema["pattern"], value):
            yield self._complain(line, f"{name}: found `{value}`, expected another form. {advice}")
