"""The weekly check, against a server of our own: no network is needed and none is asked."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from pe.weekly import issue, links, releases, report, seen

ROOT = Path(__file__).parents[2]
VERSIONS = {"mkdocs": "9.9.9", "babel": "0.0.1"}


class Web(http.server.BaseHTTPRequestHandler):
    """Answers /200 and /404 and so on with that number, /doi/NAME as the registry of DOIs, /index/NAME as that of packages."""

    def do_GET(self) -> None:
        kind, _, rest = self.path.strip("/").partition("/")
        body, status = b"{}", 200
        if kind == "doi":
            body = json.dumps([] if "list" in rest else {"responseCode": 100 if "unknown" in rest else 1}).encode()
        elif kind == "index" and rest == "a-list":
            body = b"[]"
        elif kind == "index" and rest in VERSIONS:
            body = json.dumps({"info": {"version": VERSIONS[rest]}}).encode()
        elif kind == "index":
            status = 500
        else:
            status = int(kind)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PAUSE", 0)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path, web: str) -> Path:
    """The sample of the judge's tests; its references and numbers lead to our server."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "tests/judge/sample", root)
    shutil.copy(ROOT / "docs/evidence/schema.json", root / "docs/evidence/schema.json")
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    path = root / "docs/evidence/references.yml"
    text = re.sub(r"(?m)^  (url|doi|seen): .*\n", "", path.read_text("utf-8"))
    wanted = iter(["url: {}200", "url: {}404", "doi: 10.1000/known", "doi: 10.1000/unknown", "url: {}403", "url: {}301"])
    text = re.sub(r"(?m)^  verified: ", lambda found: f"  {next(wanted, 'url: {}200').format(web)}\n{found[0]}", text)
    path.write_text(text, "utf-8")
    (root / "docs/evidence/help.yml").write_text(
        "SE:\n  emergency:\n    - {number: '112', checked: 2026-11-21, seen: 'http://127.0.0.1:9/closed'}\n", "utf-8"
    )
    (root / "audit.json").write_text(
        json.dumps({"dependencies": [{"name": "x", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]})
    )
    return root


def run(project: Path, web: str, *words: str, today: str = "2026-11-21") -> int:
    given = ("--registry", f"{web}doi/", "--index", f"{web}index/{{name}}", "--audit", str(project / "audit.json"))
    return report.main((*given, "--today", today, *words), project)


def test_the_report_says_what_a_person_should_look_at(project: Path, web: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, web) == 0
    text = capsys.readouterr().out
    ids = list(yaml.safe_load((project / "docs/evidence/references.yml").read_text("utf-8")))
    assert "**Links that are gone:** 2" in text
    assert f"- `references.yml`, `{ids[1]}`: <{web}404> (answers 404)" in text
    assert f"- `references.yml`, `{ids[3]}`: <https://doi.org/10.1000/unknown> (the registry does not know this DOI)" in text
    assert "did not answer: try by hand:** 2" in text
    assert f"`{ids[4]}`: <{web}403> (answers 403)" in text
    assert "`SE 112`: <http://127.0.0.1:9/closed> (" in text
    assert "**Pages whose next check is due:** none" in text
    assert re.search(r"- mkdocs [\d.]+: 9.9.9 is there", text)
    assert "- babel" not in text
    asked = text.partition("**Newer releases")[2].partition("**Packages about which the index did not answer:**")
    assert "- pyyaml" in asked[2]
    assert "- pyyaml" not in asked[0], "no answer is no newer release"
    assert "- x 1: PYSEC-1, mended in 2" in text


def test_what_pip_audit_could_not_say_is_no_hole(project: Path, web: str, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "audit.json").unlink()
    assert run(project, web) == 0
    assert "**Known holes in what we use:** not known, pip-audit gave no answer" in capsys.readouterr().out


def test_what_is_due_depends_on_the_day_and_stops_nothing(project: Path, web: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, web, today="2031-01-01") == 0
    text = capsys.readouterr().out
    assert "- `docs/sv/back-pain.md`: next check was for 2027-11" in text
    assert "- SE 112: looked up on 2026-11-21" in text
    assert "- `lifting-technique`: next check was for" in text


def test_the_day_is_written_only_for_what_answered(project: Path, web: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "docs/evidence/references.yml"
    before = path.read_text("utf-8")
    assert run(project, web, "--seen", today="2026-12-24") == 0
    found = yaml.safe_load(path.read_text("utf-8"))
    ids = list(found)
    assert [one for one in ids if "seen" not in found[one]] == [ids[1], ids[3], ids[4]]
    assert {found[one]["seen"] for one in ids if "seen" in found[one]} == {date(2026, 12, 24)}
    assert re.sub(r"(?m)^  seen: .*\n", "", path.read_text("utf-8")) == before
    assert f"for {len(ids) - 3} references" in capsys.readouterr().err
    run(project, web, "--seen", today="2026-12-25")
    assert path.read_text("utf-8").count("seen: 2026-12-25") == len(ids) - 3


def test_without_a_network_nothing_is_called_gone_and_no_day_is_written(tmp_path: Path) -> None:
    nowhere = links.Address("references.yml", "x", "http://127.0.0.1:9/")
    answers = links.ask_all([nowhere])
    assert [one.state for one in answers] == [links.UNCLEAR]
    assert seen.answering(answers) == []


def test_a_broken_address_is_an_answer_and_no_traceback(web: str) -> None:
    for url in ("http://[broken", "http://127.0.0.1:99999/", "http://exa mple/"):
        assert [one.state for one in links.ask_all([links.Address("references.yml", "x", url)])] == [links.UNCLEAR]


@pytest.mark.parametrize(("listed", "verb"), [("[]", "create"), ('[{"number": 7, "title": "Weekly check"}]', "edit 7")])
def test_one_issue_is_opened_or_written_anew(
    listed: str, verb: str, project: Path, web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    answer = f"case $2 in list) echo '{listed}';; *) cat > {tmp_path}/body;; esac"
    gh.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/said\n{answer}\n')
    gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{gh.parent}{os.pathsep}{os.environ['PATH']}")
    assert run(project, web, "--issue") == 0
    assert f"issue {verb}" in (tmp_path / "said").read_text().splitlines()[-1]
    assert "**Links that are gone:** 2" in (tmp_path / "body").read_text()


def test_an_issue_that_cannot_be_written_is_one_line(
    project: Path, web: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert run(project, web, "--issue") == 1
    assert capsys.readouterr().err == "The issue was not written: gh cannot be run: No such file or directory\n"


def test_an_answer_in_another_form_is_no_traceback(web: str) -> None:
    asked = links.Address("references.yml", "x", "https://doi.org/10.1000/list", "10.1000/list")
    assert links.ask(asked, registry=f"{web}doi/").state == links.UNCLEAR
    assert releases.newest("a-list", index=f"{web}index/{{name}}") == ""


def test_gh_that_does_not_end_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, 120)

    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(RuntimeError, match=r"gh cannot be run: .*timed out after 120 seconds"):
        issue.put("text")


def test_a_day_is_written_beside_a_comment_too(tmp_path: Path) -> None:
    path = tmp_path / "references.yml"
    path.write_text("one:  # seen by hand\n  verified: yes\n")
    assert seen.write(path, ["one"], date(2026, 12, 24)) == 1
    assert path.read_text() == "one:  # seen by hand\n  verified: yes\n  seen: 2026-12-24\n"


def test_every_package_that_is_named_is_locked() -> None:
    assert set(releases.named(ROOT)) <= set(releases.locked(ROOT))


def test_the_workflow_runs_by_the_clock_alone_and_may_write_issues_only() -> None:
    text = (ROOT / ".github/workflows/weekly.yml").read_text("utf-8")
    flow = yaml.safe_load(text)
    assert set(flow[True]) == {"schedule", "workflow_dispatch"}  # YAML reads the key `on` as true
    assert flow["permissions"] == {}
    assert [job["permissions"] for job in flow["jobs"].values()] == [{"contents": "read", "issues": "write"}]
    used = set(re.findall(r"uses: (\S+@\w{40}) # v[\d.]+", text))
    assert used <= set(re.findall(r"uses: (\S+@\w{40}) # v[\d.]+", (ROOT / ".github/workflows/site.yml").read_text("utf-8")))
    assert len(re.findall("uses:", text)) == len(used)
