"""What every exporter promises, built in or plugged in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import entry_points
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Basis, Decision, Degree, Derivation, DerivationStatus, Direction
from provenance.report.export import Exporter, ExportOptions, Table
from provenance.report.export.registry import EXPORTERS, exporter_named
from tests.unit.report import exports
from tests.unit.report import factories as made

PLUGGED_IN = tuple(exporter_named(entry.name) for entry in entry_points(group="provenance.exporters"))

ROOT = Path(__file__).parents[2]

every = pytest.mark.parametrize("exporter", [*EXPORTERS, *PLUGGED_IN], ids=lambda exporter: exporter.name)
built_in = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, a reader splits a line at, or UTF-8 cannot hold."""


def written(exporter: Exporter, findings, **options) -> str:
    return "".join(f"{line}\n" for line in exporter.lines(findings, ExportOptions(**options)))


@every
def test_it_fulfils_the_protocol(exporter: Exporter) -> None:
    assert isinstance(exporter, Exporter)
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,30}", exporter.name)
    assert 0 < len(exporter.summary) <= 80
    assert exporter_named(exporter.name) is exporter


@every
def test_equal_findings_give_equal_lines(exporter: Exporter) -> None:
    assert written(exporter, exports.everything()) == written(exporter, exports.everything())


@every
def test_it_writes_hostile_texts_so_that_nothing_obeys_them(exporter: Exporter) -> None:
    for options in ({}, {"possible": True}):
        text = written(exporter, exports.hostile(), **options)
        assert not STEERING.search(text)
        assert text.encode("utf-8")


@every
def test_an_audit_of_nothing_is_exported(exporter: Exporter) -> None:
    nothing = made.audit_findings(
        articles=(), verdicts=(), derivations=(), families=(), drift=(), erosion=(), outlets=(), unreadable=()
    )
    assert isinstance(written(exporter, nothing), str)


@built_in
def test_an_audit_of_nothing_is_read_back_as_nothing(exporter: Exporter) -> None:
    nothing = made.audit_findings(articles=(), verdicts=(), derivations=(), families=(), drift=(), erosion=())
    assert exports.view(exporter.name, nothing) == exports.View()


@built_in
def test_the_lineage_is_read_back_as_it_was_written(exporter: Exporter) -> None:
    found = exports.view(exporter.name, exports.everything())
    assert found == exports.View(
        articles={each.id for each in exports.everything().articles},
        ordered={
            (made.REWRITE.id, made.WIRE.id),
            (exports.SECOND.id, exports.FIRST.id),
            (exports.SPEECH.id, exports.FIRST.id),
        },
        unordered={frozenset({exports.TWIN.id, exports.OTHER_TWIN.id})},
        unseen={made.ADMITTED.id},
        inferred={exports.DRAWN.id, exports.DRAWN_TOO.id},
    )


@built_in
def test_possible_ties_are_exported_on_request_only_and_never_with_an_order(exporter: Exporter) -> None:
    usual = exports.view(exporter.name, exports.everything())
    more = exports.view(exporter.name, exports.everything(), possible=True)
    assert more.unordered - usual.unordered == {frozenset({exports.DOUBTFUL.id, exports.TWIN.id})}
    assert more.ordered == usual.ordered


@built_in
@pytest.mark.parametrize("turned", [False, True])
def test_of_texts_in_unknown_order_neither_is_said_to_come_first(exporter: Exporter, turned: bool) -> None:
    ends = (exports.OTHER_TWIN, exports.TWIN) if turned else (exports.TWIN, exports.OTHER_TWIN)
    links = (exports.link(*ends, direction=Direction.UNKNOWN),)
    found = exports.view(exporter.name, exports.everything(derivations=links, families=()))
    assert found.ordered == set()
    assert found.unordered == {frozenset({exports.TWIN.id, exports.OTHER_TWIN.id})}


@built_in
def test_hostile_ids_come_back_as_they_were(exporter: Exporter) -> None:
    findings = exports.hostile()
    found = exports.view(exporter.name, findings)
    if exporter.name == "csv":  # its cells are for people: what steers a terminal is shown instead
        assert len(found.articles) == len(findings.articles)
    else:
        assert found.articles == {each.id for each in findings.articles}
    assert len(found.ordered) == 4


@built_in
def test_an_outlet_nobody_described_is_exported_by_its_id(exporter: Exporter) -> None:
    unknown = replace(exports.everything(), outlets=())
    assert exports.view(exporter.name, unknown) == exports.view(exporter.name, exports.everything())


ARTICLES = (exports.FIRST, exports.SPEECH, exports.TWIN, exports.OTHER_TWIN, exports.DOUBTFUL)


@st.composite
def lineages(draw: st.DrawFn) -> list[Derivation]:
    """Any ties between five articles, at most one for each two of them."""
    links = []
    for ends in combinations(ARTICLES, 2):
        if draw(st.booleans()):
            status = draw(st.sampled_from(DerivationStatus))
            links.append(exports.link(
                *draw(st.permutations(ends)),
                direction=draw(st.sampled_from(Direction)),
                status=status,
                in_lineage=status is DerivationStatus.DERIVED and draw(st.booleans()),
                decision=draw(st.sampled_from([None, Decision.REJECTED])) if status is DerivationStatus.POSSIBLE else None,
            ))  # fmt: skip
    return links


@built_in
@given(links=lineages(), possible=st.booleans())
@settings(max_examples=15, deadline=None)
def test_any_lineage_is_read_back_as_it_was_written(
    exporter: Exporter, links: list[Derivation], possible: bool
) -> None:
    unsure = [link for link in links if link.status is DerivationStatus.POSSIBLE and link.decision is None]
    told = [link for link in links if link.in_lineage or (possible and link in unsure)]
    ordered = [link for link in told if link.in_lineage and link.direction is not Direction.UNKNOWN]
    findings = made.audit_findings(articles=ARTICLES, derivations=tuple(links), families=())
    found = exports.view(exporter.name, findings, possible=possible)
    assert found.articles == {each.id for each in ARTICLES}
    assert found.ordered == {(link.downstream, link.upstream) for link in ordered}
    assert found.unordered == {frozenset({link.downstream, link.upstream}) for link in told if link not in ordered}


LATER = made.verdict(exports.TWIN.id, 0.9, degree=Degree.WHOLLY, basis=Basis.MEASURED)
"""Of a text that is wholly derived if it is the later of two, which nobody knows."""


@built_in
def test_a_share_of_unknown_order_is_said_to_be_that(exporter: Exporter) -> None:
    told = exports.orders(exporter.name, exports.everything(verdicts=(*made.VERDICTS, LATER)))
    assert (told[exports.TWIN.id], told[made.REWRITE.id], told[made.WIRE.id]) == ("unknown", "likely", None)


@built_in
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,hello", "file:///etc/passwd", "//x.example/a"]
)
def test_nothing_but_an_address_of_the_web_is_exported_as_an_address(exporter: Exporter, address: str) -> None:
    here, there = replace(made.WIRE, url=address), replace(made.INDEPENDENT, url="https://news.example/here")
    findings = made.audit_findings(articles=(here, there), derivations=(), families=(), verdicts=())
    text = written(exporter, findings, table=Table.ARTICLES if exporter.tables else None)
    assert "https://news.example/here" in text
    assert (address in text) is exporter.tables  # a table shows what the record says, as data


def test_no_export_depends_on_the_order_of_a_set() -> None:
    code = (
        "from hashlib import sha256\n"
        "from provenance.report.export.registry import EXPORTERS\n"
        "from tests.unit.report import exports\n"
        "for each in EXPORTERS: print(each.name, sha256(exports.exported(each.name, exports.hostile()).encode()).hexdigest())\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_no_two_formats_have_one_name() -> None:
    names = [each.name for each in (*EXPORTERS, *PLUGGED_IN)]
    assert len(set(names)) == len(names)
