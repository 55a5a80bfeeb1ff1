"""What we lean on of the packages that we do not write: an upgrade that changes it must not pass unseen."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import pytest

# file -> (what we take from it, start of its SHA-256). After an upgrade: read what changed, then write the new digest here.
KNOWN = {
    "material/templates/main.html": ("overrides/main.html stands in its place", "9948b55a7bc979c3"),
    "material/templates/404.html": ("it is not looked for: on_config leaves our own folder alone", "80c93494b5432b1b"),
    "material/templates/mkdocs_theme.yml": ("its static_templates are what on_config takes away", "7762893939c35c14"),
    "mkdocs/templates/sitemap.xml": ("ours is written in its place by pe.publish.sitemap", "0950766d642ac999"),
    "mkdocs/commands/build.py": ("the order of events: judged before the old site is removed", "77fb0135d13f1422"),
    "mkdocs/structure/pages.py": ("on_page_read_source gives an empty page, which MkDocs must not refuse", "28cc64c2f8b85b92"),
    "mkdocs_static_i18n/plugin.py": (
        "`building` tells the build within the build; on_post_build at priority -100",
        "a7139ee7a6bd9b14",
    ),
    "mkdocs_static_i18n/reconfigure.py": ("`alternates` of a file, to which on_files gives addresses", "94f24ad7f87b10bf"),
    "mkdocs_static_i18n/folder.py": ("docs_structure: folder", "fa0d5266a9db8adb"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_we_replace_of_other_packages_is_what_we_know(name: str) -> None:
    package, _, inside = name.partition("/")
    found = find_spec(package)
    assert found and found.origin, f"{package} is not installed"
    digest = hashlib.sha256((Path(found.origin).parent / inside).read_bytes()).hexdigest()
    use, known = KNOWN[name]
    assert digest.startswith(known), (
        f"{name} has changed ({use}). Read the change, see that it still holds, then write {digest[:16]}."
    )


def test_no_template_of_the_theme_is_used_but_the_one_we_replace() -> None:
    """main.html is the only file of overrides/ that the theme would look for; all others are named by our own."""
    root = Path(__file__).parents[2] / "overrides"
    found = find_spec("material")
    assert found and found.origin
    theirs = Path(found.origin).parent / "templates"
    ours = {file.relative_to(root).as_posix() for file in root.rglob("*.html")}
    same = {name for name in ours if (theirs / name).is_file()}
    extended = [name for name in ours if "{% extends" in (root / name).read_text("utf-8")]
    assert not extended, f"These extend a template that we do not know: {extended}"
    assert same == {"main.html"} | {name for name in same if name.startswith("partials/")}
    by_theme = (root / "main.html").read_text("utf-8")
    assert "{% include" not in by_theme, "main.html would include a partial of the theme"
