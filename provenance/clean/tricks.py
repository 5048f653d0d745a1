"""Tricks against matching: characters in an article that no writing system and no software explains.

Most hidden characters are honest: joiners in Persian, Urdu, the scripts of India and emoji; marks of direction in
Arabic and Hebrew; the soft hyphens and byte order marks of content management systems; an editor's stray joiner here
and there. Words that mix scripts may be inflected names, units or slips of the keyboard. What is left is reported.
Matching reads through all of it (:mod:`provenance.text.view`); this is for the person who judges the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import bidirectional, normalize

import regex

from provenance.model import Span, Trick, TrickKind
from provenance.text.lookalikes import Lookalike
from provenance.text.styled import FULL_WIDTH, STYLED
from provenance.text.view import View, view_of

__all__ = ["tricks"]

MIN_DIFFERENT = 3
"""Different places from which hidden characters or foreign letters are no accident: pasting leaves one or two, and a
name with a stray character in it is pasted again and again."""

SHOWN = 5
"""Places kept of each kind."""

_SCRIPTS = ("Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Ethiopic", "Hangul", "Han", "Hiragana", "Katakana")
_LETTER = "[" + "".join(rf"\p{{Script={name}}}" for name in _SCRIPTS) + "]"
_NO_WIDTH = r"\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
_ZERO_WIDTH = re.compile(f"[{_NO_WIDTH}]+")
_ZERO_WIDTH_IN_WORD = regex.compile(rf"(?<={_LETTER})(?<!f(?=\u200c))[{_NO_WIDTH}]+(?={_LETTER})")
"""German typesetters part an f from the next letter with a non-joiner: no ligature then spans two parts of a word."""
_IDEOGRAPH_VARIANT = regex.compile(r"(?<=\p{Script=Han})[\ufe00-\ufe0f]+\Z")

_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_REORDERED = re.compile("([\u202b\u202d\u202e\u2067])([^\n\u202a-\u202e\u2066-\u2069]*)")
"""An override, or an embedding from right to left, with what it holds."""
_LEFT_TO_RIGHT_OVERRIDE, _RIGHT_TO_LEFT_OVERRIDE = "\u202d", "\u202e"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_STYLED = re.compile(f"[{STYLED}]")
_FULL_WIDTH = re.compile(f"[{FULL_WIDTH}]")
_STYLED_WORD = regex.compile(rf"\p{{L}}*[[{STYLED}]&&\p{{L}}]\p{{L}}*(?<=\p{{L}}{{2}})", flags=regex.VERSION1)
_FULL_WIDTH_WORD = regex.compile(r"\p{L}*[\uff21-\uff3a\uff41-\uff5a]\p{L}*(?<=\p{L}{2})")
_EAST_ASIAN = regex.compile(r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Bopomofo}]")
_GREEK = regex.compile(r"\p{Script=Greek}")


def tricks(text: str) -> tuple[Trick, ...]:
    """Find what is hidden or disguised in a text without an honest explanation; one entry a kind, none for most.

    A text of ASCII costs nothing, another one a few scans.
    """
    if text.isascii():
        return ()
    found = (
        *_zero_width(text),
        *_bidi_controls(text),
        *_homoglyphs(view_of(text)),
        *_styled(text, TrickKind.STYLED_LETTERS, _STYLED, _STYLED_WORD),
        *(() if _EAST_ASIAN.search(text) else _styled(text, TrickKind.FULL_WIDTH, _FULL_WIDTH, _FULL_WIDTH_WORD)),
    )
    return tuple(found)


def _trick(kind: TrickKind, count: int, spans: Sequence[Span]) -> Trick:
    return Trick(kind, count, tuple(spans[:SHOWN]))


def _different(text: str, spans: Iterable[Span]) -> bool:
    """Say whether places are of enough different wordings; the two letters on either side tell one from another."""
    return len({text[max(0, span.start - 2) : span.end + 2] for span in spans}) >= MIN_DIFFERENT


def _zero_width(text: str) -> Iterator[Trick]:
    if _ZERO_WIDTH.search(text) is None:
        return
    found = (Span(*match.span()) for match in _ZERO_WIDTH_IN_WORD.finditer(text))
    spans = [span for span in found if not _IDEOGRAPH_VARIANT.search(text, max(0, span.start - 1), span.end)]
    if _different(text, spans):
        yield _trick(TrickKind.ZERO_WIDTH, sum(map(len, spans)), spans)


def _bidi_controls(text: str) -> Iterator[Trick]:
    """Report controls that turn words round. Marks, and embeddings that change nothing, are every phone number's."""
    if _CONTROL.search(text) is None:
        return
    spans = [Span(*match.span()) for match in _REORDERED.finditer(text) if _turns_round(match[1], match[2], text)]
    if spans:
        yield _trick(TrickKind.BIDI_CONTROL, len(spans), spans)


def _turns_round(control: str, held: str, text: str) -> bool:
    if control == _LEFT_TO_RIGHT_OVERRIDE:
        return _RIGHT_TO_LEFT.search(held) is not None
    letters = sum(bidirectional(letter) in {"L", "EN"} for letter in held)
    if control == _RIGHT_TO_LEFT_OVERRIDE:
        return letters > 1
    return letters > 1 and _RIGHT_TO_LEFT.search(text) is None


def _homoglyphs(view: View) -> Iterator[Trick]:
    """Report words of mixed scripts; words that pass for others as a whole only beside these."""
    written = [(word, view.composed.text[word.start : word.end]) for word in view.lookalikes]
    mixed = [(word, form) for word, form in written if word.mixed and not _is_explained(word, form)]
    if len({form for _, form in mixed}) < MIN_DIFFERENT:
        return
    counted = [word for word, form in written if not word.mixed or (word, form) in mixed]
    yield _trick(TrickKind.HOMOGLYPH, len(counted), [view.place(word.start, word.end) for word in counted])


def _is_explained(word: Lookalike, written: str) -> bool:
    """Tell abbreviations typed on the wrong keyboard, and the Greek letters of science: "TNFα", "NFκB"."""
    if written.isupper():
        return True
    changed = [at for at, (one, other) in enumerate(zip(written, word.meant, strict=True)) if one != other]
    greek = [at for at in changed if _GREEK.match(written[at])]
    if len(greek) != 1 or len(changed) != 1:
        return False
    rest = written[: greek[0]] + written[greek[0] + 1 :]
    return greek[0] in {0, len(written) - 1} or rest.isupper()


def _styled(text: str, kind: TrickKind, sign: re.Pattern[str], word: regex.Pattern[str]) -> Iterator[Trick]:
    if sign.search(text) is None:
        return
    spans = [Span(*match.span()) for match in word.finditer(text)]
    if len({normalize("NFKC", span.of(text)) for span in spans}) >= MIN_DIFFERENT:
        yield _trick(kind, len(spans), spans)
