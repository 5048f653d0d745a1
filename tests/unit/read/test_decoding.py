from __future__ import annotations

import struct
import zlib

import pytest

from provenance.read.decoding import decode, is_binary

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


WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
SCRIPTS = {
    "han": "市议会会后表示，旧桥将于周一上午恢复通车。工程师更换了四十一根横梁。",
    "kana": "古い橋は、月曜日の朝に再び通行できるようになると市議会が発表した。",
    "hangul": "시의회는 회의 후 월요일 아침에 오래된 다리가 다시 개통된다고 밝혔다.",
    "cyrillic": "Мост откроют в понедельник, сообщил мэр города.",
    "arabic": "سيعاد فتح الجسر القديم أمام حركة المرور صباح الاثنين، بحسب ما أعلن مجلس المدينة.",
    "hebrew": "הגשר הישן ייפתח מחדש לתנועה ביום שני בבוקר, אמרה העירייה.",
    "greek": "Η παλιά γέφυρα θα ανοίξει ξανά τη Δευτέρα το πρωί.",
    "devanagari": "पुराना पुल सोमवार सुबह फिर से खुलेगा, नगर परिषद ने कहा।",
    "thai": "สะพานเก่าจะเปิดให้ใช้งานอีกครั้งในเช้าวันจันทร์ สภาเมืองกล่าวหลังการประชุม",
    "ethiopic": "አሮጌው ድልድይ ሰኞ ጠዋት እንደገና ይከፈታል ሲል የከተማው ምክር ቤት አስታወቀ።",
    "latin": "Cây cầu cũ sẽ mở lại vào sáng thứ Hai, hội đồng thành phố cho biết sau cuộc họp.",
}


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("sentence", SCRIPTS.values(), ids=SCRIPTS)
def test_wide_text_of_any_script_is_read_without_its_mark(sentence: str, encoding: str) -> None:
    for text in (sentence, f"<html><body><p>{sentence}</p></body></html>\n", sentence * 300):
        content = text.encode(encoding)
        decoded = decode(content)
        assert decoded is not None
        assert (decoded.text, decoded.encoding) == (text, encoding)
        cut = decode(content[:-1])  # a file that breaks off within its last character
        assert cut is not None
        assert (cut.text, cut.damaged) == (text[:-1] + "\ufffd", 1)


def binaries() -> dict[str, bytes]:
    """Bytes that are code points of one script, or nearly a text, and are none."""
    picture = bytes(0x60 + (x + y) % 32 for y in range(64) for x in range(64))
    numbers = b"".join(struct.pack("<H", 0x0410 + n % 32) for n in range(2000))
    return {
        "a grey picture": b"\xff\xd8\xff\xe0" + picture,
        "nothing but grey": picture,
        "numbers that are letters": numbers,
        "numbers that are letters, and zeros": numbers + bytes(200),
        "numbers that are ideographs": b"".join(struct.pack(">H", 0x4E00 + n * 7 % 9000) for n in range(2000)),
        "letters of all scripts": "".join(SCRIPTS.values()).replace(" ", "").encode("utf-16-le"),
        "a text with zeros in it": b"The harbour\0opens again\0on Monday\0",
        "packed": zlib.compress("".join(SCRIPTS.values()).encode()) * 9,
        "packed and even": b"\0" + zlib.compress(SCRIPTS["han"].encode()),
        "a program": b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<6Q", 1, 0x3E, 0x401000, 64, 0, 0x38) * 40,
    }


@pytest.mark.parametrize("content", binaries().values(), ids=binaries())
def test_what_reads_as_no_text_is_none(content: bytes) -> None:
    for made in (content, content[1:], content[: len(content) // 2]):
        decoded = decode(made)
        assert decoded is None or is_binary(decoded.text) or decoded.encoding not in WIDE


@pytest.mark.parametrize(("encoding", "sentence"), SENTENCES.items())
def test_other_encodings_are_not_taken_for_wide_ones(encoding: str, sentence: str) -> None:
    for text in (sentence, f"a{sentence}", sentence * 50):
        decoded = decode(text.encode(encoding))
        assert decoded is not None
        assert decoded.encoding not in WIDE
