"""The index that the one field of every page searches: codes with their newest amounts, and what is found by words.

One small text file. A line is a code (`37252 84 860`, with `-2025` after it where it was last seen that year) or, after
`>`, what is found by words: words, address and, of a family or a kind of codes, its codes and its other names, set
apart by `|`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from feebook.compare.families import Family
from feebook.publish import figures
from feebook.publish.book import Book, Code
from feebook.publish.lines import Block

_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'<a class="headerlink".*?</a>')
_HEADING = re.compile(r'<(h2|h3|dt) id="([\w-]+)">(.*?)</\1>', re.S)


KINDS: Final = (
    (
        "Drugs, most of them injected or infused",
        "J",
        "drugs, injections, infusions, chemotherapy, biologicals, vaccines",
    ),
    ("Biosimilar drugs", "Q5", "biosimilars, drugs"),
    ("Substitutes for skin", "Q4", "skin substitutes, grafts, wounds"),
    ("Blood for transfusion, its parts and products", "P9", "plasma, platelets, red cells"),
    ("Devices of hospital outpatient departments", "C1", "devices, implants, catheters, stents, leads, pacemakers"),
    ("New drugs and procedures of hospital outpatient departments", "C9", "drugs, pass-through"),
    ("Pairs of procedures at surgery centers", "C7", "pairs, complexity"),
    ("Services and procedures that CMS named", "G", "CMS services, screenings"),
    ("Equipment for use at home", "E", "durable medical equipment, DME, wheelchairs, oxygen"),
    ("Artificial limbs, supports and implants", "L", "prosthetics, orthotics, braces"),
    ("Supplies and ambulance rides", "A", "ambulances, bandages, contrast, tracers"),
    ("Glasses and hearing aids", "V", "vision, hearing, lenses"),
)
"""The groups of HCPCS Level II by the first signs of their codes, in words of our own, with other names for them."""


def code_line(code: Code, found: Sequence[Block], last_year: int) -> str:
    """A code and its newest physician amounts, if any, as a page prints them; of one that ended, its last year.

    An amount that may lie above an OPPS cap that is not held is left to the page, which says so.
    """
    newest = [None if line.cap_open else line.paid for line in (block.latest for block in found[:2])]
    amounts = ["-" if paid is None else figures.whole(paid).replace("$", "").replace(",", "") for paid in newest]
    ended = [f"-{code.last[:4]}"] if int(code.last[:4]) < last_year else []
    return " ".join((code.code, *(amounts if any(newest) else ()), *ended))


def note(line: str) -> str:
    """What the line of a code says beside it: `$84 / $860`, `$84 facility only`, `last in 2025`, or nothing."""
    _, *told = line.split()
    if told and re.fullmatch(r"-\d{4}", told[-1]):
        return f"last in {told[-1][1:]}"
    if not told:
        return ""
    facility, elsewhere = ("" if amount == "-" else figures.dollars(amount) for amount in told)
    return (
        f"{facility} / {elsewhere}"
        if facility and elsewhere
        else f"{facility or elsewhere} " + ("facility only" if facility else "elsewhere only")
    )


def word_lines(
    book: Book, families: Iterable[Family], guides: Iterable[tuple[str, str, str]], headings: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Families and kinds of codes in our own words, guides (name, title, publisher), years, headings of written pages
    (words, address)."""
    for family in families:
        if codes := sorted(family.codes & book.codes.keys()):
            many = f"{len(codes)} code{'s' if len(codes) > 1 else ''}"
            names = [", ".join(family.aliases)] if family.aliases else []
            yield _line(f"{family.label}, {many}", f"families/{family.slug}/", " ".join(codes), *names)
    for label, start, others in KINDS:
        if any(code.startswith(start) for code in book.codes):
            yield _line(f"{label}: {start}{'x' * (5 - len(start))}", f"codes/?code={start}*", "", others)
    for name, title, publisher in guides:
        yield _line(f"{title}, guide of {publisher}", f"guides/{name}/")
    yield from (_line(f"{year}: what CMS issued", f"years/{year}/") for year in book.years)
    for one, two in zip(book.years, book.years[1:], strict=False):
        yield _line(f"{one} to {two}: what changed", f"compare/{one}-{two}/")
    yield from (_line(words, address) for words, address in headings)


def _line(*parts: str) -> str:
    return ">" + "|".join(re.sub(r"[|\s]+", " ", part).strip() for part in parts)


def headings(title: str, url: str, page: str) -> Iterator[tuple[str, str]]:
    """A written page and its headings and terms: words and address."""
    yield title, url
    for _, anchor, words in _HEADING.findall(page):
        yield f"{title}: {html.unescape(_TAG.sub('', _LINK.sub('', words)))}", f"{url}#{anchor}"
