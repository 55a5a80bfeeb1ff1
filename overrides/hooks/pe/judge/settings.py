"""Rules about mkdocs.yml: what would be left out of the site, or made wrong, without a word."""

from collections.abc import Iterator
from fnmatch import fnmatch

from ..complaint import Complaint, near
from ..yamlfile import Listed
from .reading import Reading

PATH = "mkdocs.yml"
NEEDED = ("attr_list", "tables", "sane_lists")  # heading ids, tables, lists as the judge sees them


def nav_names_every_page(reading: Reading) -> Iterator[Complaint]:
    """Every page stands once in the nav, by its file: pages that do not are in no list and no map of the site."""
    pages = reading.originals
    if not pages:
        return
    config = reading.project.config
    nav = config.get("nav")
    seen: set[str] = set()
    for line, entry in zip(nav.lines, nav, strict=True) if isinstance(nav, Listed) else ():
        name = entry.removesuffix(".md") if isinstance(entry, str) and entry.endswith(".md") else ""
        if not name:
            what = "found an entry of the nav that is no file, expected `- name.md`. Titles come from the pages."
        elif name not in pages:
            what = f"found `{entry}` in the nav, which is no page.{near(name, pages) or ' Remove it.'}"
        elif name in seen:
            what = f"found `{entry}` twice in the nav, expected it once. Remove one of the two."
        else:
            seen.add(name)
            continue
        yield Complaint(PATH, line, "nav", what)
    apart = str(config.get("not_in_nav", "")).split()  # MkDocs' own way to say that it is meant
    for name in pages:
        if name not in seen and not any(fnmatch(f"{name}.md", one) or fnmatch(name, one) for one in apart):
            what = f"`{name}.md` is not in the nav, so no list and no map of the site would have it. Add `- {name}.md`."
            yield Complaint(PATH, config.line_of("nav"), "nav", what)


def extensions_are_those_we_need(reading: Reading) -> Iterator[Complaint]:
    """The Markdown extensions are names without settings, those among them without which pages come out wrong."""
    config = reading.project.config
    if not config:
        return
    listed = config.get("markdown_extensions")
    names = listed if isinstance(listed, Listed) else Listed()
    for line, entry in zip(names.lines, names, strict=True):
        if not isinstance(entry, str):
            what = "found a Markdown extension with settings, expected its name alone. Write `- name`."
            yield Complaint(PATH, line, "markdown-extensions", what)
    for name in NEEDED:
        if name not in names:
            what = f"found no `{name}` under markdown_extensions, which pages need. Add `- {name}`."
            yield Complaint(PATH, config.line_of("markdown_extensions"), "markdown-extensions", what)


SITE_RULES = (nav_names_every_page, extensions_are_those_we_need)
