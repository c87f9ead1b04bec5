"""A real Chromium in front of a real sandbox."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.sandbox.house import House, close_house, open_house

NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if name and (found := shutil.which(name))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    opened = await open_house()
    yield opened
    await close_house(opened)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, house: House) -> AsyncIterator[Page]:
    """The chat page, open; the test fails when the page's scripts do."""
    problems: list[str] = []
    opened = await browser.new_page(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(8000)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    await opened.goto(house.url)
    await opened.locator('#seat-customer .person[aria-pressed="true"]').wait_for()
    yield opened
    await opened.close()
    assert problems == []
