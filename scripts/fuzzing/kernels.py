"""Targets: the pure functions on text that every stage stands on, and what makes text safe to print."""

from __future__ import annotations

import csv
import io
import unicodedata
from itertools import pairwise

import numpy as np

from fuzzing import seeds
from fuzzing.ruling import LANGUAGES
from fuzzing.targets import Target, promise, text_of
from provenance.clean import tricks
from provenance.model import DateBasis, Span
from provenance.report.encode import json_line
from provenance.report.plain import one_line, printable, printable_runs
from provenance.report.tables import csv_line
from provenance.text.alignment import Words, ordered_alignment, shared_runs
from provenance.text.dates import find_date, timeframe
from provenance.text.moments import moments
from provenance.text.numerals import figures
from provenance.text.quotations import quotations
from provenance.text.sentences import sentences
from provenance.text.shingles import containment, distinct, shingles, winnow
from provenance.text.terms import stem, term_weight
from provenance.text.tokens import tokenise, written_words
from provenance.text.transliteration import consonants, latin_length, sound
from provenance.text.view import view_of
from provenance.text.words import words

__all__ = ["TARGETS"]


def _language(data: bytes) -> tuple[str | None, str]:
    return LANGUAGES[(data[0] if data else 0) % len(LANGUAGES)], text_of(data[1:])


def _words(data: bytes) -> None:
    """Split a text in the ways there are, and take what each word is compared by."""
    language, text = _language(data)
    found = words(text)
    promise(all(word.norm and word.start < word.end <= len(text) for word in found), "a word stands inside the text")
    promise(all(one.end <= other.start for one, other in pairwise(found)), "words are in order and disjoint")
    promise(written_words(text) == found, "both ways to split a text agree")
    tokens = tokenise([text, text[: len(text) // 2]])
    first = slice(tokens.bounds[0], tokens.bounds[1])
    promise(tokens.starts[first].tolist() == [word.start for word in found], "many texts are split like one")
    for word in found[:200]:
        stem(word.norm, language)
        promise(term_weight(word.norm, language) >= 0.0, "a word has a weight")
        promise(consonants(sound(word.norm)) is not None, "a word has a sound")
    latin_length(text)
    terms = tokens.hashes[first]
    promise(containment(distinct(shingles(terms)), distinct(shingles(terms))) in {0.0, 1.0}, "a text is in itself")
    promise(len(winnow(shingles(terms))) <= max(1, len(terms)), "no more is chosen than there is")


def _sentences(data: bytes) -> None:
    language, text = _language(data)
    for find in (sentences(text, Span(0, len(text)), language=language), quotations(text)):
        promise(all(0 <= place.start < place.end <= len(text) for place in find), "a place stands inside the text")
        promise(all(one.end <= other.start for one, other in pairwise(find)), "places are in order and disjoint")
    whole = Span(0, len(text))
    for figure in figures(text, whole):
        promise(figure, "a figure has a value")


def _view(data: bytes) -> None:
    text = text_of(data)
    view = view_of(text)
    places = [view.place(at, at + 1) for at in range(len(view.text))]
    promise(all(0 <= place.start < place.end <= len(text) for place in places), "every sign leads back into the text")
    promise(all(one.start <= other.start for one, other in pairwise(places)), "signs lead back in order")
    for cut in {0, len(text) // 3, len(text) // 2, len(text)}:
        head, tail = view.within(Span(0, cut)), view.within(Span(cut, len(text)))
        promise((head.start, head.end, tail.end) == (0, tail.start, len(view.text)), "parts of a text are of its view")
    for trick in tricks(text):
        promise(all(0 <= place.start < place.end <= len(text) for place in trick.spans), "a trick stands in the text")


def _dates(data: bytes) -> None:
    language, text = _language(data)
    frame = timeframe(text[:200], DateBasis.RECORD)
    promise(frame is None or frame.earliest < frame.latest, "a timeframe lasts")
    for line in text.split("\n")[:20]:
        found = find_date(line, DateBasis.TEXT)
        promise(found is None or (found.earliest < found.latest and found.written in line), "a date quotes its line")
        list(moments(line, language))


def _alignment(data: bytes) -> None:
    """Align two rows of numbers, and two rows of sentences whose likeness the same bytes give."""
    half = len(data) // 2
    left, right = (np.frombuffer(part, dtype=np.uint8).astype(np.uint64) for part in (data[:half], data[half:]))
    for run in shared_runs(Words.of(left), Words.of(right), min_same=1 + (data[0] % 8 if data else 0)):
        promise(0 <= run.left_start < run.left_end <= len(left), "a run stands in the left row")
        promise(0 <= run.right_start < run.right_end <= len(right), "a run stands in the right row")
        promise(run.same <= min(run.left_end - run.left_start, run.right_end - run.right_start), "a run holds its same")
        pieces = run.cut(list(range(0, len(left), 5)))
        promise(not pieces or pieces[0].left_start == run.left_start, "pieces begin where the run does")
    side = int(len(data) ** 0.5)
    matrix = np.frombuffer(data[: side * side], dtype=np.uint8).reshape(side, side) / 255.0
    for chain in ordered_alignment(matrix, floor=0.2):
        promise(chain, "a chain has steps")


def _printing(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    shown = printable(text)
    promise(not {unicodedata.category(sign) for sign in shown if sign != "\n"} & {"Cc", "Cs"}, "nothing is obeyed")
    promise(not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "nothing is reordered")
    promise(len(one_line(text).splitlines()) <= 1, "one line is one line")
    rebuilt, done = [], 0
    for start, end, instead in printable_runs(text):
        rebuilt += [text[done:start], instead]
        done = end
    promise("".join(rebuilt) + text[done:] == shown, "what is shown otherwise makes up what is shown")
    (row,) = csv.reader(io.StringIO(csv_line([text, "b"]), newline=""))
    promise(len(row) == len("ab") and row[1] == "b", "a cell stays a cell")
    promise(row[0][:1] not in set("=+-@\t\r\n"), "a cell is no formula")
    json_line({"text": text}).encode()


def _texts() -> list[bytes]:
    return [bytes([number]) + text for number, text in enumerate(seeds.texts())]


_DATES = (
    b"\0Updated: 3 May 2024 14:05 GMT",
    b"\x002024-05-03T10:00:00+02:00",
    "\x042024年5月3日".encode(),
    "\x03٣ مايو ٢٠٢٤".encode(),
    b"\x01Mi, 03.05.2024 9.30 Uhr",
    b"\x001714730700",
)

TARGETS = (
    Target("words", _words, _texts, seeds.SIGNS),
    Target("sentences", _sentences, _texts, [*seeds.SIGNS, b"U.S. ", b"Mr. ", b"1,200.50"]),
    Target("view", _view, seeds.texts, seeds.SIGNS),
    Target(
        "dates",
        _dates,
        lambda: list(_DATES),
        [*seeds.SIGNS, b"2024", b"May", b"pm", b"GMT", b"+02:00", b"Z", "年".encode(), b"T", b"yesterday", b"1403"],
    ),
    Target("alignment", _alignment, lambda: [bytes(range(64)) * 2, b"abcdefgh" * 20, bytes(range(250, 0, -1))]),
    Target(
        "printing",
        _printing,
        seeds.texts,
        [*seeds.SIGNS, b"=", b"@", b"\x1b[2J", b"\x9b", b"<script>", b'"', b"'", b",", b"\r"],
    ),
)
"""Words, sentences and quotations, what a reader sees of a text, dates, alignment, and printing."""
