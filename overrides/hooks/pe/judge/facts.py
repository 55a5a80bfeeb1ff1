"""Rules about what the entries of the ledger say to each other."""

from collections.abc import Iterator

from ..complaint import Complaint, near
from ..ledger import Claim
from .reading import Reading


def _path(reading: Reading, name: str) -> str:
    return reading.project.shown(reading.project.evidence / f"{name}.yml")


def sources_are_seen(reading: Reading) -> Iterator[Complaint]:
    """Every source is a reference, and somebody has seen one of them at least."""
    path, known = _path(reading, "claims"), reading.ledger.references
    for claim in reading.ledger.claims.values():
        for source in claim.sources:
            if source.ref not in known:
                hint = near(source.ref, known) or " Write it into references.yml first."
                what = f"`{claim.id}`: unknown reference `{source.ref}`.{hint}"
                yield Complaint(path, claim.line, "reference-unknown", what)
        refs = [known[source.ref] for source in claim.sources if source.ref in known]
        if refs and len(refs) == len(claim.sources) and not any(ref.verified for ref in refs):
            names = ", ".join(f"`{ref.id}`" for ref in refs)
            what = f"`{claim.id}` rests only on {names}, which nobody has seen. Add a source that somebody has seen."
            yield Complaint(path, claim.line, "reference-unseen", what)


def references_are_used(reading: Reading) -> Iterator[Complaint]:
    """Every reference supports a claim."""
    used = {source.ref for claim in reading.ledger.claims.values() for source in claim.sources}
    for reference in reading.ledger.references.values():
        if reference.id not in used:
            what = f"no claim cites `{reference.id}`. Name it as a source of a claim, or remove it."
            yield Complaint(_path(reading, "references"), reference.line, "reference-unused", what)


def references_are_numbered(reading: Reading) -> Iterator[Complaint]:
    """Every reference has a number of its own."""
    references = reading.ledger.references.values()
    free = max((reference.number or 0 for reference in references), default=0) + 1
    first: dict[int, str] = {}
    for reference in references:
        if reference.number is None:
            continue  # told by the schema
        if not reference.number:
            what = f"`{reference.id}` has no number. Write `number: {free}` below it: the next free one."
        elif reference.number in first:
            what = (
                f"`{reference.id}` has the number {reference.number}, as `{first[reference.number]}` has."
                f" Write `number: {free}` below the newer of the two: the next free one."
            )
        else:
            first[reference.number] = reference.id
            continue
        free += 1
        yield Complaint(_path(reading, "references"), reference.line, "reference-number", what)


def cautions_are_cautions(reading: Reading) -> Iterator[Complaint]:
    """What a claim names as caution is a claim of that kind."""
    claims = reading.ledger.claims
    for claim in claims.values():
        for one in claim.caution:
            found = claims.get(one)
            if found is None:
                hint = near(one, claims) or " Write it into claims.yml first."
                what = f"`{claim.id}`: unknown caution `{one}`.{hint}"
            elif found.kind != "caution":
                what = f"`{claim.id}`: `{one}` is of the kind {found.kind}, expected caution. Name another claim."
            else:
                continue
            yield Complaint(_path(reading, "claims"), claim.line, "caution-unknown", what)


def articles_are_answered(reading: Reading) -> Iterator[Complaint]:
    """What claims answer is known, and every claim of the articles that can be tested has an answer."""
    articles = reading.ledger.articles
    answered: set[str] = set()
    for claim in reading.ledger.claims.values():
        answered.update(claim.answers)
        for one in claim.answers:
            if one not in articles:
                hint = near(one, articles) or " Write it into articles.yml first."
                what = f"`{claim.id}`: answers the unknown `{one}`.{hint}"
                yield Complaint(_path(reading, "claims"), claim.line, "answer-unknown", what)
    for article in articles.values():
        if article.id not in answered and article.verdict != "not-a-claim":
            what = f"no claim answers `{article.id}`. Add `{article.id}` to the `answers` of a claim."
            yield Complaint(_path(reading, "articles"), article.line, "answer-missing", what)


def claims_agree_with_themselves(reading: Reading) -> Iterator[Complaint]:
    """Dates in order; no claim is a tip and its condition at once; no id is used in two files."""
    for claim in reading.ledger.claims.values():
        for rule, what in _quarrels(claim):
            yield Complaint(_path(reading, "claims"), claim.line, rule, f"`{claim.id}`: {what}")
        for name, others in (
            ("references", reading.ledger.references),
            ("articles", reading.ledger.articles),
        ):
            if claim.id in others:
                what = f"`{claim.id}` is also an id in {name}.yml. Rename the claim."
                yield Complaint(_path(reading, "claims"), claim.line, "id-twice", what)


def _quarrels(claim: Claim) -> Iterator[tuple[str, str]]:
    if claim.updated and len(claim.review) == 7 and claim.review <= claim.updated.isoformat()[:7]:
        yield (
            "date",
            f"`review` {claim.review} is not later than `updated` {claim.updated}. Write a later month.",
        )
    if claim.updated and len(claim.review) == 7 and claim.review > (last := f"{claim.updated.year + 1}-{claim.updated:%m}"):
        yield (
            "date",
            f"`review` {claim.review} is more than 12 months after `updated` {claim.updated}. Write {last} or earlier.",
        )
    judged = claim.kind == "effect" and claim.certainty in ("high", "moderate", "low")
    if judged and not claim.shows:
        yield "shows", "expected `shows`: help, little, dummy, harm or mixed. Say what the evidence points to."
    if claim.shows and not judged:
        yield "shows", "`shows` is for the kind effect with high, moderate or low certainty. Remove it."
    if claim.activity and claim.pem:
        yield "pem-kind", "found both `activity` and `pem`, expected one. A tip cannot be its own condition."


RULES = (
    sources_are_seen,
    references_are_used,
    references_are_numbered,
    cautions_are_cautions,
    articles_are_answered,
    claims_agree_with_themselves,
)
