"""Renew README.md and docs/, or say which pages are stale."""

from __future__ import annotations

import argparse
import sys

from documentation.console import CommandError, Terminal
from documentation.generators import generate
from documentation.pages import ROOT, pages, with_consoles, with_generated

__all__ = ["main", "renewed"]


def renewed(text: str) -> str:
    """Give a page with everything in it that a machine keeps made anew.

    Raises:
        CommandError: a command it shows does not succeed.
    """
    text = with_generated(text, generate)
    if "```console" not in text:
        return text
    with Terminal.opened() as terminal:
        return with_consoles(text, terminal.run)


def main() -> int:
    """Renew every page, or with ``--check`` name the stale ones; return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/document", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a page is stale")
    chosen = parser.parse_args()
    stale = 0
    for page in pages():
        old = page.read_text("utf-8")
        try:
            new = renewed(old)
        except CommandError as error:
            print(f"{page.relative_to(ROOT)}: {error}", file=sys.stderr)
            return 1
        if new != old:
            stale += 1
            print(f"{page.relative_to(ROOT)} {'is stale: run scripts/document' if chosen.check else 'renewed'}")
            if not chosen.check:
                page.write_text(new, encoding="utf-8")
    return 1 if chosen.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
