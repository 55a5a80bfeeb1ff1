"""What people write, and what becomes of it under their hands: strategies for property tests, and what a complaint must be.

Each property is tried with a few examples, so that the tests stay quick. To try ten thousand of each:

    FUZZ=10000 ./dev test tests/judge/test_fuzz.py tests/judge/test_fuzz_site.py tests/search/test_fuzz_queries.py

FUZZ_SEED=1 (2, 3 ...) tries others; without it the same ones are tried each time.
"""

from __future__ import annotations

import copy
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st

from pe.complaint import Complaint, report

EXAMPLES = int(os.environ.get("FUZZ", "0"))
MOST = 1200  # characters of a complaint that somebody still reads


def examples(few: int, share: int = 1) -> Callable[[Any], Any]:
    """Try so many examples by default, and FUZZ of them where that is set; one in `share` of these where they take long."""
    quiet = settings(
        deadline=None,
        max_examples=EXAMPLES // share or few,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=False,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
    )
    chosen = seed(int(os.environ.get("FUZZ_SEED", "0")))
    return lambda test: quiet(chosen(test))


# Pieces that people really write, in the wrong place, find more than characters at random.
PIECES = [
    *("---\n", "\n", "\n\n", "# A\n", "\n## B { #b }\n", "### C { #now }", "1. ", "- ", "    - ", "  "),
    *("| a | b |\n|---|---|\n", "|", "\\|", "[^", "[^a-b]", "[^heat-back-pain]", "]", "](", "[x](glossary.md#pem)"),
    *("![x](../figures/spine.svg)", "**", "_", "`", "```", "<b>", "<script>", "&amp;", "{{ x }}", "{% x %}", "%s", "%"),
    *("{name}", "{", "}", "{0}", "{a.b}", "{!r}", ": ", ":", "- - ", "? ", "#", " #", "'", '"', "&a ", "*a", "!x ", "<<: "),
    *("@@styles@@", "@@policy@@", "@@words@@", "&lt;", "</main>", "<!--", "https://example.org/?a=b&c", "javascript:x"),
    *("[", "{a: b}", "null", "~", "true", "no", "0x1F", "2026-02-30", "../../x"),
    *('"\\x07"', '"\\uD83D"', '"a\\nb"', "|\n", ">-\n"),
    *("é", "e\u0301", "1.5", "1 500", "١٢", "²", "½", "Word. ", " word", "e.g. 3", "ß", "İ", "ﬁ"),
    *("\U0001f600", "\t", "\r", "\r\n"),
    *("\u00ad", "\u200b", "\u202e", "\ufeff", "\x00", "\x02", "\x03", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ud800", "\ufffe"),
    *("9" * 4400, "a" * 3000, "[" * 200, "- " * 200),
]
PIECE = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))
SCRAPS = st.lists(PIECE, max_size=30).map("".join)
ANYTHING = st.one_of(st.text(max_size=300), SCRAPS)
TOKEN = re.compile(r"\w+|\s+|.", re.S)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """A text after a few slips: lines lost, doubled, swapped, cut off, words replaced, pieces put in."""
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        slip = draw(st.sampled_from(("lose", "double", "swap", "cut", "word", "word", "put", "put", "put", "indent", "move")))
        if slip == "lose":
            del lines[at]
        elif slip == "double":
            lines.insert(at, lines[at])
        elif slip == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif slip == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif slip == "cut":
            del lines[at + 1 :]
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif slip == "indent":
            lines[at] = draw(st.sampled_from(("  ", "    ", "\t", ""))) + lines[at].lstrip()
        elif slip == "word":
            tokens = TOKEN.findall(lines[at])
            if tokens:
                tokens[draw(st.integers(0, len(tokens) - 1))] = draw(PIECE)
            lines[at] = "".join(tokens)
        else:
            column = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:column] + draw(PIECE) + lines[at][column:]
        text = "\n".join(lines) or "\n"
    return text


@st.composite
def reworded(draw: st.DrawFn, text: str) -> str:
    """A text in which words were replaced by others, or have something beside them; its lines stay."""
    tokens = TOKEN.findall(text)
    words = [at for at, token in enumerate(tokens) if token.strip()]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from(words))
        piece = draw(PIECE).replace("\n", " ")
        tokens[at] = draw(st.sampled_from((piece, tokens[at] + piece, f"{tokens[at]} {piece}", f'"{piece}"')))
    return "".join(tokens)


def tidy(text: str) -> str:
    """A text that a file can hold: no half characters."""
    return text.encode("utf-8", "replace").decode()


VALUES = st.one_of(
    st.sampled_from(["", " ", "x", "true", "no", "null", "0", "-1", "1" * 4400, "²", "٣", "1.5", "a\nb"]),
    st.sampled_from(["{", "{0}", "{a", "}", "{day}", "{day!r}", "{day.year}", "{{", "{}"]),
    st.sampled_from(["2026-11-21", "2026-02-30", "0000-01-01", "9999-12-31", "2027-11", "high", "danger", "now", "lix", "en"]),
    st.sampled_from(["sv", "index", "home", "\t", "\x07", "\u2028", "<b>", "&", "'", '"', "#", "a#b", "+"]),
    st.sampled_from([" + ", "(one)", "(", "*", "x*", ",", "../x", [], {}, [[]], [{}], [""], ["x", "x"], {"x": "y"}, {"": ""}]),
    st.sampled_from([[{"ref": "x"}], None, {"text": {}}, {"word": "*"}]),
    st.text(max_size=20).map(tidy),
)
NAMES = st.one_of(st.sampled_from(["x", "", "a b", "A", "#", "1", "ä", "x#y", "en", "de"]), st.text(max_size=5).map(tidy))


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a YAML value that can hold another: (mapping or list, key or number)."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in inner for found in ((value, key), *places(one))]


@st.composite
def misshapen(draw: st.DrawFn, text: str) -> str:
    """A YAML text with entries that are of another kind, gone, named otherwise, or in another's place."""
    value = yaml.load(text, yaml.BaseLoader)
    for _ in range(draw(st.integers(1, 3))):
        found = places(value)
        if not found:
            break
        holder, key = draw(st.sampled_from(found))
        what = draw(st.sampled_from(("put", "put", "put", "lose", "name", "copy")))
        if what == "put":
            holder[key] = copy.deepcopy(draw(VALUES))
        elif what == "lose":
            del holder[key]
        elif what == "name" and isinstance(holder, dict):
            holder[draw(NAMES)] = holder.pop(key)
        else:
            other, place = draw(st.sampled_from(found))
            other[place] = copy.deepcopy(holder[key])
    return yaml.safe_dump(value, allow_unicode=draw(st.booleans()), sort_keys=False)


def unclear(complaints: Iterable[Complaint]) -> list[str]:
    """Complaints that are not one clear line with a path, and those about faults of our own."""
    found = []
    for one in complaints:
        line = report([one], annotate=False)
        hidden = [letter for letter in line if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")]
        good = re.match(r"[\w./ -]+:[1-9]\d*  [a-z]+(-[a-z]+)*  \S.*[.!?”`)]", line)
        if one.rule == "judge-fault" or hidden or not good or len(line) > MOST or len(line.splitlines()) != 1:
            found.append(line[:MOST])
    return found
