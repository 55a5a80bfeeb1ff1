"""What stands on the sheet of one page in one language, as data for the template: words, marks, numbers, no layout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from pe.complaint import Complaint
from pe.handouts import rows
from pe.handouts.recipes import PHONES, TICKED, Recipe
from pe.handouts.text import Part, Row, Runs, Section, Table, notes, sections, sentences
from pe.ledger import Claim
from pe.page import HELP, HELP_STEPS, KEY_POINTS, MAY_HELP, PEM_FIRST, Page
from pe.render import upkeep, words
from pe.render.frame import Frame
from pe.render.notes import bars
from pe.site import Site

Data = dict[str, Any]
VERSION_DIGITS = 7


class Content:
    """The content of one sheet. `number` is how many table rows it may show."""

    def __init__(self, site: Site, page: Page, recipe: Recipe, number: int) -> None:
        self.site, self.page, self.recipe = site, page, recipe
        self.t = site.say(page.language)
        self.frame = Frame(site, page.language, page.name, str)
        self.sections = sections(page)
        self.by_id = {section.id: section for section in self.sections}
        self.chosen, self.all_rows = rows.choose(self.sections, site.ledger, number)
        self.shown: list[str] = []  # footnotes in the order of the sheet

    def _approved(self) -> str:
        """Who approved the page; on paper no heading above the line says what the name is there for."""
        approval = self.site.state(self.page.language, self.page.name).approval
        said = upkeep.approved(self.frame)
        return f"{self.t('signed.approved')}: {said}" if approval and approval.is_current else said

    def data(self) -> Data:
        """Give all that the template needs for this language."""
        page, language = self.page, self.site.language(self.page.language)
        body = list(self._body())
        content = {
            "lang": page.language.split("-")[0],
            "name": language.name,
            "title": page.title,
            "description": page.description,
            "purpose": [self._line(line) for part in self.sections[0].parts[:1] for line in self._entries(part)],
            "body": body,
            "checked": self.t("handout.checked", day=words.day(page.checked, page.language)) if page.checked else "",
            "again": self.t("handout.again", month=words.month(page.review, page.language)),
            "approved": self._approved(),
            "notes": self.t("handout.notes"),
        }
        address = self.site.urls.absolute(page.language, page.name)
        return {
            **content,
            "version": self.t("handout.version", version=digest(content, without=self.site.project.site_url)),
            "site": language.site_name,
            "address": address,
            "address_is": self.t("signed.address"),
            "code": self.t("handout.code", address=address),
            "newest": self.t("handout.newest"),
            "of": self.t("handout.page"),
        }

    def complaints(self) -> Iterator[Complaint]:
        """Complain where something tells the reader to move and no condition about PEM stands before it on the sheet."""
        warned = False
        for claim in self._claims(self.shown):
            warned = warned or claim.pem
            if claim.activity and not warned:
                what = f"the sheet of paper shows `{claim.id}`, but no PEM condition before it. Write `{{ #{PEM_FIRST} }}`."
                yield self.page.complain(self.page.cited[claim.id].line, "handout-pem", what)
                return

    def _body(self) -> Iterator[Data]:
        if KEY_POINTS in self.by_id:
            yield self._whole(self.by_id[KEY_POINTS], "keys")
        yield self._danger()
        if PEM_FIRST in self.by_id and (self.chosen or self.recipe.whole):
            yield from self._pem()
        yield from self._named(self.recipe.before)
        if self.chosen:
            yield self._table()
        yield from self._named(self.recipe.whole)

    def _named(self, names: tuple[str, ...]) -> Iterator[Data]:
        """Sections as they stand on the page, each chapter begun with its heading."""
        chapter = ""
        for name in names:
            for section in self.sections:
                if name not in (section.id, section.chapter):
                    continue
                if section.chapter not in (chapter, section.id):
                    yield self._whole(self.by_id[section.chapter], "text") | {"parts": []}
                chapter = section.chapter
                yield self._whole(section, "phones" if section.id in PHONES else "text")

    def _whole(self, section: Section, kind: str) -> Data:
        return {
            "kind": kind,
            "id": section.id,
            "level": section.level,
            "title": section.title,
            "parts": [self._part(part) for part in section.parts],
            "ticked": section.chapter in TICKED or section.id in TICKED,
            "phones": self._phones(section.id) if kind == "phones" else [],
        }

    def _pem(self) -> Iterator[Data]:
        """The PEM condition; where its chapter is the one on what may help, with the heading and the words above it."""
        pem = self.by_id[PEM_FIRST]
        if pem.chapter == MAY_HELP:
            yield self._whole(self.by_id[MAY_HELP], "text")
        yield self._whole(pem, "pem") | ({} if pem.chapter == MAY_HELP else {"level": 2})

    def _danger(self) -> Data:
        help_ = self.frame.words()
        section = self.by_id[HELP]
        return {
            **self._whole(section, "danger"),
            "steps": [self._whole(self.by_id[step], step) for step in HELP_STEPS if step in self.by_id],
            "numbers": [
                {"label": country["name"], "number": line["number"]}
                for country in help_["help"]
                for line in country["emergency"]
            ],
            "instead": [
                {
                    "label": self.t("help.instead", country=country["name"], number=line["number"]),
                    "number": line["instead"],
                }
                for country in help_["help"]
                for line in country["emergency"]
                if line["instead"]
            ],
            "checked": self.t("help.checked", day=help_["help_checked"]),
            "advice": [
                {
                    "label": country["name"],
                    "number": line["number"],
                    "after": f"{line['name']}. {self.t('help.partial')}" if line["coverage"] == "partial" else "",
                }
                for country in help_["help"]
                for line in country["advice"]
            ],
        }

    def _phones(self, id_: str) -> list[Data]:
        """The lines of help.yml that a section is about, with the same words as on the page."""
        kinds = ("crisis",) if id_ == "crisis" else ("emergency", "advice")
        t = self.t
        found = []
        for country in self.frame.words()["help"]:
            for kind in kinds:
                for line in country[kind]:
                    name = f": {line['name']}" if line["name"] not in ("", line["number"]) else ""
                    after = [f"{t('help.' + kind)}{name}."]
                    if line["opening"]:
                        after.append(line["opening"])
                    if line["coverage"] == "partial":
                        after.append(t("help.partial"))
                    if line["instead"]:
                        instead = t("help.instead", country=country["name"], number=line["number"])
                        after.append(f"{instead} {line['instead']}.")
                    found.append({"label": country["name"], "number": line["number"], "after": " ".join(after)})
        return found

    def _table(self) -> Data:
        """The rows chosen as one table, in groups under the headings of the page, with all cautions they ask for."""
        first, shown = self.chosen[0], sum(len(one.rows) for one in self.chosen)
        return {
            "kind": "rows",
            "id": "",
            "level": 2,
            "title": "" if first.section.chapter == MAY_HELP else self.t("handout.table"),
            "heads": [self._line(first.table.header.cells[number]) for number in first.columns],
            "groups": [
                {
                    "title": one.section.title,
                    "before": [self._line(line) for line in self._conditions(one, above=True)],
                    "rows": [self._row(row, one) for row in one.rows],
                    "after": [self._line(line) for line in self._conditions(one, above=False)],
                }
                for one in self.chosen
            ],
            "more": self.t("handout.rows", shown=shown, all=self.all_rows) if shown < self.all_rows else "",
        }

    def _row(self, row: Row, one: rows.Chosen) -> Data:
        what, finding, sure, care = (row.cells[number] for number in one.columns)
        there = {*self.shown, *(note for other in one.rows for cell in other.cells for note in notes(cell))}
        cited = [note for cell in row.cells for note in notes(cell)]
        travelling = rows.cautions(cited, there, self.sections, self.site.ledger, self.page.abbreviations)
        return {
            "line": row.line,
            "cells": [self._cell(what), self._line(finding)],
            "sure": self._line(sure),
            "care": [self._cell(care), *(self._cell(sentence) for sentence in travelling)],
        }

    def _conditions(self, one: rows.Chosen, *, above: bool) -> Iterator[Runs]:
        """Sentences above or below a table that carry a caution or the PEM condition: they travel with its rows."""
        for part in one.section.parts:
            if isinstance(part, Part) and part.kind == "p" and (part.line < one.table.line) == above:
                for sentence in sentences(part.entries[0], self.page.abbreviations):
                    if any(claim.kind == "caution" or claim.pem for claim in self._claims(notes(sentence))):
                        yield sentence

    def _claims(self, ids: Iterable[str]) -> Iterator[Claim]:
        return (self.site.ledger.claims[one] for one in ids if one in self.site.ledger.claims)

    def _part(self, part: Part | Table) -> Data:
        if isinstance(part, Table):
            return {
                "kind": "form",
                "line": part.line,
                "heads": [self._line(cell) for cell in part.header.cells],
                "rows": [[self._line(cell) for cell in row.cells] for row in part.rows],
            }
        return {"kind": part.kind, "line": part.line, "entries": [self._line(line) for line in part.entries]}

    @staticmethod
    def _entries(part: Part | Table) -> tuple[Runs, ...]:
        return part.entries if isinstance(part, Part) else ()

    def _cell(self, runs: Runs) -> list[Data]:
        """A cell without its marks: how sure we are stands in a column of its own."""
        return [one for one in self._line(runs) if "bars" not in one]

    def _line(self, runs: Runs) -> list[Data]:
        """Runs for the template; links lead to a place on the sheet, or to the public address of the page."""
        found: list[Data] = []
        graded: set[str] = set()  # a sentence shows each grade once
        for run in runs:
            if run.note:
                self.shown.append(run.note)
                for claim in self._claims([run.note]):
                    if claim.kind != "danger" and claim.certainty not in graded:
                        graded.add(claim.certainty)
                        found.append(
                            {"bars": bars(claim.certainty), "text": self.t(f"sure.{claim.certainty.replace(' ', '_')}")}
                        )
                continue
            graded.clear()
            found.append({"text": run.text, **self._target(run.target)})
        return found

    def _target(self, target: str) -> Data:
        if not target or target.startswith(("http://", "https://")):
            return {"url": target} if target else {}
        file, _, place = target.partition("#")
        name = file.removesuffix(".md") or self.page.name
        if name == self.page.name and place in (HELP, KEY_POINTS, PEM_FIRST, *HELP_STEPS):
            return {"to": place}
        address = self.site.urls.absolute(self.page.language, name)
        return {"url": f"{address}#{place}" if place else address}


def digest(content: Data, without: str) -> str:
    """Give the version of a sheet: the start of a SHA-256 over what it says, whatever the address of the site."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.replace(without, "").encode()).hexdigest()[:VERSION_DIGITS]
