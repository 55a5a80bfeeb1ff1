"""Compounds taken apart by the site's own words: ryggsmärta -> rygg, smärta. No list of rules: both parts must be known."""

from collections.abc import Mapping

LEAST, SHORT = 3, 4  # letters of a part; one of the two has at least SHORT
ELIDED = ("", "a", "e")  # what the first part loses when it joins: hjärt(a), läkar(e)
LINKS = ("", "s")  # what stands between the parts: arbet-s-plats


def split(word: str, known: Mapping[str, int], bases: Mapping[str, int]) -> tuple[int, int] | None:
    """The classes of the two parts of a word; None where it is no compound of known words.

    In: the folded word, classes by form, classes by base (what all forms of a class have in common).
    The longest last part wins, as the last part says what the thing is.
    """
    for at in range(LEAST, len(word) - LEAST + 1):
        first, last = word[:at], word[at:]
        if last not in known or max(at, len(last)) < SHORT:
            continue
        for link in LINKS:
            if first.endswith(link) and len(stem := first.removesuffix(link)) >= LEAST:
                for lost in ELIDED:
                    if (found := known.get(stem + lost)) is not None:
                        return found, known[last]
                if len(stem) >= SHORT and (found := bases.get(stem)) is not None:
                    return found, known[last]
    return None


def common_start(words: list[str]) -> str:
    """What all words of a list begin with."""
    first, last = min(words), max(words)
    size = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: min(size, len(last))]
