"""A copy that has been lived in: signed, then edited; approved, then edited; a language given up; the clock at 2031."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from built import Built, Page
from trial import ROOT, copied, pe

SETTINGS = {
    "SITE_URL": "https://example.org/",
    "SOURCE_DATE_EPOCH": "1795132800",
    "NO_MKDOCS_2_WARNING": "1",
    "PE_WITHOUT": "handouts,cards",
    "REPOSITORY_URL": "https://github.com/owner/repo",
    "CONTACT_EMAIL": "editors@example.org",
    "PUBLISHER": "Test & Trial",
}
# Stands before the C library and adds 5 years to every question for the time.
CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
#define MORE (5L * 365 * 86400)
int clock_gettime(clockid_t id, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(id, now);
    if (id == CLOCK_REALTIME) now->tv_sec += MORE;
    return status;
}
time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}
"""


@dataclass(frozen=True)
class Lived:
    """The copy, and its site."""

    root: Path
    site: Built

    def page(self, locale: str, name: str) -> Page:
        records = yaml.safe_load((self.root / "translations/slugs.yml").read_text("utf-8"))
        slug = [one["slug"] for one in records if (one["lang"], one["page"]) == (locale, name)][-1]
        path = "/".join(part for part in ("" if locale == "en" else locale, slug) if part)
        url = f"https://example.org/{path}/"
        return Page(url, self.site.file(url))


def sign(root: Path, *words: str) -> None:
    shown = pe(root, "read", *words, "--by", "XY", "--on", "2026-12-01")
    code = re.findall(r"--seen (\w+)", shown.stderr)
    assert code, shown.stderr
    done = pe(root, "read", *words, "--by", "XY", "--on", "2026-12-01", "--seen", code[-1])
    assert done.returncode == 0, done.stderr


def build(root: Path, target: str, **more: str) -> Path:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", target]
    environment = {**os.environ, **SETTINGS, **more}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return root / target


def edit(path: Path, find: str, put: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times in {path.name}"
    path.write_text(text.replace(find, put), "utf-8")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    root = copied(tmp_path_factory.mktemp("lived") / "project")
    shutil.rmtree(root / "docs/evidence/read", ignore_errors=True)
    for locale in ("en", "sv"):  # a page that nobody has read since a claim of it changed stops the build
        sign(root, locale)
    (root / "docs/evidence/read/en/glossary.yml").unlink()
    for name in ("about", "privacy"):
        words = ("--name", "Test Clinician", "--profession", "läkare", "--on", "2026-12-01")
        assert pe(root, "approve", f"sv/{name}", *words).returncode == 0
    last = "## What this site cannot do { #limits }\n"
    edit(root / "docs/en/about.md", last, f"{last}\nNobody can know you from a page.\n")
    edit(root / "docs/sv/about.md", "{ #limits }\n", "{ #limits }\n\nIngen kan känna dig genom en sida.\n")
    text = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(re.sub(r"(\{locale: it, .*)\}", r"\1, build: false}", text), "utf-8")
    return Lived(root, Built(build(root, "site"), "https://example.org/"))


def test_an_older_part_says_so_and_leads_to_the_newer_one(lived: Lived) -> None:
    page = lived.page("sv", "about")
    notice = next(tag for tag in page.all("p") if tag.has_class("pe-note") and "äldre" in tag.text)
    assert notice.text.startswith("Delar av den här sidan är äldre än sidan på engelska.")
    marks = [tag for tag in page.all("p") if tag.has_class("pe-older")]
    assert len(marks) == 1
    link = next(tag for tag in page.all("a") if tag.inside(".pe-older"))
    assert link.get("href").endswith("about/#limits")
    assert page.html.index("id=limits") < page.html.index("class=pe-older")
    assert "pe-older" not in lived.page("sv", "privacy").html


def test_the_foot_says_who_read_and_approved_the_page_and_that_it_changed(lived: Lived) -> None:
    about, privacy, glossary = (lived.page("sv", name).html for name in ("about", "privacy", "glossary"))
    assert "1 december 2026, av XY" in about
    assert "Inte hela sidan sedan den senast ändrades." in about
    assert "Test Clinician, läkare, godkände sidan 1 december 2026. Den har ändrats sedan dess." in about
    assert "Test Clinician, läkare, 1 december 2026" in privacy
    assert "har ändrats sedan dess" not in privacy
    assert '"reviewedBy":{"@type":"Person","name":"Test Clinician","jobTitle":"läkare"}' in privacy
    assert "reviewedBy" not in about, "what she approved is not what stands there now"
    assert "Inte hela sidan" not in privacy
    strings = yaml.safe_load((ROOT / "translations/sv.yml").read_text("utf-8"))
    assert strings["signed.nobody"] in glossary
    assert "Nobody has signed for reading this page yet." in lived.page("en", "glossary").html


def test_the_form_has_page_and_part_filled_in_and_fields_that_are_there(lived: Lived) -> None:
    page = lived.page("sv", "glossary")
    links = [tag.get("href") for tag in page.all("a") if tag.inside(".pe-tell")]
    written = (ROOT / "docs/sv/glossary.md").read_text("utf-8")
    assert len(links) == 1 + written.count("\n## ")
    for link in links:
        asked = {key: value[0] for key, value in parse_qs(urlsplit(link).query).items()}
        assert link.startswith("https://github.com/owner/repo/issues/new?")
        assert asked["page"].startswith(page.url)
        form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / asked["template"]).read_text("utf-8"))
        assert {"page", "section"} <= {one.get("id") for one in form["body"]}
        assert set(asked) <= {"template", "title", "page", "section"}
    assert parse_qs(urlsplit(links[1]).query)["section"][0] in page.html
    mail = next(tag.get("href") for tag in page.all("a") if tag.get("href").startswith("mailto:editors"))
    assert page.url in parse_qs(urlsplit(mail).query)["body"][0]


def test_the_forms_of_all_languages_ask_the_same() -> None:
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("wrong-*.yml"))
    assert len(forms) >= 3
    read = [yaml.safe_load(path.read_text("utf-8")) for path in forms]
    fields = {str([(one["type"], one.get("id")) for one in form["body"]]) for form in read}
    assert len(fields) == 1


def test_the_page_about_the_site_names_publisher_form_and_address(lived: Lived) -> None:
    about = lived.page("en", "about")
    assert "This copy is published by Test & Trial." in about.html
    assert "No name is here yet" not in about.html
    assert ">Open the form</a>" in about.html
    assert ">Write to editors@example.org</a>" in about.html
    assert "Hittills har vårdpersonal godkänt 2 av " in lived.page("sv", "about").html
    assert "No clinician has approved any page yet." in about.html


def test_the_page_for_editors_shows_what_is_open_and_is_in_no_menu(lived: Lived) -> None:
    html = (lived.site.folder / "editors/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert "1: the original is newer" in html
    assert "2026-12-01 Test Clinician (changed since)" in html
    assert "Flesch-Kincaid, limit 8" in html
    assert not [page for page in lived.site.pages if "editors/" in page.html]
    assert "/editors/" not in (lived.site.folder / "sitemap.xml").read_text("utf-8")
    for link in re.findall(r'href="?\.\./([^"#\s>]*)', html):
        assert (lived.site.folder / link).exists(), link


def test_addresses_of_a_language_that_was_given_up_lead_to_the_default_one(lived: Lived) -> None:
    records = yaml.safe_load((ROOT / "translations/slugs.yml").read_text("utf-8"))
    for one in records:
        if one["lang"] == "it":
            file = lived.site.folder / "it" / one["slug"] / "index.html"
            assert 'http-equiv="refresh"' in file.read_text("utf-8"), file
    assert not [page for page in lived.site.pages if "/it/" in page.url]


def test_the_clock_changes_nothing(lived: Lived, tmp_path: Path) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or sys.platform != "linux":
        pytest.skip("needs Linux and a C compiler, to set the clock of one program")
    source, shim = tmp_path / "clock.c", tmp_path / "clock.so"
    source.write_text(CLOCK)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    ask = "import datetime, time; print(datetime.date.today().year, time.gmtime().tm_year)"
    environment = {**os.environ, "LD_PRELOAD": str(shim)}
    said = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["2031", "2031"]
    now, later = contents(lived.site.folder), contents(build(lived.root, "later", LD_PRELOAD=str(shim)))
    assert [name for name in {*now, *later} if now.get(name) != later.get(name)] == []


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
