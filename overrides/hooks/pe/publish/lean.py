"""A page with no more than it uses: the styles that can match, the small signs that it shows, no tag or blank too many."""

from __future__ import annotations

import re

from pe.publish.styles import Styles

STYLES = "@@styles@@"
FONTS = "@@assets@@/"  # where the styles name a file: the page says from where it is seen
SIGN = re.compile(r'\n?<g id="([\w-]+)">(.*?)</g>', re.S)
GAP = re.compile(r">\s+<")
SIGNS = re.compile(r'<svg class="pe-signs".*?</svg>\n?', re.S)


def lean(html: str, styles: Styles, assets: str) -> str:
    """Put the styles of a page into it, and its signs where they are shown. `assets`: the way to the files."""
    import minify_html  # takes 10 MiB: only in the processes that make pages

    html = _signs(html)
    head, body, rest = html.partition("<body")
    head = GAP.sub("><", head.rstrip()).replace(STYLES, styles.of(html).replace(FONTS, assets), 1)
    return head + str(minify_html.minify(body + rest))  # the head keeps its quotes: messengers look for them


def _signs(html: str) -> str:
    """Keep the signs that are shown several times; draw one that is shown once in its place, and none that nothing shows."""
    signs = SIGNS.search(html)
    if not signs:
        return html
    kept = signs[0]
    for sign in SIGN.finditer(signs[0]):
        shown = f'<use href="#{sign[1]}"/>'
        if html.count(shown) < 2:
            kept = kept.replace(sign[0], "", 1)
            html = html.replace(shown, sign[2])
    return html.replace(signs[0], kept if "<g" in kept else "", 1)
