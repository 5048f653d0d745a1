"""What ``fixtures/expected/*.toml`` says, and what the program says of the same stories, side by side.

The fields of an expected file are explained in ``fixtures/README.md``. A test that asks for ``expected``, ``credit_case``,
``trap_case``, ``change_case``, ``derived_case``, ``stranger_case`` or ``labelled`` runs once for each of them.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from provenance.model import ArticleFacts, AuditFindings, Derivation, DerivationStatus, Inspection

__all__ = ["Change", "Credited", "Expected", "Line", "Program", "Trap"]

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
STORIES = FIXTURES / "stories"

UNSEEN_ELEMENTS = frozenset({"head", "script", "style"})
INLINE_ELEMENTS = frozenset({"a", "b", "em", "i", "span", "strong", "time"})


@dataclass(frozen=True, slots=True)
class Credited:
    """An attribution that has to be found; one of ``surfaces`` is its exact text."""

    kinds: frozenset[str]
    name: str
    surfaces: tuple[str, ...]
    where: str = "text"
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Trap:
    """Something that looks like a credit for the text and is not one."""

    text: str
    why: str
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A planted drift: the wording upstream and what became of it."""

    kind: str
    upstream: str
    downstream: str
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Lines that begin with ``text`` are not body and have one of ``roles``; the longest beginning decides."""

    text: str
    roles: frozenset[str]
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Everything said of one file or record of a story."""

    story: str
    container: Path
    file: str
    role: str
    why: str
    derived_from: str | None
    credits: tuple[Credited, ...]
    traps: tuple[Trap, ...]
    upstreams: tuple[str, ...]
    degrees: frozenset[str]
    credit: frozenset[str]
    not_linked_to: tuple[str, ...]
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]
    pending: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Name the file as a failure message does."""
        return f"{self.story}/{self.file}"

    @property
    def document(self) -> str:
        """Return the file, or the record's content, as it is written."""
        if not self.is_record:
            return self.container.read_text(encoding="utf-8")
        rows = [json.loads(line) for line in self.container.read_text(encoding="utf-8").splitlines()]
        (record,) = [row for row in rows if row["id"] == self.file]
        return str(record.get("html") or record["text"])

    @property
    def readable_text(self) -> str:
        """Return what a reader of the page sees: a plain second opinion, independent of the program's reader."""
        if not self.document.lower().startswith("<!doctype"):
            return self.document
        view = _Visible()
        view.feed(self.document)
        return "".join(view.parts)

    @property
    def is_record(self) -> bool:
        """Whether this is a record of a JSONL file rather than a file."""
        return self.container.suffix == ".jsonl"


def load_expectations() -> tuple[Expected, ...]:
    """Read every expected file, in the order of stories and of files in them."""
    return tuple(expected for path in sorted((FIXTURES / "expected").glob("*.toml")) for expected in _load(path))


def _load(path: Path) -> list[Expected]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    container = STORIES / document["path"]
    return [_expected(path.stem, container, entry) for entry in document["files"]]


def _expected(story: str, container: Path, entry: dict[str, Any]) -> Expected:
    return Expected(
        story=story,
        container=container if container.suffix == ".jsonl" else container / entry["file"],
        file=entry["file"],
        role=entry["role"],
        why=entry["why"],
        derived_from=entry.get("derived_from"),
        credits=tuple(_credited(one) for one in entry["attributions"]),
        traps=tuple(Trap(**one) for one in entry.get("traps", ())),
        upstreams=tuple(entry["upstreams"]),
        degrees=frozenset(entry["degree"]),
        credit=frozenset(entry["credit"]),
        not_linked_to=tuple(entry.get("not_linked_to", ())),
        changes=tuple(Change(**one) for one in entry.get("drift", ())),
        lines=tuple(Line(one["text"], frozenset(one["role"]), one.get("pending")) for one in entry.get("lines", ())),
        pending=entry.get("pending", {}),
    )


def _credited(entry: dict[str, Any]) -> Credited:
    kinds, surfaces = entry["kind"], entry["text"]
    return Credited(
        kinds=frozenset([kinds] if isinstance(kinds, str) else kinds),
        name=entry["credited"],
        surfaces=tuple([surfaces] if isinstance(surfaces, str) else surfaces),
        where=entry.get("where", "text"),
        pending=entry.get("pending"),
    )


class _Visible(HTMLParser):
    """Collects the text outside of unseen elements, one line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN_ELEMENTS
        if tag not in INLINE_ELEMENTS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN_ELEMENTS
        if tag not in INLINE_ELEMENTS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


@dataclass(frozen=True, slots=True)
class Program:
    """What the program says of all stories, found by the key an expectation has."""

    inspections: dict[str, Inspection]
    findings: AuditFindings
    facts: dict[str, ArticleFacts]

    def text(self, key: str) -> str:
        """Return the text the offsets of one article count in."""
        return self.inspections[key].labelled.article.text

    def derived_links(self, one: str, other: str) -> list[Derivation]:
        """Return the links asserted between two articles, whichever way they point."""
        pair = {self.facts[one].id, self.facts[other].id}
        links = self.findings.lineage.derivations
        return [d for d in links if d.status is DerivationStatus.DERIVED and {d.downstream, d.upstream} == pair]

    def same_family(self, one: str, other: str) -> bool:
        """Say whether both articles are in one family."""
        pair = {self.facts[one].id, self.facts[other].id}
        return any(pair <= set(family.articles) for family in self.findings.lineage.families)


def _key_of(expectations: Iterable[Expected], source: str, article: str) -> str | None:
    for expected in expectations:
        if expected.is_record and article == expected.file:
            return expected.key
        if not expected.is_record and Path(source).resolve() == expected.container.resolve():
            return expected.key
    return None


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    import provenance  # noqa: PLC0415  collecting must not need the whole program

    read = list(provenance.inspect([STORIES]))
    database = str(tmp_path_factory.mktemp("golden") / "store.db")
    findings = provenance.audit([STORIES], provenance.AuditOptions(database=database))
    inspections = [one for one in read if isinstance(one, Inspection)]
    articles = [one.labelled.article for one in inspections]
    keys = [_key_of(EXPECTATIONS, article.source, article.id) for article in articles]
    return Program(
        inspections={key: one for key, one in zip(keys, inspections, strict=True) if key},
        findings=findings,
        facts={key: facts for facts in findings.articles if (key := _key_of(EXPECTATIONS, facts.source, facts.id))},
    )


@pytest.fixture
def hold() -> Callable[[str | None, str | None], None]:
    """Fail on a problem, unless it is a known one; fail on a known one that is gone, so that the note goes too."""

    def check(problem: str | None, pending: str | None) -> None:
        if problem and pending:
            pytest.xfail(f"{pending}: {problem}")
        if pending:
            pytest.fail(f"this works now; remove its `pending = {pending!r}` from fixtures/expected")
        if problem:
            pytest.fail(problem)

    return check


EXPECTATIONS = load_expectations()


@pytest.fixture(scope="session")
def expectations() -> tuple[Expected, ...]:
    """Return everything that is expected of every file of every story."""
    return EXPECTATIONS


def upstream_of(expected: Expected) -> Expected:
    """Return the file an article was made from."""
    (upstream,) = [one for one in EXPECTATIONS if (one.story, one.file) == (expected.story, expected.derived_from)]
    return upstream


def strangers_of(expected: Expected) -> Iterator[Expected]:
    """Yield the files of the same story that must not be linked to this one."""
    for other in EXPECTATIONS:
        named = "*" in expected.not_linked_to or other.file in expected.not_linked_to
        if other.story == expected.story and other != expected and named:
            yield other


def _cases() -> dict[str, list[Any]]:
    return {
        "expected": list(EXPECTATIONS),
        "labelled": [one for one in EXPECTATIONS if one.lines],
        "derived_case": [(one, upstream_of(one)) for one in EXPECTATIONS if one.derived_from],
        "credit_case": [(one, credited) for one in EXPECTATIONS for credited in one.credits],
        "trap_case": [(one, trap) for one in EXPECTATIONS for trap in one.traps],
        "change_case": [(one, upstream_of(one), change) for one in EXPECTATIONS for change in one.changes],
        "stranger_case": [(one, other) for one in EXPECTATIONS for other in strangers_of(one)],
    }


def _label(case: Any) -> str:
    if isinstance(case, Expected):
        return case.key
    first, *_, last = case
    what = last.file if isinstance(last, Expected) else getattr(last, "downstream", "")
    return f"{first.key}: {what}" if what else first.key


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand every expectation to the tests that ask for it by name."""
    for name, cases in _cases().items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, cases, ids=_label)
