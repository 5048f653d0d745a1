"""No command reaches for a network: each runs under a hook of the interpreter that forbids it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STORIES = Path(__file__).resolve().parents[2] / "fixtures" / "stories"

# Hooks cannot be taken back, and see what any package does; forked workers inherit them.
FORBID = """
import os, sys

REACHING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}

def refuse(event, arguments):
    # A library looks whether the machine speaks IPv6 by taking a port of its own: that reaches nobody.
    if event in REACHING or event == "socket.bind" and arguments[1][0] not in {"::1", "127.0.0.1"}:
        os.write(2, f"NETWORK {event} {arguments[-1]!r}\\n".encode())
        os._exit(77)

sys.addaudithook(refuse)
"""

PAGE = """<html><head><title>Quay opens</title><link rel="canonical" href="http://198.51.100.7/quay">
<link rel="stylesheet" href="http://198.51.100.7/a.css"><meta http-equiv="refresh" content="0;url=http://198.51.100.7/">
<script src="http://198.51.100.7/a.js"></script><base href="http://198.51.100.7/"></head><body>
<img src="http://198.51.100.7/a.png"><iframe src="http://198.51.100.7/"></iframe><p>The quay at Larchport opened on Monday
after two years of works, the harbour office said, and the first ferry left an hour later.</p></body></html>"""

FEED = """<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://198.51.100.7/rss.dtd" [<!ENTITY far SYSTEM "http://198.51.100.7/x">]>
<rss version="2.0"><channel><title>Quay</title><link>http://198.51.100.7/</link><item><title>Quay opens</title>
<link>http://198.51.100.7/quay</link><description>The quay at Larchport opened on Monday. &far;</description></item></channel></rss>"""

COMMANDS = (
    ("audit", "story", "page.html", "feed.xml", "--db", "p.db", "--workers", "2", "--html", "audit.html"),
    ("inspect", "page.html", "feed.xml", "--why"),
    ("compare", "story/rewrite.txt", "story/wire.txt"),
    ("show", "list", "--db", "p.db"),
    ("trace", "story/copy.html", "--db", "p.db"),
    ("outlets", "--db", "p.db"),
    ("report", "-o", "report.html", "--db", "p.db"),
    *(("export", "--to", name, "--db", "p.db") for name in ("turtle", "prov-xml", "json-ld", "gexf", "ftm", "csv")),
    ("db", "check", "--db", "p.db"),
)


# All in one process, as starting one takes longer than most of them.
RUN = """
import json, sys
from provenance.cli.app import app

for command in json.loads(sys.argv.pop()):
    try:
        app(command, prog_name="provenance")
    except SystemExit as end:
        print("ENDED", end.code)
"""


def run(folder, *command):
    environment = {**os.environ, "PYTHONPATH": str(folder / "hook")}
    return subprocess.run(
        [sys.executable, "-c", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("offline")
    (folder / "hook").mkdir()
    (folder / "hook" / "sitecustomize.py").write_text(FORBID)
    (folder / "story").mkdir()
    for name in ("wire.txt", "rewrite.txt", "copy.html"):
        shutil.copy(STORIES / "dam-inspection" / name, folder / "story")
    (folder / "page.html").write_text(PAGE)
    (folder / "feed.xml").write_text(FEED)
    return folder


def test_the_hook_sees_an_attempt(folder):
    done = run(folder, "import urllib.request as u; u.urlopen('http://198.51.100.7/', timeout=1)")
    assert (done.returncode, done.stderr[:7]) == (77, "NETWORK")


def test_no_command_reaches_for_a_network(folder):
    done = run(folder, RUN, json.dumps(COMMANDS))
    assert "NETWORK" not in done.stderr
    assert (done.returncode, done.stderr) == (0, done.stderr)
    ends = [line for line in done.stdout.splitlines() if line.startswith("ENDED")]
    assert ends == ["ENDED 0"] * len(COMMANDS)
