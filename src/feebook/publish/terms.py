"""Jargon in plain words: what a term means, in one or two sentences, for the glossary and beside the term itself."""

from __future__ import annotations

import json
from typing import Final

from markupsafe import Markup, escape

from feebook import absence
from feebook.publish.indicators import Meanings

TERMS: Final = {
    "add-on": ("Add-on", "A code that is never billed alone: it goes with the code of a main procedure."),
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
    "global-days": (
        "Global days",
        "How many days of care around a procedure its payment includes: 000 the day itself, 010 and 090 so many days "
        "after it, ZZZ those of the main procedure.",
    ),
    "locality": ("Locality", "A pricing area of the physician fee schedule, with an index of its own for each part."),
    "malpractice": ("Malpractice (MP)", "The part of a relative value that stands for malpractice insurance."),
    "opps": ("OPPS", "Outpatient prospective payment system: how Medicare pays hospitals for outpatient services."),
    "opps-cap": (
        "OPPS cap",
        "The technical part of imaging is paid at the lower of two amounts: that of the physician schedule and that of "
        "the hospital outpatient schedule.",
    ),
    "packaged": (
        "Packaged",
        "Paid as part of another service on the same day. Not zero: it may lift the rate of the main service.",
    ),
    "payment-indicator": (
        "Payment indicator",
        "A letter and a figure that say by which rule a surgery center is paid for a code.",
    ),
    "practice-expense": (
        "Practice expense (PE)",
        "The part of a relative value that stands for staff, rooms, equipment and supplies. It differs by setting.",
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
    "weight": (
        "Weight",
        "How a facility's rate for a code stands to others: weight times conversion factor is the rate.",
    ),
    "work": ("Work", "The part of a relative value that stands for the physician's own time, skill and effort."),
}
"""Anchor in the glossary → the term, its meaning."""

SHOWN: Final = {
    "RVU": "rvu",
    "Factor": "conversion-factor",
    "Physician factor": "conversion-factor",
    "Ind.": "status-indicator",
    "APC": "apc",
    "Weight": "weight",
    "Work": "work",
    "PE": "practice-expense",
    "PE facility": "practice-expense",
    "PE non-facility": "practice-expense",
    "MP": "malpractice",
    "Malpractice": "malpractice",
    "QP": "qp",
    "non-QP": "qp",
    "cap": "opps-cap",
    "cap not held": "opps-cap",
    "Global days": "global-days",
    "Physician, facility": "facility",
    "Physician, non-facility": "facility",
    "Surgery center (ASC)": "asc",
    "Hospital outpatient": "opps",
}
"""Words as they stand on pages, in headings and beside amounts → the term that they mean."""

INDICATORS: Final = {"outpatient": "status_indicator", "asc": "payment_indicator"}
"""The column of a facility schedule that says how a code is paid."""


def script(indicators: Meanings) -> str:
    """The script that gives every page the meanings it shows on hover, on focus and on a tap.

    Words as shown → meaning, words of absence → meaning, schedule → indicator → meaning. What
    surgery centers mean otherwise than the rest of the page stands under `centers`.
    """
    said = {
        "terms": {shown: TERMS[anchor][1] for shown, anchor in SHOWN.items()},
        "centers": {"Ind.": TERMS["payment-indicator"][1]},
        "absent": dict(absence.WORDS.values()),
        **{
            schedule: {name: meaning for name, (meaning, _) in indicators.table(schedule, column).items()}
            for schedule, column in INDICATORS.items()
        },
    }
    return f"feebook.explain({json.dumps(said, ensure_ascii=False, separators=(',', ':'))});\n"


def absences() -> dict[str, tuple[str, str]]:
    """Anchor in the glossary → word and meaning, of each reason for which a cell has no amount."""
    return {
        f"no-amount-{status.replace('_', '-')}": (word[0].upper() + word[1:], meaning)
        for status, (word, meaning) in absence.WORDS.items()
    }


def term(anchor: str, up: str, words: str = "") -> Markup:
    """A term as a link to its place in the glossary, which says the meaning on hover and on focus.

    `up` leads to the root of the site, such as `../../`; `words` are shown in place of the term.
    """
    name, meaning = TERMS[anchor]
    return Markup('<a class="fb-term" href="{}glossary/#{}" title="{}">{}</a>').format(
        up, anchor, meaning, escape(words or name)
    )
