"""How the site looks among the apps of a device."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from urllib.parse import urljoin

from built import Built, Page
from conftest import ROOT
from PIL import Image
from playwright.sync_api import BrowserContext

from pe.offline import icons


def home(site: Built, locale: str) -> Page:
    return min(site.of(locale), key=lambda page: len(page.url))


def manifest(site: Built, locale: str) -> tuple[str, dict[str, Any]]:
    url = urljoin(home(site, locale).url, home(site, locale).one("link", rel="manifest").get("href"))
    return url, json.loads(site.file(url).read_text("utf-8"))


def test_each_page_leads_to_the_manifest_of_its_language(site: Built) -> None:
    for page in site.pages:
        url = urljoin(page.url, page.one("link", rel="manifest").get("href"))
        assert json.loads(site.file(url).read_text("utf-8"))["lang"] == page.locale, page


def test_a_manifest_has_what_a_device_needs_to_install_it(site: Built) -> None:
    for locale in site.locales:
        url, found = manifest(site, locale)
        assert {"name", "short_name", "lang", "dir", "start_url", "scope", "display", "icons"} <= set(found)
        assert urljoin(url, found["start_url"]) == home(site, locale).url
        assert urljoin(url, found["scope"]) == site.address, "all languages stay in one window"
        assert found["dir"] in ("ltr", "rtl") and found["lang"] == locale
        assert found["display"] in ("standalone", "minimal-ui")
        tokens = (ROOT / "overrides/assets/css/tokens.css").read_text("utf-8")
        assert all(re.search(rf": {found[one]};", tokens) for one in ("background_color", "theme_color"))
        assert {(one["sizes"], one["purpose"]) for one in found["icons"]} >= {
            ("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable")
        }  # fmt: skip
        for icon in found["icons"]:
            file = site.file(urljoin(url, icon["src"]))
            with Image.open(file) as picture:
                assert f"{picture.width}x{picture.height}" == icon["sizes"] and picture.format == "PNG", icon["src"]
                corner = picture.convert("RGBA").getpixel((0, 0))
                assert isinstance(corner, tuple) and (corner[3] == 255) == (icon["purpose"] == "maskable"), icon["src"]


def test_a_maskable_icon_keeps_its_drawing_in_the_inner_circle() -> None:
    source = (ROOT / "overrides/assets/images/favicon.svg").read_text("utf-8")
    for size in icons.SIZES:
        with Image.open(io.BytesIO(icons.draw(icons.signs(source)["maskable"], size))) as picture:
            ground = picture.convert("RGB").getpixel((0, 0))
            pixels = picture.convert("RGB")
            outside = [
                (x, y)
                for x in range(size)
                for y in range(size)
                if pixels.getpixel((x, y)) != ground and (x - size / 2) ** 2 + (y - size / 2) ** 2 > (0.4 * size) ** 2
            ]
            assert not outside, outside[:3]


def test_the_browser_finds_no_fault_in_a_manifest(site: Built, hosted: Any, reader: BrowserContext) -> None:
    host, tab = hosted(site), reader.new_page()
    for locale in site.locales:
        tab.goto(host.at(home(site, locale).url))
        devtools = reader.new_cdp_session(tab)
        found = devtools.send("Page.getAppManifest")
        assert not found["errors"] and json.loads(found["data"])["lang"] == locale
        faults = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert not [one for one in faults if one["errorId"] != "in-incognito"], faults
