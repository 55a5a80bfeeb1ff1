"""The way out: pages and ledger are free of any generator, and so is all of the package; another generator builds the same.

Material for MkDocs ends on 5 May 2027. EXIT.md says what that means; these tests prove what it claims.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from built import Built
from trial import copied

ROOT = Path(__file__).parents[2]
PROPERDOCS = (
    "properdocs==1.6.7",
    "--hash=sha256:6fa0cfa2e01bf338f684892c8a506cf70ea88ae7f3479c933b6fa20168101cbd",
)
BLOCKED = """
import json, sys, importlib.abc

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("mkdocs", "mkdocs_static_i18n", "material", "properdocs"):
            raise ImportError(f"{name} is not to be had here")

sys.meta_path.insert(0, Blocked())
"""


def run_without_mkdocs(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": "overrides/hooks", "SITE_URL": "https://example.org/"}
    command = [sys.executable, "-c", BLOCKED + code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_judge_handouts_search_feeds_and_data_are_made_without_mkdocs(built: Built, tmp_path: Path) -> None:
    made = tmp_path / "made"
    run_without_mkdocs(
        f"""
from pathlib import Path
from pe.cards.files import Cards
from pe.handouts import typeset
from pe.handouts.sheets import Maker
from pe.judge import judged
from pe.publish import assets, codes, data, feeds, sitemap
from pe.search import files as search
from pe.site import Site

reading, complaints = judged(Path("."))
assert reading and not complaints, complaints
site = Site(reading)
sheets = Maker(site, typeset.Typesetter(typeset.Kept(Path(".build/handouts")))).all()
assert sheets.files and not sheets.complaints
cards = Cards(site, Path(".build/cards"), only_kept=False).files()
everything = (sheets.files, cards, data.build(site), feeds.build(site), sitemap.build(site), dict(search.publish(site)))
for files in (*everything, *(dict(codes.build(site, locale)) for locale in site.pages)):
    assert files
    assets.write(Path({str(made)!r}), files)
assert "mkdocs" not in sys.modules
"""
    )
    files = [file for file in made.rglob("*") if file.is_file()]
    assert len(files) > 100
    differ = [str(file) for file in files if file.read_bytes() != (built.folder / file.relative_to(made)).read_bytes()]
    assert not differ, f"Other than in the site: {differ[:5]}"


def test_no_module_of_the_package_knows_mkdocs() -> None:
    names = [
        str(path.relative_to(ROOT / "overrides/hooks").with_suffix("")).replace("/", ".").removesuffix(".__init__")
        for path in sorted((ROOT / "overrides/hooks/pe").rglob("*.py"))
        if path.stem != "__main__"
    ]
    loaded = run_without_mkdocs(
        f"for name in {names!r}: __import__(name)\nprint(json.dumps([one for one in sys.modules if one.startswith('mkdocs')]))"
    )
    assert len(names) > 50
    assert json.loads(loaded) == []


def build_in(root: Path, python: Path | str, generator: str) -> subprocess.CompletedProcess[str]:
    """Build a copy of the project for the address of the fixture `built`."""
    environment = {
        **os.environ,
        "SITE_URL": "https://example.org/",
        "SOURCE_DATE_EPOCH": "1795132800",
        "NO_MKDOCS_2_WARNING": "1",
    }
    (root / ".build").mkdir(exist_ok=True)
    for kept in ("handouts", "cards"):
        if (ROOT / ".build" / kept).is_dir() and not (root / ".build" / kept).exists():
            (root / ".build" / kept).symlink_to(ROOT / ".build" / kept)
    command = [str(python), "-m", generator, "build", "--strict", "-f", "mkdocs.yml", "--site-dir", "site"]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def assert_same(site: Path, built: Built) -> None:
    one, other = (
        {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in (site, built.folder)
    )
    differ = [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
    assert not differ, f"{len(differ)} files differ: {differ[:5]}"


def test_the_site_is_the_same_to_the_byte_without_the_theme(built: Built, tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    text = (root / "mkdocs.yml").read_text("utf-8")
    assert "  name: material" in text
    (root / "mkdocs.yml").write_text(text.replace("  name: material", "  name: null"), "utf-8")
    done = build_in(root, sys.executable, "mkdocs")
    assert done.returncode == 0, done.stderr
    assert_same(root / "site", built)


@pytest.fixture(scope="module")
def properdocs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has ProperDocs besides what we have ourselves; the test is skipped where it cannot be fetched."""
    folder = tmp_path_factory.mktemp("properdocs")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = folder / "wanted.txt"
    wanted.write_text(" ".join(PROPERDOCS) + "\n")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--retries", "0", "-r", str(wanted)]
    fetched = subprocess.run(pip, capture_output=True, text=True, check=False)
    if fetched.returncode:
        pytest.skip("ProperDocs could not be fetched; EXIT.md has the result of a run by hand")
    theirs = next(folder.glob("lib/python3*/site-packages"))
    (theirs / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_properdocs_builds_the_same_to_the_byte(built: Built, properdocs: Path, tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    done = build_in(root, properdocs, "properdocs")
    assert done.returncode == 0, done.stderr
    assert_same(root / "site", built)
