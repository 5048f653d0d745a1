"""Targets: every set of rules, over texts and over what markup claims."""

from __future__ import annotations

from functools import cache

from fuzzing import promises, seeds
from fuzzing.targets import Target, promise, text_of
from provenance.attribute import AttributionRules, attribute
from provenance.clean import SiteFurniture, SiteLearner, label
from provenance.model import Article, Block, LabelledArticle, Role
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.read import read_record, read_text
from provenance.score.drift.cues import load_cues
from provenance.text.words import words

__all__ = ["LANGUAGES", "TARGETS", "article_of"]

LANGUAGES = ("en", "de", None, "ar", "zh", "ru", "fr", "es", "ja", "ko", "hi", "tr", "id", "pt", "xx", "th")
"""What the first byte of an input chooses from."""

_ADDRESSES = (None, "https://post.example/2025/05/03/harbour", "https://www.reuters.com/a", "https://apnews.com/a")


def article_of(text: str, language: str | None, name: str = "a", url: str | None = None) -> Article:
    """Give a text as a reader would."""
    return read_text(text, source=name, id=name, url=url, language=language)


def _parts(data: bytes) -> tuple[str | None, str | None, str]:
    """Give language, address and text of an input."""
    number = data[0] if data else 0
    address = _ADDRESSES[number // len(LANGUAGES) % len(_ADDRESSES)]
    return LANGUAGES[number % len(LANGUAGES)], address, text_of(data[1:])


def _attribution(data: bytes) -> None:
    language, address, text = _parts(data)
    article = article_of(text, language, url=address)
    found = inspect_article(article, Toolbox.load(), SiteFurniture())
    promises.inspected(found)
    brief = inspect_article(article, Toolbox.load(), SiteFurniture(), explain=False)
    promise(brief.attributions == found.attributions, "explaining changes nothing")


def _claims(data: bytes) -> None:
    _, address, page = _parts(data)
    found = read_record({"html": page, "url": address}, source="a")
    promises.read(found)
    if isinstance(found, Article):
        promises.inspected(inspect_article(found, Toolbox.load(), SiteFurniture()))


def _furniture(data: bytes) -> None:
    """Label a text by itself, and again knowing what it shares with two other pages of its site."""
    language, _, text = _parts(data)
    article, phrases = article_of(text, language), Toolbox.load().phrases
    promises.labelled(label(article, phrases=phrases, site=SiteFurniture()))
    learner = SiteLearner()
    for name, part in (("a", text), ("b", text[len(text) // 2 :] + "\nOther words"), ("c", text[::-1])):
        learner.add("k", article_of(part, language, name))
    promises.labelled(label(article, phrases=phrases, site=learner.learn(), outlet_key="k"))


@cache
def _no_rules() -> AttributionRules:
    return AttributionRules.compile(())


def _notes(data: bytes) -> None:
    """Take every line for the article's own, so that only the rules for notes decide."""
    language, _, text = _parts(data)
    article = article_of(text, language)
    blocks = tuple(Block(line.span, Role.BODY if len(line.span) > 1 else Role.BLANK, "r") for line in article.lines)
    toolbox = Toolbox.load()
    found = attribute(
        LabelledArticle(article, blocks),
        rules=_no_rules(),
        outlets=toolbox.knowledge.outlets,
        notes=toolbox.notes,
    )
    promises.inspected(found)
    promise(not [each for each in found.attributions if each.span], "without rules nothing is found in the text")


def _cues(data: bytes) -> None:
    language, _, text = _parts(data)
    tokens = words(text)
    for cue in load_cues(language).find(tokens):
        promise(0 <= cue.first < cue.end <= len(tokens), "a cue stands among the words")


def _outlets(data: bytes) -> None:
    """Look a name and an address up, and all names in a text."""
    language, _, text = _parts(data)
    name, _, address = text.partition("\n")
    outlets = Toolbox.load().knowledge.outlets
    for given in ({"name": name}, {"domain": address}, {"name": name, "domain": address}):
        if not any(given.values()):
            continue  # nobody is asked for
        found = outlets.identify(**given)
        promise(outlets.same(found.id, found.id), "an outlet is the same as itself")
        promise(found == outlets.identify(**given), "an outlet is found again")
    for mention in outlets.mentions(text):
        promise(0 <= mention.start < mention.end <= len(text), "a name stands inside the text")
    outlets.by_inflected_name(name)
    outlets.owner_named(name)
    outlets.mistaken(text, address)
    outlets.at_home(outlets.identify(name="Reuters"), name, language)


def _texts() -> list[bytes]:
    return [bytes([number]) + text for number, text in enumerate(seeds.texts())]


_NOTES = (
    b"UPDATE 2-",
    b"3rd LEAD",
    b"Correction: ",
    b"This story has been updated",
    b"(Adds background)",
    b"An earlier version of this article misstated",
    b"Update, 14:05: ",
    b"[Updated]",
    "更正：".encode(),
    b"Korrektur: ",
    b"WRAPUP 1-",
    "(متحدث".encode(),
)
_NAMES = (
    b"Reuters\nhttps://www.reuters.com/a",
    b"bbc.co.uk\nhttps://web.archive.org/web/2020/http://bbc.co.uk/x",
    "Süddeutsche\nhttps://xn--mnchen-3ya.example:80/\u202e".encode(),
)

TARGETS = (
    Target("attribution", _attribution, _texts, seeds.SIGNS),
    Target("claims", _claims, lambda: [b"\x10" + page for page in seeds.pages()], seeds.TAGS),
    Target(
        "furniture",
        _furniture,
        _texts,
        [
            *seeds.SIGNS,
            b"Advertisement\n",
            b"Share on Facebook\n",
            b"Read also: ",
            b"Home | News | Sport",
            b"Leave a Reply\n",
        ],
    ),
    Target(
        "notes",
        _notes,
        lambda: [b"\0" + note + b"The ferry ran aground on Monday.\n" for note in _NOTES],
        [*_NOTES, *seeds.SIGNS],
    ),
    Target("cues", _cues, _texts, [*seeds.SIGNS, b"no longer ", b"at least ", b"according to ", b"half past "]),
    Target(
        "outlets",
        _outlets,
        lambda: [b"\0" + each for each in _NAMES],
        [*seeds.SIGNS, b"https://", b"xn--", b"www.", b".co.uk", b"//", b"@", b":80", b"?url=", b"[::1]", b"%"],
    ),
)
"""Rules for attributions in text and markup, for furniture, notes and cues of drift, and the lists of outlets."""
