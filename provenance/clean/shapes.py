"""Shapes of the short lines of the trade: names, photograph credits, agency marks."""

from __future__ import annotations

import re

__all__ = ["agency_mark", "name_like", "photo_credit"]

MAX_CREDIT = 400  # code points; a caption runs to three sentences at most

MAX_CREDIT_WORDS = 5  # of a bare credit: a name and an agency
_TAIL = 90  # code points at the end of a caption in which its credit stands

_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|d[aeiou]s?|van|von|der|den|bin|al|el|ibn|y|e)){1,3}"
)
_PHOTO_OPENING = re.compile(
    r"(?:photos?|pictures?|images?|imagen|foto(?:graf[iía]+)?s?|bild|symbolbild|archivbild|symbolfoto|archivfoto|illustration|"
    r"crédit(?:s)? ?(?:photo)?|crédito|credit|photo credit|image credit|file photo|file|фото|світлина|иллюстрация|"
    r"zdjęcie|fot\.?|görsel|fotoğraf|resim|写真|写真提供|画像|图片来源|图|摄影|사진|사진제공|صورة|عکس|फोटो|फ़ोटो|תמונה|φωτογραφία|"
    r"kuva|foto/ilustrasi|ilustrasi|ilustrasi foto|beeld|imago|getty images?)"
    r"\s?(?:[:：/©=|(（]|[-–—] |via |by |por |par |von |di )",
    re.IGNORECASE,
)
_CLOSING_LABEL = re.compile(
    r"[(（\[]?\b(?:photo|picture|image|pic|foto|bild|credit|crédito|crédit|fotos|photos|courtesy|via|quelle|fuente|"
    r"фото|写真|图片|사진|صورة|عکس|फोटो)\s?(?:by|de|von|di|:|：|/|credit:?|courtesy)\s?[^.。!?]{2,60}[)）\]]?\.?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(
    r"[(（\[][^()（）]{0,40}\b(?:photo|foto|file|pool|handout)\b[^()（）]{0,40}[)）\]]\.?$", re.IGNORECASE
)
_AGENCIES = re.compile(
    r"\b(?:AP Photo|Getty Images?|Shutterstock|iStock|imago|picture[ -]alliance|AFP via Getty|EPA-EFE|Alamy|Unsplash|"
    r"Pixabay|Pexels|Wikimedia Commons|Depositphotos|Adobe Stock)\b",
    re.IGNORECASE,
)
_AGENCY_ALONE = re.compile(r"[(（\[][A-Z]{2,6}(?:/[A-Z]{2,6})?[)）\]]|[A-Z]{2,5}(?:/[A-Z]{2,5})?")


def name_like(text: str) -> bool:
    """Say whether a line has the shape of a person's name in a script with capitals: two to four capitalised words."""
    return _NAME.fullmatch(text.rstrip(",|- ")) is not None


def photo_credit(text: str) -> bool:
    """Say whether a line is a caption by its own words: it opens with, or ends in, the credit of a picture."""
    if not text or len(text) > MAX_CREDIT:
        return False
    if _PHOTO_OPENING.match(text) or (text.startswith("©") and "/" in text and len(text) < MAX_CREDIT // 4):
        return True
    return _ends_in_credit(text)


def _ends_in_credit(text: str) -> bool:
    tail = text[-_TAIL:]
    if tail.rstrip(".").endswith((")", "）", "]")) and _BRACKETS.search(tail):
        return True
    if _AGENCIES.search(tail) and (tail.rstrip().endswith((")", "）", "]")) or len(text) < MAX_CREDIT // 4):
        return True
    closing = _CLOSING_LABEL.search(tail)
    return _only_slash(text) or (closing is not None and (":" in closing.group() or closing.group()[0] in "(（["))


def _only_slash(text: str) -> bool:
    """Tell "Lee Ann/AP": a name, a stroke, an agency, and nothing else."""
    before, stroke, after = text.partition("/")
    named = before[:1].isupper() and after.strip()[:1].isupper()
    return bool(stroke) and named and "/" not in after and len(text.split()) <= MAX_CREDIT_WORDS


def agency_mark(text: str) -> bool:
    """Say whether a line is nothing but an agency's capitals, bare or in brackets: "(ABC)", "ABC/DEF"."""
    return _AGENCY_ALONE.fullmatch(text) is not None
