r"""The placeholders of attribution rules: what stands in a pattern for an outlet, a date or a dateline's place.

Patterns run on *masked* lines (see :mod:`provenance.attribute.lines`), in which every listed outlet and address is
one private character. A rule names those by placeholder:

==================  =====================================================================
``{agency}``        a news agency
``{news}``          an agency, newspaper, broadcaster, magazine or news site
``{source}``        anything text can come from: ``{news}``, portals, release services, unlisted addresses
``{outlet}``        any listed outlet or address at all
``{press}`` …       one kind: ``{press}``, ``{picture}``, ``{org}``, ``{portal}``, ``{address}``
``{agencies}`` …    one or more of a kind, set apart as names in a list: ``{newses}``, ``{sources}``, ``{outlets}``
``{date}``          a date or time in any numerals
``{place}``         the words of a dateline
``{dash}``          what stands between a dateline and the text
``{mark}``          anything but a letter or digit (``\W`` of RE2 knows ASCII only)
==================  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from provenance.model import OutletKind
from provenance.text.composition import HIDDEN, compose

__all__ = ["ADDRESS_MASK", "MASKS", "expanded"]

ADDRESS_MASK = "\ue006"
"""Stands for an address whose outlet no file lists."""

MASKS: Final[Mapping[OutletKind, str]] = {
    OutletKind.AGENCY: "\ue000",
    OutletKind.NEWSPAPER: "\ue001",
    OutletKind.MAGAZINE: "\ue001",
    OutletKind.BROADCASTER: "\ue001",
    OutletKind.WEBSITE: "\ue001",
    OutletKind.NONPROFIT: "\ue001",
    OutletKind.UNKNOWN: "\ue001",
    OutletKind.PRESS_RELEASE_SERVICE: "\ue002",
    OutletKind.PICTURE_AGENCY: "\ue003",
    OutletKind.INSTITUTION: "\ue004",
    OutletKind.AGGREGATOR: "\ue005",
    OutletKind.PLATFORM: "\ue007",
    OutletKind.ARCHIVE: "\ue007",
    OutletKind.OWNER: ADDRESS_MASK,  # only ever met as an address: the graph finds no owner by name in running text
}
"""The private character that stands for a name, by the kind of outlet."""

_CLASSES = {
    "agency": "[\ue000]",
    "news": "[\ue000\ue001]",
    "source": "[\ue000\ue001\ue002\ue005\ue006]",
    "outlet": "[\ue000-\ue007]",
    "press": "[\ue002]",
    "picture": "[\ue003]",
    "org": "[\ue004]",
    "portal": "[\ue005]",
    "platform": "[\ue007]",
    "address": "[\ue006]",
}
_AND = (
    r"(?:\s*(?:[,/&;+·、،|–-]|, ?and|, ?&)\s*"
    r"|\s+(?:and|und|et|y|e|en|i|og|och|ja|ve|dan|và|и|й|та|і|mit|avec|con|com|a|și|és|na|και|और|এবং|اور|and the)\s+"
    r"|\s*(?:و|和|及|與|と|및|또는|과|와)\s*)"
)
_LISTS = {"agencies": "agency", "newses": "news", "sources": "source", "outlets": "outlet"}
# Words of a dateline are capitalised or of a script without capitals; a month after a number may be small.
_WORD = r"[\p{Lu}\p{Lt}\p{Lo}\p{Lm}][\p{L}\p{M}'.]*"
_PLACE = (
    rf"{_WORD}(?:[ ,./-]+(?:{_WORD}|\p{{Nd}}+(?:st|nd|rd|th|er|º|ª|°)?(?:[ .]+(?:de |of )?[\p{{L}}\p{{M}}]+\.?)?"
    r"|de|del|la|las|los|do|da|am|an|sur|upon|der|e|and))*"
)
# What outlets call themselves. Latin words stand alone or end a compound (Sluiskrant, Tageszeitung).
_OUTLET_WORDS = (
    r"(?:\b(?i:news|times|post|gazette|herald|tribune|chronicle|daily|journal|observer|courier|magazine|media|buzz|newswire|insider|"
    r"blog|diario|revista|prensa|noticias|semanario|gaceta|heraldo|jornal|gazeta|folha|correio|tribuna|giornale|corriere|gazzetta|"
    r"notizie|voce|quotidien|courrier|actu|hebdo|avis|avisen|haber|berita|harian|koran|kabar|warta|suara|portal|radio|television|"
    r"tv|vesti|vijesti|novine|dnevnik|kurir|listy|gazeti|habari|tuoi tre|ziarul|jurnalul|monitorul|kurier|echo|presse|"
    r"wochenblatt)\b|"
    r"(?i:zeitung|nachrichten|anzeiger|tageblatt|tagblatt|abendblatt|volksblatt|morgenpost|rundschau|magazin|"
    r"krant|courant|dagblad|nieuws|nieuwsblad|tidning|tidningen|nyheter|bladet|posten|tidende|lehti|sanomat|uutiset|"
    r"gazete|gazetesi|ajansı|noviny|dziennik|tygodnik|kurier|glas|fm)\b|"
    r"(?i:periódico|crónica|notícias|diário|dépêche|échos|báo |tạp chí|tin tức|deník|týdeník|"
    r"zprávy|wiadomości|głos|hírlap|újság|hírek|"
    r"napló|știri|gazeta |εφημερίδα|τα νέα|το βήμα|газета|новости|журнал|вестник|вісник|ведомости|хроника|"
    r"агентство|правда|портал|"
    r"новини|видання|вести|тиждень|радио|радіо)|صحيفة|جريدة|نيوز|وكالة|موقع|مجلة|"
    r"خبرگزاری|روزنامه|نیوز|روزنامہ|ٹائمز|اخبار|אתר|עיתון|חדשות|समाचार|न्यूज|न्यूज़|पत्रिका|टाइम्स|दैनिक|संवाद|"
    r"সংবাদ|নিউজ|খবর|পত্রিকা|টাইমস|বার্তা|দৈনিক|ข่าว|หนังสือพิมพ์|นิวส์|ไทม์)"
)
_SHAPES = {
    "outletword": _OUTLET_WORDS,
    "date": r"[^\n]*?\p{Nd}[^\n]*?",
    "place": _PLACE,
    "dash": r"(?:--?|[-–—―−~]|\.\s?[-–—]{1,2}|:)",
    "colon": r"(?:\s*:\s*)",
    "mark": r"[^\p{L}\p{N}\n\x{E000}-\x{E007}]",
    "quote": r"[\"'“”„«»‘’「」『』]",
}


_OPTIONAL_HIDDEN = re.compile(f"[{HIDDEN}][?*+]")
"""What nobody sees and need not stand there: lines hold none of it, and its sign must not pass to the letter before."""


def expanded(pattern: str) -> str:
    """Replace the placeholders of a rule's pattern by what they stand for."""
    for name, single in _LISTS.items():
        one = _CLASSES[single]
        pattern = pattern.replace("{" + name + "}", rf"(?:{one}(?:{_AND}(?:the )?{one}){{0,5}}(?:\s\({one}\))?)")
    for name, text in (_CLASSES | _SHAPES).items():
        pattern = pattern.replace("{" + name + "}", text)
    return compose(_OPTIONAL_HIDDEN.sub("", pattern)).text  # as lines are
