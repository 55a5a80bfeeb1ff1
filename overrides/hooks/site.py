"""The doorway: MkDocs events on one side, the package `pe` on the other. No rule and no HTML is made here."""

from __future__ import annotations

import gc
import os
import posixpath
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

from pe.aside import Aside
from pe.cards.files import Cards
from pe.complaint import Refused, report
from pe.handouts import listing, typeset
from pe.handouts.sheets import Maker
from pe.judge import judged
from pe.offline import files as offline
from pe.publish import assets, codes, data, feeds, policy, sitemap
from pe.render import share
from pe.render.again import Again
from pe.render.renderer import Renderer, styles_and_scripts
from pe.search import files as search
from pe.site import Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page
    from mkdocs_static_i18n.plugin import I18n


class Build:
    """One build of all languages. static-i18n runs a build within the build for each language but the first."""

    def __init__(self, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path).parent
        reading, complaints = judged(root)
        if complaints or reading is None:
            raise Abort(report(complaints))
        self.site = Site(reading)
        apart = not serving  # live reload has threads of its own, which a copy would lose
        self.beside = [Aside(partial(search.publish, self.site, keep=serving), apart=apart)]  # first: it takes the longest
        own = styles_and_scripts(self.site, keeps=not serving and offline.is_on(self.site))
        kept = typeset.Kept(root / ".build" / "handouts")
        again.begin(self.site)
        setter = typeset.Typesetter(kept)
        made = Maker(self.site, setter, only_kept=_only_kept("handouts"), contents=again.contents).all()
        if made.complaints:
            raise Abort(report(made.complaints))
        self.files = own.files | made.files
        self.cards = Cards(self.site, root / ".build" / "cards", only_kept=_only_kept("cards"))
        self.renderer = Renderer(
            self.site,
            own,
            lambda frame: (
                listing.views(made, frame) | share.views(frame, self.cards.all) | offline.views(frame, made=not serving)
            ),
        )
        again.look_at((made.sheets, self.cards.all, own.names))
        self.beside.append(Aside(lambda: self.cards.files().items(), apart=apart))
        self.beside.append(Aside(lambda: self.renderer.beside().items(), apart=apart))
        self.pages = {locale: Aside(partial(self._pages, locale), apart=apart) for locale in self.site.pages}

    def _pages(self, locale: str) -> Iterator[tuple[str, bytes]]:
        """The pages of a language by name, and the codes beside them by address."""
        for name in self.site.pages[locale]:
            html = again.page(self.site, locale, name, self.renderer.page) if serving else self.renderer.page(locale, name)
            yield name, policy.seal(html, open_=serving).encode()
        yield from codes.build(self.site, locale)


current: Build
again = Again()
serving = False
WITHOUT = os.environ.get("PE_WITHOUT", "").split(",")  # handouts, cards: then only those that an earlier build has kept


def _only_kept(what: str) -> bool:
    """Whether PDFs or cards that are not there yet are left out: so it is where pages are served, unless asked for."""
    return what in WITHOUT or (serving and not os.environ.get(what.upper()))


def _i18n(config: MkDocsConfig) -> I18n:
    return cast("I18n", config.plugins["i18n"])


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether pages are served: live reload is an inline script, which the policy of a published page forbids."""
    global serving
    serving = command == "serve"
    gc.set_threshold(20_000, 50)  # a build makes much and few circles: to look for them as often as usual takes a tenth of it


@event_priority(100)  # before anything of the old site is removed
def on_config(config: MkDocsConfig) -> None:
    """Read and judge everything, once a build."""
    global current
    if not _i18n(config).building:
        config.theme.dirs = config.theme.dirs[:1]  # overrides/: the theme's ten thousand icons need not be looked through
        config.theme.static_templates.clear()  # the map of the site and the page for wrong addresses are ours
        current = Build(config)


@event_priority(-150)  # after static-i18n (-100) has found the languages of the files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give each page the address of its language, and leave the theme's own files out."""
    for file in list(files):
        if file.is_documentation_page():
            for locale, twin in getattr(file, "alternates", {}).items():
                _address(twin, locale, config)
        elif not file.src_uri.endswith((".md", ".html")):
            files.remove(file)
    return files


def _address(file: File, locale: str, config: MkDocsConfig) -> None:
    name = Path(file.src_uri).stem
    file.url = current.site.urls.path(locale, name) or "./"
    file.dest_uri = posixpath.join(current.site.urls.path(locale, name), "index.html")
    file.abs_dest_path = str(Path(config.site_dir, file.dest_uri))


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Give MkDocs nothing to render: the page was read when it was judged."""
    return ""


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give the page that was made for this place."""
    return current.pages[_i18n(config).current_language].result().pop(Path(page.file.src_uri).stem).decode()


def on_build_error(error: Exception) -> None:
    """Say in one line what cannot be made, written or read: nobody can mend our code for a full disk or a lost word."""
    if isinstance(error, Refused):
        raise Abort(str(error))
    if isinstance(error, ChildProcessError):
        raise Abort(f"The build stopped: {error}. Why stands in a line beside this one, if it could still be said.")
    if isinstance(error, OSError):
        raise Abort(f"The build stopped: {error}. Is the disk full, or a folder of somebody else?")


@event_priority(-200)  # after static-i18n has built the other languages
def on_post_build(config: MkDocsConfig) -> None:
    """Write what stands beside the pages."""
    if not _i18n(config).building:
        folder = Path(config.site_dir)
        for files in (
            current.files,
            data.build(current.site),
            sitemap.build(current.site),
            feeds.build(current.site),
        ):
            assets.write(folder, files)
        for aside in (*current.pages.values(), *current.beside):
            for address, content in aside.result().rest():
                assets.write(folder, {address: content})
        assets.write(folder, offline.build(current.renderer, folder, serving=serving))  # from all that was written
