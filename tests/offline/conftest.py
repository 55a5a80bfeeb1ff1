"""A host of one's own for each test, and a browser that has never been there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built import Built
from host import Host, Hosting
from playwright.sync_api import Browser, BrowserContext


@pytest.fixture
def hosted() -> Iterator[Hosting]:
    """Put a site on a host of its own."""
    hosts: list[Host] = []

    def start(site: Built) -> Host:
        hosts.append(Host(site))
        return hosts[-1]

    yield start
    for host in hosts:
        host.server.shutdown()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here, on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture(params=["built", "built_below"])
def site(request: pytest.FixtureRequest) -> Built:
    """The site at the root of a domain, and below /REPO/."""
    found: Built = request.getfixturevalue(request.param)
    return found
