"""Layouts of rating lists: read from TOML, refused where they say something else, chosen by the columns of a file."""

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
        (LEAST.replace('id = "x"\n', ""), "lacks 'id'"),
        (LEAST.replace("[[rating]]", "[[other]]"), "no key other"),
        (LEAST.replace('header = ["site"]', "header = []"), "names no columns"),
        (LEAST.replace('["stars"]', "[1]"), "names no columns"),
        (LEAST + "scale = [1]", "not the two ends of a scale"),
        (LEAST + "scale = [1, 0]", "not the two ends of a scale"),
        (LEAST + "scale = [0, inf]", "not the two ends of a scale"),
        (LEAST + 'scales = "x"', "a rating has no key scales"),
        (LEAST.replace('"site"\n', '"site"\nskip = 1\n', 1), "is no layout"),
        ("rating = 1\n" + LEAST.partition("[[")[0], "is no layout"),
    ],
)
def test_what_is_no_layout_is_refused_with_the_reason(text, reason):
    with pytest.raises(KnowledgeError, match=reason):
        parse_layout(text, name="mine.toml")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_layout_file(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'id = "\xe9"')
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_layout_file(tmp_path / "latin.toml")


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
