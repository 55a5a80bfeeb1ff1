"""Work that a second process does while the first goes on: what stands beside the pages, while the pages are made."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """Begins the work at once, in a copy of this process (where `apart` is false or cannot be: when it is asked for)."""

    def __init__(self, work: Callable[[], T], *, apart: bool = True) -> None:
        self._work = work
        self._child = 0
        if apart and hasattr(os, "fork"):
            self._answer = tempfile.TemporaryFile()  # noqa: SIM115  closed when it has been read
            self._child = os.fork()
            if not self._child:
                self._do()

    def _do(self) -> None:
        """Leave the answer in the file and end, without anything that the first process will do at its own end."""
        status = 1
        try:
            pickle.dump(self._work(), self._answer)
            self._answer.flush()
            status = 0
        except OSError as problem:
            print(problem, file=sys.stderr)
        except BaseException:  # noqa: BLE001  the first process tells
            traceback.print_exc()
        finally:
            os._exit(status)

    def result(self) -> T:
        """Give what the work has made, waiting for it. Raises ChildProcessError where it failed; why was printed."""
        if not self._child:
            return self._work()
        _, status = os.waitpid(self._child, 0)
        if status:
            raise ChildProcessError(f"a second process of the build ended with {os.waitstatus_to_exitcode(status)}")
        with self._answer:
            self._answer.seek(0)
            made: T = pickle.load(self._answer)
        return made
