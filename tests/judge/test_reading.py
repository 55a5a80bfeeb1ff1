"""What people write, whatever it is, gives a result or complaints, never a traceback."""

import json
import re
from pathlib import Path

import jsonschema
import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from written import ANYTHING, examples, tidy

from pe import page, shape, slugs, style, yamlfile
from pe.project import Project
from pe.yamlfile import Listed, Mapped, Value

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample"
SCHEMA = json.loads((ROOT / "docs/evidence/schema.json").read_text(encoding="utf-8"))

WRITTEN = ANYTHING.map(tidy)
PRINTED = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=8)
QUIET = examples(150)


def lines_of(value: Value) -> list[int]:
    """The lines that a YAML value knows, all depths."""
    if isinstance(value, Mapped):
        return [value.line, *value.lines.values()] + [at for one in value.values() for at in lines_of(one)]
    if isinstance(value, Listed):
        return [value.line, *value.lines] + [at for one in value for at in lines_of(one)]
    return []


def plain(value: Value) -> object:
    """A value as YAML 1.2 loads it where the schema wants booleans."""
    if isinstance(value, Mapped):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, Listed):
        return [plain(one) for one in value]
    return {"true": True, "false": False}.get(value, value)


@QUIET
@given(WRITTEN)
def test_any_yaml_is_read_or_refused_with_a_line(text: str) -> None:
    value, complaints = yamlfile.parse(text, "x.yml")
    last = text.count("\n") + text.count("\r") + text.count("\u2028") + text.count("\u2029") + text.count("\x85") + 2
    assert all(1 <= one.line <= last for one in complaints)
    if value is not None:
        assert all(1 <= at <= last for at in lines_of(value))


@pytest.mark.parametrize("text", ["[" * 20000, "- " * 20000, "{a: " * 20000, "a: &x [*x]", "? [a]\n: b", "<<: {a: 1}"])
def test_yaml_that_is_too_deep_or_too_clever_is_no_traceback(text: str) -> None:
    yamlfile.parse(text, "x.yml")


@QUIET
@given(st.dictionaries(PRINTED, st.recursive(PRINTED, st.lists, max_leaves=5), max_size=5))
def test_yaml_text_comes_back_as_it_was_written(wanted: dict[str, object]) -> None:
    value, complaints = yamlfile.parse(yaml.safe_dump(wanted, allow_unicode=True), "x.yml")
    assert complaints == []
    assert value == wanted


def test_yaml_keeps_the_form_of_scalars() -> None:
    value, _ = yamlfile.parse("a: no\nb: 1.10\nc: 2026-11-21\nd:\n", "x.yml")
    assert value == {"a": "no", "b": "1.10", "c": "2026-11-21", "d": ""}


@QUIET
@given(WRITTEN, st.booleans())
def test_any_page_is_read_with_lines_inside_the_file(text: str, opened: bool) -> None:
    whole = f"---\ntitle: A\n---\n\n# A\n\n{text}" if opened else text
    found, complaints = page.parse(whole, "x", "sv", "docs/sv/x.md")
    last = whole.count("\n") + 1
    places = [one.place for one in (*found.units, *found.lists, *found.tables, *found.links, *found.images)]
    assert all(1 <= one.line <= last for one in places)
    assert all(1 <= one.line <= last for one in found.headings)
    assert all(one.line >= 1 for one in complaints)
    assert all("[^" not in unit.text or unit.notes == () or "[" in text for unit in found.units)
    assert sum(len(one.units) for one in found.sections) in (0, len(found.units))
    assert found.words >= 0
    assert found.is_ordered in (True, False)


@QUIET
@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("page") / "x.md"
    path.write_bytes(raw)
    found, complaints = page.read(path, "en")
    assert complaints
    assert found.lost == any(one.rule == "encoding" and "byte order" not in one.text for one in complaints)


def test_a_page_knows_its_sentences_and_their_footnotes() -> None:
    text = "\n".join(
        [
            "# A",
            "",
            "Dr. Rossi saw 5 mg, e.g. 3 of 10. He [said](x.md) **so**.[^a-b][^c-d] Then he left.[^e-f]",
            "",
            "- One.[^g-h]",
            "  Two.",
            "",
            "| a | b |",
            "|---|---|",
            "| 1 \\| 2 | x. Y.[^i-j] |",
        ]
    )
    found, _ = page.parse(text, "x", "en", "x.md", {"dr.", "e.g."})
    assert [(one.text, one.notes, one.place.line) for one in found.units] == [
        ("Dr. Rossi saw 5 mg, e.g. 3 of 10.", (), 3),
        ("He said so.", ("a-b", "c-d"), 3),
        ("Then he left.", ("e-f",), 3),
        ("One.", ("g-h",), 5),
        ("Two.", (), 6),
        ("a | b", (), 8),
        ("1 | 2 | x. Y.", ("i-j",), 10),
    ]
    assert found.units[-1].cells == ("1 | 2", "x. Y.")
    assert found.units[-1].sentences == ("1 | 2", "x.", "Y.")
    assert found.lists[0].items[0].text == "One. Two."


@QUIET
@given(WRITTEN)
def test_any_file_of_addresses_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    root = tmp_path_factory.mktemp("project")
    (root / "translations").mkdir()
    (root / "mkdocs.yml").write_text((SAMPLE / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (root / "translations/slugs.yml").write_text(text, encoding="utf-8")
    found, complaints = slugs.load(Project(root))
    assert found.records == {} or complaints


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["sv", "it"]),
        st.sampled_from(["index", "glossary", "sources"]),
        st.from_regex(slugs.SLUG, fullmatch=True),
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda one: (one[0], one[2]),
)


@QUIET
@given(RECORDS, st.data())
def test_a_sealed_line_cannot_be_changed_moved_or_removed(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    seals: dict[str, str] = {}
    lines = []
    for language, name, slug in records:
        seals[language] = slugs.sealed(seals.get(language, ""), language, name, slug)
        lines.append(f"- {{lang: {language}, page: {name}, slug: {slug}, seal: {seals[language]}}}")
    root = tmp_path_factory.mktemp("project")
    (root / "translations").mkdir()
    (root / "mkdocs.yml").write_text((SAMPLE / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")

    def broken(written: list[str]) -> bool:
        (root / "translations/slugs.yml").write_text("\n".join(written) + "\n", encoding="utf-8")
        return any(one.rule == "slug-chain" for one in slugs.load(Project(root))[1])

    assert not broken(lines)
    at = data.draw(st.integers(0, len(lines) - 1))
    changed = lines[at].replace("slug: ", "slug: x")
    assert broken([*lines[:at], changed, *lines[at + 1 :]])
    if any(one[0] == records[at][0] for one in records[at + 1 :]):
        assert broken([*lines[:at], *lines[at + 1 :]])


def test_the_schema_is_a_schema_and_describes_every_field() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def undescribed(schema: object, name: str) -> list[str]:
        if not isinstance(schema, dict):
            return []
        bare = [name] if not ({"description", "$ref"} & set(schema)) else []
        fields = {**schema.get("properties", {}), **schema.get("$defs", {})}
        return bare + [one for key, inner in fields.items() for one in undescribed(inner, key)]

    assert undescribed(SCHEMA, "the schema") == []


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "certainty": st.sampled_from(["high", "none", "hight", ""]),
        "kind": st.sampled_from(["effect", "danger", "rumour"]),
        "step": st.sampled_from(["now", "later"]),
        "figures": st.sampled_from([["85"], ["8 5"], ["85", "85"], "85"]),
        "sources": st.sampled_from([[], [{"ref": "x"}], [{"ref": "x", "at": "y"}], [{"ref": "x", "at": "y", "z": "z"}]]),
        "activity": st.sampled_from(["true", "yes"]),
        "updated": st.sampled_from(["2026-11-21", "2026-13-21", "yesterday"]),
        "review": st.sampled_from(["2027-11", "2027-13"]),
        "statement": st.sampled_from(["Heat may help.", "x", ""]),
        "colour": st.just("red"),
    },
)


@QUIET
@given(CHANGES)
def test_our_reading_of_the_schema_agrees_with_jsonschema(changes: dict[str, object]) -> None:
    entry, _ = yamlfile.read(SAMPLE / "docs/evidence/claims.yml", "claims.yml")
    claim = entry["heat-back-pain"]
    assert isinstance(claim, Mapped)
    text = yaml.safe_dump({"a-b": {**json.loads(json.dumps(claim)), **changes}}, allow_unicode=True)
    value, _ = yamlfile.parse(text, "claims.yml")
    assert isinstance(value, Mapped)
    schema = SCHEMA["properties"]["claims"]
    ours = list(shape.Fit("claims.yml", SCHEMA).check(value, schema, 1, ""))
    validator = jsonschema.Draft202012Validator(
        {**schema, "$defs": SCHEMA["$defs"]}, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert bool(ours) == (not validator.is_valid(plain(value))), [one.text for one in ours]


def test_the_styles_of_the_project_name_words_once() -> None:
    styles, complaints = style.load(Project(ROOT))
    assert complaints == []
    for one in styles.values():
        words = [word for group in one.doubt.values() for word in group]
        assert sorted(set(words)) == sorted(words)
        assert not {"kan", "può", "possono"} & set(words)


PAGES = sorted([*SAMPLE.glob("docs/??/*.md"), *ROOT.glob("docs/??/*.md")])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "-".join(path.parts[-3:]))
def test_the_scanner_sees_what_the_renderer_makes(path: Path) -> None:
    found, complaints = page.read(path, path.parent.name)
    if complaints:
        pytest.skip("the judge complains about this page; what it sees then need not be what is made")
    html = markdown.markdown(found.text, extensions=["attr_list", "tables", "sane_lists"])
    assert html.count("<li>") == sum(len(one.items) for one in found.lists)
    assert html.count("<table>") == len(found.tables)
    assert html.count("<tr>") == sum(1 + len(one.rows) for one in found.tables)
    assert html.count("<img ") == len(found.images)
    assert html.count("<a ") == len(found.links)
    assert re.findall(r"<h(\d)(?: id=\"(.*?)\")?>", html) == [(str(one.level), one.id) for one in found.headings]
    assert html.count("<ol>") + html.count("<ul>") >= len(found.lists)
