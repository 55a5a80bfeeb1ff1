"""The file for a memory stick: all pages of a language in a zip, which open from a folder by double click.

The tree is that of the site. Only what a folder cannot do is changed: a link to a page names its file, what is not
taken along is linked at its public address, and what needs the site (keeping pages, the manifest) is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

from pe.offline.reach import LINK, PAGE, file_of, resolved

# What needs the site: no paragraph (its end may be left out), and nothing that holds another of its kind.
ONLINE = re.compile(r"<(div|form) [^>]*data-pe-online.*?</\1>", re.S)
MANIFEST = re.compile(r'<link rel="manifest"[^>]*>')
MAIN = re.compile(r"<main [^>]*>")
DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: two builds give the same bytes
MODE = 0o644 << 16


def page(html: str, address: str, taken: Collection[str], site_url: str, note: str) -> str:
    """Change a page of the site into one for a folder.

    `address` is the page's below the root, `taken` are the files in the folder, `note` is HTML said at the top.
    """

    def link(found: re.Match[str]) -> str:
        name, value = found[1], found[2].strip('"')
        target = resolved(address, value)
        if target is None:
            return found[0]
        if file_of(target) not in taken:
            path, sign, place = value.partition("#")
            return f'{name}="{_joined(site_url + address, path)}{sign}{place}"'
        if target and not target.endswith("/"):
            return found[0]
        end = min(value.find(sign) % (len(value) + 1) for sign in "?#")
        return f'{name}="{value[:end]}{PAGE}{value[end:]}"'

    html = MANIFEST.sub("", ONLINE.sub("", html))
    html = LINK.sub(link, html)
    html = html.replace("'self'", "'self' file:")  # some browsers do not count a folder's files as its own
    return MAIN.sub(lambda found: found[0] + note, html, count=1)


_joined = lru_cache(maxsize=4096)(urljoin)  # a page of sources names the same pages over and over


def pack(folder: Path, stem: str, files: Collection[str], made: dict[str, str]) -> bytes:
    """Make the zip: files of the site's folder as they are, and texts that were made for it, all below the folder `stem`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted({*files, *made}):
            entry = zipfile.ZipInfo(f"{stem}/{name}", DAY)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, MODE, 3
            archive.writestr(entry, made[name].encode() if name in made else (folder / name).read_bytes())
    return written.getvalue()
