from __future__ import annotations

import pytest

from provenance.read.decoding import decode

SENTENCES = {
    "cp1252": "Le président a déclaré à l'Assemblée que le pont rouvrirait bientôt, après des travaux prévus.",
    "cp1250": "Most zostanie ponownie otwarty w poniedziałek, poinformował burmistrz. Źle oceniono stan przęseł.",
    "cp1251": "Мост откроют в понедельник, сообщил мэр города.",
    "koi8-r": "Мост откроют в понедельник, сообщил мэр города. Работы шли дольше, чем ожидалось.",
    "cp1254": "Eski köprü pazartesi sabahı yeniden trafiğe açılacak, belediye meclisi toplantıdan sonra açıkladı.",
    "cp1255": "הגשר הישן ייפתח מחדש לתנועה ביום שני בבוקר, אמרה העירייה.",
    "cp1256": "سيعاد فتح الجسر القديم أمام حركة المرور صباح الاثنين، بحسب ما أعلن مجلس المدينة.",
    "iso8859-7": "Η παλιά γέφυρα θα ανοίξει ξανά τη Δευτέρα το πρωί.",
    "gb18030": "市议会会后表示，旧桥将于周一上午恢复通车。工程师更换了四十一根横梁。",
    "big5": "市議會會後表示，舊橋將於週一上午恢復通車。工程師更換了四十一根橫樑。",
    "shift_jis": "古い橋は月曜日の朝に再び通行できるようになると市議会が発表した。",
    "euc_jp": "古い橋は月曜日の朝に再び通行できるようになると市議会が発表した。",
    "euc_kr": "시의회는 회의 후 월요일 아침에 오래된 다리가 다시 개통된다고 밝혔다.",
}


@pytest.mark.parametrize(("encoding", "sentence"), SENTENCES.items())
def test_encodings_of_the_web_are_told_from_one_sentence(encoding: str, sentence: str) -> None:
    decoded = decode(sentence.encode(encoding))
    assert decoded is not None
    assert decoded.text == sentence
    assert decoded.notes() == {"encoding": decoded.encoding}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    decoded = decode("Brücke".encode(encoding))
    assert decoded is not None
    assert decoded.text == "Brücke"


def test_a_declared_charset_counts_in_markup_only_and_only_when_it_fits() -> None:
    content = '<meta charset="koi8-r"><p>Мост'.encode("koi8-r")
    marked = decode(content, markup=True)
    assert marked is not None
    assert marked.encoding == "koi8-r"
    for declared in (b"utf-16", b"no-such-charset", b"base64"):
        wrong = decode(b'<meta charset="' + declared + b'"><p>' + SENTENCES["cp1251"].encode("cp1251"), markup=True)
        assert wrong is not None
        assert wrong.text.endswith(SENTENCES["cp1251"])


def test_replacement_characters_that_were_there_before_are_not_damage() -> None:
    decoded = decode("Brücke über den Fluß, größer als früher \ufffd".encode() + b"\xff")
    assert decoded is not None
    assert decoded.damaged == 1
