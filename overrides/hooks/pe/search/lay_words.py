"""Words that readers type and our pages do not say. Data: translations/search.LANG.yml, one file a language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pe import shape, yamlfile
from pe.complaint import Complaint, near
from pe.page import Page
from pe.project import Project
from pe.search.passages import HELP_PAGE
from pe.search.text import chunks, pieces, telling, words
from pe.yamlfile import Listed, Mapped, Value

GROUP = re.compile(r"\(([a-z ]+)\)")
WORDS: dict[str, Any] = {"minLength": 1, "errorMessage": "Write words with commas between them."}
LINES: dict[str, Any] = {"type": "array", "minItems": 1, "items": WORDS}
FIELDS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["ignore", "same", "leads", "groups", "danger"],
    "properties": {
        "ignore": {"description": "small words that say nothing about what is looked for.", **WORDS},
        "same": {"description": "words that mean the same to a reader.", **LINES},
        "leads": {"description": "words that lead to a page or section.", "type": "object", "additionalProperties": WORDS},
        "groups": {"description": "lists of words for the danger signs.", "type": "object", "additionalProperties": WORDS},
        "calm": {"description": "phrases that only sound like a danger sign.", **WORDS},
        "danger": {"description": "how readers put danger signs.", "type": "object", "additionalProperties": LINES},
    },
}

Phrase = tuple[str, ...]  # the folded words of something that a reader may type


@dataclass(frozen=True)
class LayWords:
    """The lay words of one language, folded.

    `same`: groups of phrases; `leads`: (page, section) to phrases; `danger`: claim id to its lines, each a tuple of
    groups: a query sounds like the sign when it has a phrase of each group, of which those with a full stop must be all
    that is typed but for small words; `calm`: phrases whose words do not count for signs of the body. `also`: the section
    of the help page that a sign leads to besides. `lines`: where each stands.
    """

    ignore: frozenset[str] = frozenset()
    same: tuple[tuple[Phrase, ...], ...] = ()
    leads: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    danger: Mapping[str, tuple[tuple[tuple[Phrase, ...], ...], ...]] = field(default_factory=dict)
    calm: tuple[Phrase, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def whole(self, phrase: str) -> str:
        """The folded words of a phrase that has small words only, which leads somewhere as a whole; else nothing.

        Blanks stand round it, so that it is no word.
        """
        found = tuple(words(phrase))
        return f" {' '.join(found)} " if found and self.ignore.issuperset(found) and not self.tells(phrase) else ""

    def tells(self, phrase: str) -> bool:
        """Whether a phrase has a word that says something by itself."""
        return any(telling(word, self.ignore) for chunk in chunks(phrase) for word in pieces(chunk))


def path_of(project: Project, locale: str) -> str:
    """Where the lay words of a language stand, as complaints show it."""
    return project.shown(project.translations / f"search.{locale}.yml")


def load(project: Project, locale: str) -> tuple[LayWords, list[Complaint]]:
    """The lay words of one language, and complaints about their form. What they lead to is for `astray`."""
    path = project.translations / f"search.{locale}.yml"
    shown = project.shown(path)
    entries, complaints = yamlfile.read(path, shown)
    if not complaints or entries:
        complaints += shape.Fit(shown, FIELDS).check(entries, FIELDS, 1, "")
    leads, groups, danger = (_mapped(entries.get(key)) for key in ("leads", "groups", "danger"))
    signs = {_address(sign)[0]: tuple(_signs(sign, lines, groups, shown, complaints)) for sign, lines in danger.items()}
    return LayWords(
        ignore=frozenset(word for phrase in _phrases(entries.get("ignore")) for word in phrase),
        same=tuple(_phrases(line) for line in _listed(entries.get("same"))),
        leads={_address(to): _split(typed) for to, typed in leads.items() if isinstance(typed, str)},
        danger=signs,
        calm=tuple(_phrases(entries.get("calm"))),
        also=dict(_address(sign) for sign in danger if "#" in sign),
        lines={_written(_address(to)): line for to, line in leads.lines.items()}
        | {_address(sign)[0]: line for sign, line in danger.lines.items()},
    ), complaints


def astray(found: LayWords, shown: str, pages: Mapping[str, Page]) -> Iterator[Complaint]:
    """Complaints about words that lead to a page or section which is not there."""
    also = [((HELP_PAGE, section), found.lines[sign]) for sign, section in found.also.items()]
    for (name, section), line in [*((key, found.lines[_written(key)]) for key in found.leads), *also]:
        if name not in pages:
            hint = near(name, pages) or f" Pages: {', '.join(pages)}."
            what = f"`{_written((name, section))}` leads to no page.{hint}"
            yield Complaint(shown, line, "search-words", what)
        elif section and section not in pages[name].ids:
            hint = near(section, pages[name].ids) or f" Sections: {', '.join(pages[name].ids)}."
            what = f"`{name}#{section}` leads to no section.{hint}"
            yield Complaint(shown, line, "search-words", what)


def lost(found: LayWords, shown: str) -> Iterator[Complaint]:
    """Complaints about words that nobody can find."""
    for key, phrases in found.leads.items():
        for phrase in phrases:
            if not found.tells(phrase) and not found.whole(phrase):
                what = f"“{phrase}” has no word, only letters or signs: nobody finds it. Write a word or remove it."
                yield Complaint(shown, found.lines[_written(key)], "search-words", f"`{_written(key)}`: {what}")


def _signs(
    sign: str, lines: Value, groups: Mapped, shown: str, complaints: list[Complaint]
) -> Iterator[tuple[tuple[Phrase, ...], ...]]:
    listed = lines if isinstance(lines, Listed) else Listed()
    for line, text in zip(listed.lines, listed, strict=True):
        if isinstance(text, str):
            for name in GROUP.findall(text):
                if name not in groups:
                    what = f"`{sign}`: found the group `({name})`, which is not under `groups`.{near(name, groups)}"
                    complaints.append(Complaint(shown, line, "search-words", what))
            whole = GROUP.sub(lambda match: str(groups.get(match[1], "")), text)
            yield tuple(found for part in whole.split(" + ") if (found := tuple(_put(part))))


def _put(text: str) -> Iterator[Phrase]:
    """The phrases of a part of a line. One that ends with a full stop keeps it, at its last word."""
    for one in _split(text):
        if found := tuple(words(one)):
            yield (*found[:-1], found[-1] + "." * one.endswith("."))


def _address(written: str) -> tuple[str, str]:
    name, _, section = written.partition("#")
    return name, section


def _written(address: tuple[str, str]) -> str:
    return "#".join(part for part in address if part)


def _split(text: Value | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip()) if isinstance(text, str) else ()


def _phrases(text: Value | None) -> tuple[Phrase, ...]:
    found = (tuple(words(one)) for one in _split(text))
    return tuple(one for one in found if one)


def _mapped(value: Value | None) -> Mapped:
    return value if isinstance(value, Mapped) else Mapped()


def _listed(value: Value | None) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, Listed) else ()
