"""Real pages in a real browser: headless Chromium, driven by selenium; nothing is fetched by either.

Where there is no Chromium the tests are skipped and say how to get it; ``PROVENANCE_CHROMIUM`` and
``PROVENANCE_CHROMEDRIVER`` name the two programs where they are not on the path.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.support.wait import WebDriverWait

from provenance.cli.page_writer import write_pages
from provenance.pipeline import auditing
from provenance.pipeline.options import AuditOptions
from provenance.pipeline.reporting import report_contents

ROOT = Path(__file__).parents[2]
HOW = "no Chromium with its driver here; on Debian and Ubuntu: apt-get install chromium chromium-driver"


def _program(variable, *names):
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)  # the driver is spoken to over a local socket


class Browser:
    """One window. Every test opens its own page in it."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, page, *, width=1280, dark=False, print_media=False, anchor=""):
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        command = self.driver.execute_cdp_cmd
        command(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        motion = {"name": "prefers-reduced-motion", "value": "reduce"}
        command("Emulation.setEmulatedMedia", {"media": "print" if print_media else "", "features": [scheme, motion]})
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + anchor)
        # A navigation of a large file may be reported done while the window still shows the page before it.
        self.wait(lambda: self.run("return location.protocol === 'file:' && document.readyState === 'complete'"))
        return self

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def find_all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def open_link(self, number=None, having=None):
        """Open the details of a link and return its element, with both texts built."""
        selector = f"#link-{number}" if number else f"details.link:has({having})"
        self.run("document.querySelector(arguments[0]).open = true", selector)
        self.wait(lambda: self.find_all(f"{selector} .pane"))
        return self.find(selector)

    def wait(self, condition):
        return WebDriverWait(self.driver, 20).until(lambda _: condition())

    def complaints(self):
        """Everything the page wrote to the console: errors, warnings, blocked requests."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """The addresses asked for since the page was opened."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    chromium = _program("PROVENANCE_CHROMIUM", "chromium", "chromium-browser", "google-chrome")
    driver = _program("PROVENANCE_CHROMEDRIVER", "chromedriver")
    if chromium is None or driver is None:
        pytest.skip(HOW)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    started.set_script_timeout(120)
    yield Browser(started)
    started.quit()


@pytest.fixture
def browser(window):
    yield window
    window.driver.get("about:blank")


@pytest.fixture(scope="session")
def stories(tmp_path_factory):
    """The report on the stories of the fixtures, and beside it the same without names."""
    folder = tmp_path_factory.mktemp("stories")
    database = str(folder / "store.db")
    auditing.audit([ROOT / "fixtures" / "stories"], AuditOptions(database=database, workers=1))
    write_pages(report_contents(database), folder / "report.html", quiet=True)
    write_pages(report_contents(database, anonymise=True), folder / "anonymous.html", quiet=True)
    return folder / "report.html"


@pytest.fixture(scope="session")
def audited(tmp_path_factory):
    """Audit some records and write their page."""

    def page(records):
        folder = tmp_path_factory.mktemp("audited")
        (folder / "records.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
        database = str(folder / "store.db")
        auditing.audit([folder / "records.jsonl"], AuditOptions(database=database, workers=1))
        write_pages(report_contents(database), folder / "report.html", quiet=True)
        return folder / "report.html"

    return page
