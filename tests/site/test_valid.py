"""Every page through the Nu checker, without errors. It is a Java program that npm carries: fetched once, into .build."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from built import Built

ROOT = Path(__file__).parents[2]
VERSION = "26.9.27"
DIGEST = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"  # SHA-256 of vnu.jar of this version
TOOLS = ROOT / ".build" / "vnu"
JAR = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="session")
def checker() -> Path:
    """The checker's file, the one that we know. Where Java or npm is missing the test is skipped; CI has both."""
    if not shutil.which("java"):
        missing("Java")
    given = os.environ.get("VNU_JAR")
    jar = Path(given) if given else JAR
    if not jar.is_file():
        if not shutil.which("npm"):
            missing("npm")
        TOOLS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--prefix", str(TOOLS)]
        done = subprocess.run([*command, f"vnu-jar@{VERSION}"], capture_output=True, text=True, check=False)
        if done.returncode:
            missing(f"vnu-jar {VERSION}, which npm could not fetch,")
    digest = hashlib.sha256(jar.read_bytes()).hexdigest()
    assert digest == DIGEST, f"{jar} is not vnu-jar {VERSION} as we know it: {digest}"
    return jar


def missing(what: str) -> None:
    """Skip, but not in CI."""
    reason = f"{what} is missing: pages are not checked for valid HTML"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def test_every_page_is_valid_html(built: Built, checker: Path) -> None:
    command = ["java", "-jar", str(checker), "--errors-only", "--skip-non-html", "--format", "gnu", str(built.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [re.sub(r'^"file:.*?/site/', '"', line) for line in (done.stdout + done.stderr).splitlines()]
    assert not found and done.returncode == 0, f"{len(found)} errors of HTML:\n" + "\n".join(found[:30])
