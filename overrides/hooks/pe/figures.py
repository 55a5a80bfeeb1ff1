"""Numbers in sentences, in one form for all languages: `1,500`, `1 500` and `1.500` are all 1500."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

BLANKS = "\u00a0\u202f "
DIGIT = re.compile(r"\d")


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], str, str]:
    try:
        symbols = Locale.parse(language).number_symbols["latn"]
        group, decimal = symbols["group"], symbols["decimal"]
    except (UnknownLocaleError, ValueError, KeyError, TypeError):
        group, decimal = ",", "."
    groups = re.escape(BLANKS if group in BLANKS else group + BLANKS[:2])
    number = rf"\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|\d+"
    return (
        re.compile(rf"(?<![^\W_])(?<![^\W\d_][-‑])(?:{number})(?:{re.escape(decimal)}\d+)?"),
        groups,
        decimal,
    )


def figures_in(sentence: str, language: str) -> tuple[str, ...]:
    """The numbers of a sentence, sorted, with a decimal point and without thousands marks.

    In: text without markup, the language's code (marks from Babel, English ones where it has none).
    Numbers that belong to a name (B12, COX-2, Q10) are left out. Out: such as ("0.5", "1500").
    """
    if not DIGIT.search(sentence):  # most have none, and that is quickly told
        return ()
    pattern, groups, decimal = _pattern(language)
    found = []
    for match in pattern.finditer(sentence):
        whole, _, part = match[0].partition(decimal)
        digits = "".join(str(int(one)) for one in re.sub(f"[{groups}]", "", whole)).lstrip("0") or "0"
        found.append(f"{digits}.{part}" if part else digits)
    return tuple(sorted(found))
