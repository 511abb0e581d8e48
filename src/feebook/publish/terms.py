"""Jargon in plain words: what a term means, in one or two sentences, for the glossary and beside the term itself."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

TERMS: Final = {
    "apc": (
        "APC",
        "Ambulatory payment classification: the group of services that sets an outpatient rate. Numbers are "
        "re-levelled between years, so an APC is no stable name.",
    ),
    "asc": (
        "ASC",
        "Ambulatory surgical center: a surgery center that stands on its own, paid by a list of rates.",
    ),
    "basis": (
        "Basis",
        "What a comparison compares. As paid: what was payable on two days. Constant factor: relative values only.",
    ),
    "conversion-factor": (
        "Conversion factor",
        "Dollars for one relative value unit, or for a weight of one. One number moves every amount of a schedule.",
    ),
    "hcpcs": (
        "HCPCS",
        "Medicare's code set for claims. Level I are the CPT codes of the American Medical Association, Level II begin "
        "with a letter and are CMS's own.",
    ),
    "facility": (
        "Facility, non-facility",
        "Where the physician works: in a hospital or surgery center, which is paid on its own, or in an office, where "
        "the physician pays for room, staff and supplies.",
    ),
    "locality": ("Locality", "A pricing area of the physician fee schedule, with an index of its own for each part."),
    "opps": ("OPPS", "Outpatient prospective payment system: how Medicare pays hospitals for outpatient services."),
    "packaged": (
        "Packaged",
        "Paid as part of another service on the same day. Not zero: it may lift the rate of the main service.",
    ),
    "provisional": (
        "Provisional",
        "Known from a copy by others or an excerpt only, not yet from CMS's own file.",
    ),
    "qp": (
        "QP, non-QP",
        "From 2026 the physician factor is higher for those in qualifying payment models (QP) than for everyone else.",
    ),
    "rvu": ("RVU", "Relative value unit: how much work, practice expense and malpractice cost a service stands for."),
    "segment": ("Segment", "A stretch of dates of service in which a row holds unchanged."),
    "status-indicator": (
        "Status indicator",
        "A letter that says by which rule the hospital outpatient schedule pays a code. Surgery centers have payment "
        "indicators of their own.",
    ),
}
"""Anchor in the glossary → the term, its meaning."""


def term(anchor: str, up: str, words: str = "") -> Markup:
    """A term as a link to its place in the glossary, which says the meaning on hover and on focus.

    `up` leads to the root of the site, such as `../../`; `words` are shown in place of the term.
    """
    name, meaning = TERMS[anchor]
    return Markup('<a class="fb-term" href="{}glossary/#{}" title="{}">{}</a>').format(
        up, anchor, meaning, escape(words or name)
    )
