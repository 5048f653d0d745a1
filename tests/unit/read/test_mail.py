from __future__ import annotations

import io
from email.message import EmailMessage

import pytest

from provenance.model import Article, DateBasis, Unreadable
from provenance.read import ReadOptions, SourceFile
from provenance.read.mail import Mails
from provenance.read.mail_parts import parsed

PROSE = "The harbour of Larchport opens again on Monday after two years of works."


def results(content: bytes, **options: int) -> list[Article | Unreadable]:
    source = SourceFile(None, "in/a.eml", "a.eml")
    return list(Mails().read(source, io.BytesIO(content), ReadOptions(**options)))


def article(content: bytes) -> Article:
    (found,) = results(content)
    assert isinstance(found, Article), found
    return found


def mail(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Harbour Post <news@harbour.example>"
    made["Subject"] = "Harbour opens – at last"
    made["Date"] = "Tue, 03 Mar 2026 10:00:00 +0100"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(PROSE)
    return made


def test_headers_tell_title_sender_and_date() -> None:
    found = article(mail(To="desk@example.org").as_bytes())
    assert found.text.strip() == PROSE
    assert (found.title, found.byline, found.outlet_name) == ("Harbour opens – at last", "Harbour Post", None)
    assert found.published is not None
    assert found.published.basis is DateBasis.RECORD
    assert found.published.earliest.isoformat() == "2026-03-03T09:00:00+00:00"
    assert found.metadata["from"] == "Harbour Post <news@harbour.example>"
    assert "desk@example.org" not in str(found.metadata)


def test_a_mail_to_a_list_is_from_an_organisation() -> None:
    assert article(mail(List_Unsubscribe="<mailto:x@y.example>").as_bytes()).outlet_name == "Harbour Post"
    assert article(mail(List_Id="Wire of Larchport <w.larch.example>").as_bytes()).outlet_name == "Wire of Larchport"


def test_the_page_of_a_mail_is_read_and_its_links_are_kept() -> None:
    made = mail(Archived_At="<https://harbour.example/1>")
    made.add_alternative(f'<p>{PROSE}</p><p>Source: <a href="https://agency.example/1">Agency</a></p>', subtype="html")
    found = article(made.as_bytes())
    assert found.text == f"{PROSE}\nSource: Agency"
    assert found.media_type == "text/html"
    assert found.url == "https://harbour.example/1"
    assert [claim.value for claim in found.claims if claim.carrier == "link"] == ["https://agency.example/1"]


def test_a_page_that_shows_nothing_gives_way_to_the_plain_version() -> None:
    made = mail()
    made.add_alternative("<img src='cid:1'>", subtype="html")
    assert article(made.as_bytes()).text.strip() == PROSE


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
def test_every_charset_a_part_states_is_read(charset: str) -> None:
    made = EmailMessage()
    made["Subject"] = "港"
    made.set_content("港が月曜日に再開する。", charset=charset)
    found = article(made.as_bytes())
    assert (found.text.strip(), found.title) == ("港が月曜日に再開する。", "港")


def test_attached_texts_and_mails_are_articles_of_their_own() -> None:
    made = mail()
    made.add_attachment(f"<title>Release</title><p>{PROSE}</p>".encode(), "text", "html", filename="../../a.html")
    made.add_attachment(mail(Subject2="x"))
    made.add_attachment(b"\x89PNG", "image", "png", filename="a.png")
    found = results(made.as_bytes())
    assert [item.source for item in found] == ["in/a.eml", "in/a.eml#1:.._.._a.html", "in/a.eml#2"]
    assert all(isinstance(item, Article) for item in found)
    assert len({item.id for item in found if isinstance(item, Article)}) == 3


@pytest.mark.parametrize("content", [b"", b"\n\n", b"no mail at all", b"\x00\x01" * 90, b"Subject: x\n\n"])
def test_what_holds_no_text_is_listed(content: bytes) -> None:
    (found,) = results(content)
    assert isinstance(found, Unreadable)


def test_a_mail_beyond_the_limit_or_of_too_many_parts_is_refused() -> None:
    many = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 600
    (found,) = results(many)
    assert isinstance(found, Unreadable)
    assert "parts" in found.reason


def test_headers_made_to_cost_time_are_cut_before_they_are_parsed() -> None:
    content = (
        b"Content-Type: text/plain; " + b"a=b; " * 100_000 + b"\nSubject: " + b"(" * 90_000 + b"\n\n" + PROSE.encode()
    )
    assert article(content).text == PROSE
    assert max(len(value) for _, value in parsed(content).raw_items()) == 2000


def test_a_mail_nested_without_end_is_one_that_cannot_be_parsed() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(400))
    found = results(nested + b"\n" + PROSE.encode())
    assert [item.source for item in found] == ["in/a.eml"]
