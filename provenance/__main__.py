"""Run the command line as ``python -m provenance``."""

from __future__ import annotations

from provenance.cli import main

if __name__ == "__main__":
    main()
