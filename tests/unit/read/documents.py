"""Documents made for tests: PDF by hand and pypdf, DOCX by python-docx."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import docx

__all__ = ["PROSE", "docx_of", "pdf_of"]

PROSE = "The harbour of Larchport opens again on Monday after two years of works."


def docx_of(*paragraphs: str | tuple[str, str], title: str = "") -> bytes:
    """Write paragraphs, each a text or a text and the name of its style."""
    document = docx.Document()
    for paragraph in paragraphs:
        text, style = paragraph if isinstance(paragraph, tuple) else (paragraph, None)
        document.add_paragraph(text, style=style)
    document.core_properties.title = title
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf_of(pages: Sequence[Sequence[str]], *, title: str = "", packed: bytes | None = None) -> bytes:
    """Write pages of lines in Helvetica; ``packed`` stands in for what the first page draws."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for at, lines in enumerate(pages):
        own = f"/Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R"
        objects.append(f"<< /Type /Page {own} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        drawn = "".join(f"({line}) Tj T* " for line in lines)
        stream = zlib.compress(f"BT /F1 11 Tf 14 TL 72 720 Td {drawn}ET".encode("cp1252"))
        stream = packed if packed is not None and not at else stream
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + stream + b"\nendstream")
    objects.append(f"<< /Title ({title}) /CreationDate (D:20260304050607Z) >>".encode())
    written = io.BytesIO(b"%PDF-1.7\n")
    written.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    written.writelines(b"%010d 00000 n \n" % place for place in places)
    written.write(b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects)))
    written.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return written.getvalue()
