"""What one line of a page looks like, before anyone asks what it means.

Everything here holds for any script: lengths are counted in letters (a Han character, a kana or a Hangul syllable
says as much as two or three letters), and the sentence enders are Unicode's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from provenance.clean.letters import count_letters
from provenance.model import LayoutLine, Span

__all__ = ["HEADLINE_SIZE", "LONG_SIZE", "PROSE_SIZE", "Surface", "bare", "runs_on", "surfaces"]

PROSE_SIZE = 45
"""Letters from which a line that ends like a sentence is taken for running prose (about eight English words)."""

LONG_SIZE = 140
"""Letters from which a line is prose whatever it ends with: no menu entry is two lines of print long."""

HEADLINE_SIZE = 20
"""Letters from which a line may be a headline; shorter ones are menu entries, names and section names."""

_WRAPPED_SIZE = 40  # letters from which a line may be one of a text broken at a fixed width (60 columns and more)

_DENSE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_DENSE_WEIGHT = 1.5  # letters a Han, kana or Hangul sign counts beyond the one it is: ratio of translated texts
_ASCII_LETTER = re.compile("[A-Za-z]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_EDGE = " \t:：|¦>»›«‹<→←↓↑▶►▸▼●•·∙◦■□▪◆◇★☆✓✔✉☰✕×*＊_=~–—-"
"""Signs that decorate the edge of a label: arrows, bullets, bars, colons, dashes."""

_ENDERS = frozenset(".!?。．！？｡।॥։؟۔؛…‼⁇⁈⁉።፧፨။។᙮᠃᠉꓿︒﹒﹖﹗!;·")
_CLOSERS = "\"'”’»›)]}」』】〉》）］｝*“‘„‟‹« \u00a0"
_OPENERS = frozenset("\"'“‘«„‚‹「『《〈—–-¡¿(（[【")
_SIGNED = re.compile(
    r"[^\W\d_]{2}[.!?…।。؟۔]+[\"'”’»]*\s*"
    r"(?:[(\[（【][^()\[\]（）【】]{2,40}[)\]）】]|[-–—/]{1,2}\s?[^\s.!?]{2,20}(?: [^\s.!?]{2,20})?"
    r"|[A-Z]{2,}(?:[/–-][A-Za-z]{2,})*)$"
)
"""A sentence and who signs it: "… on Monday. (Agency)", "… on Monday. – AGENCY", "… on Monday. AGENCY"."""
_SIGNED_REACH = 80  # code points of a line's end in which that stands
_INNER_STOP = re.compile(r"[.!?…।؟۔][\"'”’»)]*\s+[\"'“‘«„(¿¡]*[^\W\d_]|[。！？]")
_ADDRESS = re.compile(r"https?://|www\.|[\w.]@[\w-]+\.\w|\w\.(?:com|org|net|example)\b", re.ASCII)
_LISTED = re.compile(r"(?:\d{1,3}[.)]|[•·∙◦▪*+-])\s+\S")


class Surface(NamedTuple):
    """One line as it looks. ``size`` is its length in letters, dense scripts weighed up; 0 for a line without any."""

    span: Span
    text: str
    """The line without its break, invisible controls and outer space; inner space collapsed."""
    label: str
    """The line stripped of decoration at its edges too: what furniture phrases are matched against."""
    size: int
    words: int
    lower_share: float
    """Share of its words that begin in lower case, in [0, 1]; 0.5 where the script has no case."""
    cased: bool
    digits: int
    ends_sentence: bool
    trails_off: bool
    opens_speech: bool
    opens_lower: bool
    inner_stop: bool
    address: bool
    listed: bool
    prose: bool
    """Whether the line runs like a paragraph: long, or a sentence of some length."""
    layout: LayoutLine

    @property
    def blank(self) -> bool:
        """Whether nothing visible stands in the line."""
        return not self.text

    @property
    def headline_sized(self) -> bool:
        """Whether the line is of a headline's length."""
        return HEADLINE_SIZE <= self.size < LONG_SIZE

    @property
    def shouted(self) -> bool:
        """Whether the line is written in capitals throughout."""
        return self.cased and self.text.isupper()


def bare(text: str) -> str:
    """Give a line as a label: without invisible controls, outer decoration and trailing dots or colons."""
    return _strip_label(_collapsed(_visible(text)))


def _visible(raw: str) -> str:
    return raw if raw.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", raw))


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _strip_label(text: str) -> str:
    label = text.strip(_EDGE)
    if label.endswith(("...", "…")):
        label = label.rstrip(".…").rstrip()
    return label or text


def surfaces(text: str, lines: Iterable[LayoutLine]) -> list[Surface]:
    """Describe every line of a page, blank ones included, in order."""
    # Looked at once: what holds for a text holds for each of its lines.
    seen_whole = _visible(text) == text
    found = []
    for line in lines:
        raw = line.span.of(text)
        shown = _collapsed(raw if seen_whole else _visible(raw))
        found.append(_surface(shown, line) if shown else _blank(line))
    return found


def _blank(layout: LayoutLine) -> Surface:
    return _NOTHING._replace(span=layout.span, layout=layout)


_NOTHING = Surface(
    span=Span(0, 0),
    text="",
    label="",
    size=0,
    words=0,
    lower_share=0.5,
    cased=False,
    digits=0,
    ends_sentence=False,
    trails_off=False,
    opens_speech=False,
    opens_lower=False,
    inner_stop=False,
    address=False,
    listed=False,
    prose=False,
    layout=LayoutLine(Span(0, 0)),
)


def _surface(text: str, layout: LayoutLine) -> Surface:
    size, words, lower, digits = count_letters(text)
    cased = True
    if not text.isascii():
        size += int(_DENSE_WEIGHT * len(_DENSE.findall(text)))
        cased = _ASCII_LETTER.search(text) is not None or text.lower() != text.upper()
    core = text.rstrip(_CLOSERS)
    ends = core[-1:] in _ENDERS or _SIGNED.search(text[-_SIGNED_REACH:]) is not None if core else False
    trails = core.endswith(("...", "…"))
    return Surface(
        span=layout.span,
        text=text,
        label=_strip_label(text),
        size=size,
        words=words if size < LONG_SIZE or cased else size // 5,
        lower_share=lower / words if words and cased else 0.5,
        cased=cased and words > 0,
        digits=digits,
        ends_sentence=ends,
        trails_off=trails,
        opens_speech=text[0] in _OPENERS,
        opens_lower=text[0].islower(),
        inner_stop=_stops_inside(text),
        address=_addressed(text),
        listed=_LISTED.match(text) is not None,
        prose=(size >= PROSE_SIZE and ends and not trails) or size >= LONG_SIZE,
        layout=layout,
    )


def _stops_inside(text: str) -> bool:
    if text.isascii() and "." not in text and "!" not in text and "?" not in text:
        return False
    return _INNER_STOP.search(text) is not None


def _addressed(text: str) -> bool:
    named = "." in text and (".com" in text or "www." in text or ".org" in text or ".net" in text or ".example" in text)
    return (named or "@" in text or "://" in text) and _ADDRESS.search(text) is not None


def runs_on(lines: Sequence[Surface]) -> list[bool]:
    """Tell the lines of text broken at a fixed width: a sentence goes on, in lower case, from one to the next."""
    joined = [
        not first.ends_sentence and second.opens_lower and first.size >= _WRAPPED_SIZE
        for first, second in pairwise(lines)
    ]
    return [before or after for before, after in zip([False, *joined], [*joined, False], strict=True)][: len(lines)]
