from __future__ import annotations

from pathlib import Path

from provenance.pipeline.auditing import AuditOptions, audit


def outlet(folder: Path, database: Path) -> str | None:
    findings = audit([folder], AuditOptions(database=f"sqlite:///{database}"))
    (article,) = findings.articles
    return next((each.name for each in findings.outlets if each.id == article.outlet), None)


def test_another_row_of_a_manifest_reads_its_file_again(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("The harbour of Larchport opens again on Monday after two years of works.")
    (folder / "manifest.csv").write_text("path,outlet\na.txt,Harbour Post\n")
    assert outlet(folder, tmp_path / "a.db") == "Harbour Post"
    (folder / "manifest.csv").write_text("path,outlet\na.txt,Larch Gazette\n")
    assert outlet(folder, tmp_path / "a.db") == "Larch Gazette"
