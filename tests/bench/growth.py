"""How the build grows: this site beside default Material, with the same pages, in one run.

    python tests/bench/growth.py [10 100 500] [--report tests/bench/growth.md]

Pages beyond the real ones are copies of them, in every language. Both builds read the same Markdown. Seconds by the clock
mean something on an idle machine only. Memory of all processes: memory that they share is counted once (PSS, Linux).
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "overrides" / "hooks"), str(Path(__file__).parent)]

import live  # noqa: E402

from pe.fresh import stamps  # noqa: E402  the path is set just above
from pe.project import Project  # noqa: E402
from pe.slugs import sealed  # noqa: E402

KINDS = ("topic", "table", "page")
LEFT_OUT = (".git", ".venv", ".build", "site", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
MATERIAL = """site_name: Default Material
site_url: https://example.org/
docs_dir: docs
exclude_docs: |
  evidence/
  figures/
theme: {name: material}
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: sv, name: Svenska}
        - {locale: it, name: Italiano}
markdown_extensions: [attr_list, tables, footnotes]
"""
REPORT = """# Growth of the build

Measured at {commit} with `python tests/bench/growth.py` on {cores} processors, load {load:.1f} at the start; without PDFs and
cards. Both builds of a line pair read the same Markdown. Memory of all processes counts what they share once.

"""


@dataclass
class Figures:
    """What one build took: seconds by the clock and of all processors, memory of the largest process and of all together."""

    seconds: float
    processor: float
    largest: float
    together: float
    site_mebibytes: float
    page_kilobytes: float


def grow(target: Path, pages: int) -> None:
    """Copy the project and give it this many pages a language."""
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
    project = Project(target)
    names = list(project.page_names)
    real = [name for name in names if f"kind: {kind_of(project, name)}" and kind_of(project, name) in KINDS]
    wanted = max(0, pages - len(names))
    records = []
    for number in range(wanted):
        name = real[number % len(real)]
        copy = f"{name}-copy-{letters(number)}"
        for locale in project.locales:
            text = project.page_path(locale, name).read_text("utf-8")
            title = re.search(r"^title: (.*)$", text, re.M)
            assert title
            plain = title[1].strip("\"'")
            text = text.replace(title[0], f'title: "{plain} {letters(number)}"', 1)
            if said := re.search(r"^description: (.*)$", text, re.M):
                text = text.replace(said[0], f"description: {described(said[1], number)}", 1)
            text = re.sub(r"^# .*$", f"# {plain} {letters(number)}", text, count=1, flags=re.M)
            project.page_path(locale, copy).write_text(text, "utf-8")
            shutil.copy(stamps.path_of(project, locale, name), stamps.path_of(project, locale, copy))
        records.append((copy, f"copy-{letters(number)}"))
    slugs = target / "translations" / "slugs.yml"
    lines = [slugs.read_text("utf-8").rstrip("\n")]
    for locale in project.locales:
        seal = re.findall(rf"lang: {locale},.*seal: (\w+)", lines[0])[-1]
        for copy, slug in records:
            seal = sealed(seal, locale, copy, slug)
            lines.append(f"- {{lang: {locale}, page: {copy}, slug: {slug}, seal: {seal}}}")
    slugs.write_text("\n".join(lines) + "\n", "utf-8")
    config = target / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + '\nnot_in_nav: "*-copy-*"\n', "utf-8")


def kind_of(project: Project, name: str) -> str:
    """The kind in a page's front matter."""
    found = re.search(r"^kind: (\w+)$", project.page_path(project.default, name).read_text("utf-8"), re.M)
    return found[1] if found else ""


def described(text: str, number: int) -> str:
    """A description of its own, still short enough."""
    plain = text.strip("\"'")[:148].replace('"', "")
    return f'"{plain} {letters(number)}"'


def letters(number: int) -> str:
    """A number in letters, because ids and titles hold no digits here."""
    text = ""
    while True:
        text = chr(ord("a") + number % 26) + text
        number = number // 26 - 1
        if number < 0:
            return text


def build(folder: Path, site: Path) -> Figures:
    """Build and measure."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795132800", "PE_WITHOUT": "handouts,cards"}
    before = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    said = tempfile.TemporaryFile()  # noqa: SIM115  closed in the next line
    with said, subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said) as done:
        together = 0.0
        while (ended := os.wait4(done.pid, os.WNOHANG))[0] == 0:
            together = max(together, sum(map(memory, family(done.pid))))
            time.sleep(0.1)
        _, status, usage = ended
        done.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode()
    seconds = time.perf_counter() - before
    if done.returncode:
        sys.exit(told[-4000:])
    size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    page = gzip.compress((site / "muscle-spasms" / "index.html").read_bytes(), 9) if (site / "muscle-spasms").is_dir() else b""
    if not page:
        page = gzip.compress((site / "en" / "muscle-spasms" / "index.html").read_bytes(), 9)
    return Figures(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, together, size / 2**20, len(page) / 1000)


def family(process: int) -> list[int]:
    """A process and all that it has started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in children for one in family(int(child)))]


def memory(process: int) -> float:
    """MiB of a process, of memory that it shares its share; 0 where it has ended or the system does not tell."""
    try:
        found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int, default=[10, 100, 500])
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    rows = [
        "| pages a language | build | seconds by the clock | seconds of processors | MiB, largest process | MiB, all processes"
        " | MiB of site | topic page, kB gzip |",
        "|--:|---|--:|--:|--:|--:|--:|--:|",
    ]
    load = os.getloadavg()[0]
    print(rows[0], rows[1], sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        shown = live.table(live.edits(Path(folder, "served")))
        print("\n".join(shown), flush=True)
        for pages in given.pages:
            ours = Path(folder, f"ours-{pages}")
            grow(ours, pages)
            theirs = Path(folder, f"material-{pages}")
            shutil.copytree(ours / "docs", theirs / "docs")
            (theirs / "mkdocs.yml").write_text(MATERIAL, "utf-8")
            for name, place in (("this site", ours), ("default Material", theirs)):
                found = build(place, Path(folder, "site"))
                rows.append(
                    f"| {max(pages, len(list((ours / 'docs' / 'en').glob('*.md'))))} | {name} |"
                    f" {found.seconds:.1f} | {found.processor:.1f} |"
                    f" {found.largest:.0f} | {found.together:.0f} | {found.site_mebibytes:.1f} | {found.page_kilobytes:.1f} |"
                )
                print(rows[-1], flush=True)
                shutil.rmtree(Path(folder, "site"))
    if given.report:
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
        text = REPORT.format(commit=commit.stdout.strip(), cores=os.cpu_count(), load=load)
        text += "\n".join(rows) + "\n\n## One edit, while the site is served\n\n" + "\n".join(shown) + "\n"
        given.report.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
