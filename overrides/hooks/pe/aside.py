"""Work that other processes do while the first goes on: the pages of each language, and what stands beside them."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Generic, TypeVar

from .complaint import Refused

T = TypeVar("T")
MANY = 200  # pages; so many are read and judged by two processes


def alone() -> bool:
    """Whether this process has one thread: a copy would lose all others."""
    return threading.active_count() == 1


class Aside(Generic[T]):
    """Begins the work at once, in a copy of this process (where `apart` is false or cannot be: when it is asked for).

    The work gives one thing after the other, each with its name. They wait in a file, not in memory.
    """

    def __init__(self, work: Callable[[], Iterable[tuple[str, T]]], *, apart: bool = True) -> None:
        self._work = work
        self._child = 0
        self._made: Made[T] | None = None
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process, or by the collector
        if apart and hasattr(os, "fork"):
            gc.freeze()  # what is there stays: it need not be looked through again, and both processes go on sharing it
            self._child = os.fork()
            if not self._child:
                self._do()

    def _do(self) -> None:
        """Leave what was made in the file and end, without anything that the first process will do at its own end."""
        status = 1
        try:
            _write(self._work(), self._file)
            status = 0
        except (OSError, Refused) as problem:
            print(problem, file=sys.stderr)
        except BaseException:  # noqa: BLE001  the first process tells
            traceback.print_exc()
        finally:
            os._exit(status)

    def result(self) -> Made[T]:
        """Give what the work has made, waiting for it. Raises ChildProcessError where it failed; why was printed."""
        if self._made is None:
            if not self._child:
                _write(self._work(), self._file)
            elif status := os.waitpid(self._child, 0)[1]:
                raise ChildProcessError(f"a second process of the build ended with {os.waitstatus_to_exitcode(status)}")
            self._made = Made(self._file)
        return self._made


def made_apart(work: Callable[[], Iterable[tuple[str, T]]]) -> dict[str, T]:
    """Give what a copy of this process makes, by name: what the work loads or starts is gone with the copy.

    Raises Refused where the work runs in this process, ChildProcessError (why was printed) where the copy failed.
    """
    return dict(Aside(work, apart=alone()).result().rest())


class Made(Generic[T]):
    """What was made, by name: each is read from the file when it is asked for, and given once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        file.seek(-PLACE, os.SEEK_END)
        file.seek(int.from_bytes(file.read(), "big"))
        self._places: dict[str, int] = pickle.load(file)

    def pop(self, name: str) -> T:
        """Give one thing. Raises KeyError where there is none of this name, or it was given already."""
        self._file.seek(self._places.pop(name))
        found: T = pickle.load(self._file)
        return found

    def rest(self) -> Iterator[tuple[str, T]]:
        """Give all that was not given yet, each with its name, in the order in which they were made."""
        for name in list(self._places):
            yield name, self.pop(name)


PLACE = 8  # bytes at the end of the file: where the table of contents begins


def _write(work: Iterable[tuple[str, T]], file: IO[bytes]) -> None:
    places: dict[str, int] = {}
    for name, one in work:
        places[name] = file.tell()
        pickle.dump(one, file)
    start = file.tell()
    pickle.dump(places, file)
    file.write(start.to_bytes(PLACE, "big"))
    file.flush()
