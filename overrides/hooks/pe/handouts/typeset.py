"""Data to PDF with Typst. What was set once is kept by the digest of all that goes into it, and not set again."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pikepdf
import typst

HERE = Path(__file__).parent
TEMPLATES, FONTS = HERE / "typst", HERE / "fonts"
STANDARD: Final = "ua-1"  # PDF/UA-1 (ISO 14289-1): Typst refuses to write what breaks it
UNUSED_AFTER = 30 * 24 * 3600  # seconds


TOO_LONG = "handout-length"  # the rule by which a template says that a sheet has too many pages


@dataclass(frozen=True)
class Order:
    """What to set: a template, its inputs, and the sizes of letters (points) to try, largest first."""

    template: str
    inputs: Mapping[str, str]
    sizes: tuple[float, ...]


class NotSet(Exception):
    """Typst could not make a sheet. `rule`, `line` and `what` are for the complaint; `line` is 0 where it is not known."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        told = re.fullmatch(r"panicked with: ([\w-]+)\|(\d+)\|(.*)", message, re.S)
        self.rule, self.line, self.what = (told[1], int(told[2]), told[3]) if told else ("handout", 0, message)


@dataclass(frozen=True)
class Kept:
    """Finished PDFs in a folder, by the digest of what they were made from."""

    folder: Path

    def get(self, digest: str) -> bytes | None:
        """Give a PDF that was made before, and note that it is still in use; None where there is none that can be read."""
        file = self.folder / f"{digest}.pdf"
        try:
            content = file.read_bytes()
            pages(content)
        except (OSError, pikepdf.PdfError):
            return None
        with contextlib.suppress(OSError):  # another build may have removed it; a touch would leave an empty file behind
            os.utime(file)
        return content

    def put(self, digest: str, content: bytes) -> None:
        """Keep a PDF; it is there whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{digest}.{time.time_ns()}.part"
        part.write_bytes(content)
        part.replace(self.folder / f"{digest}.pdf")

    def clear(self) -> None:
        """Remove what no build has used for a month."""
        for file in self.folder.glob("*.*"):
            with contextlib.suppress(FileNotFoundError):  # another build may have put its part in place, or removed it too
                if file.stat().st_mtime < time.time() - UNUSED_AFTER:
                    file.unlink()


class Typesetter:
    """Makes PDFs from templates and data. `kept` may be None: then each is made anew."""

    def __init__(self, kept: Kept | None = None) -> None:
        self.kept = kept
        self.compilers: dict[str, typst.Compiler] = {}

    @cached_property
    def _tools(self) -> str:
        """A digest of the versions, the templates and the fonts."""
        digest = hashlib.sha256(f"{version('typst')} {version('pikepdf')}".encode())
        for file in sorted([*TEMPLATES.glob("*.typ"), *FONTS.glob("*.ttf")]):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()

    def digest(self, order: Order) -> str:
        """Give the digest of all that a PDF is made from."""
        text = json.dumps([self._tools, order.template, dict(order.inputs), order.sizes], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def found(self, order: Order) -> bytes | None:
        """Give a PDF if it was made before."""
        return self.kept.get(self.digest(order)) if self.kept else None

    def make(self, order: Order) -> bytes:
        """Set a sheet in the first size in which it fits. Raises NotSet where it fits in none, or cannot be made."""
        content = self.found(order)
        if content is None:
            content = self._first_that_fits(order)
            if self.kept:
                self.kept.put(self.digest(order), content)
        return content

    def _first_that_fits(self, order: Order) -> bytes:
        for size in order.sizes[:-1]:
            try:
                return self._set(order, size)
            except NotSet as fault:
                if fault.rule != TOO_LONG:
                    raise
        return self._set(order, order.sizes[-1])

    def _set(self, order: Order, size: float) -> bytes:
        compiler = self.compilers.setdefault(
            order.template,
            typst.Compiler(TEMPLATES / f"{order.template}.typ", root=HERE, font_paths=[FONTS], ignore_system_fonts=True),
        )
        try:
            content, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=[STANDARD], sys_inputs={**order.inputs, "size": str(size)}
            )
        except typst.TypstError as error:
            raise NotSet(error.message) from error
        if warnings or not isinstance(content, bytes):
            raise NotSet(str(warnings[0]) if warnings else "Typst gave no PDF")
        return packed(content)


def packed(pdf: bytes) -> bytes:
    """Pack the many small objects of a tagged PDF together (PDF 1.5 object streams), which halves it and changes nothing."""
    small = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        whole.save(small, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return small.getvalue()


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        return len(whole.pages)
