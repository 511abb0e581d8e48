"""A page of one font whose characters stand for what a test says: the bytes of the document, written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

XS = (40, 160, 300)


def placed(lines: Sequence[Sequence[str]]) -> list[str]:
    """Operators that print lines of a table."""
    return [
        f"1 0 0 1 {x} {700 - 16 * n} Tm ({t}) Tj" for n, line in enumerate(lines) for x, t in zip(XS, line, strict=True)
    ]


def level(x: float, text: str) -> str:
    """Operators that print a heading."""
    return f"BT /F1 9 Tf 1 0 0 1 {x} 720 Tm ({text}) Tj ET"


def document(lines: Sequence[Sequence[str]], heads: Sequence[str], meant: Mapping[str, str], year: str) -> bytes:
    """A page with a table under heads given as operators.

    `meant` gives characters of the text other meanings, each as the hexadecimal digits of its character map.
    """
    title = f"BT /F1 9 Tf 1 0 0 1 40 780 Tm (Facsimile with invented wording, CY {year}) Tj "
    text = title + " ".join([*placed(lines), "ET", *heads])
    pairs = [f"<{n:02X}> <{meant.get(chr(n), f'{n:04X}')}>" for n in range(0x20, 0x7F)]
    names = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
        f" {len(pairs)} beginbfchar {' '.join(pairs)} endbfchar endcmap end"
    )
    every = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >> stream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(names)} >> stream\n{names}\nendstream",
    ]
    out, at = "%PDF-1.4\n", []
    for n, body in enumerate(every, 1):
        at.append(len(out))
        out += f"{n} 0 obj {body} endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in at)
    ends = f"xref\n0 {len(every) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(every) + 1} /Root 1 0 R >>\n"
    return f"{out}{ends}startxref\n{len(out)}\n%%EOF\n".encode("latin-1")
