"""Tables as a whole that say something which their headings do not tell."""

from __future__ import annotations

from feebook.guides.box import Box
from feebook.guides.doubts import AMOUNTS, table_doubt
from feebook.guides.headings import Meaning
from feebook.guides.page import Page
from feebook.guides.tables import Column, Crossing, Row, Table


def said(heading: str, *texts: str) -> str:
    """What is doubted of a table of codes with a further column that no measure is found for."""
    box = Box(0, 0, 1, 1)
    codes = ("37252", "37253", "92978", "92979")
    columns = (Column(("CPT Code",), 0, 1), Column((heading,), 1, 2))
    rows = tuple(
        Row(Crossing(code, box), (Crossing(code, box), Crossing(text, box)))
        for code, text in zip(codes, texts, strict=True)
    )
    return table_doubt(Table(Page(1, 612, 792, (), (), ()), box, (), 0, columns, rows, ruled=False), [(), ()])


TWO = "two columns hold codes, and no heading says whose the figures are"


def test_one_code_under_a_further_heading_of_codes_puts_the_table_in_doubt() -> None:
    assert said("Procedure Code", "22551", "Vascular", "", "Source") == TWO


def test_under_another_heading_most_of_a_column_must_be_codes() -> None:
    assert said("Used with", "22551", "Vascular", "Cardiac", "Source") == ""
    assert said("Used with", "22551", "33208", "93458", "Source") == TWO


def test_codes_of_devices_beside_procedures_are_no_second_column_of_codes() -> None:
    assert said("HCPCS Code", "C1753", "C1753", "C1769", "C1769") == ""


def test_a_setting_named_in_a_cell_of_figures_puts_the_table_in_doubt() -> None:
    box = Box(0, 0, 1, 1)
    columns = (Column(("CPT Code",), 0, 1), Column(("Surgery center",), 1, 2))
    doubts = []
    for text in ("Physician, facility", "Not on ASC list", "$1,253"):
        row = Row(Crossing("33362", box), (Crossing("33362", box), Crossing(text, box)))
        table = Table(Page(1, 612, 792, (), (), ()), box, (), 0, columns, (row,), ruled=False)
        doubts.append(table_doubt(table, [(), (Meaning("asc_payment"),)]))
    assert doubts == ["a cell of figures names a setting: the row may be of another than its heading says", "", ""]


def test_dollars_in_the_cells_of_codes_put_their_table_in_doubt() -> None:
    box = Box(0, 0, 1, 1)
    columns = (Column(("CPT Code",), 0, 1), Column(("Facility payment",), 1, 2))
    lines = (("$194.73 36909", "$238.74"), ("36245", "$229.48"))
    rows = tuple(Row(Crossing(code, box), (Crossing(code, box), Crossing(paid, box))) for code, paid in lines)
    table = Table(Page(1, 612, 792, (), (), ()), box, (), 0, columns, rows, ruled=False)
    assert table_doubt(table, [(), ()]) == AMOUNTS
