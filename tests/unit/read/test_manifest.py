from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from provenance.model import Article, DateBasis, Unreadable
from provenance.read import SourceFile, discover, read

PROSE = "The harbour of Larchport opens again on Monday after two years of works.\n"


def folder(at: Path, manifest: str, *names: str) -> Path:
    at.mkdir(exist_ok=True)
    for name in names:
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROSE, encoding="utf-8")
    (at / "manifest.csv").write_text(manifest, encoding="utf-8")
    return at


def audited(at: Path) -> list[Article | Unreadable]:
    found = discover([str(at)])
    return [each for item in found for each in (read(item) if isinstance(item, SourceFile) else [item])]


def refusals(at: Path) -> dict[str, str]:
    return {item.source.removeprefix(f"{at}/"): item.reason for item in audited(at) if isinstance(item, Unreadable)}


def article(at: Path) -> Article:
    (found,) = audited(at)
    assert isinstance(found, Article)
    return found


def test_a_row_tells_what_its_file_does_not_and_the_manifest_is_no_article(tmp_path: Path) -> None:
    row = "in/a.txt,https://harbour.example/1,Harbour Post,2026-03-04,Harbour opens,en,desk 3"
    found = article(folder(tmp_path, f"path,url,outlet,published,title,lang,note\n{row}\n", "in/a.txt"))
    assert (found.url, found.outlet_name, found.title) == ("https://harbour.example/1", "Harbour Post", "Harbour opens")
    assert found.published is not None
    assert (found.published.written, found.published.basis) == ("2026-03-04", DateBasis.RECORD)
    assert found.language == "en"
    assert found.metadata == {"note": "desk 3"}
    assert found.text == PROSE


def test_what_a_row_says_wins_over_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<title>Old</title><link rel=canonical href=https://o.example/><p>{PROSE}</p>")
    found = article(folder(tmp_path, "path;title;url\na.html;New;https://harbour.example/1\n"))
    assert (found.title, found.url) == ("New", "https://harbour.example/1")


def test_a_file_of_records_takes_the_outlet_and_keeps_its_own_fields(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two.", "outlet": "Own", "title": "T"}\n')
    folder(tmp_path, "path,outlet,title,url\na.jsonl,Harbour Post,Nobody's,https://harbour.example/\n")
    told = [(each.outlet_name, each.title, each.url) for each in audited(tmp_path) if isinstance(each, Article)]
    assert told == [("Harbour Post", None, None), ("Own", "T", None)]


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "..\\secret.txt", "C:\\a.txt"])
def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text(PROSE)
    at = tmp_path / "pages"
    at.mkdir()
    reasons = refusals(folder(at, f"path,outlet\n{path},Harbour Post\n", "a.txt"))
    assert list(reasons) == ["manifest.csv#2"]
    assert "leads out of its folder" in reasons["manifest.csv#2"]


def test_what_no_file_fits_is_listed_with_its_line(tmp_path: Path) -> None:
    rows = "path,outlet\na.txt,A\n\ngone.txt,B\na.txt,C\n,D\n"
    reasons = refusals(folder(tmp_path, rows, "a.txt"))
    assert reasons == {
        "manifest.csv#4": "names gone.txt, which is not in this folder",
        "manifest.csv#5": "names a.txt again; line 2 stands",
        "manifest.csv#6": "names no path",
    }


def test_accents_composed_or_not_name_one_file(tmp_path: Path) -> None:
    manifest = "path,outlet\n" + unicodedata.normalize("NFD", "é.txt") + ",Harbour Post\n"
    assert article(folder(tmp_path, manifest, unicodedata.normalize("NFC", "é.txt"))).outlet_name == "Harbour Post"


def test_the_nearest_of_two_manifests_decides(tmp_path: Path) -> None:
    folder(tmp_path / "in", "path,outlet\na.txt,Inner\n", "a.txt")
    assert article(folder(tmp_path, "path,outlet\nin/a.txt,Outer\n")).outlet_name == "Inner"


def test_a_table_of_articles_called_so_is_read_as_one(tmp_path: Path) -> None:
    assert article(folder(tmp_path, "path,text\nx,Harbour opens.\n")).text == "Harbour opens."


@pytest.mark.parametrize(
    "manifest", ["", "path\n\0\0\0", 'path,"' + "x" * 200_000 + '"\n', 'path,url\n"a.txt,' + "x" * 200_000]
)
def test_a_broken_manifest_costs_itself_only(tmp_path: Path, manifest: str) -> None:
    found = audited(folder(tmp_path, manifest, "b.txt"))
    assert [each.text for each in found if isinstance(each, Article)] == [PROSE]


def test_another_row_makes_another_content(tmp_path: Path) -> None:
    before = article(folder(tmp_path, "path,outlet\na.txt,A\n", "a.txt"))
    after = article(folder(tmp_path, "path,outlet\na.txt,B\n", "a.txt"))
    assert before.id == after.id
    assert before.content_hash != after.content_hash


def test_a_date_that_is_none_is_kept_as_it_is_written(tmp_path: Path) -> None:
    found = article(folder(tmp_path, "path,published\na.txt,last week\n", "a.txt"))
    assert found.published is None
    assert found.metadata["published"] == "last week"


def test_a_row_that_names_a_link_out_of_the_folder_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "private.txt").write_text(PROSE)
    at = folder(
        tmp_path / "pages",
        "path,outlet\nb.txt,Post\na.txt,Post\nlinked/private.txt,Post\nin/c.txt,Post\n",
        "a.txt",
        "in/d.txt",
    )
    (at / "b.txt").symlink_to(letters / "private.txt")
    (at / "linked").symlink_to(letters)
    (at / "in" / "c.txt").symlink_to(at / "in" / "d.txt")
    found = audited(at)
    told = [(each.source.removeprefix(f"{at}/"), each.outlet_name) for each in found if isinstance(each, Article)]
    assert told == [("a.txt", "Post"), ("in/c.txt", "Post")]
    leads_out = "a link that leads out of the folder; name what it leads to as well, and it is read"
    assert refusals(at) == {
        "b.txt": leads_out,
        "linked": leads_out,
        "manifest.csv#2": "names b.txt, a link that leads out of the folder",
        "manifest.csv#4": "names linked/private.txt, behind linked, a link out of the folder",
    }


def test_what_a_link_leads_to_is_read_where_it_is_given_as_well(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text(PROSE)
    at = folder(tmp_path / "pages", "path,outlet\nb.txt,Post\n")
    (at / "b.txt").symlink_to(tmp_path / "more" / "b.txt")
    found = list(discover([str(at), str(tmp_path / "more")]))
    assert [item.name for item in found if isinstance(item, SourceFile)] == ["b.txt"]
    assert len(found) == 1


def test_a_manifest_that_is_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("path,password\na.txt,swordfish\n")
    at = folder(tmp_path / "pages", "", "a.txt")
    (at / "manifest.csv").unlink()
    (at / "manifest.csv").symlink_to(tmp_path / "secret.csv")
    found = audited(at)
    assert "swordfish" not in str(found)
    assert list(refusals(at)) == ["manifest.csv"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///a"])
def test_an_address_that_is_none_of_the_web_is_kept_as_metadata(tmp_path: Path, url: str) -> None:
    found = article(folder(tmp_path, f'path,url\na.txt,"{url}"\n', "a.txt"))
    assert (found.url, found.metadata) == (None, {"url": url})


def test_a_page_saved_from_a_mail_or_a_disk_has_no_address(tmp_path: Path) -> None:
    for written in ("(0014)about:internet", "(0019)file:///C:/a/b.html"):
        (tmp_path / "a.html").write_text(f"<!doctype html><!-- saved from url={written} --><p>{PROSE}</p>")
        assert article(tmp_path).url is None


def test_a_row_of_any_length_costs_itself(tmp_path: Path) -> None:
    at = folder(tmp_path, f"path,note\n{'a/' * 5000},x\na.txt,{'n' * 200_000}\n", "a.txt")
    assert refusals(at) == {"manifest.csv#2": "names a path of more than 4,096 characters"}


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ("path,titel\na.txt,T\n", "manifest.csv: the column “titel” is kept as metadata only; if title is meant"),
        ("path,ulr\na.txt,x\n", "manifest.csv: the column “ulr” is kept as metadata only; if url is meant"),
        ("path,Language\na.txt,en\n", "manifest.csv: the column “language” is kept as metadata only; if lang is meant"),
        ("path,url,url\na.txt,,\n", "manifest.csv: 2 columns are called “url”; the last of them counts"),
        ("path,published\na.txt,last week\n", "manifest.csv, line 2: “last week” is no date this program reads"),
        ("path,lang\n\na.txt,Klingonese\n", "manifest.csv, line 3: “Klingonese” is no language"),
        ("path,url\na.txt,notes/1\n", "manifest.csv, line 2: “notes/1” is no address of the web"),
        ("path,title\na.txt,Harbour, opens\n", "manifest.csv, line 2: 1 more cell than the first line has names"),
    ],
)
def test_what_means_nothing_is_warned_of_and_the_file_is_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, manifest: str, told: str
) -> None:
    assert article(folder(tmp_path, manifest, "a.txt")).text == PROSE
    assert [message.removeprefix(f"{tmp_path}/")[: len(told)] for message in caplog.messages] == [told]


@pytest.mark.parametrize(
    "manifest",
    [
        "path,published,lang,url\na.txt,2026-03-04,en,https://harbour.example/1\n",
        "path,published,lang,url\na.txt,unknown,n/a,-\n",
        "path,note,author,date,published\na.txt,x,y,today,2026-03-04,,\n",
    ],
)
def test_of_what_is_as_it_should_be_nothing_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, manifest: str
) -> None:
    assert article(folder(tmp_path, manifest, "a.txt")).text == PROSE
    assert caplog.messages == []


def test_a_manifest_without_paths_is_listed_as_such(tmp_path: Path) -> None:
    assert refusals(folder(tmp_path, "pth,outlet\na.txt,A\n", "a.txt")) == {
        "manifest.csv": "has no column path; call “pth” so"
    }
    assert refusals(folder(tmp_path, "name,outlet\na.txt,A\n", "a.txt")) == {"manifest.csv": "has no column path"}
