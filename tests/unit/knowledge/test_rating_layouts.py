"""Layouts of rating lists: read from TOML, refused where they say something else, chosen by the columns of a file."""

import os

import pytest

from provenance.errors import KnowledgeError, NotFoundError, UsageError
from provenance.knowledge.rating_layouts import fitting_layout, load_layouts, parse_layout, read_layout_file

LEAST = 'id = "x"\nheader = ["site"]\ndomain = "site"\n[[rating]]\nvalue = ["stars"]\n'


def layout(name, *columns):
    return parse_layout(LEAST.replace('"x"', f'"{name}"').replace('["site"]', str(list(columns))), name=f"{name}.toml")


def test_every_shipped_layout_says_why_and_where_it_was_seen():
    found = load_layouts()
    assert [each.id for each in found] == sorted({each.id for each in found})
    assert [each.id for each in found if not (each.why and each.source)] == []


def test_every_shipped_layout_recognises_only_files_that_have_what_it_reads():
    for each in load_layouts():
        assert each.domain in each.header
        if each.id != "provenance":
            needed = {column for kind in each.ratings if not kind.optional for column in kind.value}
            assert needed <= set(each.header), each.id


@pytest.mark.parametrize("each", load_layouts(), ids=lambda each: each.id)
def test_the_columns_of_a_shipped_layout_fit_no_other_as_well(each):
    assert fitting_layout(load_layouts(), each.header) == each


def test_the_layout_that_recognises_most_columns_is_taken():
    wide, narrow = layout("wide", "site", "stars"), layout("narrow", "site")
    assert fitting_layout([narrow, wide], ["Stars", " SITE ", "x"]) == wide
    assert fitting_layout([wide, narrow], ["site", "moons"]) == narrow


def test_a_file_without_the_column_a_layout_takes_its_rating_from_is_refused():
    with pytest.raises(NotFoundError, match="has no column “stars”, from which the layout one takes a rating"):
        fitting_layout([layout("one", "site")], ["site", "moons"])


def test_two_layouts_that_fit_alike_are_named():
    with pytest.raises(UsageError, match="fit one and two alike"):
        fitting_layout([layout("two", "site"), layout("one", "site")], ["site"])


def test_columns_no_layout_has_are_named():
    with pytest.raises(NotFoundError, match="“moons”"):
        fitting_layout([layout("one", "site"), layout("two", "page")], ["moons"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = ", "is not TOML"),
        (LEAST.replace('id = "x"\n', ""), "mine.toml: it lacks id$"),
        (LEAST.replace('"x"', "5"), "mine.toml: id must be a text$"),
        (LEAST.replace('"x"', '" "'), "mine.toml: id is empty$"),
        (LEAST.replace('domain = "site"', "domain = 5"), "domain must be a text$"),
        (LEAST.replace("[[rating]]", "[[ratings]]"), r"unknown key ratings; did you mean rating\?$"),
        (LEAST.replace('header = ["site"]', "header = []"), "header must be the name of a column, or a list of them$"),
        (LEAST.replace('["stars"]', "[1]"), "rating 1: value must be the name of a column"),
        (LEAST + "[[rating]]\n", "rating 2: it lacks value$"),
        (LEAST + "scale = [1]", r"rating 1: scale must be the two ends of a scale, such as \[0, 100\]$"),
        (LEAST + "scale = [1, 0]", "scale must be the two ends"),
        (LEAST + "scale = [0, inf]", "scale must be the two ends"),
        (LEAST + 'scales = "x"', r"rating 1: unknown key scales; did you mean scale\?$"),
        (LEAST + 'all = "no"', "rating 1: all must be true or false$"),
        (LEAST + "imputed = 1", "imputed must be true, false or the names of columns$"),
        (LEAST + "scale_min = 1", "scale_min must be a text$"),
        (LEAST.replace('"site"\n', '"site"\nskip = 1\n', 1), "skip must be a table of columns and lists"),
        ("rating = 1\n" + LEAST.partition("[[")[0], "it has no rating; begin each with"),
        ("rating = [1]\n" + LEAST.partition("[[")[0], "rating 1: it is no table of keys and values$"),
    ],
)
def test_what_is_no_layout_is_refused_with_the_reason(text, reason):
    with pytest.raises(KnowledgeError, match=reason):
        parse_layout(text, name="mine.toml")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(KnowledgeError, match=r"none\.toml does not exist$"):
        read_layout_file(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'id = "\xe9"')
    with pytest.raises(KnowledgeError, match=r"latin\.toml is not UTF-8$"):
        read_layout_file(tmp_path / "latin.toml")


def test_a_folder_or_a_pipe_is_no_layout_and_is_not_waited_for(tmp_path):
    with pytest.raises(KnowledgeError, match=r"is a folder$"):
        read_layout_file(tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(KnowledgeError, match=r"pipe\.toml is not a regular file$") as error:
        read_layout_file(tmp_path / "pipe.toml")
    assert error.value.hint.startswith("Name a layout with --profile")


def test_a_layout_of_ones_own_is_read_with_everything_it_may_say(tmp_path):
    (tmp_path / "mine.toml").write_text(
        LEAST.replace("[[rating]]", 'date = "When"\nskip = {"Kind" = ["dup"]}\n[[rating]]')
        + 'list = "Mine"\nall = true\noptional = true\nscale = [0, 5]\nimputed = "guess"\n',
        "utf-8",
    )
    found = read_layout_file(tmp_path / "mine.toml")
    (kind,) = found.ratings
    assert (found.date, found.skip) == ("when", {"kind": frozenset({"dup"})})
    assert (kind.list_name, kind.combined, kind.optional, kind.scale, kind.imputed) == (
        "Mine", True, True, (0.0, 5.0), ("guess",),
    )  # fmt: skip
