"""Texts for properties: sentences of news, examples of rules, and code points that are hard on programs."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from provenance.clean import SiteFurniture
from provenance.knowledge.rules import load_rules
from provenance.model import Inspection
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import read_text

__all__ = ["ANY_TEXT", "HARD", "PAGES", "SENTENCES", "STORIES", "inspected", "rule_examples"]

SENTENCES = (
    "The council voted on Tuesday to close the old swing bridge to lorries until its bearings have been replaced.",
    "Engineers found cracks in two of the four bearings during an inspection in March, and a third is worn.",
    "Drivers will be sent over the new crossing upstream, which adds about twenty minutes to the trip.",
    "“We would rather be late than wet,” the harbour master, Ines Caldew, told the meeting, to some laughter.",
    "The work is expected to last until the autumn and to cost a little under three million crowns.",
    "Some 412 lorries crossed the bridge each day last year, according to figures the port published in May.",
    "The mayor of Little Strand has not confirmed that the ferry will be free for those who live across the water.",
    "Traders on Ropewalk Street lost a third of their custom when the old wall slid into the basin.",
    "Der Hafen von Larchport öffnet am Montag wieder, sagte die Hafenmeisterin Ines Caldew.",
    "老桥下周一恢复通行，港务局长卡尔杜表示。",
    "Мост откроют в понедельник, сообщила начальница порта Инес Колдью.",
)
HARD = (
    "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u0301" * 40, "e\u0323\u0301", "\ud83d", "\udc00", "\x00", "\x1b[2J", "\x85",
    "\u2028", "\x0c", "\r", "\r\n", "\n", "\t", "👩\u200d🚒", "ﷺ", "ﬃ", "İ", "ß", "аbс", "𝐛𝐨𝐥𝐝", "ｆｕｌｌ", "\ue000", "\uf8ff", "\U0010ffff", "=1+1", "<b>", "العربية", "ไทย",
)  # fmt: skip
"""Controls of direction, what is hidden, marks on marks, surrogates, private signs, line ends of all sorts."""

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
STORIES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("\n\n".join)


@cache
def rule_examples(kind: str) -> tuple[str, ...]:
    """Give every example and counterexample of some rules, sorted."""
    found = {each for rule in load_rules(kind) for each in (*rule.examples, *rule.counterexamples)}
    return tuple(sorted(found))


PAGES = st.lists(
    st.sampled_from(SENTENCES)
    | st.deferred(lambda: st.sampled_from(rule_examples("attribution")))
    | st.deferred(lambda: st.sampled_from(rule_examples("notes")))
    | st.sampled_from(HARD)
    | ANY_TEXT,
    max_size=12,
).flatmap(lambda parts: st.sampled_from(("\n", "\n\n", " ", "")).map(lambda between: between.join(parts)))
"""Whole pages: sentences, credits and notes that rules look for, and what is hard to read, one after the other."""


def inspected(text: str, *, name: str = "a", url: str | None = None, language: str | None = None) -> Inspection:
    """Read, label and attribute a text."""
    article = read_text(text, source=name, id=name, url=url, language=language)
    return inspect_article(article, Toolbox.load(), SiteFurniture())
