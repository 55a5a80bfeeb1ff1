"""The file for a memory stick: the same bytes at each build, whole, and opened from a folder by double click."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from built import Built, Page
from conftest import ROOT
from playwright.sync_api import BrowserContext

from pe.judge import judged
from pe.offline import files, worker
from pe.offline.reach import NOT_TAKEN, resolved
from pe.offline.stick import pack, page
from pe.render.frame import Frame
from pe.render.renderer import Renderer, styles_and_scripts
from pe.site import Site

PLACES = ("href", "src", "action")


def zips(site: Built) -> dict[str, Path]:
    """The zip of each language, as its page offers it."""
    found = {}
    for one in site.pages:
        for tag in one.all("a", type="application/zip"):
            found[one.locale] = site.file(urljoin(one.url, tag.get("href")))
    return found


@pytest.fixture(scope="module")
def folders(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each zip unpacked in a folder whose name has what names of folders have."""
    found = {}
    for locale, file in zips(built).items():
        place = tmp_path_factory.mktemp(f"usb {locale} å #1")
        with zipfile.ZipFile(file) as archive:
            archive.extractall(place)
        (found[locale],) = place.iterdir()
    return found


def renderer(site: Site) -> Renderer:
    return Renderer(site, styles_and_scripts(site, keeps=True), lambda _: {})


def pages(folder: Path) -> list[Page]:
    return [Page(file.as_uri(), file) for file in sorted(folder.rglob("*.html"))]


def test_each_language_has_a_zip_with_its_size_said(site: Built) -> None:
    found = zips(site)
    assert sorted(found) == site.locales
    for locale, file in found.items():
        (link,) = [tag for one in site.of(locale) for tag in one.all("a", type="application/zip")]
        said = re.search(r"(\d+)[.,](\d) MB", link.text)
        assert said and float(f"{said[1]}.{said[2]}") == pytest.approx(file.stat().st_size / 1e6, abs=0.06), link.text
        assert "@@" not in "".join(one.html for one in site.of(locale))


def test_a_zip_is_the_same_to_the_byte_whatever_the_day() -> None:
    made = {"b/index.html": "å", "a.txt": "x"}
    first = pack(Path(), "site", [], made)
    assert first == pack(Path(), "site", [], dict(reversed(made.items())))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert [(one.filename, one.date_time[0]) for one in archive.infolist()] == [
            ("site/a.txt", 1980),
            ("site/b/index.html", 1980),
        ]


def test_a_second_build_of_the_same_pages_gives_the_same_zips_icons_and_worker(
    site: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", site.address)
    reading, complaints = judged(ROOT)
    assert reading is not None and not complaints
    again = files.build(renderer(Site(reading)), site.folder, serving=False)
    assert {"worker.js", "not-kept.html", "kept/en.json", "site.webmanifest"} <= set(again)
    assert [one for one in again if (site.folder / one).read_bytes() != again[one]] == []


def test_a_site_that_wants_nothing_kept_offers_nothing_and_publishes_the_worker_that_goes(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", built.address)
    monkeypatch.setenv("OFFLINE", "no")
    reading, _ = judged(ROOT)
    assert reading is not None
    site = Site(reading)
    made = files.build(renderer(site), built.folder, serving=False)
    assert b"unregister" in made["worker.js"] and b"fetch" not in made["worker.js"]
    assert not [one for one in made if one.startswith("kept/")] and [one for one in made if one.endswith(".zip")]
    assert not files.views(Frame(site, "en", "offline", str), made=True)["keeps"]


def test_a_zip_holds_every_page_of_its_language_and_no_other(built: Built, folders: dict[str, Path]) -> None:
    for locale, folder in folders.items():
        there = {file.relative_to(folder) for file in folder.rglob("index.html")}
        expected = {one.file.relative_to(built.folder) for one in built.of(locale)}
        assert there - expected <= {Path("index.html")} and expected <= there
        assert (folder / "index.html").is_file(), "what a reader opens first"


def test_every_link_of_a_zip_resolves_inside_or_is_public(built: Built, folders: dict[str, Path]) -> None:
    broken = []
    for folder in folders.values():
        known = {one.url: one for one in pages(folder)}
        for one in known.values():
            for tag in one.tags:
                for name in PLACES:
                    value = tag.get(name)
                    if not value or tag.name == "use" or re.match(r"(mailto|tel|sms|data):", value):
                        continue
                    url, fragment = urldefrag(urljoin(one.url, value))
                    url = url.partition("?")[0]
                    if url.startswith(built.address):
                        if not built.file(url).is_file():
                            broken.append(f"{one}: {url} is not on the public site")
                    elif url.startswith("file:"):
                        file = Path(unquote(url.removeprefix("file://")))
                        if not file.is_file() or not file.is_relative_to(folder):
                            broken.append(f"{one}: {value} is no file of the folder")
                        elif fragment and file.suffix == ".html" and fragment not in (known.get(url) or one).ids:
                            broken.append(f"{one}: {value} has no such place")
    assert not broken, "\n".join(broken[:20])


def test_other_languages_lead_to_the_public_site(built: Built, folders: dict[str, Path]) -> None:
    for locale, folder in folders.items():
        for one in pages(folder):
            for tag in one.all("a"):
                if tag.get("hreflang") not in ("", locale) and tag.inside(".pe-langs"):
                    assert tag.get("href").startswith(built.address), f"{one}: {tag.get('href')}"


def test_a_folder_opens_by_double_click(built: Built, folders: dict[str, Path], reader: BrowserContext) -> None:
    tab = reader.new_page()
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(f"{tab.url}: {message.text}"))
    tab.on("pageerror", lambda error: heard.append(f"{tab.url}: {error}"))
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    reader.set_offline(True)
    words = {"en": "cramp", "sv": "kramp", "it": "crampi"}
    for locale, folder in folders.items():
        tab.goto((folder / "index.html").as_uri())
        tab.wait_for_selector("h1")
        assert tab.evaluate("document.documentElement.lang") == locale
        links = tab.eval_on_selector_all("#pages a", "all => all.map(one => one.href)")
        assert len(links) == len(built.of(locale))
        for link in links:
            tab.goto(link)
            assert tab.evaluate("document.styleSheets.length") > 0 and "js" in (tab.get_attribute("html", "class") or "")
            assert tab.evaluate("Array.from(document.images).every(one => !one.src || one.complete && one.naturalWidth)")
            assert built.address in (tab.text_content(".pe-note a[href^=http]") or ""), "it says that it is a copy"
        tab.click("#reading-button")
        assert not tab.query_selector("[data-pe-offline]"), "what a folder cannot do is not offered"
        tab.wait_for_selector("#reading")
        tab.check('input[name="font"][value="clear"]', force=True)
        tab.wait_for_function("() => Array.from(document.fonts).some(one => one.status === 'loaded')")
        tab.click("#reading [data-pe-forget]")
        tab.click("#search-button")
        tab.fill("#find-dialog", words.get(locale, "pain"))
        tab.wait_for_selector(f'#search [data-answers="{words.get(locale, "pain")}"]')
        found = tab.locator("#search .pe-found li a").first
        address = found.evaluate("one => one.href")
        found.click()
        tab.wait_for_url(address)
        assert tab.url.startswith("file:") and tab.text_content("h1")
        tab.emulate_media(media="print")
        assert tab.evaluate("document.querySelector('main').checkVisibility()")
        tab.emulate_media(media="screen")
    assert not heard, "\n".join(heard)
    assert not asked, "\n".join(asked)


@pytest.mark.parametrize(
    ("start", "link", "found"),
    [
        ("sv/a/index.html", "../b/#x", "sv/b/"),
        ("sv/a/", "../../assets/site.css", "assets/site.css"),
        ("a/", "../", ""),
        ("a/", "./", "a/"),
        ("a/", "#x", None),
        ("a/", "?q=1", None),
        ("a/", "../../etc/passwd", None),
        ("a/", "/b/", None),
        ("a/", "mailto:x", None),
        ("a/", "https://example.org/", None),
    ],
)
def test_links_are_resolved_below_the_root_and_nowhere_else(start: str, link: str, found: str | None) -> None:
    assert resolved(start, link) == found


def test_the_worker_passes_the_kinds_of_files_that_no_list_takes() -> None:
    reading, _ = judged(ROOT)
    assert reading
    script = worker.build(Site(reading), {"favicon.svg": "favicon.svg"}, (), {worker.NOT_KEPT: b""})[worker.ADDRESS].decode()
    start = script.index("BUILD={") + len("BUILD=")
    told, end = json.JSONDecoder().raw_decode(script, start)
    assert told["passed"] == list(NOT_TAKEN)
    assert "BUILD.passed" in script[end:]


def test_a_page_for_a_folder_names_files_and_leaves_out_what_needs_the_site() -> None:
    html = (
        '<meta content="default-src \'none\'; script-src \'self\'"><link rel="manifest" href="../site.webmanifest">\n'
        '<main id="main"><a href="../b/?q=1#x">b</a><a href=../gone/>gone</a><a href="../">home</a>'
        '<div class="x" data-pe-online>only online</div></main>'
    )
    found = page(html, "sv/a/", {"sv/b/index.html", "sv/index.html"}, "https://example.org/", "<p>copy</p>")
    assert '<a href="../b/index.html?q=1#x">' in found and '<a href="../index.html">' in found
    assert '<a href="https://example.org/sv/gone/">' in found and '<main id="main"><p>copy</p>' in found
    assert "manifest" not in found and "only online" not in found and "script-src 'self' file:" in found
