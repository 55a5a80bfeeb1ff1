"""Whether the addresses of the ledger still answer. A DOI is asked of its registry, since publishers turn machines away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from pe.ledger import Ledger

REGISTRY = "https://doi.org/api/handles/"  # the proxy API of the DOI Foundation; responseCode 1 is a known name
ALIVE, GONE, UNCLEAR = "answers", "gone", "unclear"
SECONDS, PAUSE, HOSTS = 20, 0.5, 8
AGENT = {"User-Agent": "link check of a health site", "Accept": "*/*"}


@dataclass(frozen=True)
class Address:
    """An address, and where it stands in the ledger: `file` and the name of the entry."""

    file: str
    entry: str
    url: str
    doi: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of it: answers, gone (404, 410, unknown DOI) or unclear (anything else, such as no network)."""

    address: Address
    state: str
    why: str


def addresses(ledger: Ledger) -> Iterator[Address]:
    """The addresses of references and phone numbers, each once an entry."""
    for one in ledger.references.values():
        if one.doi:
            yield Address("references.yml", one.id, f"https://doi.org/{one.doi}", one.doi)
        if one.url and "doi.org/" not in one.url:
            yield Address("references.yml", one.id, one.url)
    for country, lines in ledger.help.items():
        for line in lines:
            if line.seen:
                yield Address("help.yml", f"{country} {line.number}", line.seen)


def ask(address: Address, registry: str = REGISTRY) -> Answer:
    """Ask one address. Errors are answers."""
    url = registry + quote(address.doi, safe="/") if address.doi else address.url
    try:
        with urlopen(Request(url, headers=AGENT), timeout=SECONDS) as response:
            if address.doi and _code(json.loads(response.read(100_000))) != 1:
                return Answer(address, GONE, "the registry does not know this DOI")
            return Answer(address, ALIVE, str(response.status))
    except HTTPError as error:
        return Answer(address, GONE if error.code in (404, 410) else UNCLEAR, f"answers {error.code}")
    except (URLError, HTTPException, OSError, ValueError) as error:
        return Answer(address, UNCLEAR, str(getattr(error, "reason", error)) or type(error).__name__)


def _code(said: object) -> object:
    if isinstance(said, dict):
        return said.get("responseCode")
    raise ValueError("the registry answers in another form")


def ask_all(wanted: Iterable[Address], asking: Callable[[Address], Answer] = ask) -> list[Answer]:
    """Ask all addresses, in their order: several hosts at once, each host one after the other, with a pause."""
    listed = list(wanted)
    hosts: dict[str, list[int]] = {}
    for number, one in enumerate(listed):
        hosts.setdefault("doi" if one.doi else "/".join(one.url.split("/")[:3]), []).append(number)
    answers: dict[int, Answer] = {}

    def visit(numbers: list[int]) -> None:
        for count, number in enumerate(numbers):
            time.sleep(PAUSE if count else 0)
            answers[number] = asking(listed[number])

    with ThreadPoolExecutor(HOSTS) as pool:
        list(pool.map(visit, hosts.values()))
    return [answers[number] for number in range(len(listed))]
