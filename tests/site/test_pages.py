"""What each page of the site promises, read from its file."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import yaml
from built import MAP, Built, Page
from conftest import ROOT

PAGES = sorted(path.stem for path in (ROOT / "docs" / "en").glob("*.md"))
XHTML = "{http://www.w3.org/1999/xhtml}"


def strings(locale: str) -> dict[str, str]:
    """The texts of the interface in a language, by key."""
    table = yaml.safe_load((ROOT / f"translations/{locale}.yml").read_text("utf-8"))
    return {key: entry["text"] if isinstance(entry, dict) else entry for key, entry in table.items()}


def faults(found: list[str]) -> str:
    return "\n".join(["", *found[:40], *([f"... and {len(found) - 40} more"] if len(found) > 40 else [])])


def config() -> dict[str, list[dict[str, object]]]:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", lambda loader, node: None)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    plugins = yaml.load(text, Loader)["plugins"]
    found: dict[str, list[dict[str, object]]] = next(one["i18n"] for one in plugins if "i18n" in one)
    return found


LOCALES = [str(one["locale"]) for one in config()["languages"]]


def test_every_page_is_there_in_every_language(built: Built) -> None:
    missing = [str(page) for page in built.pages if not page.file.is_file()]
    assert not missing, f"In the site map, but without a file:{faults(missing)}"
    count = Counter(page.locale for page in built.pages)
    assert set(count) == set(LOCALES)
    assert all(number >= len(PAGES) for number in count.values()), (
        f"Pages a language: {dict(count)}, expected {len(PAGES)} each"
    )


def test_every_file_that_is_a_page_stands_in_the_site_map(built: Built) -> None:
    known = {page.file for page in built.pages}
    unknown = [
        str(file.relative_to(built.folder))
        for file in built.folder.rglob("index.html")
        if file not in known and 'name="robots" content="noindex"' not in file.read_text("utf-8")
    ]
    assert not unknown, f"Pages that the site map does not know:{faults(unknown)}"


def test_every_link_leads_somewhere(built: Built, built_below: Built) -> None:
    for site in (built, built_below):
        broken = []
        for page in site.pages:
            for tag, url, fragment in site.links(page):
                if not site.file(url).is_file():
                    broken.append(f"{page}: <{tag.name}> leads to {url}, which is no file")
                elif fragment and fragment not in (site.by_url.get(url) or Page(url, site.file(url))).ids:
                    broken.append(f"{page}: #{fragment} is no id on {url}")
        assert not broken, f"Broken addresses for {site.address}:{faults(broken)}"


def test_each_page_says_its_language_and_its_twins(built: Built) -> None:
    wrong = []
    for page in built.pages:
        if page.one("link", rel="canonical").get("href") != page.url:
            wrong.append(f"{page}: canonical is {page.one('link', rel='canonical').get('href')}")
        twins = {tag.get("hreflang"): tag.get("href") for tag in page.all("link", rel="alternate") if tag.get("hreflang")}
        if set(twins) != {*LOCALES, "x-default"}:
            wrong.append(f"{page}: hreflang of {sorted(twins)}, expected {sorted([*LOCALES, 'x-default'])}")
        for locale, url in twins.items():
            if url not in built.by_url:
                wrong.append(f"{page}: its {locale} twin {url} is no page")
            elif locale in LOCALES and built.by_url[url].locale != locale:
                wrong.append(f"{page}: its {locale} twin {url} is written in {built.by_url[url].locale}")
            elif set(built.by_url[url].ids) ^ set(page.ids) - {"x"} and locale in LOCALES:
                odd = set(built.by_url[url].ids) ^ set(page.ids)
                wrong.append(f"{page}: ids that only one of it and {url} has: {', '.join(sorted(odd)[:5])}")
    assert not wrong, faults(wrong)


def test_the_site_map_names_all_twins_and_no_day_of_the_build(built: Built) -> None:
    for entry in built.map.iter(f"{MAP}url"):
        twins = [link.get("hreflang") for link in entry.iter(f"{XHTML}link")]
        assert sorted(map(str, twins)) == sorted([*LOCALES, "x-default"])
        day = entry.findtext(f"{MAP}lastmod")
        assert day is None or f"checked: {day}" in "".join(
            path.read_text("utf-8") for path in (ROOT / "docs").glob("*/*.md")
        ), f"lastmod {day} is the checked date of no page"


def test_titles_and_descriptions_are_there_and_unique_in_a_language(built: Built) -> None:
    for locale in LOCALES:
        for what in ("title", "description"):
            words = Counter(
                page.one("title").text if what == "title" else page.one("meta", name="description").get("content")
                for page in built.of(locale)
            )
            again = [text for text, number in words.items() if number > 1 or not text]
            assert not again, f"{locale}: the same {what} on several pages:{faults(again)}"


def test_headings_are_in_order_with_one_h1_and_no_id_twice(built: Built) -> None:
    wrong = []
    for page in built.pages:
        main = [tag for tag in page.tags if tag.name in ("h1", "h2", "h3", "h4") and tag.inside("main")]
        levels = [int(tag.name[1]) for tag in main]
        if levels.count(1) != 1 or levels[0] != 1:
            wrong.append(f"{page}: {levels.count(1)} h1 in main, expected 1 at the start")
        wrong += [
            f"{page}: h{level} follows h{before} at “{tag.text}”"
            for before, level, tag in zip(levels, levels[1:], main[1:], strict=False)
            if level > before + 1
        ]
        wrong += [f"{page}: the id {name} stands {number} times" for name, number in Counter(page.ids).items() if number > 1]
    assert not wrong, faults(wrong)


def test_every_mark_leads_to_its_source_on_the_same_page(built: Built) -> None:
    wrong = []
    for page in built.pages:
        marks = [tag for tag in page.all("a") if tag.has_class("pe-sure")]
        entries = {tag.get("id"): tag for tag in page.all("li") if tag.get("id").isdecimal()}
        wrong += [f"{page}: {mark.get('href')} has no entry" for mark in marks if mark.get("href")[1:] not in entries]
        cited = {mark.get("href")[1:] for mark in marks}
        wrong += [f"{page}: the source {name} is cited nowhere" for name in entries if name not in cited]
    assert not wrong, faults(wrong)


def test_each_source_has_a_name_of_its_own(built: Built) -> None:
    """On paper nothing but its name leads from a mark to the page of sources."""
    wrong = []
    for page in built.pages:
        names: dict[str, set[str]] = {}
        for tag in page.all("a"):
            if tag.inside(".pe-sources"):
                names.setdefault(tag.text, set()).add(tag.get("href"))
        shared = {name: sorted(found) for name, found in names.items() if len(found) > 1 or not name}
        wrong += [f"{page}: {name!r} is the name of {found}" for name, found in shared.items()]
    assert not wrong, faults(wrong)


def test_no_sentence_shows_the_same_mark_twice_in_a_row(built: Built) -> None:
    twice = re.compile(r'(<a class="pe-sure[^>]*>[^<]*</a>)\s*\1')
    wrong = [f"{page}: {found[1]}" for page in built.pages for found in twice.finditer(page.html)]
    assert not wrong, faults(wrong)


def test_the_chart_says_of_me_cfs_what_the_row_of_the_table_says(built: Built) -> None:
    """A row that rests on a claim marked `pem` has a condition: whoever reads only the chart must meet it there."""
    claims = yaml.safe_load((ROOT / "docs/evidence/claims.yml").read_text("utf-8"))
    pem = "|".join(name for name, claim in claims.items() if claim.get("pem"))
    condition = re.compile(rf"([^|.\]]+\.)(?:\[\^[\w-]+\])*?\[\^(?:{pem})\]")
    wrong, seen = [], 0
    for locale in LOCALES:
        (page,) = (page for page in built.of(locale) if any(tag.has_class("pe-chart") for tag in page.all("table")))
        inside = [tag for tag in page.all("th", scope="row") if tag.inside(".pe-chart")]
        only_me_cfs = strings(locale)["chart.about_me_cfs"]
        groups = {id(tag.path[-2]): tag.text for tag in page.all("th", scope="rowgroup")}
        said = {tag.text: groups[id(tag.path[-2])] for tag in inside}
        for line in (ROOT / f"docs/{locale}/treatments.md").read_text("utf-8").splitlines():
            name = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line.split("|")[1].strip()) if line.startswith("|") else ""
            row = next((text for text in said if name and text.startswith(name)), "")
            if row and said[row] != only_me_cfs:
                told = [" ".join(one.split()) for one in condition.findall(line)]
                seen += len(told)
                wrong += [f"{page}, {name}: {one}" for one in told if one not in row]
    assert seen and not wrong, faults(wrong)


def test_no_footnote_is_left_as_it_was_written(built: Built) -> None:
    left = [str(page) for page in built.pages if "[^" in page.html]
    assert not left, f"Footnotes that nothing rendered:{faults(left)}"


def test_all_claims_of_the_articles_are_answered_in_each_language(built: Built) -> None:
    articles = yaml.safe_load((ROOT / "docs/evidence/articles.yml").read_text("utf-8"))
    for locale in LOCALES:
        page = next(page for page in built.of(locale) if "oxy-01" in page.ids)
        missing = [name for name in articles if name not in page.ids]
        assert not missing, f"{page}: not answered:{faults(missing)}"
        unlinked = [
            name
            for name, entry in articles.items()
            if entry["verdict"] != "not-a-claim"
            and not any((tag.inside(".pe-verdict") and tag.path[-2].get("id") == name) or tag.path[-1].get("id") == name
                        or any(one.get("id") == name for one in tag.path) for tag in page.all("a"))
        ]  # fmt: skip
        assert not unlinked, f"{page}: without a link to where the site answers:{faults(unlinked)}"


def test_all_references_are_listed_in_each_language(built: Built) -> None:
    references = yaml.safe_load((ROOT / "docs/evidence/references.yml").read_text("utf-8"))
    for locale in LOCALES:
        page = next(page for page in built.of(locale) if "s1" in page.ids)
        missing = [name for name, entry in references.items() if f"s{entry['number']}" not in page.ids]
        assert not missing, f"{page}: not listed:{faults(missing)}"


def test_titles_and_publishers_are_marked_with_the_language_of_the_source(built: Built) -> None:
    references = yaml.safe_load((ROOT / "docs/evidence/references.yml").read_text("utf-8"))
    languages = {f"s{entry['number']}": entry["language"] for entry in references.values()}
    wrong = []
    for locale in LOCALES:
        page = next(page for page in built.of(locale) if "s1" in page.ids)
        for tag in page.all("a") + page.all("span"):
            place = next((one.get("id") for one in tag.path if one.has_class("pe-reference")), "")
            if place and tag.get("lang") not in ("", languages[place]):
                wrong.append(f"{page}#{place}: “{tag.text}” is marked as {tag.get('lang')}, expected {languages[place]}")
    assert not wrong, faults(wrong)


def test_no_word_of_the_interface_is_left_in_another_language(built: Built) -> None:
    """An English (or any other) string of the interface that differs from the page's own must not appear on it."""
    tables = {locale: strings(locale) for locale in LOCALES}
    wrong = []
    for page in built.pages:
        own = set(tables[page.locale].values())
        shown = {
            tag.text
            for tag in page.tags
            if not tag.get("lang") and not any(one.get("lang") and one.name != "html" for one in tag.path)
        }
        shown |= {tag.get(name) for tag in page.tags for name in ("aria-label", "title", "alt", "placeholder") if tag.get(name)}
        for locale in LOCALES:
            if locale != page.locale:
                foreign = {text for text in tables[locale].values() if text not in own and "{" not in text}
                wrong += [f"{page}: shows “{text}”, which is {locale}" for text in sorted(foreign & shown)]
    assert not wrong, faults(wrong)


def test_danger_stands_before_all_else_but_the_key_points(built: Built) -> None:
    wrong = []
    for page in built.pages:
        chapters = [tag.get("id") for tag in page.all("h2") if tag.inside("main")]
        if "get-help-now" in chapters and set(chapters[: chapters.index("get-help-now")]) - {"key-points"}:
            wrong.append(f"{page}: before the danger signs stand {chapters[: chapters.index('get-help-now')]}")
    assert not wrong, faults(wrong)


def test_numbers_are_links_that_dial(built: Built) -> None:
    numbers = yaml.safe_load((ROOT / "docs/evidence/help.yml").read_text("utf-8"))
    emergency = {line["number"] for country in numbers.values() for line in country["emergency"]}
    for page in built.pages:
        dialled = {tag.get("href") for tag in page.all("a") if tag.get("href").startswith("tel:")}
        if any(tag.has_class("pe-danger") for tag in page.tags):
            assert {f"tel:{number}" for number in emergency} <= dialled, f"{page}: an emergency number is missing"
        assert all(link.removeprefix("tel:").isdigit() for link in dialled), f"{page}: {dialled}"


def test_nothing_is_asked_of_another_host(built: Built) -> None:
    wrong = []
    for page in built.pages:
        for tag in page.tags:
            asked = [tag.get(name) for name in ("src", "srcset", "data", "poster") if tag.get(name)]
            if tag.name == "link" and tag.get("rel") not in ("canonical", "alternate"):
                asked.append(tag.get("href"))
            wrong += [f"{page}: <{tag.name}> asks {url}" for url in asked if urlsplit(url).netloc]
            if "style" in tag.attributes or any(name.startswith("on") for name in tag.attributes):
                wrong.append(f"{page}: <{tag.name}> with inline style or script")
        policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).get("content")
        if "unsafe" in policy or "default-src 'none'" not in policy:
            wrong.append(f"{page}: policy {policy}")
        if page.one("meta", name="referrer").get("content") != "no-referrer":
            wrong.append(f"{page}: tells other sites where the reader came from")
    assert not wrong, faults(wrong)


def test_all_scripts_have_the_version_of_the_one_that_looks_for_them_beside_itself(built: Built) -> None:
    found = [file.name for file in (built.folder / "assets").iterdir() if file.suffix in (".js", ".css")]
    versions = {name.split(".")[-2] for name in found}
    assert len(found) > 2 and len(versions) == 1, f"expected one version, found {sorted(versions)}: {sorted(found)}"


def test_every_sign_is_drawn_and_none_twice(built: Built) -> None:
    """What <use> shows stands in the page; a sign that is shown once is drawn where it is shown."""
    wrong = []
    for page in built.pages:
        shown = Counter(tag.get("href").removeprefix("#") for tag in page.all("use"))
        drawn = [tag.get("id") for tag in page.all("g") if tag.get("id").startswith("sign-")]
        wrong += [f"{page}: shows {name}, which is not drawn" for name in shown if name not in page.ids]
        wrong += [f"{page}: {name} is drawn by itself and shown {shown[name]} times" for name in drawn if shown[name] < 2]
    assert any(page.all("use") for page in built.pages)
    assert not wrong, faults(wrong)


def test_nothing_is_published_that_the_site_does_not_need(built: Built) -> None:
    kinds = Counter(file.suffix for file in built.folder.rglob("*") if file.is_file())
    unwanted = {".map", ".py", ".pyc", ".md", ".html~"} & set(kinds)
    assert not unwanted, f"Published by mistake: {unwanted}"
