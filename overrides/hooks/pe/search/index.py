"""Weights: which words stand where, and how much they say about a passage or a page.

The weight of a word in a passage is that of BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009):
counts weighted by where the word stands, then damped, so that the tenth time says little more than the third.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappush, heapreplace

from pe.search import compounds
from pe.search.lay_words import LayWords
from pe.search.passages import Passage
from pe.search.text import chunks, fold, pieces, stemmer, telling

TITLE, HEADING, LAY, ABOUT, ABOVE, BODY = 9.0, 5.0, 6.0, 2.0, 1.5, 1.0
ELSEWHERE = 0.45  # words that another language uses for the same passage
PART = 0.4  # a part of a compound
DAMPING, LENGTH = 1.6, 0.2  # k1 and b of BM25
PAGE_DAMPING = 10.0
TITLED = 0.8  # what a word in the title, or led to the page itself, adds to its weight on the page
STEPS = 31  # weights are published in so many steps
PAGES, PASSAGES = 40, 5  # at most so many pages a word, and passages a page: what is fetched must not grow with the site


@dataclass(frozen=True, slots=True)
class Entry:
    """A word's weight on a page, and in its passages: (number of the passage on its page, weight)."""

    page: int
    weight: int
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Index:
    """Classes of words that count as one, in the order of their first form.

    `forms`: the forms of each class. `rarity`: how much finding the class says (idf, tenths).
    `entries`: where it stands, heaviest page first. `endings`: what forms of one class differ in, most frequent first.
    """

    forms: list[list[str]] = field(default_factory=list)
    rarity: list[int] = field(default_factory=list)
    entries: list[list[Entry]] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)


Place = tuple[str, str, int]  # page, section, row
Hit = tuple[int, float, float]  # passage, weight in the passage, what it adds to its weight on the page
Weighed = tuple[int, int, tuple[tuple[int, int], ...]]  # weight of a page, its number below 0, the passages of its entry


class Gatherer:
    """Counts words, passage by passage."""

    def __init__(self, locale: str, lay: LayWords) -> None:
        self.stem = stemmer(locale)
        self.ignored = lay.ignore
        self.known: dict[str, tuple[str, ...]] = {}  # a chunk of text to its folded forms
        self.stems: dict[str, str] = {}  # a form to its stem

    def _forms(self, chunk: str) -> Iterable[str]:
        for word in pieces(chunk):
            if telling(word, self.ignored):
                form = fold(word)
                self.stems.setdefault(form, self.stem(word))
                yield form

    def add(self, counts: dict[str, float], text: str, weight: float) -> None:
        """Count the words of a text that say something, each with a weight."""
        known = self.known
        for chunk, times in Counter(chunks(text)).items():
            forms = known.get(chunk)
            if forms is None:
                forms = known[chunk] = tuple(self._forms(chunk))
            for form in forms:
                counts[form] = counts.get(form, 0.0) + weight * times

    def add_whole(self, counts: dict[str, float], phrase: str, weight: float) -> None:
        """Count a phrase as one word."""
        self.stems[phrase] = phrase
        counts[phrase] = counts.get(phrase, 0.0) + weight


def build(
    locale: str,
    pages: Mapping[str, list[Passage]],
    lay: Mapping[str, LayWords],
    names: Mapping[str, Mapping[Place, str]],
) -> Index:
    """The index of one language.

    In: its code, the passages of its pages by name, the lay words of all languages, and what passages are called
    in all languages (by place): words of another language lead to the same passage, with less weight.
    """
    gatherer = Gatherer(locale, lay[locale])
    counted = [[(one, _counts(gatherer, name, one, locale, lay, names)) for one in found] for name, found in pages.items()]
    for same in (one for group in lay[locale].same for phrase in group if len(phrase) == 1 for one in phrase):
        gatherer.stems.setdefault(same, gatherer.stem(same))  # known, so that a slip in it is forgiven too
    classes = _classes(gatherer.stems)
    numbers = {form: number for number, forms in enumerate(classes) for form in forms}
    bases = {compounds.common_start(forms): number for number, forms in enumerate(classes)}
    parts = {form: found for form in numbers if len(form) >= 6 and (found := compounds.split(form, numbers, bases))}
    lengths = [sum(counts.values()) for found in counted for _, counts in found]
    average = sum(lengths) / max(len(lengths), 1) or 1.0
    passages = [0] * len(classes)
    heaviest: list[list[Weighed]] = [[] for _ in classes]
    for page in range(len(counted)):
        hits: dict[int, list[Hit]] = {}
        for number, (one, counts) in enumerate(counted[page]):
            weights: dict[int, float] = {}
            for form, count in counts.items():
                word = numbers[form]
                weights[word] = weights.get(word, 0.0) + count
                for part in parts.get(form, ()):
                    weights[part] = weights.get(part, 0.0) + count * PART
            long = DAMPING * (1 - LENGTH + LENGTH * sum(counts.values()) / average)
            for word, weight in weights.items():
                hits.setdefault(word, []).append((number, one.weight * weight / (weight + long), one.weight * weight))
        for word, there in hits.items():
            passages[word] += len(there)
            _weigh(heaviest[word], page, there)
        counted[page] = []  # of a large site all would fill the memory
    return Index(
        classes,
        [_rarity(found, len(lengths)) for found in passages],
        [[Entry(-page, weight, best) for weight, page, best in sorted(found, reverse=True)] for found in heaviest],
        _endings(classes),
    )


def _counts(
    gatherer: Gatherer,
    name: str,
    one: Passage,
    locale: str,
    lay: Mapping[str, LayWords],
    names: Mapping[str, Mapping[Place, str]],
) -> dict[str, float]:
    counts: dict[str, float] = {}
    head = HEADING if one.anchor else TITLE
    gatherer.add(counts, one.heading, head)
    if one.row:
        gatherer.add(counts, one.above, ABOVE)
    gatherer.add(counts, "\n".join(one.lines), BODY if one.anchor else ABOUT)
    place = (name, one.anchor, one.row)
    for other, found in lay.items():
        share = 1.0 if other == locale else ELSEWHERE
        if other != locale and place in names[other]:
            gatherer.add(counts, names[other][place], head * share)
        for phrase in found.leads.get((name, one.anchor), ()) if not one.row else ():
            gatherer.add(counts, phrase, LAY * share)
            if other == locale and (whole := found.whole(phrase)):
                gatherer.add_whole(counts, whole, LAY)
    return counts


def _classes(stems: Mapping[str, str]) -> list[list[str]]:
    """Forms with the same stem, sorted by their first form."""
    found: dict[str, list[str]] = defaultdict(list)
    for form, stem in stems.items():
        found[stem].append(form)
    return sorted(sorted(forms) for forms in found.values())


def _rarity(passages: int, total: int) -> int:
    return passages and max(1, round(10 * math.log(1 + (total - passages + 0.5) / (passages + 0.5))))


def _weigh(heaviest: list[Weighed], page: int, found: list[Hit]) -> None:
    """Put a page among the heaviest of a class, of which so many are kept; of two that weigh the same, the first."""
    weight = _page_weight(found)
    if len(heaviest) == PAGES and (weight, -page) < heaviest[0][:2]:
        return
    best = sorted(found, key=lambda one: (-one[1], one[0]))[:PASSAGES]
    entry = (weight, -page, tuple((number, max(1, round(STEPS * share))) for number, share, _ in best))
    if len(heaviest) < PAGES:
        heappush(heaviest, entry)
    else:
        heapreplace(heaviest, entry)


def _page_weight(found: list[Hit]) -> int:
    mass = sum(one[2] for one in found)
    first = found[0]
    titled = TITLED * min(first[2] / TITLE, 1.0) if first[0] == 0 and first[2] > ABOUT * 2 else 0.0
    return max(1, round(STEPS * (mass / (mass + PAGE_DAMPING) + titled)))


def _endings(classes: list[list[str]]) -> list[str]:
    """The endings in which the forms of one class differ, the most frequent first; those met once may be chance."""
    count: dict[str, int] = defaultdict(int)
    for forms in classes:
        if len(forms) > 1:
            start = len(compounds.common_start(forms))
            for form in forms:
                count[form[start:]] += 1
    return sorted((one for one, times in count.items() if times > 1 and len(one) <= 6), key=lambda one: (-count[one], one))
