"""The judge: each fault gets its complaint and nothing else; the sample without faults gets none."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pe.complaint import Complaint, report
from pe.judge import judge

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = sorted((HERE / "cases").glob("*.yml"))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A small project without faults, with the schema of the real one."""
    root = tmp_path / "project"
    shutil.copytree(HERE / "sample", root)
    shutil.copy(ROOT / "docs/evidence/schema.json", root / "docs/evidence/schema.json")
    return root


def change(root: Path, name: str, what: Any) -> None:
    """Change one file as a case says: `remove`, or `write`, `bytes`, `append`, or a list of `find` and `put`."""
    path = root / name
    if what == "remove":
        path.unlink()
        return
    if "write" in what:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(what["write"], encoding="utf-8")
    if "bytes" in what:
        path.write_bytes(path.read_bytes() + bytes.fromhex(what["bytes"]))
    for one in what.get("replace", ()):
        text = path.read_text(encoding="utf-8")
        assert text.count(one["find"]) == 1, f"{one['find']!r} stands {text.count(one['find'])} times in {name}"
        path.write_text(text.replace(one["find"], one["put"]), encoding="utf-8")
    if "append" in what:
        path.write_text(path.read_text(encoding="utf-8") + what["append"], encoding="utf-8")


def test_a_project_without_faults_gets_no_complaint(sample: Path) -> None:
    assert report(judge(sample)) == ""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_fault_gets_its_line_and_nothing_else(path: Path, sample: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, what in case["change"].items():
        change(sample, name, what)
    assert report(judge(sample)).split("\n") == [line.strip() for line in case["complaints"]]


def test_every_rule_has_a_case() -> None:
    cases = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in CASES)
    told = {line.split("  ")[1] for case in cases for line in case["complaints"]}
    named = re.compile(r'(?:omplaint?\([^"]*?, |yield )"([a-z]+(?:-[a-z]+)*)", ')
    folders = (ROOT / "overrides/hooks/pe" / name for name in (".", "judge", "search", "fresh"))
    sources = [path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.py")]
    rules = {rule for source in sources for rule in named.findall(source)}
    assert len(rules) > 50
    assert rules - told == {"judge-fault"}


def test_a_rule_that_fails_is_reported_and_hides_no_other(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_rule(page: Any, reading: Any) -> list[Complaint]:
        return [page.no_such_thing]

    monkeypatch.setattr("pe.judge.PAGE_RULES", (broken_rule,))
    (sample / "docs/it/glossary.md").unlink()
    found = judge(sample)
    faults = [one for one in found if one.rule == "judge-fault"]
    assert len(faults) == 20
    assert faults[0].path == "docs/en/about.md"
    assert "`broken_rule` failed: AttributeError in test_judge.py:" in faults[0].text
    assert any(one.rule == "page-missing" for one in found)
    assert "broken_rule failed while reading docs/en/back-pain.md" in capsys.readouterr().err


def test_complaints_become_annotations_on_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = report([Complaint("b.md", 2, "rule", "100 % wrong."), Complaint("a.md", 10, "rule", "Wrong.")])
    assert lines.split("\n") == [
        "a.md:10  rule  Wrong.",
        "b.md:2  rule  100 % wrong.",
        "::error file=a.md,line=10,title=rule::Wrong.",
        "::error file=b.md,line=2,title=rule::100 %25 wrong.",
    ]
