"""Tasks over labelled data that lives elsewhere, scored by the scorer that comes with it.

A task makes the program's input with ``SCORER records …`` or ``SCORER pairs …``, runs one command, and hands its output
to ``SCORER TASK …``, whose last line is one JSON object.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.measures import Measure
from evaluation.program import Output, ProgramError, run, run_audit

__all__ = ["TASKS", "Missing", "Workshop", "measure"]

PAN = "pan_style_news"
SAME_EVENT = "basil_same_event"


@dataclass(frozen=True, slots=True)
class Missing:
    """A corpus that could not be measured, with the reason."""

    task: str
    corpus: str
    reason: str


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where the labelled data is, what scores it, and a folder to work in."""

    data: Path
    scorer: Path
    folder: Path

    def score(self, *arguments: object) -> dict[str, Any]:
        """Run the scorer and return the object on its last line."""
        found: dict[str, Any] = json.loads(self._scorer(arguments).rstrip().splitlines()[-1])
        return found

    def prepare(self, name: str, *arguments: object) -> Path:
        """Run the scorer and keep what it prints in a file of the working folder."""
        file = self.folder / name
        file.write_text(self._scorer(arguments), encoding="utf-8")
        return file

    def _scorer(self, arguments: tuple[object, ...]) -> str:
        command = [sys.executable, str(self.scorer), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise ProgramError(f"the scorer ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
        return done.stdout

    def gold(self, corpus: str) -> Path:
        """Find the labelled rows of a corpus of single texts.

        Raises:
            FileNotFoundError: the corpus is not there.
        """
        found = sorted((self.data / corpus).glob("*.jsonl")) or sorted((self.data / corpus).glob("*.jsonl.gz"))
        if not found:
            raise FileNotFoundError(f"no {corpus}/*.jsonl in the data folder")
        return found[0]

    def documents(self, corpus: str) -> Path:
        """Find the records of a corpus.

        Raises:
            FileNotFoundError: the corpus is not there.
        """
        file = self.data / corpus / "docs.jsonl"
        if not file.is_file():
            raise FileNotFoundError(f"no {corpus}/docs.jsonl in the data folder")
        return file

    def output(self, name: str) -> Path:
        """Name a file of the working folder."""
        return self.folder / name


def _compare(shop: Workshop, name: str, pairs: Path, *corpora: Path) -> Output:
    named = [argument for corpus in corpora for argument in ("--corpus", str(corpus))]
    return run(shop.output(f"{name}.compared.jsonl"), "compare", "--pairs", str(pairs), *named, "--format", "jsonl")


def _inspect(shop: Workshop, task: str, corpus: str) -> tuple[Path, Output]:
    gold = shop.gold(corpus)
    records = shop.prepare(f"{task}-{corpus}.jsonl", "records", task, gold)
    return gold, run(shop.output(f"{task}-{corpus}.inspected.jsonl"), "inspect", str(records), "--format", "jsonl")


Measured = tuple[Mapping[str, float], float]
"""Values by measure, and seconds."""


def attribution(shop: Workshop, corpus: str) -> Measured:
    """Credited outlets found, innocent pages accused, spans hit."""
    gold, output = _inspect(shop, "attribution", corpus)
    found = shop.score("attribution", gold, output.path)
    values = {
        "upstream F1": found["upstream"]["F1"],
        "upstream precision": found["upstream"]["P"],
        "false-positive rate": found["false_positive_rate"],
        "span F1": found["spans"]["F1"],
        "missing": found["missing"],
    }
    return values, output.seconds


def lines(shop: Workshop, corpus: str) -> Measured:
    """Lines rightly taken for body, and for what they are."""
    gold, output = _inspect(shop, "lines", corpus)
    found = shop.score("lines", gold, output.path)
    values = {
        "body F1": found["body"]["F1"],
        "body F1 by characters": found["body_by_characters"]["F1"],
        "missing": found["missing"],
        "text changed": found["text_changed"],
    }
    if "role_macro_F1" in found:
        kept, of = map(int, found["attribution_lines_typed"].split("/"))
        values |= {"role macro-F1": found["role_macro_F1"], "attribution lines typed": kept / of if of else 1.0}
    return values, output.seconds


def passages(shop: Workshop, corpus: str) -> Measured:
    """Planted passages found (PAN plagdet), or pairs wrongly called derived, as a share."""
    pairs = shop.prepare(f"{corpus}.csv", "pairs", "pan", shop.data / PAN, corpus)
    output = _compare(shop, corpus, pairs)
    found = shop.score("passages", shop.data / PAN, corpus, output.path)
    values: dict[str, float] = {
        name: found[name] for name in ("plagdet", "recall", "precision", "granularity") if name in found
    }
    return {**values, "flagged": found["flagged"] / found["pairs"], "missing": found["missing"]}, output.seconds


def degrees(shop: Workshop, corpus: str) -> Measured:
    """Pairs put into the right class of derivation."""
    documents = shop.documents(corpus)
    pairs = shop.prepare(f"{corpus}.csv", "pairs", "linked", shop.data / corpus)
    output = _compare(shop, corpus, pairs, documents)
    found = shop.score("degrees", shop.data / corpus, output.path)
    per_class = {f"F1 {name}": scores["F1"] for name, scores in found["classes"].items()}
    return {"macro-F1": found["macro_F1"], **per_class, "missing": found["missing"]}, output.seconds


def separation(shop: Workshop, corpus: str) -> Measured:
    """Rewrites told from independent reports of one event by the strength of evidence."""
    documents, others = shop.documents(corpus), shop.documents(SAME_EVENT)
    rewrites = _compare(shop, corpus, shop.prepare(f"{corpus}.csv", "pairs", "linked", shop.data / corpus), documents)
    same = _compare(shop, SAME_EVENT, shop.prepare(f"{SAME_EVENT}.csv", "pairs", "same-event", others), others)
    found = shop.score("separation", shop.data / corpus, rewrites.path, same.path)
    values = {
        "AUROC": found["AUROC"],
        "TPR at 1 % FPR": found["TPR_at_1pct_FPR"],
        "same event flagged": found["same_event_flagged"],
        "derived found": found["derived_found"],
        "missing": found["missing"],
    }
    return values, rewrites.seconds + same.seconds


def linking(shop: Workshop, corpus: str) -> Measured:
    """The true source ranked first in an audit of all documents, and asserted links between unrelated texts."""
    output = run_audit(shop.folder, f"linking-{corpus}", [shop.documents(corpus)])
    found = shop.score("linking", shop.data / corpus, output.path)
    values = {
        "recall@1": found["recall_at_1"],
        "false links": found["false_links"],
        "linked": found["linked"] / found["n"],
        "derived edges": found["derived_edges"],
    }
    return values, output.seconds


Task = Callable[[Workshop, str], Measured]

TASKS: Mapping[str, tuple[Task, tuple[str, ...]]] = {
    "attribution": (attribution, ("attribution-gold",)),
    "lines": (lines, ("boilerplate-gold", "plain-lines", "seeds-gold")),
    "passages": (
        passages,
        (
            "01-no-reuse",
            "02-verbatim",
            "03-random-obfuscation",
            "04-llm-rewrite",
            "05-translation",
            "06-same-event-independent",
        ),
    ),
    "degrees": (degrees, ("counter_urdu", "clough_stevenson")),
    "separation": (separation, ("llm_rewrite_news",)),
    "linking": (linking, ("llm_rewrite_news", "wmt_translated_news")),
}
"""Every task by name, with the corpora it is measured on."""


def measure(shop: Workshop, name: str) -> Iterator[Measure | Missing]:
    """Measure one task on every corpus of it; a corpus that is not there or fails is given as such."""
    task, corpora = TASKS[name]
    for corpus in corpora:
        place = shop.data / PAN / corpus if name == "passages" else shop.data / corpus
        if not place.is_dir():
            yield Missing(name, corpus, "not in the data folder")
            continue
        try:
            values, seconds = task(shop, corpus)
        except (FileNotFoundError, ProgramError) as error:
            yield Missing(name, corpus, str(error))
            continue
        yield from (Measure(name, corpus, measured, value, seconds) for measured, value in values.items())
