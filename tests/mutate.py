"""Spoil the example guides on purpose, from a seed, and see that every reading ends in a result or a refusal.

`python tests/mutate.py --all` reads all 2,000 mutants and prints how they ended; `--seed 71 --keep spoilt.pdf` reads
one and keeps its bytes. The same seed gives the same bytes. Exit code 1 when a reading ended in anything else than a
result or a refusal, took longer than the limit, or took more than 1 GB.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from feebook.guides.read import OUTCOMES
from feebook.guides.worker import MEMORY, read_all

GUIDES: Final = Path(__file__).resolve().parents[1] / "examples" / "guides"
COUNT: Final = 2000
WANTING: Final = frozenset({"took_too_long", "too_large"})
BATCH: Final = 50
"""Mutants that lie on the disk at a time."""

_OBJECT: Final = re.compile(rb"\d+ 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_LENGTH: Final = re.compile(rb"/Length \d+")
_NUMBER: Final = re.compile(rb"(?<![\w.])\d+(?![\w.])")
_REFERENCE: Final = re.compile(rb"\d+ 0 R\b")
_WORD: Final = re.compile(rb"/[A-Za-z]+")
HUGE: Final = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"99999999999999999999",
    b"1e38",
    b"0.0000001",
)


def flip(data: bytearray, dice: random.Random) -> None:
    """Other bytes in up to forty places."""
    for _ in range(dice.randrange(1, 41)):
        data[dice.randrange(len(data))] = dice.randrange(256)


def cut(data: bytearray, dice: random.Random) -> None:
    """The end gone, the beginning gone, or a piece out of the middle."""
    at, upto = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    del data[(slice(at, None), slice(None, at), slice(at, upto))[dice.randrange(3)]]


def swap_objects(data: bytearray, dice: random.Random) -> None:
    """The bodies of two objects in each other's place."""
    spans = [match.span(1) for match in _OBJECT.finditer(data)]
    if len(spans) < 2:
        return
    (a, b), (c, d) = sorted(dice.sample(spans, 2))
    data[a:d] = data[c:d] + data[b:c] + data[a:b]


def break_stream(data: bytearray, dice: random.Random) -> None:
    """A stream with noise inside, without its end, said to be packed, or within another."""
    spans = [match.span(1) for match in _STREAM.finditer(data)]
    if not spans:
        return
    start, end = dice.choice(spans)
    match dice.randrange(4):
        case 0:
            at = dice.randrange(start, max(start + 1, end))
            data[at : at + dice.randrange(1, 200)] = dice.randbytes(dice.randrange(1, 200))
        case 1:
            del data[end : end + len(b"endstream")]
        case 2:
            data[:] = data.replace(b"/Length", b"/Filter /FlateDecode /Length", dice.randrange(1, 4))
        case _:
            data[start:start] = b"q " * dice.randrange(1, 20000)


def change_length(data: bytearray, dice: random.Random) -> None:
    """A stream that is said to be longer, shorter or absurdly long."""
    spans = [match.span() for match in _LENGTH.finditer(data)]
    if spans:
        start, end = dice.choice(spans)
        data[start:end] = b"/Length " + dice.choice((*HUGE, str(dice.randrange(100000)).encode()))


def change_numbers(data: bytearray, dice: random.Random) -> None:
    """Numbers anywhere made huge, negative or nothing: boxes, counts, offsets, sizes."""
    for _ in range(dice.randrange(1, 6)):
        spans = [match.span() for match in _NUMBER.finditer(data)]
        if spans:
            start, end = dice.choice(spans)
            data[start:end] = dice.choice(HUGE)


def change_references(data: bytearray, dice: random.Random) -> None:
    """References that point elsewhere, often at their own object."""
    for _ in range(dice.randrange(1, 6)):
        spans = [match.span() for match in _REFERENCE.finditer(data)]
        if spans:
            start, end = dice.choice(spans)
            data[start:end] = f"{dice.randrange(1, 16)} 0 R".encode()


def change_words(data: bytearray, dice: random.Random) -> None:
    """Names of the format changed for one another."""
    for _ in range(dice.randrange(1, 6)):
        spans = [match.span() for match in _WORD.finditer(data)]
        if len(spans) > 1:
            (a, b), (c, d) = dice.sample(spans, 2)
            data[a:b] = bytes(data[c:d])


def repeat(data: bytearray, dice: random.Random) -> None:
    """A piece printed again and again."""
    at, upto = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    piece = bytes(data[at : min(upto, at + 2000)])
    data[at:at] = piece * dice.randrange(1, 200)


KINDS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    *(flip, cut, swap_objects, break_stream, change_length, change_numbers, change_references, change_words, repeat),
)


def mutant(seed: int) -> tuple[str, bytes]:
    """A spoilt guide, and what was done to which, such as `tamarack-access-2023 flip cut`."""
    dice = random.Random(seed)
    guides = sorted(GUIDES.glob("*.pdf"))
    guide = guides[seed % len(guides)]
    data = bytearray(guide.read_bytes())
    done = [KINDS[seed // len(guides) % len(KINDS)], *dice.sample(KINDS, dice.randrange(3))]
    for spoil in done:
        if data:
            spoil(data, dice)
    return " ".join([guide.stem, *(spoil.__name__ for spoil in done)]), bytes(data)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the reading of a mutant ended: `read` or the word of a refusal, after how many seconds, by which fault."""

    seed: int
    done: str
    outcome: str
    seconds: float
    unforeseen: str = ""

    @property
    def sound(self) -> bool:
        """True for a result or a refusal that was not for want of time or memory, nor for an error nobody foresaw."""
        refused = self.outcome in OUTCOMES and self.outcome not in WANTING and not self.unforeseen
        return self.outcome == "read" or refused


def endings(seeds: Sequence[int], timeout: float = 30, workers: int = 1) -> Iterator[Ending]:
    """How each mutant ends, read in the reader's own workers."""
    for first in range(0, len(seeds), BATCH):
        batch = seeds[first : first + BATCH]
        with tempfile.TemporaryDirectory() as folder:
            made = {seed: mutant(seed) for seed in batch}
            paths = [Path(folder, f"{seed}.pdf") for seed in batch]
            for path, (_, data) in zip(paths, made.values(), strict=True):
                path.write_bytes(data)
            start = time.monotonic()
            for seed, answer in zip(batch, read_all(paths, timeout, workers), strict=True):
                seconds, start = time.monotonic() - start, time.monotonic()
                outcome = "read" if answer.reading else answer.outcome
                yield Ending(seed, made[seed][0], outcome, seconds, answer.unforeseen)


def peak() -> int:
    """The most bytes that any worker so far has held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def main() -> int:
    """Read mutants and say how they ended."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--all", action="store_true", help=f"all {COUNT} mutants")
    arguments.add_argument("--seed", type=int, default=0, help="one mutant")
    arguments.add_argument("--keep", type=Path, help="write the bytes of the one mutant to a file")
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--timeout", type=float, default=30, help="seconds for one reading")
    said = arguments.parse_args()
    if said.keep:
        said.keep.write_bytes(mutant(said.seed)[1])
    ended = list(endings(range(COUNT) if said.all else [said.seed], said.timeout, said.workers))
    for ending in ended:
        if not ending.sound or not said.all:
            print(f"seed {ending.seed} ({ending.done}): {ending.outcome}, {ending.seconds:.1f} s", ending.unforeseen)
    counts = Counter(ending.outcome for ending in ended)
    print(" · ".join(f"{outcome} {count}" for outcome, count in counts.most_common()))
    print(f"slowest {max(ending.seconds for ending in ended):.1f} s, most memory {peak() / 1e6:.0f} MB")
    return 0 if all(ending.sound for ending in ended) and peak() <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
