"""What newsrooms do to a text that came from elsewhere, each a function of its own, and how far a rewrite goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from random import Random

from lineages.drafts import Draft, Sentence
from lineages.grammar import expanded, words
from lineages.rewording import joined, nameless, parted, reworded, rounded, with_shorter_quotation

__all__ = [
    "COPIED",
    "EDITED",
    "REWRITTEN",
    "TRIMMED",
    "Rewrite",
    "added",
    "cut",
    "dropped",
    "local_paragraphs",
    "moved",
    "rewritten",
]

LEAST_SENTENCES = 5
"""Sentences that are left of the shortest text."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """How far a text goes from its upstream: shares in [0, 1] of its sentences or paragraphs, and numbers.

    Attributes:
        name: what it is called.
        cut: most of the end that is cut off.
        dropped: share of sentences left out.
        moved: share of paragraphs moved elsewhere.
        reworded: share of sentences in other words.
        retold: share of the reworded that are told in a whole other wording, where there is one.
        merged: share of paragraphs in which sentences are joined or parted.
        facts: chance of every change of fact: shorter quotations, rounded figures, no names.
        headline: chance of a headline of its own.
        own: most paragraphs of its own.
    """

    name: str
    cut: float = 0.0
    dropped: float = 0.0
    moved: float = 0.0
    reworded: float = 0.0
    retold: float = 0.0
    merged: float = 0.0
    facts: float = 0.0
    headline: float = 0.0
    own: int = 0


COPIED = Rewrite("copied", headline=0.2)
TRIMMED = Rewrite("trimmed", cut=0.45, dropped=0.08, reworded=0.2, headline=0.5)
EDITED = Rewrite(
    "edited", cut=0.3, dropped=0.12, moved=0.1, reworded=0.55, retold=0.3, merged=0.2, facts=0.2, headline=0.8, own=1
)
REWRITTEN = Rewrite(
    "rewritten", cut=0.25, dropped=0.15, moved=0.15, reworded=0.9, retold=0.7, merged=0.3, facts=0.4, headline=1, own=2
)


def rewritten(draft: Draft, how: Rewrite, voice: int, random: Random, own: Iterator[Sequence[Sentence]]) -> Draft:
    """Make a downstream text.

    Args:
        draft: the upstream.
        how: how far to go.
        voice: the wording of whatever is told anew; one without a wording of its own (``VOICES`` and more) rewords.
        random: chance.
        own: paragraphs nobody else has, of which the first are taken.
    """
    draft = cut(draft, random.uniform(0, how.cut))
    draft = dropped(draft, how.dropped, random)
    draft = moved(draft, how.moved, random)
    draft = _joined_and_parted(draft, how.merged, random)
    draft = _facts_changed(draft, how.facts, random)
    draft = _said_otherwise(draft, how, voice, random)
    if random.random() < how.headline:
        number = random.randrange(len(draft.story.headlines))
        title = draft.story.headline(number, random)
        draft = replace(
            draft, title=title if title != draft.title else reworded(title, draft.story.language, random, 2)
        )
    number = random.randint(0, how.own) if draft.story.language == "en" else 0  # local news is written in English
    return added(draft, list(islice(own, number)), random)


def cut(draft: Draft, share: float) -> Draft:
    """Leave off the end: the least important stands last."""
    kept = max(LEAST_SENTENCES, round((1 - share) * len(draft.paragraphs)))
    return draft.with_paragraphs(draft.paragraphs[:kept])


def dropped(draft: Draft, share: float, random: Random) -> Draft:
    """Leave out sentences; never the first, and not below the least there must be."""
    places = [(at, one) for at, paragraph in enumerate(draft.paragraphs) for one in range(len(paragraph))][1:]
    most = max(0, len(places) + 1 - LEAST_SENTENCES)
    gone = set(random.sample(places, min(most, sum(random.random() < share for _ in places))))
    return draft.with_paragraphs(
        [
            [sentence for one, sentence in enumerate(paragraph) if (at, one) not in gone]
            for at, paragraph in enumerate(draft.paragraphs)
        ]
    )


def moved(draft: Draft, share: float, random: Random) -> Draft:
    """Move paragraphs elsewhere; the first stays."""
    paragraphs = list(draft.paragraphs)
    for _ in range(sum(random.random() < share for _ in paragraphs[1:])):
        paragraph = paragraphs.pop(random.randrange(1, len(paragraphs)))
        paragraphs.insert(random.randrange(1, len(paragraphs) + 1), paragraph)
    return draft.with_paragraphs(paragraphs)


def added(draft: Draft, own: Iterable[Sequence[Sentence]], random: Random) -> Draft:
    """Put own paragraphs somewhere behind the first."""
    paragraphs = list(draft.paragraphs)
    for paragraph in own:
        paragraphs.insert(random.randrange(1, len(paragraphs) + 1), tuple(paragraph))
    return draft.with_paragraphs(paragraphs)


def local_paragraphs(random: Random) -> Iterator[tuple[Sentence, ...]]:
    """Write paragraphs of one newsroom's own, without end: what no other text has. None begins like the one before."""
    for number in count():
        local = words()["local"]
        if number % len(local["openings"]) == 0:
            openings = random.sample(local["openings"], len(local["openings"]))
            remarks = random.sample(local["remarks"], len(local["remarks"]))
        slots = _local_slots(random)
        texts = [expanded(template, slots, random) for template in (openings.pop(), remarks.pop())]
        yield tuple(Sentence(text, f"local{number}:{at}") for at, text in enumerate(texts))


def _local_slots(random: Random) -> dict[str, str]:
    they = random.choice(["he", "she"])
    return {
        "place": random.choice(words()["outlet_places"]),
        "person": f"{random.choice(words()['first'])} {random.choice(words()['last'])}",
        "they": they,
        "they_cap": they.capitalize(),
        "them": "him" if they == "he" else "her",
        "their": "his" if they == "he" else "her",
        "person2": f"{random.choice(words()['first'])} {random.choice(words()['last'])}",
        "business": random.choice(words()["local"]["businesses"]),
        "business2": random.choice(words()["local"]["businesses"]),
        "street": random.choice(words()["local"]["streets"]),
        "weekday": random.choice(words()["weekdays"]),
        "n": str(random.randint(11, 96)),
        "m": str(random.randint(3, 10)),
        "year": str(random.randint(1948, 2009)),
    }


def _joined_and_parted(draft: Draft, share: float, random: Random) -> Draft:
    """Join one-sentence paragraphs, so that sentences stand together, and join or part their sentences."""
    paragraphs: list[list[Sentence]] = []
    for paragraph in draft.paragraphs:
        if paragraphs and len(paragraphs) > 1 and random.random() < share:
            paragraphs[-1].extend(paragraph)
        else:
            paragraphs.append(list(paragraph))
    return draft.with_paragraphs([_regrouped(paragraph, share, random) for paragraph in paragraphs])


def _regrouped(paragraph: Sequence[Sentence], share: float, random: Random) -> list[Sentence]:
    found: list[Sentence] = []
    for sentence in paragraph:
        before = found[-1] if found else None
        whole = joined(before.text, sentence.text) if before and random.random() < share else None
        parts = parted(sentence.text) if random.random() < share else None
        if before is not None and whole is not None:
            found[-1] = replace(before, text=whole, fact=None, also=(*before.also, *sentence.origins))
        elif parts is not None:
            found += [replace(sentence, text=part, fact=None) for part in parts]
        else:
            found.append(sentence)
    return found


def _facts_changed(draft: Draft, chance: float, random: Random) -> Draft:
    """Shorten quotations, round figures, leave out names: each of them throughout or not at all."""
    story = draft.story
    if random.random() < chance:
        draft = _each(draft, with_shorter_quotation)
    if random.random() < chance and story.language == "en":
        draft = _each(draft, lambda text: rounded(text, random))
    if random.random() < chance and story.people:
        name = random.choice(sorted(story.people))
        draft = _each(draft, lambda text: nameless(text, {name: story.people[name]}))
    return draft


def _each(draft: Draft, change: Callable[[str], str]) -> Draft:
    return draft.with_paragraphs([[_changed(one, change(one.text)) for one in each] for each in draft.paragraphs])


def _changed(sentence: Sentence, text: str) -> Sentence:
    """Put another text; a sentence whose facts were changed is not told anew, which would bring them back."""
    return sentence if text == sentence.text else replace(sentence, text=text, fact=None)


def _said_otherwise(draft: Draft, how: Rewrite, voice: int, random: Random) -> Draft:
    return draft.with_paragraphs(
        [[_otherwise(draft, sentence, how, voice, random) for sentence in paragraph] for paragraph in draft.paragraphs]
    )


def _otherwise(draft: Draft, sentence: Sentence, how: Rewrite, voice: int, random: Random) -> Sentence:
    if random.random() >= how.reworded:
        return sentence
    if sentence.fact is not None and random.random() < how.retold:
        told = draft.story.told(sentence.fact, voice, random)
        if told is not None:
            return replace(sentence, text=told, fact=None)  # told anew once, or it might come back to where it was
    text = reworded(sentence.text, draft.story.language, random, random.randint(1, 4))
    return replace(sentence, text=re.sub(r"  +", " ", text))
