"""Rules about footnotes: which a page may use, and that nothing of the articles and sources is left out."""

from collections.abc import Iterator

from ..complaint import Complaint, near
from ..page import Page
from .reading import ARTICLES_PAGE, SOURCES_PAGE, Reading

ELSEWHERE = {
    "article claim": f"Claims of the articles are cited on {ARTICLES_PAGE} only.",
    "reference": f"References are cited on {SOURCES_PAGE} only: cite the claim that rests on it.",
}


def footnotes_are_known(page: Page, reading: Reading) -> Iterator[Complaint]:
    """Every footnote is an entry of the ledger that this page may cite."""
    allowed = reading.footnotes(page.name)
    for one in page.citations:
        if one.id in allowed:
            continue
        kind = "article claim" if one.id in reading.ledger.articles else "reference"
        if one.id in reading.ledger.articles or one.id in reading.ledger.references:
            what = f"`[^{one.id}]` is a{'n' * (kind[0] == 'a')} {kind}, expected a claim. {ELSEWHERE[kind]}"
        else:
            hint = near(one.id, allowed) or " Write the claim into docs/evidence/claims.yml first."
            if one.id in reading.signed_claims:
                hint = " The claim is gone, but the page still says it: remove or rewrite the sentence in every language."
            what = f"unknown footnote `[^{one.id}]`.{hint}"
        yield page.complain(one.place.line, "footnote-unknown", what)


def articles_are_listed(reading: Reading) -> Iterator[Complaint]:
    """Every claim of the articles stands on its page; other languages are compared with it."""
    yield from _listed(reading, ARTICLES_PAGE, list(reading.ledger.articles), "the articles' claim")


def references_are_listed(reading: Reading) -> Iterator[Complaint]:
    """Every reference stands on the page of sources; other languages are compared with it."""
    yield from _listed(reading, SOURCES_PAGE, list(reading.ledger.references), "the reference")


def _listed(reading: Reading, name: str, expected: list[str], what: str) -> Iterator[Complaint]:
    page = reading.originals.get(name)
    for one in expected if page else ():
        if page and one not in page.cited:
            yield page.complain(1, "not-listed", f"{what} `{one}` is missing. Add it with `[^{one}]`.")


def answers_are_shown(reading: Reading) -> Iterator[Complaint]:
    """Each claim of the articles is answered by a claim that some page cites."""
    shown = {note for page in reading.originals.values() for note in page.cited}
    path = reading.project.shown(reading.project.evidence / "articles.yml")
    for one in reading.ledger.articles.values():
        answers = reading.ledger.claims_answering(one.id)
        if answers and not any(claim.id in shown for claim in answers):
            names = ", ".join(f"`{claim.id}`" for claim in answers)
            what = f"`{one.id}` is answered by {names}, but no page cites that. Cite one of them on a page."
            yield Complaint(path, one.line, "answer-not-shown", what)


def claims_are_cited(reading: Reading) -> Iterator[Complaint]:
    """What we say in the ledger is said on a page."""
    shown = {note for page in reading.originals.values() for note in page.cited}
    path = reading.project.shown(reading.project.evidence / "claims.yml")
    for claim in reading.ledger.claims.values():
        if claim.id not in shown:
            what = f"no page cites `{claim.id}`. Cite it, or remove it from the ledger."
            yield Complaint(path, claim.line, "claim-not-cited", what)


RULES = (footnotes_are_known,)
SITE_RULES = (articles_are_listed, references_are_listed, answers_are_shown, claims_are_cited)
