"""Write `figures/<year>.csv`: what CMS set in January for the codes of the example guides.

Run by hand when a year is added: `python examples/guides/figures.py --sources DIR`, with DIR the folder of CMS files.
Only codes, numbers and indicators are taken; the files' own wording is left behind. The 2024 guide speaks of the days
from 9 March, so its physician rows come from the corrected release (no RVU changed in it, only the factor).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

import python_calamine

from feebook.amounts import clean, half_up, weighted_rate

CODES: Final = (*(f"3690{n}" for n in range(1, 10)), "37252", "37253")

PHYSICIAN: Final = {
    2022: "physician/2022/rvu22a/PPRRVU22_JAN.csv",
    2023: "physician/2023/rvu23a/PPRRVU23_JAN.csv",
    2024: "physician/2024/rvu24ar/pprrvu.csv.gz",
    2025: "physician/2025/rvu25a-updated-01_10_2025.zip",
}
ASC: Final = {year: f"asc/{year}/{year}0101.AA.{'txt' if year == 2024 else 'csv'}" for year in PHYSICIAN}
OUTPATIENT: Final = {
    2022: "outpatient/2022/January_2022_Web_Addendum_B.01.10.22.xlsx",
    2023: "outpatient/2023/2023_January_Web_Addendum_B.12212022.xlsx",
    2024: "outpatient/2024/Section 508 version of January_Web_2024_Addendum_B.04.24.24.csv",
    2025: "outpatient/2025/Section 508 version of January 2025 Web Addendum B.12.31.24.csv",
}
PHYSICIAN_FACTOR: Final = {2022: "34.6062", 2023: "33.8872", 2024: "33.2875", 2025: "32.3465"}
ASC_FACTOR: Final = {2022: "49.916", 2023: "51.854", 2024: "53.514", 2025: "54.895"}
OUTPATIENT_FACTOR: Final = {2022: "84.177", 2023: "85.585", 2024: "87.382", 2025: "89.169"}

HEAD: Final = (
    *("code", "add_on", "work_rvu", "facility_total_rvu", "nonfacility_total_rvu"),
    *("asc_indicator", "asc_weight", "asc_payment", "opps_status_indicator", "apc", "opps_weight", "opps_payment"),
)


def main() -> None:
    """Write the figures of every year."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sources", type=Path, required=True, help="the folder of CMS files")
    sources: Path = arguments.parse_args().sources
    for year in PHYSICIAN:
        with (Path(__file__).parent / "figures" / f"{year}.csv").open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(HEAD)
            lines.writerows(figures(sources, year))


def figures(sources: Path, year: int) -> Iterator[tuple[str, ...]]:
    """One line per code, each figure checked against the rule of its schedule before it is written."""
    physician = {row[0]: row for row in rows(sources / PHYSICIAN[year]) if row[1] == ""}
    asc = {row[0]: row for row in rows(sources / ASC[year])}
    outpatient = {row[0]: row for row in rows(sources / OUTPATIENT[year])}
    for code in CODES:
        work, non_pe, pe, mp, non_total, total = (clean(physician[code][n], 2) for n in (5, 6, 8, 10, 11, 12))
        assert clean(physician[code][24], 4) == Decimal(PHYSICIAN_FACTOR[year]), (year, code, "factor")
        status, *absent = (physician[code][n] for n in (3, 7, 9))
        assert (status, absent) == ("A", ["", ""]), (year, code, "status or NA indicator")
        assert (total, non_total) == (work + pe + mp, work + non_pe + mp), (year, code, "total RVU")
        add_on = "1" if physician[code][14] == "ZZZ" else "0"
        indicator, weight, rate = (text.strip() for text in asc[code][4:7])
        opps_status, apc, opps_weight, opps_rate = (text.strip() for text in outpatient[code][2:6])
        yield (
            *(code, add_on, str(work), str(total), str(non_total), indicator, weight),
            *(_rate(rate, weight, ASC_FACTOR[year]), opps_status, apc, opps_weight),
            _rate(opps_rate, opps_weight, OUTPATIENT_FACTOR[year]),
        )


def _rate(printed: str, weight: str, factor: str) -> str:
    """A facility rate as text; where a weight is given, weight x factor must give the printed rate."""
    if not printed:
        return ""
    rate = half_up(Decimal(printed.strip("$ ").replace(",", "")))
    assert not weight or weighted_rate(Decimal(weight), Decimal(factor)) == rate, (printed, weight, factor)
    return str(rate)


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CMS file, whatever it is packed in, as texts."""
    if path.suffix == ".xlsx":
        sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        yield from ([str(value) for value in row] for row in sheet.to_python())
        return
    data = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            data = bundle.read("PPRRVU25_JAN.csv")
    elif path.suffix == ".gz":
        data = gzip.decompress(data)
    yield from csv.reader(io.StringIO(data.decode("cp1252")), delimiter="\t" if path.suffix == ".txt" else ",")


if __name__ == "__main__":
    main()
