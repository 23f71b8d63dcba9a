"""Pictures of the pages for README and docs: `.venv/bin/python docs/take_screenshots.py [http://127.0.0.1:8000]`.

Needs a running site (`make run`) and Chromium; writes docs/screenshots/. Pages look the same on every day but for their dates.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SHOWCASE = "/declarations/cn-kz-2022-09-14-joint-statement-30th-anniversary/"
WIDE = {
    "overview": "/",
    "country": "/countries/kz/",
    "declarations": "/declarations/",
    "declaration": SHOWCASE,
    "mechanisms": "/mechanisms/",
    "timeline": "/timeline/",
    "calendar": "/calendar/",
    "sources": "/sources/",
    "index": "/index/",
    "positions": "/positions/",
    "compare": "/compare/?d=cn-kz-2022-09-14-joint-statement-30th-anniversary&d=cn-kz-2024-07-03-joint-statement",
    "cadence": "/mechanisms/cn-kz-cooperation-committee/#intervals",
    "visits": "/visits/",
    "changes": "/changes/?since=2026-01-01",
    "indicators": "/indicators/?over=statuses",
    "anniversaries": "/anniversaries/",
}
NARROW = {"overview": "/", "country": "/countries/kz/", "declaration": SHOWCASE, "timeline": "/timeline/"}


def picture(page: Page, address: str, path: Path) -> None:
    """One screen of a page once its figures are drawn."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1200)
    page.screenshot(path=path)


def main() -> None:
    """Wide pages in the light, narrow ones in the dark, and the timeline in both."""
    base = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        sets = [(1280, 900, "light", WIDE), (1280, 900, "dark", {"timeline": "/timeline/"}), (390, 844, "dark", NARROW)]
        for width, height, scheme, pages in sets:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            for name, path in pages.items():
                picture(page, base + path, FOLDER / f"{name}-{width}-{scheme}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
