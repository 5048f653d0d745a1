"""Which language a text is in: by its script where that settles it, else by py3langid.

The model is loaded once a process, and only when a text without a declared language needs it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

__all__ = ["detect_language", "language_code", "script_language"]

_SAMPLE = 700  # code points from the start and from the middle; 0.4 ms a text, and no less accurate than the whole
_MIN_LETTERS = 40  # below this py3langid is often wrong: headlines, captions
_MIN_SCRIPT_LETTERS = 8  # a script needs no statistics
_MIN_PROBABILITY = 0.6
_MAJORITY = 0.5
_KANA = 0.05  # share of kana among letters that makes Han characters Japanese

_VARIETIES = {
    code: group for group in map(frozenset, (("bs", "hr", "sr"), ("nn", "no"), ("id", "ms"))) for code in group
}
"""Languages the model hesitates between; their probabilities count together, and the likeliest is given."""

_RANGES = (
    (0x0370, 0x03FF, "el"),
    (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x1F00, 0x1FFF, "el"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x4DBF, "zh"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
    (0xF900, 0xFAFF, "zh"),
)
"""Scripts that one language writes almost alone (Unicode blocks). Latin, Cyrillic, Arabic, Devanagari tell nothing."""
_STARTS = [start for start, _end, _code in _RANGES]

_TWO_LETTERS = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it", "nld": "nl",
    "dut": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk", "hun": "hu",
    "ron": "ro", "rum": "ro", "bul": "bg", "srp": "sr", "hrv": "hr", "slv": "sl", "ell": "el", "gre": "el", "tur": "tr",
    "ara": "ar", "arz": "ar", "ary": "ar", "fas": "fa", "per": "fa", "heb": "he", "hin": "hi", "ben": "bn", "urd": "ur",
    "tam": "ta", "tel": "te", "zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "wuu": "zh", "jpn": "ja", "kor": "ko",
    "vie": "vi", "tha": "th", "ind": "id", "msa": "ms", "may": "ms", "fil": "tl", "tgl": "tl", "swa": "sw", "swe": "sv",
    "nor": "no", "nob": "nb", "nno": "nn", "dan": "da", "fin": "fi", "est": "et", "lav": "lv", "lit": "lt", "isl": "is",
    "ice": "is", "cat": "ca", "eus": "eu", "baq": "eu", "glg": "gl", "gle": "ga", "cym": "cy", "wel": "cy", "sqi": "sq",
    "alb": "sq", "mkd": "mk", "mac": "mk", "kat": "ka", "geo": "ka", "hye": "hy", "arm": "hy", "aze": "az", "kaz": "kk",
    "uzb": "uz", "uzs": "uz", "afr": "af", "mya": "my", "bur": "my", "khm": "km", "lao": "lo", "nep": "ne", "sin": "si",
    "kur": "ku", "ckb": "ku", "kmr": "ku", "pes": "fa", "prs": "fa", "kir": "ky", "amh": "am", "hau": "ha", "yor": "yo",
    "som": "so", "zul": "zu", "grc": "el", "hbo": "he", "iw": "he", "in": "id",
}  # fmt: skip
"""ISO 639-2 and -3 codes of languages that have an ISO 639-1 code, and two withdrawn codes still in use."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\ud7ff\uf900-\ufaff]")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].{0,30})?", re.DOTALL)


def language_code(tag: str) -> str | None:
    """Reduce a language tag (``en-US``, ``zh_Hant``, ``deu``) to ISO 639-1; ``None`` when it is not one."""
    found = _TAG.fullmatch(tag.strip())
    if found is None:
        return None
    code = found[1].lower()
    code = _TWO_LETTERS.get(code, code)
    return code if len(code) == 2 else None  # noqa: PLR2004  the definition of ISO 639-1


def detect_language(text: str) -> str | None:
    """Guess the language of a text; ``None`` when it is too short or the guess is weak."""
    sample = _sample(text)
    if (code := script_language(sample)) is not None:
        return code
    if not _holds_letters(sample, _MIN_LETTERS):
        return None
    from provenance.read.language_model import language_model  # noqa: PLC0415  loads numpy and a model

    shares = language_model().shares(sample)
    best = max(shares, key=shares.__getitem__)
    probability = sum(shares[code] for code in _VARIETIES.get(best, {best}) if code in shares)
    return language_code(best) if probability >= _MIN_PROBABILITY else None


def _holds_letters(text: str, wanted: int) -> bool:
    """Say whether a text has so many letters; its first characters mostly tell."""
    return any(sum(map(str.isalpha, part)) >= wanted for part in (text[: 4 * wanted], text))


def script_language(text: str) -> str | None:
    """Name the language when most letters of the first code points are in a script only that language uses."""
    sample = text[: 2 * _SAMPLE]
    if sample.isascii() or len(_OTHER_SCRIPT.findall(sample)) < _MIN_SCRIPT_LETTERS:  # spares Latin text the counting
        return None
    counts: Counter[str] = Counter()
    for sign, times in Counter(sample).items():
        if sign.isalpha():
            counts[_code_of(sign)] += times
    letters = counts.total()
    if letters < _MIN_SCRIPT_LETTERS:
        return None
    if counts["ja"] > _KANA * letters:
        counts["ja"] += counts.pop("zh", 0)
    code, count = counts.most_common(1)[0]
    return code if code and count > _MAJORITY * letters else None


@lru_cache(maxsize=1 << 14)
def _code_of(letter: str) -> str:
    point = ord(letter)
    index = bisect_right(_STARTS, point) - 1
    return _RANGES[index][2] if index >= 0 and point <= _RANGES[index][1] else ""


def _sample(text: str) -> str:
    if len(text) <= 2 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE]
