"""Work on guides in processes of their own, each file under a limit of time and memory: none can hang or kill a run."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, NamedTuple

from feebook.guides import lexicon
from feebook.guides.read import Reading, Refused, read

MEMORY: Final = 1 << 30
"""Bytes that the reading of one file may take."""

TIMEOUT: Final = 60.0
"""Seconds that one file may take where nobody says otherwise."""

ROOT: Final = Path(__file__).parents[1]
"""Where the rooms of this project stand."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file gave: a reading, or the outcome it was refused with; `unforeseen` names an error of the reader."""

    path: Path
    reading: Reading | None
    outcome: str = ""
    unforeseen: str = ""


class Given(NamedTuple):
    """What some work on a file gave: its result, or the outcome it was refused with, and an error of the reader."""

    result: Any
    outcome: str = ""
    unforeseen: str = ""


@dataclass(slots=True)
class _Job:
    at: int
    process: BaseProcess
    pipe: Connection
    ends: float


def read_all(paths: Sequence[Path], timeout: float = TIMEOUT, workers: int = 1) -> Iterator[Answer]:
    """An answer for each file, in the order given whatever the number of workers."""
    for path, given in zip(paths, done_for_all(read, paths, timeout, workers), strict=True):
        yield Answer(path, *given)


def done_for_all(
    work: Callable[[Path], Any], paths: Sequence[Path], timeout: float = TIMEOUT, workers: int = 1
) -> Iterator[Given]:
    """What some work on each file gives, in the order of the files; Refused is an outcome.

    Each file has a process of its own: one that spoils what pdfium holds in memory spoils no other file's reading. That
    costs about 8 ms a file, against a process that reads on.
    """
    lexicon.prepared()
    process_type: Any = multiprocessing.get_context(
        "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    ).Process  # type: ignore[attr-defined]
    running: list[_Job] = []
    done: dict[int, Given] = {}
    started = given = 0
    try:
        while given < len(paths):
            while started < len(paths) and len(running) < max(1, workers):
                ours, theirs = multiprocessing.Pipe(duplex=False)
                process = process_type(target=_work, args=(theirs, work, paths[started]), daemon=True)
                process.start()
                theirs.close()
                running.append(_Job(started, process, ours, time.monotonic() + timeout))
                started += 1
            wait([job.pipe for job in running], timeout=max(0.0, min(job.ends for job in running) - time.monotonic()))
            for job in list(running):
                answer = _answer(job)
                if answer:
                    running.remove(job)
                    done[job.at] = answer
            while given in done:
                yield done.pop(given)
                given += 1
    finally:
        for job in running:
            _end(job)


def _answer(job: _Job) -> Given | None:
    """The answer of a worker that has one, or that died or ran out of time; None while it works."""
    if job.pipe.poll():
        try:
            said: Given = job.pipe.recv()
        except EOFError:
            said = Given(None, _last_word(job))
        _end(job)
        return said
    if time.monotonic() >= job.ends:
        _end(job)
        return Given(None, "took_too_long")
    return None


def _last_word(job: _Job) -> str:
    """Why a worker died without a word: it got no more memory, or pdfium fell over the file.

    The system kills for memory. pdfium ends itself where it is given none: after it took much, or for an absurd number
    in the file.
    """
    job.process.join(1)
    taken = 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # by the largest worker so far
    if job.process.exitcode == -signal.SIGABRT and taken > MEMORY // 2:
        return "too_large"
    return "too_large" if job.process.exitcode == -signal.SIGKILL else "damaged"


def _end(job: _Job) -> None:
    job.process.kill()
    job.process.join()
    job.pipe.close()


def _work(pipe: Connection, work: Callable[[Path], Any], path: Path) -> None:
    """In the worker: work on one file and send what it gave. An interrupt is for the run, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    used = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = MEMORY + _mapped()
    resource.setrlimit(resource.RLIMIT_AS, (limit if used == resource.RLIM_INFINITY else min(limit, used), used))
    try:
        pipe.send(Given(work(path)))
    except Refused as refused:
        pipe.send(Given(None, refused.outcome))
    except MemoryError:
        pipe.send(Given(None, "too_large"))
    except Exception as error:  # a foreign document may break anything: the run goes on, and where it broke is said
        pipe.send(Given(None, "damaged", _where(error)))


def _where(error: Exception) -> str:
    """The kind of an error and the last line of this project that it passed, so that a mistake of ours shows as one."""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(ROOT)]
    last = ours[-1]
    return f"{type(error).__name__} in {Path(last.filename).relative_to(ROOT).as_posix()}, line {last.lineno}"


def _mapped() -> int:
    """Bytes of address space that this process holds already."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 1 << 30
    return pages * resource.getpagesize()
