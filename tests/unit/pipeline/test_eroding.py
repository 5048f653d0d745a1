"""Agencies: a name in the running text keeps one from being lost, and an audit tells of the lost ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.model import ArticleId, Erosion, ErosionKind
from provenance.pipeline.auditing import audit
from provenance.pipeline.eroding import AgencyLoss, without_named
from provenance.pipeline.options import AuditOptions

PARAGRAPHS = [
    "The old ferry of Larchport sailed again on Monday after three weeks in dock, its owner told a crowded hall.",
    "Fishermen of the lower town had asked for clean berths and for a hearing before the summer season begins.",
    "A second vessel will carry timber and mail from April, and the fares will stay as they are until then.",
    "The harbour board meets on Thursday to look at the books, the berths and the complaints of the passengers.",
]
STORY = "\n\n".join(PARAGRAPHS)


def kept(text: str, *names: str) -> bool:
    loss = Erosion(ErosionKind.AGENCY, ArticleId("down"), ArticleId("up"), names[0])
    return not list(without_named([AgencyLoss(loss, names)], text))


@pytest.mark.parametrize(
    ("text", "names", "is_named"),
    [
        ("The mayor told Reuters on Friday that the ferry sails.", ("Reuters",), True),
        ("The mayor told reuters.", ("Reuters",), True),
        ("The ferry sails, AP learned.", ("The Associated Press", "AP"), True),
        ("The ferry took a nap.", ("The Associated Press", "AP"), False),
        ("The ferry sails ap.", ("AP",), False),
        ("据新华社报道，渡轮恢复行驶。", ("新华社",), True),
        ("The ferry sails.", ("C++ (news)",), False),
    ],
)
def test_a_name_in_the_running_text_is_found_as_a_word(text: str, names: tuple[str, ...], is_named: bool) -> None:
    assert kept(text, *names) is is_named


def test_an_audit_tells_of_an_agency_a_repost_leaves_out_and_says_the_same_from_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "wire.txt").write_text(f"LARCHPORT, May 3 (Reuters) - {STORY}\n", "utf-8")
    (folder / "copy.txt").write_text(f"{STORY}\n", "utf-8")
    first, second = (audit([folder], AuditOptions(database=str(tmp_path / "p.db"), workers=1)) for _ in range(2))
    (link,) = [one for one in first.lineage.derivations if one.in_lineage and one.upstream is not None]
    lost = [(one.kind, one.wording) for one in first.erosion if one.upstream == link.upstream]
    sources = {article.id: Path(article.source).name for article in first.articles}
    assert sources[link.downstream] == "copy.txt"
    assert lost == [(ErosionKind.AGENCY, "Reuters")]
    assert second.erosion == first.erosion
