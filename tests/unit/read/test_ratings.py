"""Lists of ratings: what is taken of a row, what is refused and why. All rows are invented."""

import gzip

import pytest

from provenance.errors import InputError, NotFoundError, UsageError
from provenance.knowledge.rating_layouts import load_layouts, parse_layout
from provenance.model import Rating, Unreadable
from provenance.read import SourceFile
from provenance.read.ratings import MAX_VALUE, RatingDefaults, read_ratings

LAYOUTS = load_layouts()


@pytest.fixture
def read(tmp_path):
    def call(text, layouts=LAYOUTS, **defaults):
        path = tmp_path / "list.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return list(read_ratings(SourceFile(path, "list.csv", "list.csv"), layouts, RatingDefaults(**defaults)))

    return call


def own(*rows, header="domain,value,list"):
    return "\n".join([header, *rows]) + "\n"


def reasons(found):
    return [(each.source, each.reason) for each in found if isinstance(each, Unreadable)]


def test_a_row_of_the_own_layout_is_taken_whole(read):
    header = "domain,value,scale_min,scale_max,list,list_date,licence,basis"
    assert read(own("harbourecho.example,0.82,0,1,Invented,2031-04,CC0,imputed", header=header)) == [
        Rating("harbourecho.example", "0.82", "Invented", "2031-04", "CC0", 0.0, 1.0, imputed=True)
    ]


def test_what_the_file_does_not_say_is_filled_in_and_what_it_says_stands(read):
    found = read(
        own("a.example,1,CC0,", "b.example,2,,2029", header="domain,value,licence,list_date"),
        list_name="Mine",
        list_date="2031",
        licence="own",
    )
    assert found == [Rating("a.example", "1", "Mine", "2031", "CC0"), Rating("b.example", "2", "Mine", "2029", "own")]


def test_a_list_without_a_name_is_wrong_usage(read):
    with pytest.raises(UsageError, match="does not say which list it is"):
        read(own("a.example,1", header="domain,value"))


@pytest.mark.parametrize(
    ("column", "cell", "imputed"),
    [
        ("basis", "imputed", True),
        ("basis", "Observed", False),
        ("basis", "", False),
        ("observed|imputed", "imputed", True),
        ("imputed", "yes", True),
        ("imputed", "0", False),
        ("observed", "TRUE", False),
        ("observed", "no", True),
        ("observed", "imputed", True),
    ],
)
def test_a_guess_of_the_list_is_told_in_any_of_four_columns(read, column, cell, imputed):
    (found,) = read(own(f"a.example,1,L,{cell}", header=f"domain,value,list,{column}"))
    assert found.imputed is imputed


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("https://www.HarbourEcho.example/", "harbourecho.example"),
        ("m.harbourecho.example", "harbourecho.example"),
        ("HARBOURECHO.EXAMPLE.", "harbourecho.example"),
        ("xn--mnchen-3ya.example", "münchen.example"),
    ],
)
def test_domains_are_those_the_rest_of_the_program_knows(read, written, domain):
    (found,) = read(own(f"{written},1,L"))
    assert found.domain == domain


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("nowhere,1,L", "“nowhere” is no domain"),
        ("=HYPERLINK(1),1,L", "“=HYPERLINK(1)” is no domain"),
        (",1,L", "it names no domain"),
        ("a.example/opinion,1,L", "it rates a part of a.example (/opinion), not the domain"),
        ("https://a.example/opinion/,1,L", "it rates a part of a.example (/opinion), not the domain"),
        ("a.example,,L", "it gives no rating"),
        ("a.example,NA,L", "it gives no rating"),
        ("a.example,1,L,surplus", "it has more fields than the first line names"),
        ("x " * 500 + ",1,L", f"“{('x ' * 30).strip()}…” is no domain"),
        (
            f"a.example,{'x' * 1234},L",
            f"a cell of 1,234 characters is too long for what it should hold: “{'x' * 60}…”",
        ),
        (
            f"a.example,1,{'x' * (MAX_VALUE + 1)}",
            f"a cell of 201 characters is too long for what it should hold: “{'x' * 60}…”",
        ),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_rest_goes_on(read, row, reason):
    found = read(own("first.example,1,L", row, "last.example,1,L"))
    assert reasons(found) == [("list.csv, line 3", reason)]
    assert [each.domain for each in found if isinstance(each, Rating)] == ["first.example", "last.example"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("2,0,1", "the rating 2 lies outside its scale, 0 to 1"),
        ("1,1,0", "“1” to “0” is no scale"),
        ("1,0,", "“0” to “” is no scale"),
        ("1,0,nan", "“0” to “nan” is no scale"),
        ('"5,5",0,10', "the rating 5,5 is no number; write it with a point, as in 5.5"),
    ],
)
def test_a_scale_has_two_ends_and_holds_the_rating(read, cells, reason):
    found = read(own(f"a.example,{cells},L", header="domain,value,scale_min,scale_max,list"))
    assert reasons(found) == [("list.csv, line 2", reason)]


def test_a_word_has_no_place_on_a_scale_and_keeps_none(read):
    (found,) = read(own("a.example,mixed,0,1,L", header="domain,value,scale_min,scale_max,list"))
    assert (found.value, found.scale_min, found.scale_max) == ("mixed", None, None)


def test_a_word_that_is_neither_observed_nor_imputed_is_refused(read):
    found = read(own("a.example,1,L,perhaps", header="domain,value,list,basis"))
    assert reasons(found) == [("list.csv, line 2", "“perhaps” is neither observed nor imputed")]


def test_of_two_ratings_of_one_domain_the_first_counts_and_the_other_is_told(read):
    found = read(own("a.example,1,L", "www.a.example,1,L", "a.example,2,L", "a.example,2,Other"))
    assert [(each.value, each.list_name) for each in found if isinstance(each, Rating)] == [("1", "L"), ("2", "Other")]
    assert reasons(found) == [("list.csv, line 4", "a.example is rated 2 here and 1 in line 2")]


def test_a_cell_with_line_breaks_does_not_lose_the_count_of_lines(read):
    found = read(own('a.example,1,"L"', 'b.example,2,"L\nL"', "nowhere,3,L"))
    assert reasons(found) == [("list.csv, line 5", "“nowhere” is no domain")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_delimiter_and_encoding_is_read(read, delimiter, encoding):
    rows = ["domain,value,list", *(f"a{n}.example,élevé,Liste évaluée" for n in range(20)), ""]
    found = read("\r\n".join(rows).replace(",", delimiter).encode(encoding))
    assert {each.value for each in found} == {"élevé"}
    assert len(found) == 20


def test_a_compressed_list_is_read(read):
    assert len(read(gzip.compress(own("a.example,1,L").encode()))) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x00\x01\x02\x03" * 99, gzip.compress(b"domain,value", mtime=0)[:-9]]
)
def test_what_is_no_list_at_all_cannot_be_read(read, content):
    with pytest.raises(InputError):
        read(content)


def test_a_file_that_is_not_there_cannot_be_read(tmp_path):
    source = SourceFile(tmp_path / "none.csv", "none.csv", "none.csv")
    with pytest.raises(InputError, match=r"none\.csv cannot be read"):
        list(read_ratings(source, LAYOUTS))


def test_columns_nobody_knows_are_named(read):
    with pytest.raises(NotFoundError, match="“site”, “stars”"):
        read("site,stars\na.example,4\n")


def test_columns_are_found_in_any_order_and_writing(read):
    assert read(" Value ,LIST,Domain\n1,L,a.example\n") == [Rating("a.example", "1", "L", "")]


# The published layouts, each with invented rows

CASES = {
    "domain-quality": (
        "domain,pc1,afm,mbfc\nharbourecho.example,0.71,0.9,1\n",
        [("Domain quality, Lin et al. 2023 (PC1)", "0.71", (0.0, 1.0), True)],
    ),
    "iffy": (
        "Domain,Site Rank,Name,MBFC Fact,MBFC Bias,MBFC cred,Wiki Fake,Score\nharbourecho.example,9,Echo,L,FN,L,,0.1\n",
        [
            ("Iffy Index: factual reporting by MBFC", "L", None, False),
            ("Iffy Index: score", "0.1", None, False),
        ],
    ),
    "newsguard": (
        (
            "UUID,Domain,Parent Domain,Rating,Score,Last Updated,Country\n"
            "1,harbourecho.example,,T,87.5,1.7E+12,AA\n1,harbourecho.example,,T,87.5,1.7E+12,ALL\n"
        ),
        [("NewsGuard", "87.5", (0.0, 100.0), False)],
    ),
    "opensources": (
        ',type,2nd type,3rd type,Source Notes (things to know?),\nHarbourEcho.example,satire, ,bias,"a, note",\n',
        [("OpenSources", "satire; bias", None, False)],
    ),
    "mbfc-corpus": (
        (
            "source_url\tsource_url_normalized\tref\tfact\tbias\n"
            "https://www.harbourecho.example/home\tharbourecho.example\thttps://x.example/\thigh\tleft\n"
        ),
        [
            ("MBFC factual reporting (Baly et al.)", "high", None, False),
            ("MBFC political bias (Baly et al.)", "left", None, False),
        ],
    ),
    "mbfc-scrape": (
        (
            "source,country,bias,factual_reporting,press_freedom,media_type,popularity,mbfc_credibility_rating\n"
            "harbourecho.example,XX,neutral,mixed,,,,high\n"
        ),
        [
            ("MBFC factual reporting", "mixed", None, False),
            ("MBFC political bias", "neutral", None, False),
            ("MBFC credibility", "high", None, False),
        ],
    ),
    "mbfc-2020": (
        (
            "source\tname\thost\tbias\tfactuality\tcountry\tdetail\n"
            "harbourecho.example\tEcho\thttps://harbourecho.example\tleft\tHIGH\tX\thttps://x.example\n"
        ),
        [("MBFC factual reporting", "HIGH", None, False), ("MBFC political bias", "left", None, False)],
    ),
    "news-media-reliability": (
        "domain,reliability_label,newsguard_score,label_source\nharbourecho.example,-1,,mbfc\n",
        [("News media reliability, Burdisso et al. 2024", "-1", None, False)],
    ),
    "cred-1": (
        "domain,category,credibility_score,sources,iffy_factual\nharbourecho.example,mixed,0.17,2,L\n",
        [("CRED-1: score", "0.17", (0.0, 1.0), True), ("CRED-1: category", "mixed", None, False)],
    ),
    "provenance": ("domain,value,list\nharbourecho.example,1,L\n", [("L", "1", None, False)]),
}


def test_every_shipped_layout_has_a_case():
    assert set(CASES) == {layout.id for layout in LAYOUTS}


@pytest.mark.parametrize("name", CASES)
def test_a_published_layout_is_recognised_by_its_columns(read, name):
    text, expected = CASES[name]
    found = read(text)
    assert {each.domain for each in found} == {"harbourecho.example"}
    assert [
        (each.list_name, each.value, each.scale_min if each.scale_min is None else (each.scale_min, each.scale_max),
         each.imputed)
        for each in found
    ] == expected  # fmt: skip


def test_an_older_edition_without_an_optional_column_is_read(read):
    found = read("Domain,MBFC Fact,MBFC Bias,Wiki Fake\nharbourecho.example,L,FN,\n")
    assert [each.list_name for each in found] == ["Iffy Index: factual reporting by MBFC"]


def test_a_site_without_a_score_has_the_letter_of_its_rating(read):
    (found,) = read(
        "UUID,Domain,Parent Domain,Rating,Score,Last Updated,Country\n1,harbourecho.example,,S,,1.7E+12,AA\n"
    )
    assert (found.value, found.scale_max) == ("S", None)


def test_one_name_cannot_be_given_to_a_file_of_several_lists(read):
    with pytest.raises(UsageError, match="holds 2 lists"):
        read(CASES["mbfc-2020"][0], list_name="Mine")


def test_the_only_list_of_a_file_can_be_named(read):
    (found,) = read(CASES["opensources"][0], list_name="Mine")
    assert found.list_name == "Mine"


def test_a_layout_that_was_named_must_fit(read):
    layout = parse_layout('id = "x"\nheader = ["site"]\ndomain = "site"\n[[rating]]\nvalue = ["stars"]', name="x.toml")
    with pytest.raises(NotFoundError, match="no column “site”, so it is not of the layout x"):
        read(own("a.example,1,L"), [layout])
    assert read("site,stars\na.example,4\n", [layout], list_name="L") == [Rating("a.example", "4", "L", "")]
