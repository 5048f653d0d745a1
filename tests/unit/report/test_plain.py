import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from provenance.report.plain import NAME_LENGTH, handle, name_line, one_line, printable


def test_an_escape_is_shown_and_not_obeyed():
    assert printable("\x1b[2J gone") == "␛[2J gone"


def test_a_c1_control_is_shown_and_not_obeyed():
    assert printable("\x9b2J") == "⟨U+009B⟩2J"


def test_an_override_of_direction_is_spelled_out():
    assert printable("exe\u202egpj") == "exe⟨U+202E⟩gpj"


def test_a_carriage_return_cannot_overwrite_what_stands_before_it():
    assert printable("true\rfalse") == "true␍false"


def test_windows_line_ends_are_newlines():
    assert printable("one\r\ntwo") == "one\ntwo"


def test_invisible_tags_are_spelled_out():
    assert printable("a\U000e0041") == "a⟨U+E0041⟩"


def test_a_lone_surrogate_is_spelled_out():
    assert printable("\ud800") == "⟨U+D800⟩"


def test_delete_is_pictured():
    assert printable("\x7f") == "␡"


def test_letters_of_every_script_joiners_and_emoji_stay():
    text = "كتاب ‌می‌خواهم 本文 Zoë 👩‍🚒"
    assert printable(text) == text


def test_one_line_folds_every_run_of_whitespace():
    assert one_line(" a\n\tb\u2028c\xa0\x85d ") == "a b c d"


@given(st.text())
def test_nothing_printable_holds_a_control_a_surrogate_or_an_override(text):
    shown = printable(text)
    categories = {unicodedata.category(sign) for sign in shown if sign != "\n"}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@given(st.text())
def test_one_line_is_one_line(text):
    assert len(one_line(text).splitlines()) <= 1


def test_a_digest_is_shortened_to_twelve_digits():
    assert handle("sha256:0123456789abcdef0123") == "sha256:0123456789ab"


def test_a_record_keeps_its_own_id():
    assert handle("urn:story:17") == "urn:story:17"


def test_a_title_that_fills_a_screen_is_cut_between_words():
    assert name_line("Ferry grounded\n off Skerry") == "Ferry grounded off Skerry"
    shown = name_line("word " * 5_000)
    assert len(shown) <= NAME_LENGTH
    assert shown.endswith("word…")
