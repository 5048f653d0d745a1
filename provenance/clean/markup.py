"""What a page's own markup says of a line: its element path, its links, and the body extractor's verdict.

Element names with a fixed meaning settle a line; class and id names only do so where the extractor did not keep the
line, because themes name things freely. Everything else becomes features with weights of their own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.model import LayoutLine, Role

__all__ = ["MARKUP_FEATURES", "markup_features", "markup_role"]

_PART = re.compile(r"[a-z0-9]+")

_ELEMENTS = {
    "figcaption": Role.CAPTION,
    "nav": Role.NAVIGATION,
    "menu": Role.NAVIGATION,
    "button": Role.OTHER,
    "form": Role.OTHER,
    "address": Role.BYLINE,
}
"""Elements whose content is never the article, by their definition in HTML."""

_NAMES = {
    Role.COMMENTS: "comment comments respond disqus commentlist replies",
    Role.CAPTION: "caption figcaption photocredit imagecredit",
    Role.RELATED: "related recommended recommendations outbrain taboola readmore mostread trending popular teaser",
    Role.SHARE: "share sharing social addtoany sharedaddy sociallinks followus",
    Role.BIO: "authorbio authorbox bio aboutauthor",
    Role.BYLINE: "byline author authors writer",
    Role.DATELINE: "dateline pubdate publishdate timestamp dateline datetime",
    Role.CATEGORY: "tags taglist category categories kicker section-name",
    Role.LEGAL: "cookie cookies gdpr consent copyright disclaimer",
    Role.ADVERT: "advert advertisement adslot sponsored promo newsletter subscribe paywall",
    Role.NAVIGATION: "navigation navbar breadcrumb breadcrumbs menu topbar skiplink pagination masthead",
}
_ROLE_OF_NAME = {name: role for role, names in _NAMES.items() for name in names.split()}
_COMMENT_SECTIONS = frozenset({"comments", "comment-list", "commentlist", "comments-area", "disqus_thread"})
"""Ids and classes that hold readers' comments on whatever site, be they kept by the extractor."""
_CHROME = frozenset({"footer", "aside", "header"})
MARKUP_FEATURES = frozenset(
    {
        "kept by the extractor",
        "dropped by the extractor",
        "mostly links",
        "in <p> or <article>",
        *(f"in <{tag}>" for tag in _CHROME),
        "heading kept by the extractor",
    }
)
"""Every name :func:`markup_features` may give. Their weights are set by hand: no labelled markup was at hand."""

_MIN_LINKED = 0.5  # share of a line in links from which it is a list of links rather than a sentence that has one


def markup_role(line: LayoutLine) -> Role | None:
    """Give the role the markup settles, or ``None`` where it does not."""
    return _path_role(line.element, kept=line.extracted is True) if line.element else None


@lru_cache(maxsize=4096)
def _path_role(path: str, *, kept: bool) -> Role | None:
    steps = path.lower().split(">")
    for step in reversed(steps):
        role = _ELEMENTS.get(_tag(step))
        if role is not None:
            return role
    if any(name in _COMMENT_SECTIONS for step in steps for name in re.split(r"[.#]", step)[1:]):
        return Role.COMMENTS
    return None if kept else _named_role(steps)


def _tag(step: str) -> str:
    return re.split(r"[.#\[:]", step.strip(), maxsplit=1)[0]


def _named_role(steps: list[str]) -> Role | None:
    """Look for a telling class or id, innermost element first; one word of it or the whole run together counts."""
    for step in reversed(steps):
        for name in re.split(r"[.#]", step)[1:]:
            words = _PART.findall(name)
            for word in ("".join(words), *words):
                if word in _ROLE_OF_NAME:
                    return _ROLE_OF_NAME[word]
    return None


def markup_features(line: LayoutLine) -> list[str]:
    """Name what the markup says for or against a line being article; empty for plain text."""
    names: list[str] = []
    if line.extracted is None and not line.link_share and not line.element:
        return names
    if line.extracted is not None:
        names.append("kept by the extractor" if line.extracted else "dropped by the extractor")
    if line.link_share >= _MIN_LINKED:
        names.append("mostly links")
    if line.element:
        tags = [_tag(step) for step in line.element.lower().split(">")]
        names += [f"in <{tag}>" for tag in _CHROME.intersection(tags)]
        if tags[-1] == "p" or "article" in tags:
            names.append("in <p> or <article>")
        if re.fullmatch(r"h[2-6]", tags[-1]) and line.extracted:
            names.append("heading kept by the extractor")
    return sorted(names)
