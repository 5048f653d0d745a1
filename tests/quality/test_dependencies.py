"""What pip-audit says of the installed packages is read right."""

import json

from dependencies.answers import Hole, read_answers

ANSWER = {
    "dependencies": [
        {"name": "alpha", "version": "1.0", "vulns": []},
        {"name": "beta", "skip_reason": "not found"},
        {"name": "gamma", "version": "2.1", "vulns": [{"id": "CVE-2031-1", "fix_versions": ["2.2"], "aliases": []}]},
    ],
    "fixes": [],
}


def test_a_hole_is_told_with_the_version_that_mends_it():
    found = read_answers(json.dumps(ANSWER))
    assert (found.known, found.unknown) == (2, 1)
    assert found.holes == (Hole("gamma", "2.1", "CVE-2031-1", ("2.2",)),)
    assert str(found.holes[0]) == "gamma 2.1: CVE-2031-1, mended in 2.2"


def test_a_hole_nobody_has_mended_says_so():
    assert str(Hole("gamma", "2.1", "CVE-2031-1")).endswith("not mended in any version")


def test_what_is_no_answer_is_none():
    for written in ("", "Connection refused", "[]", '{"dependencies": [{"name": "x"}]}'):
        assert read_answers(written) is None
