"""A report without the names of outlets: letters in place of names, in findings and texts alike.

What is replaced: every outlet the audit knows, by its names and domains; every address, mail address and handle; the
files the articles were read from. What is left out: the lines of the site around an article, but for its credits. What
stays: people, places, and outlets that no rule recognised as one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache, partial
from itertools import count
from typing import TypeVar, cast

from provenance.model import ArticleId, AuditFindings, Outlet, OutletId, OutletKind, Role, Scorecard
from provenance.report.findings import file_name
from provenance.report.html.contents import PageText, ReportContents, Texts
from provenance.report.html.names import SOME_OUTLET, Names
from provenance.report.html.rewriting import Rewritten

__all__ = ["anonymised"]

Value = TypeVar("Value")

LEFT_OUT = frozenset(
    (
        Role.BIO,
        Role.RELATED,
        Role.SHARE,
        Role.COMMENTS,
        Role.LEGAL,
        Role.NAVIGATION,
        Role.ADVERT,
        Role.LOADING,
        Role.OTHER,
    )
)
"""Lines of the site an anonymous page does not show: menus, legal lines and notes on authors give a site away even
where they do not name it."""

_REMEMBERED = 1 << 16
"""Texts whose anonymous form is kept: most evidence says the same of many links."""


def anonymised(contents: ReportContents) -> ReportContents:
    """Return the same report with outlets as ``Outlet A``, ``Outlet B`` … and articles without files and addresses.

    Letters are given in an order that follows from the run and the files read, not from the alphabet: who has not the
    articles learns nothing from it.
    """
    hidden = _Hidden(contents.findings)
    return replace(
        contents,
        findings=hidden.findings(contents.findings),
        texts=partial(_texts, contents.texts, hidden),
        cards=tuple(sorted((replace(hidden.of(card), ratings=()) for card in contents.cards), key=_by_letter)),
        reviews=tuple(replace(hidden.of(review), reviewer="a reviewer") for review in contents.reviews),
        hidden=hidden.runs,
        left_out=LEFT_OUT,
        anonymised=True,
    )


def _by_letter(card: Scorecard) -> tuple[int, str]:
    """Put A before B and Z before AA; the order of the names would tell something of them."""
    return len(card.outlet), card.outlet


def _texts(own: Texts, hidden: _Hidden, articles: Sequence[ArticleId]) -> Mapping[ArticleId, PageText]:
    found = own([hidden.original(article) for article in articles])
    return {hidden.article(article): text for article, text in found.items()}


class _Hidden:
    """What stands in place of what, for one audit."""

    def __init__(self, findings: AuditFindings) -> None:
        secret = _secret(findings)
        outlets = sorted((each.id for each in findings.outlets), key=lambda key: _digest(secret, key))
        self._own = _own_names(findings)
        self._labels = dict(zip(outlets, _labels(self._own), strict=False))
        articles = sorted((facts.id for facts in findings.articles), key=lambda key: _digest(secret, key))
        self._articles = {article: ArticleId(f"article-{number}") for number, article in enumerate(articles, 1)}
        self._originals = {label: article for article, label in self._articles.items()}
        self._names = _names(findings, self._labels, self._articles)
        self._hide = lru_cache(_REMEMBERED)(self._hidden_text)

    def original(self, article: ArticleId) -> ArticleId:
        """Return the id an article has in the audit."""
        return self._originals[article]

    def article(self, article: ArticleId) -> ArticleId:
        """Return what stands in place of an article's id."""
        return self._articles[article]

    def runs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the places of a text that are replaced."""
        return self._names.runs(text)

    def _hidden_text(self, text: str) -> str:
        whole = self._articles.get(ArticleId(text)) or self._labels.get(OutletId(text))
        return whole or Rewritten(text, self.runs(text)).text

    def of(self, value: Value) -> Value:
        """Return a value of the model with every text in it, at any depth, made anonymous."""
        return cast("Value", self._any(value))

    def _any(self, value: object) -> object:
        match value:
            case Enum():
                return value
            case str():
                return self._hide(value)
            case tuple():
                return tuple(map(self._any, value))
            case Mapping():
                return {key: self._any(entry) for key, entry in value.items()}
            case _ if is_dataclass(value) and not isinstance(value, type):
                held = ((each.name, getattr(value, each.name)) for each in fields(value))
                return replace(
                    value, **{name: self._rule(own) if name == "rule" else self._any(own) for name, own in held}
                )
            case _:
                return value

    def _rule(self, rule: str) -> str:
        """Leave a rule its name, which has dots but is no address, unless it is called after an outlet."""
        return "left out" if self._own & set(re.split(r"[.-]", rule.casefold())) else rule

    def findings(self, findings: AuditFindings) -> AuditFindings:
        """Return findings without names, files and addresses."""
        own = {each.id: each for each in findings.outlets}
        changed = self.of(replace(findings, run=replace(findings.run, paths=(), options={}), outlets=()))
        articles = (replace(each, source=each.id, url=None, outlet_name=None) for each in changed.articles)
        return replace(
            changed,
            run=replace(findings.run, paths=("left out",), options={}),
            articles=tuple(articles),
            outlets=tuple(_unnamed(own[key], label) for key, label in self._labels.items()),
            unreadable=tuple(
                replace(each, source=f"file {number}", reason=each.reason)
                for number, each in enumerate(changed.unreadable, 1)
            ),
        )


def _unnamed(outlet: Outlet, label: str) -> Outlet:
    kind = OutletKind.AGENCY if outlet.kind is OutletKind.AGENCY else OutletKind.UNKNOWN
    return Outlet(OutletId(label), label, kind)


def _names(findings: AuditFindings, labels: Mapping[OutletId, str], articles: Mapping[ArticleId, ArticleId]) -> Names:
    names = Names()
    for outlet in findings.outlets:
        for name in (outlet.name, *outlet.aliases):
            names.add_name(name, labels[outlet.id])
        names.add_name(outlet.id, labels[outlet.id], small=False)
        for domain in outlet.domains:
            names.add_host(domain, labels[outlet.id])
    for facts in findings.articles:
        label = labels.get(facts.outlet, SOME_OUTLET) if facts.outlet else SOME_OUTLET
        names.add_name(facts.outlet_name or "", label)
        names.add_host(facts.url or "", label)
        names.add_file(file_name(facts.source), articles[facts.id])
        names.add_file(facts.source, articles[facts.id])
        for credit in facts.attributions:
            credited = labels.get(credit.outlet, SOME_OUTLET) if credit.outlet else SOME_OUTLET
            names.add_name(credit.credited or "", credited)
            names.add_host(credit.domain or "", credited)
    return names


def _own_names(findings: AuditFindings) -> frozenset[str]:
    names = (name for outlet in findings.outlets for name in (outlet.id, outlet.name, *outlet.aliases))
    return frozenset(map(str.casefold, names))


def _labels(own: frozenset[str]) -> Iterator[str]:
    """Give ``Outlet A``, ``Outlet B`` and so on, but for letters that are an outlet's own, such as AP."""
    return (f"Outlet {label}" for label in map(letters, count()) if label.casefold() not in own)


def _secret(findings: AuditFindings) -> str:
    """Digest what only those know who have the articles; the id of the run stands on the page."""
    return _digest(findings.run.id, "\0".join(sorted(f"{each.id} {each.source}" for each in findings.articles)))


def _digest(secret: str, key: str) -> str:
    return hashlib.sha256(f"{secret}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()


def letters(number: int) -> str:
    """Count in letters from 0: ``A`` to ``Z``, then ``AA``, ``AB`` and so on."""
    found = ""
    while number >= 0:
        number, place = divmod(number, 26)
        found = chr(ord("A") + place) + found
        number -= 1
    return found
