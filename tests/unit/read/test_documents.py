from __future__ import annotations

import builtins
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import ModuleType

import docx
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, read
from provenance.read.document.docx import DocxFiles
from provenance.read.document.pdf import PdfFiles, joined_lines
from provenance.read.stream import RefusedError
from tests.unit.read.documents import PROSE, docx_of, pdf_of


def result(content: bytes, **options: int) -> Article | Unreadable:
    reader = PdfFiles() if content.startswith(b"%PDF") else DocxFiles()
    source = SourceFile(None, "in/a", "a")
    (found,) = reader.read(source, io.BytesIO(content), ReadOptions(**options))
    return found


def article(content: bytes, **options: int) -> Article:
    found = result(content, **options)
    assert isinstance(found, Article), found
    return found


def reason(source: SourceFile) -> str:
    (found,) = read(source)
    assert isinstance(found, Unreadable)
    return found.reason


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_the_pages_of_a_pdf_are_one_text_and_its_notes_are_no_facts() -> None:
    found = article(pdf_of([["Harbour opens", PROSE], ["Second page."]], title="Harbour opens"))
    assert found.text == f"Harbour opens\n{PROSE}\n\nSecond page."
    assert found.title == "Harbour opens"
    assert found.published is None
    assert found.metadata == {"created": "D:20260304050607Z"}
    assert article(pdf_of([[PROSE]], title="draft3.doc")).title is None


def test_lines_a_column_broke_are_joined_and_short_ones_are_not() -> None:
    text = "Harbour opens\nThe harbour of Larchport opens again on Mon-\nday after two years of works, the mayor said\nin May.\nFerries sail on Tuesday as they did before it"
    assert joined_lines(text) == (
        "Harbour opens\nThe harbour of Larchport opens again on Monday after two years of works, the mayor said in May.\n"
        "Ferries sail on Tuesday as they did before it"
    )
    assert joined_lines("") == ""


def test_a_pdf_that_shows_no_text_is_listed() -> None:
    found = result(pdf_of([[]]))
    assert isinstance(found, Unreadable)
    assert "scanned" in found.reason


def test_an_encrypted_pdf_is_listed() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of([[PROSE]])))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    with pytest.raises(RefusedError, match="encrypted"):
        result(written.getvalue())


def test_a_pdf_that_unpacks_without_end_is_refused(made) -> None:
    bomb = zlib.compress(b" " * (1 << 25), 9)
    assert "unpacks without end" in reason(made("a.pdf", pdf_of([[]], packed=bomb)))


def test_a_pdf_cut_off_anywhere_gives_an_article_or_a_reason(made) -> None:
    whole = pdf_of([[PROSE]])
    for end in range(10, len(whole), 97):
        assert len(list(read(made("a.pdf", whole[:end])))) == 1


def test_headings_links_tables_and_boxes_of_a_document_are_read_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("Harbour opens", style="Title")
    paragraph = document.add_paragraph("Source: ")
    relation = document.part.relate_to("https://agency.example/1", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>Agency</w:t></w:r></w:hyperlink>'
    paragraph._p.append(parse_xml(link))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    document.add_paragraph(PROSE)
    document.core_properties.title = "Harbour opens"
    found = article(saved(document))
    assert found.text == f"Harbour opens\nSource: Agency\nLeft\nRight\n{PROSE}"
    assert found.title == "Harbour opens"
    assert found.lines[0].element.endswith("h1")
    assert [(claim.carrier, claim.value) for claim in found.claims] == [("link", "https://agency.example/1")]


def test_text_under_review_shows_as_it_would_be_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The harbour ")
    runs = (
        "<w:ins {0}><w:r><w:t>opens</w:t></w:r></w:ins>",
        "<w:del {0}><w:r><w:delText>shuts</w:delText></w:r></w:del>",
    )
    for run in (*runs, "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t> unseen</w:t></w:r>"):
        paragraph._p.append(parse_xml(run.format(nsdecls("w"))))
    assert article(saved(document)).text == "The harbour opens"


def test_markup_in_a_document_is_text() -> None:
    assert article(docx_of("<script>alert(1)</script> & <b>")).text == "<script>alert(1)</script> & <b>"


def _with(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(name, parts.get(name, packed.read(name)))
        for name in parts.keys() - set(packed.namelist()):
            again.writestr(name, parts[name])
    return written.getvalue()


def test_a_document_that_unpacks_without_end_is_refused_before_it_does() -> None:
    bomb = _with(docx_of(PROSE), {"word/media/image1.png": b"\0" * 40_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(RefusedError, match="unpacks to more"):
        result(bomb)


def test_drawings_within_drawings_are_counted(made: Callable[..., SourceFile], monkeypatch: pytest.MonkeyPatch) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_of([[PROSE]])))
    page = writer.pages[0]
    drawn = pypdf.generic.DecodedStreamObject()
    drawn.set_data(b"BT /F1 11 Tf 72 720 Td (Harbour) Tj ET")
    named = {"/Type": "/XObject", "/Subtype": "/Form"}
    drawn.update({pypdf.generic.NameObject(k): pypdf.generic.NameObject(v) for k, v in named.items()})
    fonts = {pypdf.generic.NameObject("/Font"): page["/Resources"].get_object()["/Font"]}
    drawn[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(fonts)
    forms = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/X"): writer._add_object(drawn)})
    page["/Resources"].get_object()[pypdf.generic.NameObject("/XObject")] = forms
    contents = pypdf.generic.DecodedStreamObject()
    contents.set_data(b"/X Do\n" * 50)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(contents)
    written = io.BytesIO()
    writer.write(written)
    assert article(written.getvalue()).text.count("Harbour") == 50
    monkeypatch.setattr("provenance.read.document.pdf._MAX_DRAWN", 4000)
    assert reason(made("a.pdf", written.getvalue())) == "more than 4,000 steps of drawing"


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    "inside",
    [
        "<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100,
        f"<w:p><w:r><w:t>{'x' * 10_000_100}</w:t></w:r></w:p>",
    ],
    ids=["nesting", "text"],
)
def test_a_document_beyond_what_its_parser_follows_is_not_called_damaged(
    inside: str, made: Callable[..., SourceFile]
) -> None:
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{inside}</w:body></w:document>'
    found = reason(made("a.docx", _with(docx_of(PROSE), {"word/document.xml": xml.encode()})))
    assert found == "a document of Word with more nesting, or more text in one place, than this program follows"


def test_a_document_of_tags_is_refused_before_it_is_parsed() -> None:
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{"<w:p/>" * 1_000_000}</w:body></w:document>'
    with pytest.raises(RefusedError, match="more than 1,000,000 tags"):
        result(_with(docx_of(PROSE), {"word/document.xml": xml.encode()}))


def test_styles_are_not_searched_for_each_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx_of(("Harbour opens", "Title"), ("Works", "Heading 2"), PROSE)
    before = article(content)
    monkeypatch.delattr("docx.styles.styles.Styles.get_by_id")
    assert article(content) == before


def test_a_document_that_lies_of_its_sizes_is_refused() -> None:
    bomb = bytearray(_with(docx_of(PROSE), {"word/media/image1.png": b"\0" * 40_000_000}))
    size = (40_000_000).to_bytes(4, "little")
    assert bomb.count(size)
    lied = bytes(bomb).replace(size, (10).to_bytes(4, "little"))
    assert isinstance(result(lied), Unreadable)


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="x"><w:t>&b;</w:t></w:document>',
        b"<w:document" + b"<a>" * 3000,
        b"",
        b"\0\0\0",
    ],
)
def test_broken_xml_in_a_document_costs_that_document(xml: bytes, made) -> None:
    assert reason(made("a.docx", _with(docx_of(PROSE), {"word/document.xml": xml})))


@pytest.mark.parametrize(("missing", "content"), [("docx", docx_of(PROSE)), ("pypdf", pdf_of([[PROSE]]))])
def test_without_the_extra_the_reason_says_how_to_install_it(
    missing: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = builtins.__import__

    def refuse(name: str, *rest: object, **named: object) -> ModuleType:
        if name == missing:
            raise ImportError(name)
        return kept(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(RefusedError, match=r"pip install 'news-provenance\[(?:pdf|docx)\]'"):
        result(content)
