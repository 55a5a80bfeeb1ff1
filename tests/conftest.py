"""The built site, a server for it, and a browser: what most tests stand on."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from built import Built
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
for _name in ("CI", "GITHUB_ACTIONS"):  # complaints have more lines there, and nobody may sign: tests see what a person sees
    os.environ.pop(_name, None)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
expect.set_options(timeout=30_000)  # as long as all that Playwright waits for: a busy machine needs more than its 5 seconds


def build(target: Path, address: str) -> Path:
    """Build the site for a public address into a folder, strictly."""
    environment = {
        **os.environ,
        "SITE_URL": address,
        "SOURCE_DATE_EPOCH": "1795132800",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"The build for {address} failed:\n{done.stdout}{done.stderr}"
    return target


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as it lies at the root of a domain."""
    return Built(build(tmp_path_factory.mktemp("root") / "site", "https://example.org/"), "https://example.org/")


@pytest.fixture(scope="session")
def built_below(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as GitHub Pages shows a project: below /REPO/."""
    address = "https://owner.github.io/REPO/"
    return Built(build(tmp_path_factory.mktemp("below") / "site", address), address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below a prefix and answers a wrong address with 404.html, as GitHub Pages does."""

    def __init__(self, *args: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "no-such-file")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Built], str]]:
    """Serve a built site on 127.0.0.1 and give the address of its root."""
    servers: dict[Path, tuple[http.server.ThreadingHTTPServer, str]] = {}

    def start(site: Built) -> str:
        if site.folder not in servers:
            handler = functools.partial(_Handler, prefix=site.prefix, directory=str(site.folder))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers[site.folder] = (server, f"http://127.0.0.1:{server.server_port}{site.prefix}")
        return servers[site.folder][1]

    yield start
    for server, _ in servers.values():
        server.shutdown()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's own Chromium; `./dev test` says which."""
    started = launched(playwright)
    yield started
    started.close()


def launched(playwright: Playwright, *more: str) -> Browser:
    """Start the system's own Chromium, with words more on its command line."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "No Chromium found. Run the tests with ./dev test, which sees to one."
    return playwright.chromium.launch(executable_path=found, args=[*QUIET, *more])
