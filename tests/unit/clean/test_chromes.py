"""One body in several chromes: what stands around an article does not move how much of it is found to be derived."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from provenance.pipeline.comparing import compare

TOLERANCE = 0.005  # of the derived share: half a point

ENGLISH = (
    "The council voted on Tuesday to close the old swing bridge to lorries until its bearings have been replaced.",
    "Engineers found cracks in two of the four bearings during an inspection in March, and a third is worn.",
    "Drivers will be sent over the new crossing upstream, which adds about twenty minutes to the trip.",
    "“We would rather be late than wet,” the harbour master told the meeting, to some laughter.",
    "The work is expected to last until the autumn and to cost a little under three million.",
    "A second inspection is planned for May, when the water of the estuary is at its lowest.",
)
GERMAN = (
    "Der Rat hat am Dienstag beschlossen, die alte Drehbrücke für Lastwagen zu sperren, bis die Lager ersetzt sind.",
    "Prüfer fanden bei einer Besichtigung im März Risse in zwei der vier Lager, ein drittes ist abgenutzt.",
    "Der Verkehr wird über die neue Brücke flussaufwärts geleitet, die Fahrt dauert etwa zwanzig Minuten länger.",
    "„Wir kommen lieber zu spät als nass an“, sagte der Hafenmeister in der Sitzung und erntete Gelächter.",
    "Die Arbeiten sollen bis zum Herbst dauern und etwas weniger als drei Millionen kosten.",
    "Eine zweite Prüfung ist für den Mai geplant, wenn das Wasser der Mündung am niedrigsten steht.",
)
TITLES = {"en": "Swing bridge closes to lorries for repairs", "de": "Drehbrücke für Lastwagen gesperrt"}
BODIES = {"en": ENGLISH, "de": GERMAN}
OWN = {
    "en": "Readers in the old town told this paper on Monday that they had heard the bearings groan for years.",
    "de": "Bewohner der Altstadt sagten dieser Zeitung am Montag, sie hätten die Lager seit Jahren ächzen hören.",
}

CHROMES = {
    "en": {
        "bare": ((), ()),
        "blog": (
            ("Skip to content", "Millport Courier", "Home", "Region", "Sport", "By Ada Finch", "4 April 2025, 09:12"),
            ("Share on Facebook", "Related Articles", "Why the ferry is full on Fridays", "Leave a Reply",
             "Your email address will not be published. Required fields are marked *", "Back to top button"),
        ),
        "portal": (
            ("Menu", "Sign in", "Subscribe", "Breaking News", "Weather", "Staff Reporter", "April 4, 2025"),
            ("Advertisement", "The Harbour Brief is our weekly newsletter. Sign up and get it in your inbox.",
             "Good reporting costs money. Donate today so that our journalists can stay in the valley.",
             "More from Region", "A short history of the lock", "12 Comments", "Reply", "Report abuse",
             "Copyright © 2025 Millport Media. All rights reserved."),
        ),
        "wide": (
            ("Millport Courier", "Latest News", "Listen to this article", "3 min read"),
            ("Tags: bridge, harbour", "About the author", "Ada Finch is a reporter for the Courier.", "Most Popular",
             "Ferry fares to rise in June", "We use cookies to give you the best experience.", "Accept all cookies"),
        ),
    },
    "de": {
        "bare": ((), ()),
        "blog": (
            ("Zum Inhalt springen", "Mühlhafener Bote", "Startseite", "Region", "Sport", "4. April 2025, 09:12 Uhr"),
            ("Auf Facebook teilen", "Das könnte Sie auch interessieren", "Warum die Fähre freitags voll ist",
             "Schreibe einen Kommentar", "Nach oben"),
        ),
        "portal": (
            ("Menü", "Anmelden", "Abonnieren", "Wetter", "4. April 2025"),
            ("Anzeige", "Newsletter abonnieren", "Mehr zum Thema", "Kleine Geschichte der Schleuse", "Kommentare (12)",
             "Antworten", "© 2025 Mühlhafener Medien. Alle Rechte vorbehalten."),
        ),
        "wide": (
            ("Mühlhafener Bote", "Artikel anhören", "Lesezeit: 3 Min."),
            ("Schlagworte: Brücke, Hafen", "Über den Autor", "Meistgelesen", "Fährpreise steigen im Juni", "Impressum",
             "Datenschutz", "Alle akzeptieren"),
        ),
    },
}  # fmt: skip


def plain(title: str, body: tuple[str, ...], chrome: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    above, below = chrome
    return "\n".join((*above[:-1], title, *above[-1:], *body, *below)) + "\n"


def html(title: str, body: tuple[str, ...], chrome: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    above, below = chrome
    head = "".join(f"<li><a href='#'>{escape(line)}</a></li>" for line in above)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in body)
    foot = "".join(f"<div class='widget'><a href='#'>{escape(line)}</a></div>" for line in below)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(title)}</title></head><body>"
        f"<header><ul>{head}</ul></header><main><article><h1>{escape(title)}</h1>{paragraphs}</article></main>"
        f"<footer>{foot}</footer></body></html>"
    )


@pytest.mark.parametrize("language", BODIES)
@pytest.mark.parametrize("form", ["txt", "html"])
def test_the_derived_share_moves_less_than_half_a_point_between_chromes(
    tmp_path: Path, language: str, form: str
) -> None:
    write = {"txt": plain, "html": html}[form]
    body, title = BODIES[language], TITLES[language]
    upstream = tmp_path / "upstream.txt"
    upstream.write_text(f"{title}\n" + "\n".join(body) + "\n", encoding="utf-8")
    downstream = (*body[:3], OWN[language], *body[3:])

    shares = {}
    for name, chrome in CHROMES[language].items():
        page = tmp_path / f"{name}.{form}"
        page.write_text(write(title, downstream, chrome), encoding="utf-8")
        shares[name] = compare(page, upstream).verdict.derived_share or 0.0

    assert 0.7 < shares["bare"] < 1
    assert max(shares.values()) - min(shares.values()) < TOLERANCE, shares
