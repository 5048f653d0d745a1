"""Pictures of the report for the documentation, taken of the articles of ``fixtures/`` in headless Chromium."""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver

from documentation.pages import ROOT
from provenance.cli.page_writer import write_pages
from provenance.pipeline import auditing
from provenance.pipeline.options import AuditOptions
from provenance.pipeline.reporting import report_contents

IMAGES = ROOT / "docs" / "images"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what stands at its top, its size, and what is done on the page before."""

    name: str
    top: str
    height: int
    width: int = 1100
    dark: bool = False
    before: str = ""


_OPEN = "document.querySelector('#family-1 details.link:has([data-changes=drift])').open = true"

PICTURES = (
    Picture("report-front", "body", 620),
    Picture("report-family", "#family-2", 620),
    Picture("report-compare", "#family-1 details.link:has([data-changes=drift])", 760, before=_OPEN),
    Picture("report-articles-dark", "#articles", 620, dark=True),
    Picture("report-phone", "#table", 760, width=390),
)


def main() -> int:
    """Take every picture; return 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        sys.stderr.write("Error: no Chromium with its driver here\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database, page = f"{folder}/store.db", Path(folder) / "report.html"
        auditing.audit([Path("fixtures/stories")], AuditOptions(database=database))
        write_pages(report_contents(database), page, quiet=True)
        with _window(chromium, driver) as window:
            for picture in PICTURES:
                (IMAGES / f"{picture.name}.png").write_bytes(_taken(window, page, picture))
    return 0


_DRAW_EVERYTHING = (
    "document.head.append(Object.assign(document.createElement('style'),"
    " {textContent: '* { content-visibility: visible !important }'}))"
)


@contextmanager
def _window(chromium: str, driver: str) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
        options.add_argument(argument)
    window = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield window
    finally:
        window.quit()


def _taken(window: webdriver.Chrome, page: Path, picture: Picture) -> bytes:
    size = {"width": picture.width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    window.execute_cdp_cmd(
        "Emulation.setScrollbarsHidden", {"hidden": True}
    )  # a picture has none, and lines would move
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if picture.dark else "light"}]
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    window.get(page.as_uri())
    window.execute_script(_DRAW_EVERYTHING)
    window.execute_async_script(f"{picture.before}; setTimeout(arguments[arguments.length - 1], 500)")
    top = window.execute_script(
        "return document.querySelector(arguments[0]).getBoundingClientRect().top + scrollY", picture.top
    )
    clip = {"x": 0, "y": max(0, top - 12), "width": picture.width, "height": picture.height, "scale": 0.75}
    taken = window.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    sys.exit(main())
