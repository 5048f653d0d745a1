"""What one line of a page looks like, before anyone asks what it means.

Everything here holds for any script: lengths are counted in letters (a Han character, a kana or a Hangul syllable
says as much as two or three letters), and the sentence enders are Unicode's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import LayoutLine, Span

__all__ = ["HEADLINE_SIZE", "LONG_SIZE", "PROSE_SIZE", "Surface", "bare", "runs_on", "surfaces"]

PROSE_SIZE = 45
"""Letters from which a line that ends like a sentence is taken for running prose (about eight English words)."""

LONG_SIZE = 140
"""Letters from which a line is prose whatever it ends with: no menu entry is two lines of print long."""

HEADLINE_SIZE = 20
"""Letters from which a line may be a headline; shorter ones are menu entries, names and section names."""

_WRAPPED_SIZE = 40  # letters from which a line may be one of a text broken at a fixed width (60 columns and more)

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_DENSE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_DENSE_WEIGHT = 1.5  # letters a Han, kana or Hangul sign counts beyond the one it is: ratio of translated texts
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
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
_ADDRESS_SIGNS = ("@", "://", "www.", ".com", ".org", ".net", ".example")
_LISTED = re.compile(r"(?:\d{1,3}[.)]|[•·∙◦▪*+-])\s+\S")


@dataclass(frozen=True, slots=True)
class Surface:
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
    layout: LayoutLine

    @property
    def blank(self) -> bool:
        """Whether nothing visible stands in the line."""
        return not self.text

    @property
    def prose(self) -> bool:
        """Whether the line runs like a paragraph: long, or a sentence of some length."""
        return (self.size >= PROSE_SIZE and self.ends_sentence and not self.trails_off) or self.size >= LONG_SIZE

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
    return _strip_label(_visible(text))


def _visible(raw: str) -> str:
    text = raw if raw.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", raw))
    return _SPACES.sub(" ", text).strip()


def _strip_label(text: str) -> str:
    label = text.strip(_EDGE)
    if label.endswith(("...", "…")):
        label = label.rstrip(".…").rstrip()
    return label or text


def surfaces(text: str, lines: Iterable[LayoutLine]) -> list[Surface]:
    """Describe every line of a page, blank ones included, in order."""
    return [_surface(line.span.of(text), line) for line in lines]


def _addressed(text: str) -> bool:
    return any(sign in text for sign in _ADDRESS_SIGNS) and _ADDRESS.search(text) is not None


def _surface(raw: str, layout: LayoutLine) -> Surface:
    text = _visible(raw)
    found = _WORD.findall(text)
    size = sum(map(len, found))
    cased = True
    if not text.isascii():
        size += int(_DENSE_WEIGHT * len(_DENSE.findall(text)))
        cased = text.lower() != text.upper()
    lower = sum(word[0].islower() for word in found)
    core = text.rstrip(_CLOSERS)
    last = core[-1:]
    return Surface(
        span=layout.span,
        text=text,
        label=_strip_label(text),
        size=size,
        words=len(found) if size < LONG_SIZE or cased else size // 5,
        lower_share=lower / len(found) if found and cased else 0.5,
        cased=cased and bool(found),
        digits=len(_DIGIT.findall(text)),
        ends_sentence=bool(last) and (last in _ENDERS or _SIGNED.search(text[-_SIGNED_REACH:]) is not None),
        trails_off=core.endswith(("...", "…")),
        opens_speech=text[:1] in _OPENERS,
        opens_lower=text[:1].islower(),
        inner_stop=_INNER_STOP.search(text) is not None,
        address=_addressed(text),
        listed=_LISTED.match(text) is not None,
        layout=layout,
    )


def runs_on(lines: Sequence[Surface]) -> list[bool]:
    """Tell the lines of text broken at a fixed width: a sentence goes on, in lower case, from one to the next."""
    joined = [
        not first.ends_sentence and second.opens_lower and first.size >= _WRAPPED_SIZE
        for first, second in pairwise(lines)
    ]
    return [before or after for before, after in zip([False, *joined], [*joined, False], strict=True)][: len(lines)]
