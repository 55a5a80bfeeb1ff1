"""Pages kept on a device are never older than need be: a new build takes their place as soon as it can be reached."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from built import Built
from host import Hosting
from keeping import KEPT, keep_all, keep_opened, page_of, said, today, until, until_asked, until_copied
from playwright.sync_api import BrowserContext

NEW = "000000"  # the version of the scripts of the next build
IDLE = "await navigator.serviceWorker.getRegistration().then(one => !one.installing && !one.waiting)"


def test_while_the_site_can_be_reached_nothing_old_is_shown(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic = page_of(built, "en", "/muscle-spasms/")
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    tab.goto(host.at(topic.url))
    assert not tab.query_selector("[data-pe-copy]")
    host.folder = changed(built, tmp_path / "new", worker=False)
    tab.goto(host.at(topic.url))
    assert "NEW SIGN" in (tab.text_content(".pe-danger") or "")
    assert not tab.query_selector("[data-pe-copy]")
    until_copied(tab, "NEW SIGN")
    reader.set_offline(True)
    tab.goto(host.at(topic.url))
    assert "NEW SIGN" in (tab.text_content(".pe-danger") or ""), "the copy is the newest page that was seen"


def changed(site: Built, target: Path, *, worker: bool) -> Path:
    """The next build: other danger signs on each page, other scripts; the worker that belongs to it, or the old one."""
    shutil.copytree(site.folder, target)
    digits = next((target / "assets").glob("site.*.js")).name.split(".")[1]
    for file in (target / "assets").glob(f"*.{digits}.*"):
        file.rename(file.with_name(file.name.replace(digits, NEW)))
    for file in target.rglob("index.html"):
        html = file.read_text("utf-8").replace(digits, NEW)
        file.write_text(html.replace("<div class=pe-danger__note>", "<div class=pe-danger__note>NEW SIGN "), "utf-8")
    version = json.loads((target / "kept" / "en.json").read_text("utf-8"))["version"]
    for file in [target / "worker.js", *(target / "kept").glob("*.json")] if worker else []:
        text = file.read_text("utf-8").replace(digits, NEW)
        file.write_text(text.replace(version, "0" * len(version)), "utf-8")
    return target


def test_a_new_build_takes_the_place_of_the_old_without_a_stale_danger_box(
    site: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(site), reader.new_page()
    keep_all(tab, host, page_of(site, "en", "/offline/"))
    host.folder = changed(site, tmp_path / "new", worker=True)
    tab.goto(host.at(page_of(site, "en", "/get-help/").url))  # the next visit, to one page
    assert "NEW SIGN" in (tab.text_content(".pe-danger") or "")
    until(tab, "(await caches.keys()).every(name => name.endsWith(' 000000000000'))")
    reader.set_offline(True)
    for page in site.of("en"):
        tab.goto(host.at(page.url))
        assert tab.query_selector("[data-pe-copy]"), page
        danger = tab.query_selector(".pe-danger")
        assert danger is None or "NEW SIGN" in (danger.text_content() or ""), page
    names, urls, workers, _ = tab.evaluate(KEPT)
    assert len(names) == len(workers) == 1
    assert [url for url in urls if "/assets/site." in url and url.endswith(".js")] == [host.root + f"assets/site.{NEW}.js"]
    assert tab.evaluate("document.styleSheets[0].cssRules.length") > 10


def test_a_tool_that_the_old_build_did_not_have_is_kept_with_the_pages_that_are_read(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    tab.goto(host.at(page_of(built, "en", "/muscle-spasms/").url))
    keep_opened(tab)
    new = changed(built, tmp_path / "new", worker=True)
    (new / f"assets/new.{NEW}.js").write_text("pe.fresh = true;", "utf-8")
    known = json.loads((new / "kept/en.json").read_text("utf-8"))
    (new / "kept/en.json").write_text(json.dumps(known | {"core": [*known["core"], f"assets/new.{NEW}.js"]}), "utf-8")
    host.folder = new
    tab.goto(host.at(page_of(built, "en", "/get-help/").url))
    until(tab, "(await caches.keys()).every(name => name.endsWith(' 000000000000'))")
    _, urls, _, _ = tab.evaluate(KEPT)
    assert host.root + f"assets/new.{NEW}.js" in urls


def test_half_of_a_new_build_leaves_the_old_copies_whole(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    keep_all(tab, host, page_of(built, "en", "/offline/"))
    before = tab.evaluate(KEPT)
    new = changed(built, tmp_path / "new", worker=True)
    shutil.copy(built.folder / "kept" / "en.json", new / "kept" / "en.json")
    host.folder = new
    asked = len(host.asked)
    tab.goto(host.at(page_of(built, "en", "/get-help/").url))
    tab.evaluate("async () => { try { await (await navigator.serviceWorker.getRegistration()).update(); } catch (e) {} }")
    until_asked(tab, host, "/kept/en.json", asked)  # by the new worker
    until(tab, IDLE)  # what the new worker fetched before it gave up has been taken away again
    after = tab.evaluate(KEPT)
    assert after[0] == before[0] and set(before[1]) <= set(after[1])


@pytest.mark.parametrize("fault", ["down", "slow"])
def test_a_copy_gives_way_as_soon_as_the_newest_can_be_reached(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path, fault: str
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic = page_of(built, "en", "/muscle-spasms/")
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    host.folder = changed(built, tmp_path / "new", worker=False)
    if fault == "down":
        host.down = True
        tab.goto(host.at(topic.url))
        assert tab.text_content("[data-pe-copy]") == said("en", "copy", day=today("en"))
        host.down = False
        tab.evaluate("setTimeout(() => dispatchEvent(new Event('online')))")  # the page is loaded anew by it
    else:
        host.wait = 60.0  # until the copy is there, however long that takes here
        tab.goto(host.at(topic.url), wait_until="commit")
        tab.wait_for_selector("[data-pe-copy]")
        host.wait = 0.0
    until(tab, "document.querySelector('.pe-danger').textContent.includes('NEW SIGN')")
    until(tab, "!document.querySelector('[data-pe-copy]')")


def test_a_page_that_the_site_has_withdrawn_is_not_shown_again(
    built: Built, hosted: Hosting, reader: BrowserContext, tmp_path: Path
) -> None:
    host, tab = hosted(built), reader.new_page()
    topic = page_of(built, "en", "/muscle-spasms/")
    tab.goto(host.at(topic.url))
    keep_opened(tab)
    shutil.copytree(built.folder, tmp_path / "new")
    host.folder = tmp_path / "new"
    shutil.rmtree(host.folder / "muscle-spasms")
    answer = tab.goto(host.at(topic.url))
    assert answer and answer.status == 404
    until(tab, "!(await caches.match(location.href))")
    reader.set_offline(True)
    tab.goto(host.at(topic.url))
    assert said("en", "not_kept") in (tab.text_content("h1") or "")
