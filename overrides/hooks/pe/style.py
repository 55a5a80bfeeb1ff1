"""How each language is judged: limits, words of doubt, words we do not use. Data: translations/style.yml."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from . import readability, shape, yamlfile
from .complaint import Complaint
from .ledger import CERTAINTIES
from .project import Project
from .yamlfile import Listed, Mapped, Value

WORD: dict[str, Any] = {"type": "string", "minLength": 1, "errorMessage": "Write a word."}
WORDS: dict[str, Any] = {"type": "array", "minItems": 1, "items": WORD}
NUMBER: dict[str, Any] = {"type": "integer", "errorMessage": "Write a number."}
FIELDS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["sentence", "doubt"],
    "properties": {
        "readability": {
            "description": "formula, target, limit.",
            "type": "object",
            "additionalProperties": False,
            "required": ["formula", "target", "limit"],
            "properties": {
                "formula": {"description": "the formula.", "enum": tuple(readability.FORMULAS)},
                "target": {"description": "what we aim at.", **NUMBER},
                "limit": {"description": "what no page may pass.", **NUMBER},
            },
        },
        "sentence": {"description": "words in a sentence, at most.", **NUMBER},
        "doubt": {
            "description": "words that fit a sentence to its grade.",
            "type": "object",
            "additionalProperties": False,
            "required": list(CERTAINTIES[1:]),
            "properties": {grade: {"description": f"words for {grade}.", **WORDS} for grade in CERTAINTIES[1:]},
        },
        "never": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["word", "instead"],
                "properties": {
                    "word": {"description": "the word.", **WORD},
                    "near": {"description": "only in sentences with this word.", **WORD},
                    "instead": {"description": "what to write instead.", **WORD},
                },
            },
        },
        "abbreviations": {"type": "array", "items": WORD},
        "easy": {"type": "array", "items": WORD},
    },
}


@dataclass(frozen=True, slots=True)
class Never:
    """A word we do not use, the word near which that holds (empty: everywhere), and what to write instead."""

    word: str
    near: str
    instead: str


@dataclass(frozen=True)
class Style:
    """How one language is judged. Without `readability` nothing is measured; without an entry it is not `is_given`."""

    language: str
    formula: str = ""
    target: int = 0
    limit: int = 0
    sentence: int = 0
    doubt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: tuple[Never, ...] = ()
    abbreviations: frozenset[str] = frozenset()
    easy: tuple[str, ...] = ()
    is_given: bool = False

    @cached_property
    def doubts(self) -> dict[str, re.Pattern[str]]:
        """For each grade the words that fit it: its own and those of all more doubtful grades."""
        grades = [grade for grade in CERTAINTIES if grade in self.doubt]
        return {grade: phrases(word for other in grades[at:] for word in self.doubt[other]) for at, grade in enumerate(grades)}

    @cached_property
    def unwanted(self) -> re.Pattern[str] | None:
        """All words we do not use, as one pattern; the cheap first look."""
        return phrases(one.word for one in self.never) if self.never else None


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words and phrases, capitals or not, `*` for any ending."""
    found = (re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


def load(project: Project) -> tuple[dict[str, Style], list[Complaint]]:
    """The styles of all languages of the project, by code."""
    path = project.translations / "style.yml"
    shown = project.shown(path)
    entries, complaints = yamlfile.read(path, shown)
    fit = shape.Fit(shown, FIELDS)
    styles: dict[str, Style] = {}
    for language, entry in entries.items():
        complaints += fit.check(entry, FIELDS, entries.line_of(language), f"`{language}`")
        if isinstance(entry, Mapped):
            styles[language] = _style(language, entry)
    for language in project.locales:
        styles.setdefault(language, Style(language))
    return styles, complaints


def missing(project: Project, styles: Mapping[str, Style], language: str) -> list[Complaint]:
    """A complaint where a language has pages of its own, but no entry; none where the whole file is unreadable."""
    if styles[language].is_given or not any(one.is_given for one in styles.values()):
        return []
    what = f"`{language}` has no entry. Copy that of another language and put in its words and limits."
    return [Complaint(project.shown(project.translations / "style.yml"), 1, "style-missing", what)]


def _style(language: str, entry: Mapped) -> Style:
    measure, doubt, never = entry.get("readability"), entry.get("doubt"), entry.get("never")
    measure = measure if isinstance(measure, Mapped) else Mapped()
    formula = _text(measure.get("formula"))
    return Style(
        language=language,
        formula=formula if formula in readability.FORMULAS else "",
        target=_number(measure.get("target")),
        limit=_number(measure.get("limit")),
        sentence=_number(entry.get("sentence")),
        doubt={grade: _texts(words) for grade, words in doubt.items() if _texts(words)} if isinstance(doubt, Mapped) else {},
        never=tuple(
            Never(_text(one.get("word")), _text(one.get("near")), _text(one.get("instead")))
            for one in (never if isinstance(never, Listed) else ())
            if isinstance(one, Mapped) and _text(one.get("word"))
        ),
        abbreviations=frozenset(one.lower() for one in _texts(entry.get("abbreviations"))),
        easy=_texts(entry.get("easy")),
        is_given=True,
    )


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Value | None) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, Listed) else ()


def _number(value: Value | None) -> int:
    return yamlfile.number_of(_text(value)) or 0
