"""What is published for the search: one file of words a language, then small files that are fetched when a word needs them.

All are scripts that hand their content to `peSearch.take`, because a page opened from a folder (file://) may run a
script that lies beside it, but may not fetch a file.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from pe.aside import Aside, Made
from pe.page import HELP
from pe.publish.assets import version
from pe.render import words
from pe.search import compounds, passages
from pe.search.address import folder_of, words_of
from pe.search.index import Entry, Index, Place, build
from pe.search.passages import HELP_PAGE, SEARCH, Passage
from pe.search.text import words as words_in
from pe.site import Site

HOT = 4800  # forms in the file of words, which is compared with what is typed letter by letter; the rest lies in pieces
PIECE = 5000  # characters of a piece of the index
TEXT = 4500  # characters of a piece of text
ROOM = 64  # passages a piece of text, at most: find.js takes its number and place from one number
TOPICS = 12  # pages that are offered where nothing is found
SAID = ("nothing", "found", "found_one", "danger", "danger_call", "help", "more", "all")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_kept: dict[str, tuple[object, dict[str, bytes]]] = {}  # a language that did not change is not made again while serving


def publish(site: Site, *, keep: bool = False) -> Iterator[tuple[str, bytes]]:
    """The files of all languages, each with its address. `keep` them for the next time, where little will have changed."""
    names: dict[str, dict[Place, str]] = {locale: {} for locale in site.pages}

    def noted(locale: str) -> Iterator[tuple[str, list[Passage]]]:
        for name, found in _cut(site, locale):
            names[locale] |= {(name, one.anchor, one.row): one.heading for one in found}
            yield name, found

    waiting = {locale: Aside(partial(noted, locale), apart=False).result() for locale in site.pages}
    for locale in site.pages:
        yield from _made(site, locale, waiting[locale], names, keep=keep).items()


def _made(
    site: Site, locale: str, cut: Made[list[Passage]], names: Mapping[str, Mapping[Place, str]], *, keep: bool
) -> dict[str, bytes]:
    """The files of one language. Apart, so that nothing of one language is held while the next is made."""
    pages = dict(cut.rest())
    basis = (pages, names, site.lay_words, site.strings[locale], site.slugs, site.ledger.help, site.order)
    if locale in _kept and _kept[locale][0] == basis:
        return _kept[locale][1]
    made = Pieces(site, locale, pages, build(locale, pages, site.lay_words, names)).files()
    if keep:
        _kept[locale] = basis, made
    return made


def _cut(site: Site, locale: str) -> Iterator[tuple[str, list[Passage]]]:
    """The passages of all pages of a language but the search page; the nav's pages first."""
    numbers = tuple(
        f"{words.country(code, locale)}: {line.number} {line.name}".strip()
        for code, lines in site.ledger.help.items()
        for line in lines
    )
    pages = site.pages[locale]
    order = [name for name in dict.fromkeys([*site.order, *pages]) if pages[name].kind != SEARCH]
    return ((name, list(passages.cut(pages[name], numbers))) for name in order)


class Pieces:
    """The files of one language."""

    def __init__(self, site: Site, locale: str, cut: Mapping[str, list[Passage]], index: Index) -> None:
        self.site, self.locale, self.cut, self.index = site, locale, cut, index
        self.lay = site.lay_words[locale]
        self.order = list(cut)
        self.places = {name: list(_places(found)) for name, found in cut.items()}

    def files(self) -> dict[str, bytes]:
        """All files, by address. The version in the first one names the folder of the others."""
        pieces = {**self._texts(), **self._entries()}
        content = {**self._words(), "w": self._said()}
        digits = version(repr((sorted(pieces.items()), content)).encode())
        folder = f"{folder_of(self.locale)}{digits}/"
        made = {f"{folder}{name}.js": _script(name, piece) for name, piece in pieces.items()}
        return {words_of(self.locale): _script("words", {"v": digits, **content}), **made}

    def _texts(self) -> dict[str, Any]:
        """Pieces of text: the page's title, address and one-line answer, then anchor, heading, lines of each passage."""
        made: dict[str, Any] = {}
        for number, name in enumerate(self.order):
            page = self.site.pages[self.locale][name]
            head = [page.title, self.site.urls.path(self.locale, name), passages.key_line(page)]
            for one, place in zip(self.cut[name], self.places[name], strict=True):
                piece = made.setdefault(f"t{number}-{place // ROOM}", [*head])
                piece.append([one.anchor, one.heading, one.above, *one.lines])
        return made

    def _entries(self) -> dict[str, str]:
        """Pieces of the index. Those of words that are not in the first file begin with their forms."""
        units, cold = self._ordered
        made: dict[str, str] = {}
        self.starts: list[int] = []
        self.borders: list[str] = []
        place = 0
        for count, group in enumerate(_grouped(["|".join(map(self._entry, unit)) for unit in units], PIECE)):
            self.starts.append(place)
            place += sum(len(units[at]) for at, _ in group)
            made[f"i{count}"] = "|".join(text for _, text in group)
        for count, group in enumerate(_grouped([self._entry(one) for one in cold], PIECE)):
            own = [cold[at] for at, _ in group]
            self.borders.append(self.index.forms[own[0]][0])
            made[f"c{count}"] = (
                _front_coded([self.index.forms[one] for one in own]) + "\n" + "|".join(text for _, text in group)
            )
        return made

    @cached_property
    def _ordered(self) -> tuple[list[list[int]], list[int]]:
        """The classes whose forms are in the first file, lay words before all, and the others, in the order of the alphabet.

        Of the first those that mean the same come before all, side by side: who asks for one of them needs them all.
        """
        index = self.index
        typed = {form for phrase in chain(*self.lay.same) for form in phrase}
        for phrase in chain(*self.lay.leads.values()):
            typed |= {*words_in(phrase), self.lay.whole(phrase)}
        weights = [sum(entry.weight for entry in found) for found in index.entries]
        heavy = sorted(range(len(weights)), key=lambda one: (typed.isdisjoint(index.forms[one]), -weights[one], one))
        room, hot = HOT, set()
        for one in heavy:
            room -= len(index.forms[one])
            if room < 0:
                break
            hot.add(one)
        numbers = {form: one for one in hot for form in index.forms[one]}
        cold, units = sorted(set(heavy) - hot), []
        for group in self.lay.same:
            found = {numbers[phrase[0]] for phrase in group if len(phrase) == 1 and phrase[0] in numbers} & hot
            hot -= found
            units.append(sorted(found))
        return [unit for unit in units if unit] + [[one] for one in sorted(hot)], cold

    def _entry(self, number: int) -> str:
        """A class: its rarity, then page, weight and passages of each entry."""
        found = [_digits((self.index.rarity[number],))]
        for one in self.index.entries[number]:
            found.append(_digits((one.page, one.weight, *self._placed(one))))
        return ";".join(found)

    def _placed(self, entry: Entry) -> Iterator[int]:
        places = self.places[self.order[entry.page]]
        for passage, weight in entry.passages:
            yield places[passage]
            yield weight

    def _words(self) -> dict[str, Any]:
        forms = [self.index.forms[one] for unit in self._ordered[0] for one in unit]
        numbers = {form: number for number, found in enumerate(forms) for form in found}
        return {
            "f": _front_coded(forms),
            "i": self.starts,
            "c": self.borders,
            "e": " ".join(self.index.endings),
            "s": " ".join(sorted(self.lay.ignore)),
            "a": [self._same(group, numbers) for group in self.lay.same],
            "n": [" ".join(phrase) for phrase in self.lay.calm],
            "d": [
                [self.lay.also.get(sign, ""), [[" ".join(phrase) for phrase in group] for group in line], *self._told(sign)]
                for sign, lines in self.lay.danger.items()
                for line in lines
            ],
            "h": self.order.index(HELP_PAGE),
            "l": [at for at, name in enumerate(self.order) if self.site.pages[self.locale][name].kind == "list"],
        }

    def _told(self, sign: str) -> tuple[int, int]:
        """Where the help page tells of a sign: the place of the passage and its line; else where that begins."""
        page = self.site.pages[self.locale][HELP_PAGE]
        step, text = next(((step, item.text) for step, item in page.signs if sign in item.notes), (HELP, ""))
        for one, place in zip(self.cut[HELP_PAGE], self.places[HELP_PAGE], strict=True):
            if one.anchor == step and not one.row:
                return place, one.lines.index(text) if text in one.lines else 0
        return 0, 0

    def _same(self, group: Sequence[tuple[str, ...]], numbers: Mapping[str, int]) -> list[Any]:
        """Words that mean the same: the classes of the single words, then the phrases."""
        return [
            sorted({numbers[one[0]] for one in group if len(one) == 1 and one[0] in numbers}),
            [" ".join(one) for one in group if len(one) > 1],
        ]

    def _said(self) -> dict[str, Any]:
        """What the script says and where it leads when nothing is found."""
        t = self.site.say(self.locale)
        pages = self.site.pages[self.locale]
        topics = [name for name in self.order if pages[name].kind in ("topic", "table")][:TOPICS]
        return {
            **{key: t(f"search.{key}") for key in SAID},
            "page": self.site.urls.path(self.locale, SEARCH) if SEARCH in pages else "",
            "helppage": [pages[HELP_PAGE].title, f"{self.site.urls.path(self.locale, HELP_PAGE)}#{HELP}"],
            "pages": [[pages[name].title, self.site.urls.path(self.locale, name)] for name in topics],
            "instead": [
                [t("help.instead", country=words.country(code, self.locale), number=line.number), line.instead]
                for code, lines in self.site.ledger.help.items()
                for line in lines
                if line.kind == "emergency" and line.instead
            ],
            "danger_talk": t("help.crisis"),
            "numbers": {kind: list(self._numbers(kind)) for kind in ("emergency", "crisis")},
        }

    def _numbers(self, kind: str) -> Iterator[list[str]]:
        """Country, number and code of the lines of a kind; of one to talk to also its name, and when it is open."""
        t = self.site.say(self.locale)
        for code, lines in self.site.ledger.help.items():
            for line in (one for one in lines if one.kind == kind):
                about = [f"{line.name}. {words.opening(line.hours, kind, t)}".strip()] if kind == "crisis" else []
                yield [words.country(code, self.locale), line.number, code, *about]


def _places(found: Sequence[Passage]) -> Iterator[int]:
    """For each passage of a page the number of its piece of text times ROOM, plus its place there.

    A section stays in one piece where it can: who is shown one of its sentences is shown the better row beside it.
    """
    piece = place = size = 0
    for _, passages_of_one in groupby(found, key=attrgetter("anchor")):
        section = list(passages_of_one)
        length = sum(len(one.heading) + len(one.above) + sum(map(len, one.lines)) for one in section)
        if place and (size + length > TEXT or place + len(section) > ROOM):
            piece, place, size = piece + 1, 0, 0
        for _ in section:
            if place == ROOM:
                piece, place = piece + 1, 0
            yield piece * ROOM + place
            place += 1
        size += length


def _grouped(texts: list[str], limit: int) -> Iterator[list[tuple[int, str]]]:
    group: list[tuple[int, str]] = []
    size = 0
    for at, text in enumerate(texts):
        if group and size + len(text) > limit:
            yield group
            group, size = [], 0
        group.append((at, text))
        size += len(text)
    if group:
        yield group


def _front_coded(classes: Sequence[Sequence[str]]) -> str:
    """Forms in a row, each as the number of letters it shares with the one before, then the rest."""
    before, found = "", []
    for forms in classes:
        coded = []
        for form in forms:
            shared = min(len(compounds.common_start([before, form])), 35)
            coded.append(DIGITS[shared] + form[shared:])
            before = form
        found.append(",".join(coded))
    return ";".join(found)


def _digits(numbers: Sequence[int]) -> str:
    """Numbers to the base of 36, with commas."""
    return ",".join(map(_base36, numbers))


@cache
def _base36(number: int) -> str:
    text = DIGITS[number % 36]
    while number := number // 36:
        text = DIGITS[number % 36] + text
    return text


def _script(name: str, content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f'peSearch.take("{name}",{text})'.encode()
