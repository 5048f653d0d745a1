from __future__ import annotations

from functools import cache

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from provenance.read.language import detect_language, language_code
from provenance.read.language_model import language_model

SENTENCES = {
    "en": "The old bridge will reopen to traffic on Monday morning, the city council said after its meeting.",
    "de": "Die alte Brücke wird am Montagmorgen wieder für den Verkehr geöffnet, teilte der Stadtrat nach der Sitzung mit.",
    "fr": "Le vieux pont sera rouvert à la circulation lundi matin, a indiqué le conseil municipal après sa réunion.",
    "es": "El puente viejo se reabrirá al tráfico el lunes por la mañana, informó el ayuntamiento tras su reunión.",
    "ru": "Старый мост откроют для движения в понедельник утром, сообщил городской совет после заседания.",
    "uk": "Старий міст відкриють для руху в понеділок уранці, повідомила міська рада після засідання.",
    "ar": "سيعاد فتح الجسر القديم أمام حركة المرور صباح الاثنين، بحسب ما أعلن مجلس المدينة بعد اجتماعه.",
    "hi": "पुराना पुल सोमवार सुबह यातायात के लिए फिर से खोल दिया जाएगा, नगर परिषद ने बैठक के बाद कहा।",
    "ja": "古い橋は月曜日の朝に再び通行できるようになると市議会が発表した。",
    "zh": "市议会会后表示，旧桥将于周一上午恢复通车。",
    "ko": "시의회는 회의 후 월요일 아침에 오래된 다리가 다시 개통된다고 밝혔다.",
    "th": "สภาเทศบาลกล่าวว่าสะพานเก่าจะเปิดให้สัญจรอีกครั้งในเช้าวันจันทร์",
    "el": "Η παλιά γέφυρα θα ανοίξει ξανά τη Δευτέρα το πρωί.",
    "he": "הגשר הישן ייפתח מחדש לתנועה ביום שני בבוקר.",
    "ka": "ძველი ხიდი ორშაბათს დილით გაიხსნება.",
}


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_a_sentence_or_two_are_enough(code: str, sentence: str) -> None:
    assert detect_language(sentence) == code


@pytest.mark.parametrize("text", ["", "Bridge", "12345 67890 " * 20, "!!! ??? ...", "xq zv", "Δ 5"])
def test_too_little_is_undecided(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"), ("en-US", "en"), ("zh_Hant_TW", "zh"), ("DEU", "de"), ("iw", "he"), ("fil", "tl"),
        ("", None), ("English", None), ("tlh", None), ("e", None), ("x-klingon", None),
    ],
)  # fmt: skip
def test_language_tags_come_down_to_two_letters(tag: str, code: str | None) -> None:
    assert language_code(tag) == code


@cache
def library() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@pytest.mark.parametrize(
    "text", [*SENTENCES.values(), "A BRIDGE IN CAPITALS", "ein\u0301 Name", "\ud800 lone", "", "12"]
)
def test_shares_are_the_librarys_own(text: str) -> None:
    assert language_model().shares(text) == dict(library().rank(text))
