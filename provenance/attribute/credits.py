"""Read who is credited out of a rule's match: listed names, addresses, or a name nobody lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from provenance.attribute.lines import Line
from provenance.attribute.mentions import Name
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Outlet, OutletKind, Span

__all__ = ["INFLECTING", "Credit", "credits_of", "free_name", "is_beginning", "is_phrase"]

MAX_NAME = 80
"""Code points; the longest listed name has 61, and a longer run is a sentence."""
MAX_NAME_WORDS = 9

_MASKED = re2.compile("[\ue000-\ue007]")
# Cut a free name where the sentence goes on: date, licence, permission, address, second clause.
_GOES_ON = re2.compile(
    r"(?i)(?:[,;]?\s+(?:on|in|am|vom|le|el|em|il|op|den|dne|dnia|pada|tanggal|på|ngày|tarihinde)?\s*\p{Nd}.*$"
    r"|[,;]?\s+(?:on|dated)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)\b.*$"
    r"|[,;.]?\s+(?:under (?:a|an|the|creative|cc|open|licen[cs]e)\b|"
    r"and (?:is|was|has been|have been|appears|appeared)\b|"
    r"with (?:the )?permission|as part of|via|at https?|here|used with|"
    r"avec (?:l'|leur |son )?(?:aimable )?(?:autorisation|accord)|"
    r"con (?:el |il |la |su )?(?:permiso|permesso|autorizaci\p{L}*)|"
    r"com (?:a )?(?:permissão|autorização)|mit (?:freundlicher )?genehmigung|met toestemming|za zgodą|se? souhlasem|"
    r"so súhlasom|uz (?:dozvolu|dopuštenje)|z dovoljenjem|med till(?:stånd|atelse|adelse)|cu permisiunea|"
    r"с разрешения|з дозволу|(?:e|y|et|und|i|a|en|og|och|și|и|і|та) (?:é |es |est |se |è )?"
    r"(?:re?produ|republi|repubbl|traduc|traduz|tradui|trado|übersetz|prze|přelo|prelo|oversat|översatt|vertaald|пере)\p{L}*|"
    r"sous licence|bajo (?:una )?licencia|unter|sob (?:uma )?licença|con licenza|dengan judul|через|by permission).*$"
    r"|\s*\p{Nd}{1,4}\s?[年月].*$|\s*(?:เมื่อวันที่|เมื่อ|ประจำวันที่|ฉบับวันที่|วันที่|ວັນທີ|ថ្ងៃទី).*$"
    r"|['’]?s? (?:print|printed|weekend|saturday|sunday|monday|online|digital) (?:edition|issue|version)\b.*$"
    r"|[,;]\s+\p{Ll}.*$|\s*\(.*$|\s*[|]\s.*$|\s*:\s.*$|[.。!?]\s.*$|\s+[-–—]\s.*$)"
)
_OFFICE_OF_A_COUNTRY = re2.compile(
    r"^(?:the )?(?i:(?:federal |national |royal )?(?:ministry|ministère|ministerio|ministério|ministero|ministerium|"
    r"government|gouvernement|gobierno|governo|embassy|ambassade|embajada|embaixada|presidency|présidence|presidencia|presidência|"
    r"parliament|parlement|national assembly|assemblée nationale|department|supreme court|central bank|state house|"
    r"high commission|office of the [\p{L} ]+))\b[^,\n]*, "
    r"(?:(?:the|la|le|les|el|il) )?\p{Lu}[\p{L}\p{M}'’-]+"
    r"(?: (?:(?:of|the|and|de|du|la|le|et|y|e|do|da) ){0,2}\p{Lu}[\p{L}\p{M}'’-]+){0,3}$"
)
"""An office of a state with its country behind a comma, as in "Ministry of Health, Rwanda": many states have one."""
_UNSPACED = re2.compile(
    r"^[\p{Latin}\p{Nd} .&'’!+-]*\p{Latin}\s?(?:[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|"
    r"(?:より|から|にて|による|に|の|で|が|は|を|と|에서|에|의|가|이|은|는|을|를|와|과|로부터|제공)(?:$|\s|[\p{Han}\p{Hiragana}\p{Hangul}]))"
)
_LATIN = re2.compile(r"^[\p{Latin}\p{Nd} .&'’!+-]*")
"""A name in Latin letters with the words that follow it in a script that puts no space between: it ends before them."""
_TRIM = " \t\"'“”„«»‘’「」『』《》<>()[]{}:;,.。，،-–—|*_…™®"
_LOWER_WORD = re2.compile(r"^[^\P{Ll}\x{10D0}-\x{10FF}]")  # Georgian letters count as small ones and have no capitals
_LETTER = re2.compile(r"\p{L}")
_NOT_A_NAME = re2.compile(
    r"(?i)^(?:\p{Nd}+(?:$|[^A-Za-z\p{Nd}]|[A-Za-z]{1,2}(?:$|[^A-Za-z]))|"  # 3rd, 2025, 12/2025; but 360info
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)$|"
    r"(?:(?:the|our|its|an?) )?(?:(?:early|late|mid)[ -])?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|"
    r"(?:no|nr|vol|issue|number)\.?(?: \p{Nd}+)?)(?:['’]s?)?(?:[ /-](?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december|spring|summer|autumn|fall|winter))?(?: (?:issue|edition|number))?$|"
    r"(?:this|that|these|those|it|he|she|they|we|our|my|your|his|her|their|its|an?|staff|various|several|"
    r"unknown|anonymous|here|own|internet|online|web|the (?:internet|web|author|original|company|"
    r"government|ministry|state|court|"
    r"university of \w+ study))\b|"
    r"(?-i:(?:unser(?:e[rmns]?)?|notre|nos|nuestr[oa]s?|nostr[oaie]|noss[oa]s?|ons|onze|vår[at]?|vores|vort|"
    r"nasz(?:ej|ym|ych|a|e|ego)?|naš(?:em|ej|ich|oj|im|a|e)?|našich|наш(?:ем|ей|их|ої|ому|ето|ия|ата|а|ому)?|нашій|"
    r"meidän|lehtemme|gazetemizin|gazetemizde|koran kami|majalah kami) )|"
    r"(?:なし|無し|無|不明|未詳|非公開|无|無名|未知|不详|不詳|없음|미상|불명|"
    r"لا يوجد|غير معروف|مجهول|نامشخص|ندارد|ไม่มี|ไม่ระบุ|ไม่ทราบ|"
    r"none|nobody|not (?:known|given|stated)|keine[r]?|unbekannt|aucune?|inconnue?|ningun[oa]|desconocid[oa]|"
    r"nessun[oa]|sconosciut[oa]|nenhuma?|desconhecid[oa]|geen|onbekend|brak|nieznan[ey]|žádný|neznámý|žiadny|neznámy|"
    r"nincs|ismeretlen|niciuna?|necunoscută?|нет|неизвестн[ыо][йе]?|немає|невідом[ие][йо]?|няма|неизвестен|нема|непознат|"
    r"nema|nepoznato?|neznano|ingen|okänd|ukendt|ukjent|ei ole|tuntematon|teadmata|nav|nezināms|nėra|nežinomas|"
    r"yok|bilinmiyor|tidak (?:ada|diketahui)|tiada|không (?:có|rõ)|hakuna|άγνωστ[ηο]|καμία)$|"
    r"(?:\p{Han}{1,3}語|英文|海外|外国|元|この|本|当|同|别|該|本|全|上)?の?"
    r"(?:記事|原文|原稿|翻訳|和訳|文章|写真|画像|情報|資料|データ|作品|コンテンツ|"
    r"翻译|翻譯|译文|譯文|图片|圖片|照片|资料|信息)(?:から|より)?$)"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who a credit names and where its name stands; ``known`` says whether a file lists it or an address was given."""

    outlet: Outlet
    name: str
    span: Span
    domain: str | None
    known: bool


# What follows a name that is the beginning of another's: a capital, alone or after "of". Months, and what an outlet's
# own departments are called, go on with the sentence or the outlet.
_LONGER = re2.compile(
    r"^ (?:(?:de|del|della|des|du|da|do|dos|of|van|von|der|for|y|e) )*(?P<word>\p{Lu}[\p{L}\p{M}'-]*)"
)
_OWN_WORDS = re2.compile(
    r"(?i)^(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|mon|tue|wed|thu|fri|sat|sun)\p{L}*$|"
    r"^(?:news|online|magazine|newspaper|newsroom|staff|team|website|web|digital|agency|agencies|service|services|group|"
    r"media|network|international|english|wire|tv|radio|app|via|and|limited|ltd|inc|llc|company|gmbh|redaktion|writers?|reporters?|"
    r"indonesia|india|africa|asia|europe|america|latam|mundo|brasil|brazil|portugal|españa|méxico|argentina|italia|france|afrique|"
    r"deutschland|schweiz|österreich|nederland|polska|românia|romania|türkiye|türkçe|việt|ukraine|україна|russia|россия|arabic|"
    r"serbia|srbija|japan|korea|china|uk|us|usa|australia|canada|ireland|magyarország|česko|sverige|suomi|ελλάδα|"
    r"correspondents?|contributors?|reports?|all|copyright|rights|by|photo|file|opinion|business|sports?|print|edition)$"
)
_BEFORE = re2.compile(r"(?:^|[^\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}]+)\s?[/,&+]\s?$")
_BESIDE = re2.compile(r"\s?[/,&+]\s?([\p{Lu}\p{Lo}][\p{L}\p{M}]+|\p{Ll}{2,5})\b")
_PLACE_OF_STUDIO = re2.compile(r"^ \p{Lu}[\p{L}\p{M}'-]+(?: \p{Lu}[\p{L}\p{M}'-]+)?[^\p{L}\p{N}\n]*$")
"""One or two words with capitals and nothing else: "Hamburg", "Nova Gorica"."""
_DISTINCT_NAME = 7
"""Code points. A shorter name of a broadcaster that is no abbreviation is a common word too ("Nova", "Star")."""
_JOINING = re2.compile(
    r"^(?:a|al|am|an|and|bin|by|da|das|de|del|della|der|des|di|do|dos|du|e|el|en|et|for|i|ja|la|le|los|na|och|og|of|the|"
    r"to|und|van|via|vom|von|y|zu)$"
)
"""Small words that stand in names."""
_SETTLED = frozenset({OutletKind.AGENCY, OutletKind.INSTITUTION})
"""Kinds whose name is followed by a desk or a branch rather than by the rest of another's name."""
_WITH_ARTICLE = frozenset({"", "*", "en"})
"""Languages whose rules meet English names with their article; others say "im Guardian"."""
INFLECTING = frozenset(
    {
        "az",
        "be",
        "bg",
        "cs",
        "de",
        "el",
        "et",
        "eu",
        "fi",
        "hr",
        "hu",
        "hy",
        "is",
        "ka",
        "kk",
        "ky",
        "lt",
        "lv",
        "mk",
        "pl",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "tr",
        "uk",
        "uz",
    }
)
"""ISO 639-1 codes of languages in which a credit line changes the ending of the name it gives."""


def credits_of(line: Line, start: int, end: int, outlets: OutletGraph, *, language: str = "") -> list[Credit]:
    """Return everybody credited in ``[start, end)`` of the masked line, each outlet once; empty when nobody is.

    ``language`` is that of the wording; names are looked for in its grammatical cases too.
    """
    names = line.names_within(start, end)
    if len(names) == 1 and _goes_on(line, names[0], end) and not _is_studio(line, names[0], end, language):
        longer = free_name(line, start, end, outlets, language=language, whole=True)
        if longer is not None:
            return [longer]
    named: dict[str, Credit] = {}
    for name in names:
        written = line.plain[name.start : name.end]
        span = line.place(name.start, name.end)
        domain = name.domain or next(iter(name.outlet.domains), None)
        known = bool(name.outlet.source) or name.domain is not None
        stated = written if name.domain is None or (not name.outlet.source and " " in written) else name.outlet.name
        credit = Credit(name.outlet, stated, span, domain, known)
        named.setdefault(name.outlet.id, credit)
    for other in _listed_beside(line, names, (start, end), outlets):
        named.setdefault(other.outlet.id, other)
    if named:
        return list(named.values())
    free = free_name(line, start, end, outlets, language=language)
    return [free] if free is not None else []


def _listed_beside(line: Line, names: list[Name], place: tuple[int, int], outlets: OutletGraph) -> Iterator[Credit]:
    """Yield the agencies beside a found one whose names are common words or small letters: "Beta, AP", "dpa/kna"."""
    if not names or names[-1].outlet.kind is not OutletKind.AGENCY:
        return
    first, stop = (line.original(edge) for edge in place)
    before = _BEFORE.search(line.plain[first : names[0].start])
    if before is not None and (outlet := _agency(before[1], outlets)) is not None:
        start = first + before.start(1)
        yield _listed(outlet, before[1], line.place(start, start + len(before[1])))
    at = names[-1].end
    while (found := _BESIDE.match(line.plain[:stop], at)) is not None:
        outlet = _agency(found[1], outlets)
        if outlet is None:
            return
        yield _listed(outlet, found[1], line.place(*found.span(1)))
        at = found.end()


def _agency(name: str, outlets: OutletGraph) -> Outlet | None:
    outlet = outlets.by_name(name) or outlets.by_name(name.upper())
    return outlet if outlet is not None and outlet.kind is OutletKind.AGENCY else None


def _listed(outlet: Outlet, name: str, span: Span) -> Credit:
    return Credit(outlet, name, span, next(iter(outlet.domains), None), known=True)


def _goes_on(line: Line, name: Name, end: int) -> bool:
    """Say whether a listed name is only the beginning of a longer one ("El Diario" of "El Diario del Estuario")."""
    rest = line.plain[name.end : line.original(end)]
    settled = name.domain is not None or name.outlet.kind in _SETTLED
    found = None if settled else _LONGER.match(rest)
    return found is not None and _OWN_WORDS.match(found["word"]) is None


def _is_studio(line: Line, name: Name, end: int, language: str) -> bool:
    """Say whether the rest of a longer name is where a broadcaster has a studio: "NDR Hamburg", "Суспільне Миколаїв".

    Not in English and Danish: American stations go by the name of a network that does not own them ("CBS Austin"), and
    the regions of Danish TV 2 are houses of their own.
    """
    written = line.plain[name.start : name.end]
    if language in {"", "*", "en", "da"} or name.outlet.kind is not OutletKind.BROADCASTER:
        return False
    distinct = len(written) >= _DISTINCT_NAME or written.upper() == written
    return distinct and _PLACE_OF_STUDIO.match(line.plain[name.end : line.original(end)]) is not None


def is_beginning(line: Line, credit: Credit) -> bool:
    """Say whether a listed name in a sentence is the beginning of another's ("the National Tree Association")."""
    settled = credit.outlet.kind in _SETTLED
    found = None if settled else _LONGER.match(line.following(credit.span)[:MAX_NAME])
    return found is not None and _OWN_WORDS.match(found["word"]) is None


def is_phrase(name: str) -> bool:
    """Say whether what follows a label is a description and no name: it has small words that join no names."""
    return sum(_LOWER_WORD.search(word) is not None and _JOINING.match(word) is None for word in name.split()) > 1


def free_name(  # noqa: PLR0913  the place and how to read it
    line: Line, start: int, end: int, outlets: OutletGraph, *, language: str = "", whole: bool = False
) -> Credit | None:
    """Return the name nobody lists that stands at a place; ``None`` when what stands there is no name.

    With ``whole``, listed names within it are read as words of it.
    """
    first = line.original(start)
    raw = line.plain[first : line.original(end)] if whole else line.masked[start:end]
    lead = len(raw) - len(raw.lstrip(_TRIM))
    raw = raw[lead:]
    cut = None if _OFFICE_OF_A_COUNTRY.search(raw.rstrip(_TRIM)) else _GOES_ON.search(raw)
    text = (raw[: cut.start()] if cut else raw).rstrip(_TRIM)
    if _UNSPACED.search(text) is not None:
        text = _LATIN.match(text)[0].rstrip(_TRIM)
    if not _is_name(text) or text in line.mistaken:
        return None
    inflected = outlets.by_inflected_name(text) if language in INFLECTING else None
    articled = outlets.by_name(f"The {text}") if language not in _WITH_ARTICLE else None
    outlet = outlets.by_name(text) or inflected or articled or outlets.identify(name=text)
    at = first + lead if whole else line.original(start + lead)
    span = line.place(at, at + len(text))
    return Credit(
        outlet, outlet.name if inflected else text, span, next(iter(outlet.domains), None), bool(outlet.source)
    )


def _is_name(text: str) -> bool:
    if not 1 < len(text) <= MAX_NAME or _LETTER.search(text) is None or _NOT_A_NAME.search(text):
        return False
    words = text.split()
    capitals = [word for word in words if not _LOWER_WORD.search(word)]
    return len(words) <= MAX_NAME_WORDS and bool(capitals)
