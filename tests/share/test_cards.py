"""The picture of a link in a message: there for each page and language, light, the same over two builds; bad input is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from built import Built
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from written import examples

from pe.cards import drawing, room
from pe.cards.files import Cards
from pe.judge import judged
from pe.site import Site

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("og:type", "og:title", "og:description", "og:url", "og:image", "og:site_name", "og:locale", "og:image:alt")
MOST = 60_000  # bytes
LANGUAGES = {"en": "en_US", "sv": "sv_SE", "it": "it_IT"}


@pytest.fixture(params=["built", "built_below"])
def site(request: pytest.FixtureRequest) -> Built:
    found: Built = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def content() -> Site:
    reading, _ = judged(ROOT)
    assert reading is not None
    return Site(reading)


def test_every_page_says_what_a_message_shows(site: Built) -> None:
    for page in site.pages:
        said = {tag.get("property"): tag.get("content") for tag in page.all("meta") if tag.get("property")}
        assert not [name for name in NEEDED if not said.get(name)], f"{page} says only {sorted(said)}"
        assert said["og:url"] == page.url
        assert said["og:title"] == page.one("h1").text
        assert said["og:description"] == page.one("meta", name="description").get("content")
        assert said["og:locale"] == LANGUAGES.get(page.locale, said["og:locale"])
        assert said["og:title"] in said["og:image:alt"]
        assert page.one("meta", name="twitter:card").get("content") == "summary_large_image"


def test_every_picture_is_an_absolute_address_that_exists_and_light(site: Built) -> None:
    seen: dict[str, str] = {}
    for page in site.pages:
        address = page.one("meta", property="og:image").get("content")
        assert address.startswith(page.url), f"{page}: {address} does not lie beside the page"
        picture = site.file(address).read_bytes()
        assert len(picture) <= MOST, f"{address}: {len(picture)} bytes"
        opened = Image.open(io.BytesIO(picture))
        assert (opened.format, opened.size) == ("PNG", (1200, 630))
        size = [page.one("meta", property=f"og:image:{side}").get("content") for side in ("width", "height")]
        assert size == ["1200", "630"]
        assert address not in seen
        seen[address] = page.url
    assert len({site.file(one).read_bytes() for one in seen}) == len(seen), "two pages have the same picture"


def test_no_picture_is_left_that_no_page_shows(site: Built) -> None:
    shown = {site.file(page.one("meta", property="og:image").get("content")) for page in site.pages}
    assert set(site.folder.rglob("card.*.png")) == shown


def test_two_builds_draw_the_same_bytes_and_the_second_draws_nothing(
    content: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Cards(content, tmp_path / "one").files()
    assert Cards(content, tmp_path / "two").files() == first
    (tmp_path / "one" / "0000.png").write_bytes(b"of an older build")
    monkeypatch.setattr(drawing, "draw", None)
    assert Cards(content, tmp_path / "one").files() == first
    assert not (tmp_path / "one" / "0000.png").exists()


def test_while_serving_only_what_is_kept_is_shown(content: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "draw", None)
    cards = Cards(content, tmp_path / "none", only_kept=True)
    assert cards.all == {} == cards.files()


def test_a_cache_that_cannot_be_written_costs_time_only(content: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(drawing, "draw", lambda *_: b"drawn")
    assert set(Cards(content, tmp_path / "file").files().values()) == {b"drawn"}


def test_what_does_not_fit_is_told_and_leaves_no_file(content: Site, tmp_path: Path) -> None:
    cards = Cards(content, tmp_path / "cards")
    place, card = next(iter(cards.all.items()))
    object.__setattr__(card, "title", "Ryggvärks" * 9)
    with pytest.raises(ValueError, match="is wider than the card"):
        cards.files()
    assert not (tmp_path / "cards" / f"{card.digest}.png").exists(), place


def test_title_and_line_stay_inside_the_card() -> None:
    title, line = "What the articles said, and what we answer now", "A sentence of some length. " * 7
    found = room.fit(title, line)
    assert found is not None
    for one, weight in ((found.title, room.BOLD), (found.line, room.REGULAR)):
        assert all(room.width(text, weight, one.size) <= room.COLUMN for text in one.lines)
    assert found.title.height + room.GAP + found.line.height <= room.BOTTOM - room.TOP
    assert " ".join(found.title.lines) == title


@examples(100)
@given(st.text(max_size=90), st.text(max_size=400))
def test_whatever_is_written_is_drawn_or_told(title: str, line: str) -> None:
    what = room.why_not(title, line)
    assert "\n" not in what
    assert bool(what) == (room.fit(title, line) is None) or what.startswith("the letters of the card have no")


def test_the_sign_is_a_path_of_known_commands() -> None:
    assert drawing.points("M0 0c0 1 1 1 1 0s1-1 1 0")[-1] == (2.0, 0.0)
    with pytest.raises(ValueError, match="drawn with q"):
        drawing.points("M0 0q1 1 2 0")
