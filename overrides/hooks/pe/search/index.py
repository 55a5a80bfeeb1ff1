"""Weights: which words stand where, and how much they say about a passage or a page.

The weight of a word in a passage is that of BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009):
counts weighted by where the word stands, then damped, so that the tenth time says little more than the third.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pe.search import compounds
from pe.search.lay_words import LayWords
from pe.search.passages import Passage
from pe.search.text import chunks, fold, pieces, shouted, stemmer

TITLE, HEADING, LAY, ABOUT, ABOVE, BODY = 9.0, 5.0, 6.0, 2.0, 1.5, 1.0
ELSEWHERE = 0.45  # words that another language uses for the same passage
PART = 0.4  # a part of a compound
DAMPING, LENGTH = 1.6, 0.45  # k1 and b of BM25
PAGE_DAMPING = 7.0
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


class Gatherer:
    """Counts words, passage by passage."""

    def __init__(self, locale: str, lay: LayWords) -> None:
        self.stem = stemmer(locale)
        self.ignored = lay.ignore
        self.keys: dict[str, tuple[str, ...]] = {}  # a chunk of text to its folded forms
        self.stems: dict[str, str] = {}  # a form to its stem
        self.own: set[str] = set()

    def forms_of(self, text: str) -> Iterable[str]:
        """The folded forms of the words of a text that say something."""
        for chunk in chunks(text):
            found = self.keys.get(chunk)
            if found is None:
                found = self.keys[chunk] = tuple(self._forms(chunk))
            yield from found

    def _forms(self, chunk: str) -> Iterable[str]:
        for word in pieces(chunk):
            form = fold(word)
            alone = len(form) == 1 and not form.isdigit() and not word.isupper()
            if form and (shouted(word) or (form not in self.ignored and not alone)):
                self.stems.setdefault(form, self.stem(word))
                yield form

    def add(self, counts: dict[str, float], text: str, weight: float) -> None:
        """Count the words of a text, each with a weight."""
        for form in self.forms_of(text):
            counts[form] = counts.get(form, 0.0) + weight


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
    counted = [(page, number, one, _counts(gatherer, name, one, locale, lay, names))
               for page, (name, found) in enumerate(pages.items()) for number, one in enumerate(found)]  # fmt: skip
    for word in (word for group in lay[locale].same for phrase in group if len(phrase) == 1 for word in phrase):
        gatherer.stems.setdefault(word, gatherer.stem(word))  # known, so that a slip in it is forgiven too
    classes = _classes(gatherer.stems)
    numbers = {form: number for number, forms in enumerate(classes) for form in forms}
    bases = {compounds.common_start(forms): number for number, forms in enumerate(classes)}
    parts = {form: compounds.split(form, numbers, bases) for form in numbers if len(form) >= 6}
    average = sum(sum(counts.values()) for *_, counts in counted) / max(len(counted), 1)
    found: list[dict[int, list[tuple[int, float]]]] = [defaultdict(list) for _ in classes]
    whole: list[dict[int, float]] = [defaultdict(float) for _ in classes]
    titled: list[dict[int, float]] = [defaultdict(float) for _ in classes]
    for page, number, one, counts in counted:
        long = DAMPING * (1 - LENGTH + LENGTH * sum(counts.values()) / (average or 1))
        weights: dict[int, float] = defaultdict(float)
        for form, count in counts.items():
            weights[numbers[form]] += count
            for part in parts.get(form) or ():
                weights[part] += count * PART
        for word, weight in weights.items():
            found[word][page].append((number, one.weight * weight / (weight + long)))
            whole[word][page] += one.weight * weight
            if not one.anchor and weight > ABOUT * 2:
                titled[word][page] = one.weight * TITLED * min(weight / TITLE, 1.0)
    total = len(counted)
    return Index(
        classes,
        [_rarity(sum(map(len, where.values())), total) for where in found],
        [_entries(where, whole[word], titled[word]) for word, where in enumerate(found)],
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
    for line in one.lines:
        gatherer.add(counts, line, BODY if one.anchor else ABOUT)
    place = (name, one.anchor, one.row)
    for other, found in lay.items():
        share = 1.0 if other == locale else ELSEWHERE
        if other != locale and place in names[other]:
            gatherer.add(counts, names[other][place], head * share)
        for phrase in found.leads.get((name, one.anchor), ()) if not one.row else ():
            gatherer.add(counts, phrase, LAY * share)
    return counts


def _classes(stems: Mapping[str, str]) -> list[list[str]]:
    """Forms with the same stem, sorted by their first form."""
    found: dict[str, list[str]] = defaultdict(list)
    for form, stem in stems.items():
        found[stem].append(form)
    return sorted(sorted(forms) for forms in found.values())


def _rarity(passages: int, total: int) -> int:
    return passages and max(1, round(10 * math.log(1 + (total - passages + 0.5) / (passages + 0.5))))


def _entries(
    where: Mapping[int, list[tuple[int, float]]], whole: Mapping[int, float], titled: Mapping[int, float]
) -> list[Entry]:
    made = [
        Entry(
            page,
            max(1, round(STEPS * (whole[page] / (whole[page] + PAGE_DAMPING) + titled.get(page, 0.0)))),
            tuple(
                (number, max(1, round(STEPS * weight)))
                for number, weight in sorted(passages, key=lambda one: (-one[1], one[0]))[:PASSAGES]
            ),
        )
        for page, passages in where.items()
    ]
    return sorted(made, key=lambda one: (-one.weight, one.page))[:PAGES]


def _endings(classes: list[list[str]]) -> list[str]:
    """The endings in which the forms of one class differ, the most frequent first; those met once may be chance."""
    count: dict[str, int] = defaultdict(int)
    for forms in classes:
        if len(forms) > 1:
            start = len(compounds.common_start(forms))
            for form in forms:
                count[form[start:]] += 1
    return sorted((one for one, times in count.items() if times > 1 and len(one) <= 6), key=lambda one: (-count[one], one))
