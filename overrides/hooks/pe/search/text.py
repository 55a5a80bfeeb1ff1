"""Words as the search compares them: small letters without accents. guess.js does so to what a reader types."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from functools import cache

import snowballstemmer
from babel import Locale

CHUNK = re.compile(r"[^\W_]+(?:[-‐‑'’/][^\W_]+)*")
APOSTROPHE, DASH = re.compile(r"['’]"), re.compile(r"[-‐‑/]")
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"})


@cache
def fold(word: str) -> str:
    """A word in small letters and without accents: ``Träning`` -> ``traning``."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(one for one in parts if not unicodedata.combining(one)).translate(LETTERS).replace("ß", "ss")


def pieces(chunk: str) -> tuple[str, ...]:
    """The words of a chunk, as written: ``dell'acqua`` -> dell, acqua; ``can't`` -> cant; ``B-12`` -> B, 12, B12.

    What stands before and after a hyphen or stroke counts apart and joined, as readers leave both out.
    """
    found: list[str] = []
    parts = DASH.split(chunk)
    for part in parts:
        first, *rest = APOSTROPHE.split(part)
        for one in rest:
            if len(one) <= 2:  # can't, doctor's
                first += one
            else:  # dell'acqua
                found.append(first)
                first = one
        found.append(first)
    return (*found, "".join(found)) if len(parts) == 2 else tuple(found)


def chunks(text: str) -> list[str]:
    """Letters and digits that stand together, with hyphens, strokes and apostrophes between them."""
    return CHUNK.findall(text)


def words(text: str) -> Iterator[str]:
    """The folded words of a text, in order."""
    for chunk in chunks(text):
        for one in pieces(chunk):
            yield fold(one)


def shouted(word: str) -> bool:
    """Whether a word is an abbreviation in capitals, which is never a stop word: ``ME``."""
    return len(word) > 1 and word.isupper()


def telling(word: str, ignored: Container[str]) -> bool:
    """Whether a word, as written, says something about what is looked for: no small word, no letter alone."""
    form = fold(word)
    alone = len(form) == 1 and not form.isdigit() and not word.isupper()
    return bool(form) and (shouted(word) or (form not in ignored and not alone))


@cache
def stemmer(locale: str) -> Callable[[str], str]:
    """The function that cuts endings off words of a language (Snowball); words stay whole where Snowball has no rules."""
    name = (Locale.parse(locale, sep="-").get_language_name("en") or "").lower()
    if name not in snowballstemmer.algorithms():
        return str
    stem = snowballstemmer.stemmer(name).stemWord
    return cache(lambda word: fold(stem(word.lower())))
