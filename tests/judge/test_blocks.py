"""Where the judge tells nothing, the page is rendered as it was read: the same headings, items, paragraphs and tables."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from written import examples

from pe.reader import parts_of
from pe.render.markdown import Pages, converter

MARKS = (
    "",
    "",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "10. ",
    "# ",
    "## ",
    "##",
    "### ",
    "-",
    "=",
    "---",
    "- - -",
    "_ _ _",
    ">",
    "\\#",
    "\\- ",
)
INDENTS = ("", "", "", " ", "  ", "   ", "    ", "      ", "        ", "\t")
WORDS = ("Word.", "Word.", "", "a | b.", "1. ", "# ", " - ", "Word # ", "C#", "2 times.", "A - b.")
ENDS = ("", "", "", " #", " { #x }", "{ #x }", " {#y}", " # { #x }", "\\# { #x }", "  ")
LINE = st.tuples(*map(st.sampled_from, (INDENTS, MARKS, WORDS, ENDS))).map("".join)
TABLE = st.sampled_from(
    ["| a | b |\n|---|---|\n| c | d |", "| a | b |\n|:--|--:|", "a | b\n---|---\nc | d", "    | a |\n    |---|\n    | b |"]
)
LISTS = st.sampled_from(["- a\n- b", "- a\n\n    - b", "1. a\n2. b", "- a\n    more", "- a\n    1. b\n    2. c"])
TEXT = st.lists(st.tuples(st.one_of(LINE, LINE, LINE, LISTS, TABLE), st.sampled_from(["\n", "\n\n"])).map("".join), max_size=7)
MARKDOWN = converter(("attr_list", "tables", "sane_lists"), Pages())


def rendered(text: str) -> dict[str, list[object]]:
    """What Markdown makes of a text: levels and ids of the headings, depths of the items, and how many of the others."""
    html = MARKDOWN.reset().convert(text)
    depth, depths = -1, []
    for tag in re.findall(r"<(/?[uo]l|li)>", re.sub(r"<ol[^>]*>", "<ol>", html)):
        depth += {"ul": 1, "ol": 1, "/ul": -1, "/ol": -1, "li": 0}[tag]
        depths += [depth] if tag == "li" else []
    return {
        "headings": [(int(one[0]), one[1]) for one in re.findall(r'<h(\d)(?: id="([^"]*)")?>', html)],
        "items": list(depths),
        "tables": re.findall("<table", html),
        "others": re.findall("<(?:pre|hr|blockquote)", html),
    }


@examples(300)
@given(lines=TEXT)
def test_what_is_not_refused_is_rendered_as_it_was_read(lines: list[str]) -> None:
    text = "# Page\n\n" + "".join(lines)  # as each page begins
    parts = parts_of(text, 1, "page.md", frozenset())
    if parts.complaints:
        return
    assert rendered(text) == {
        "headings": [(one.level, one.id) for one in parts.headings],
        "items": [item.depth for one in parts.lists for item in one.items],
        "tables": ["<table"] * len(parts.tables),
        "others": [],
    }, text
