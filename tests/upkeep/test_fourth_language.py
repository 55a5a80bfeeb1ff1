"""A fourth language, and a fifth that is written from right to left, by data alone; a country by one entry."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from built import Built, Page
from playwright.sync_api import Browser
from trial import copied, pe

ROOT = Path(__file__).parents[2]
LINES = {
    "de": "        - {locale: de, name: Deutsch, site_name: Schmerz & Energie}\n",
    "ar": "        - {locale: ar, name: Arabic, site_name: Trial in Arabic}\n",  # the cards' letters are Latin
}
COUNTRY = """
DE:
  emergency:
    - number: "112"
      hours: "00:00-24:00"
      checked: 2026-11-21
      seen: https://example.org/
  advice: []
  crisis: []
"""
PLAIN = ("handout.file_large", "search.alphabet")  # not shown as they stand
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
NARROW, WIDE = 320, 1280
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|(?:text-align|float):\s*(?:left|right)"
)
Trial = tuple[Path, Built, set[str]]


def begin(root: Path, locale: str) -> None:
    """What somebody does who adds a language: a line, a file of strings, stubs."""
    path = root / "mkdocs.yml"
    text = path.read_text("utf-8")
    last = max(text.rindex(line) for line in text.splitlines() if "{locale: " in line)
    end = text.index("\n", last) + 1
    path.write_text(text[:end] + LINES[locale] + text[end:], "utf-8")
    strings = yaml.safe_load((root / "translations/en.yml").read_text("utf-8"))
    words = {key: one["text"] if key in PLAIN else f"{locale}: {one['text']}" for key, one in strings.items()}
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in words.items()]
    (root / f"translations/{locale}.yml").write_text("".join(lines), "utf-8")
    done = pe(root, "stubs", locale)
    assert done.returncode == 0, done.stderr


def contents(root: Path) -> dict[str, bytes]:
    """All files of the project that people write, by path."""
    files = (path for path in root.rglob("*") if path.is_file() and not {"site", ".build", "__pycache__"} & set(path.parts))
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The project with German and Arabic begun and a country added, built strictly; and the files that changed for it."""
    root = copied(tmp_path_factory.mktemp("trial") / "project")
    before = contents(root)
    begin(root, "de")
    begin(root, "ar")
    with (root / "docs/evidence/help.yml").open("a", encoding="utf-8") as file:
        file.write(COUNTRY)
    after = contents(root)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    environment = {
        **os.environ,
        "SITE_URL": "https://example.org/",
        "SOURCE_DATE_EPOCH": "1795132800",
        "NO_MKDOCS_2_WARNING": "1",
        "PE_WITHOUT": "handouts,cards",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return root, Built(root / "site", "https://example.org/"), changed


def page_of(trial: Trial, address: str) -> Page:
    url = f"https://example.org/{address}"
    return Page(url, trial[1].file(url))


def test_a_language_takes_a_line_and_a_file_of_strings(trial: Trial) -> None:
    stubs = {f"docs/{locale}/{path.name}" for locale in LINES for path in (ROOT / "docs/en").glob("*.md")}
    assert trial[2] == {"mkdocs.yml", "docs/evidence/help.yml", "translations/de.yml", "translations/ar.yml", *stubs}


def test_a_page_that_is_not_translated_yet_says_so_in_its_own_language_and_is_marked_as_english(
    trial: Trial,
) -> None:
    for locale, direction in (("de", "ltr"), ("ar", "rtl")):
        page = page_of(trial, f"{locale}/muscle-spasms/")
        assert (page.one("html").get("lang"), page.one("html").get("dir") or "ltr") == (locale, direction)
        body = next(tag for tag in page.all("div") if tag.has_class("pe-page"))
        assert (body.get("lang"), body.get("dir")) == ("en", "ltr")
        notice = next(tag for tag in page.all("p") if tag.get("lang") == locale)
        assert notice.text.startswith(f"{locale}: This page is not translated yet.")
        assert page.one("main").text.count(f"{locale}: ") == 1
        assert page.one("footer").text.count(f"{locale}: ") >= 1
        assert page.one("link", rel="canonical").get("href") == "https://example.org/muscle-spasms/"
        assert page.one("meta", name="robots").get("content") == "noindex"
        assert not [tag for tag in page.all("link", rel="alternate") if tag.get("hreflang") in LINES]


def test_search_engines_are_told_of_no_page_that_is_not_translated_yet(trial: Trial) -> None:
    site = trial[1]
    assert not [page for page in site.pages if page.url.startswith(tuple(f"https://example.org/{one}/" for one in LINES))]
    assert "/de/" not in (site.folder / "sitemap.xml").read_text("utf-8")


def test_a_country_is_one_entry(trial: Trial) -> None:
    for address, name in (("get-help/", "Germany"), ("sv/fa-hjalp/", "Tyskland")):
        slug = address if (trial[1].folder / address).is_dir() else address_of(trial[0], "sv", "get-help")
        assert name in page_of(trial, slug).html


def address_of(root: Path, locale: str, name: str) -> str:
    records = yaml.safe_load((root / "translations/slugs.yml").read_text("utf-8"))
    return next(f"{locale}/{one['slug']}/" for one in reversed(records) if (one["lang"], one["page"]) == (locale, name))


def test_the_first_page_that_is_translated_asks_for_the_rest_in_clear_lines(tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    begin(root, "de")
    assert pe(root, "check").returncode == 0
    page = (root / "docs/en/privacy.md").read_text("utf-8")
    (root / "docs/de/privacy.md").write_text(page.replace("title: ", "title: De "), "utf-8")
    lines = pe(root, "check").stdout.splitlines()
    told = {line.split("  ")[1] for line in lines if "  " in line}
    assert {"style-missing", "file-missing", "slug-missing", "change-words", "untranslated"} <= told
    assert any("`privacy` has no address in `de`. Add at the end: `- {lang: de, page: privacy" in line for line in lines)
    assert any(line.startswith("translations/search.de.yml:1  file-missing") for line in lines)
    assert not any("muscle-spasms" in line for line in lines)


def test_a_language_without_pages_is_one_line(tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    begin(root, "de")
    shutil.rmtree(root / "docs/de")  # before ./dev stubs
    found = [line for line in pe(root, "check").stdout.splitlines() if "  " in line]
    assert found == ["docs/de:1  page-missing  `de` has no pages yet. Run ./dev stubs de: they are then shown in en."]


@pytest.mark.parametrize("width", [NARROW, 768, WIDE])
def test_a_page_from_right_to_left_has_no_box_past_the_edge(width: int, trial: Trial, browser: Browser) -> None:
    """The words of the page are put into Arabic letters, one for one, so that lines really run from right to left."""
    site = trial[1]
    tab = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, java_script_enabled=True).new_page()
    wrong = []
    for name in ("index", "muscle-spasms", "treatments", "get-help", "search", "sources"):
        tab.goto(site.file(f"https://example.org/ar/{'' if name == 'index' else name + '/'}").as_uri())
        tab.evaluate(
            """letters => {
                const body = document.querySelector('.pe-page');
                body.lang = 'ar'; body.dir = 'rtl';
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) walk.currentNode.nodeValue = walk.currentNode.nodeValue
                    .replace(/[a-z]/gi, one => letters[one.toLowerCase().charCodeAt(0) % letters.length]);
            }""",
            ARABIC,
        )
        found = tab.evaluate(
            """() => {
                const wide = document.documentElement.clientWidth, past = [];
                for (const one of document.body.querySelectorAll('*')) {
                    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
                    if (!box.width || !box.height || style.position === 'absolute' || one.closest('svg')) continue;
                    if (one.closest('.pe-tablebox') && !one.matches('.pe-tablebox')) continue;
                    if (box.left < -1 || box.right > wide + 1) past.push(one.tagName + '.' + one.className + ' ' +
                        Math.round(box.left) + ' to ' + Math.round(box.right));
                }
                const title = document.querySelector('h1').getBoundingClientRect();
                const brand = document.querySelector('.pe-brand').getBoundingClientRect();
                return {past, scrolls: document.documentElement.scrollWidth > wide + 1,
                        turned: brand.left + brand.right > wide && title.right > wide / 2,
                        dir: getComputedStyle(document.querySelector('h1')).direction};
            }"""
        )
        wrong += [f"{name} at {width}: {one}" for one in found["past"][:5]]
        if found["scrolls"] or not found["turned"] or found["dir"] != "rtl":
            wrong.append(f"{name} at {width}: {found}")
    tab.context.close()
    assert not wrong, "\n".join(wrong)


def test_styles_know_start_and_end_not_left_and_right() -> None:
    wrong = [
        f"{path.name}:{number}: {line.strip()[:100]}"
        for path in sorted((ROOT / "overrides/assets/css").glob("*.css"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if PHYSICAL.search(re.sub(r"/\*.*?\*/", "", line))
    ]
    assert not wrong, "\n".join(wrong)
