"""The Atom feed of what CMS released and what was corrected; its dates are those of the data: a build has no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from feebook.publish import figures, words
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.codepage import anchor
from feebook.publish.errataview import Errata

ADDRESS = "changes.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell: `key` and `first` name it for ever, `day` is when it was last told; days are ISO.

    `path` is below the site.
    """

    key: str
    first: str
    day: str
    title: str
    path: str
    text: str


def atom(entries: Iterable[Entry], site_url: str) -> bytes:
    """The feed, the newest entry first. An id is a tag URI of the site's host, so it outlives an address."""
    told = sorted(entries, key=lambda entry: (entry.day, entry.key), reverse=True)
    host = urlsplit(site_url).hostname or "feebook.example"
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"tag:{host},2019:changes")
    _add(feed, "title", "Feebook: releases and corrections")
    _add(feed, "subtitle", "What CMS issued of what Medicare pays, and what was corrected")
    _add(feed, "updated", _moment(told[0].day if told else "2019-01-01"))
    _add(_add(feed, "author"), "name", "Feebook")
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site_url}{ADDRESS}")
    _add(feed, "link", rel="alternate", type="text/html", href=site_url or "./")
    for entry in told:
        one = _add(feed, "entry")
        _add(one, "id", f"tag:{host},{entry.first}:{entry.key}")
        _add(one, "title", entry.title)
        _add(one, "updated", _moment(entry.day))
        _add(one, "link", rel="alternate", type="text/html", href=f"{site_url}{entry.path}")
        _add(one, "summary", entry.text)
    ElementTree.indent(feed, " ")
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def entries(book: Book, errata: Errata) -> Iterator[Entry]:
    """Every release that is held, and every complete entry of the ledger of errata."""
    for (year, schedule, release), documents in book.releases.items():
        held = [row for row in documents if row["sha256"]]
        if not held:
            continue
        first = min(row["effective_from"] for row in held)
        name = words.SCHEDULES.get(schedule, schedule.replace("_", " "))
        yield Entry(
            f"release/{year}/{schedule}/{release}",
            first,
            max(row["released"] or row["effective_from"] for row in held),
            f"CMS {release}, {name}, for services from {figures.day(first)}",
            f"years/{year}/#{anchor(schedule, release)}" if schedule in SCHEDULES else f"years/{year}/",
            "; ".join(row["title"] for row in held),
        )
    for entry in (*errata.ours, *errata.sources):
        whose = "Corrected" if entry.whose == "ours" else "In a source"
        slug = re.sub(r"[^a-z0-9]+", "-", entry.title.lower()).strip("-")
        text = f"{entry.wrong} {entry.changed}"
        yield Entry(f"errata/{slug}", str(entry.seen), str(entry.seen), f"{whose}: {entry.title}", "errata/", text)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    found = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    found.text = _CONTROL.sub("", text) or None
    return found


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
