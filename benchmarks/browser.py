"""The timeline in Chromium from a cold cache, against the same figure in Plotly Dash, both in the same run.

Measured from the outside in the same way for all: the time from the start of the navigation until every mark of the
figure is in the document, and the bytes that the network carried (as Chromium counts them, headers included).
"""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import site, table

WIDTH = 1280
FIGURE_WIDTH = 1032
"""What the timeline's figure has in a window of WIDTH pixels."""

WATCH = """
(() => {
  const wanted = %d;
  const look = () => {
    if (document.querySelectorAll(".js-plotly-plot .points path").length >= wanted) window.allDrawn = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass
class Peer:
    """One page to measure, and what was measured: seconds until drawn, bytes, requests."""

    name: str
    address: str
    seconds: list[float] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)
    requests: list[float] = field(default_factory=list)


def compare(folder: Path, environment: dict[str, str], runs: int) -> None:
    """Measure and print the table. Needs Chromium; says so and returns where there is none."""
    chromium = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if chromium is None:
        print("\nThe timeline in the browser: skipped, Chromium is not installed (Debian: apt-get install chromium).")
        return
    with ExitStack() as stack:
        own = stack.enter_context(site.served("relations.config.wsgi", environment))
        figure = _resolved(json.load(urllib.request.urlopen(f"{own}/timeline/figure.json?w={FIGURE_WIDTH}")))
        path = folder / "figure.json"
        path.write_text(json.dumps(figure), encoding="utf-8")
        marks = sum(len(trace["x"]) for trace in figure["data"] if trace.get("mode") == "markers")
        dash = {**environment, "FIGURE": str(path)}
        peers = [
            Peer("Tianshan, /timeline/ (with its filters and table)", f"{own}/timeline/"),
            Peer("Plotly Dash, the same figure", stack.enter_context(site.served("benchmarks.dash_peer:server", dash)) + "/"),
            Peer(
                "Plotly Dash behind gzip",
                stack.enter_context(site.served("benchmarks.dash_peer:server", {**dash, "COMPRESSED": "1"})) + "/",
            ),
        ]
        _measure(peers, chromium, marks, runs)
    _report(peers, marks, runs)


def _measure(peers: list[Peer], chromium: str, marks: int, runs: int) -> None:
    """Every peer once in each round, so that what else the machine does falls on all alike; the first round is not counted."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for round_number in range(runs + 1):
            for peer in peers:
                seconds, received, requests = _visit(browser, peer.address, marks)
                if round_number:
                    peer.seconds.append(seconds)
                    peer.bytes.append(received)
                    peer.requests.append(requests)
        browser.close()


def _visit(browser: Any, address: str, marks: int) -> tuple[float, float, float]:
    """Open the page in a context of its own, that is with an empty cache; seconds until drawn, bytes, requests."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH % marks)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    received: list[float] = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address)
    drawn: float = page.wait_for_function("() => window.allDrawn", timeout=60_000).json_value()
    page.wait_for_load_state("networkidle")
    context.close()
    return drawn / 1000, sum(received), len(received)


def _report(peers: list[Peer], marks: int, runs: int) -> None:
    own = peers[0]
    rows = []
    for peer in peers:
        seconds, received = table.median(peer.seconds), table.median(peer.bytes)
        shares = ["1", "1"] if peer is own else [f"{table.median(own.seconds) / seconds:.2f}", f"{table.median(own.bytes) / received:.2f}"]
        rows.append(
            [
                peer.name,
                table.milliseconds(seconds),
                table.milliseconds(max(peer.seconds)),
                table.size(received),
                f"{table.median(peer.requests):.0f}",
                *shares,
            ]
        )
    table.show(
        f"The timeline from a cold cache, {marks} marks, {WIDTH} pixels, median of {runs} runs in turn",
        ["page", "drawn after", "slowest", "received", "requests", "our time is", "our bytes are"],
        rows,
    )
    print("Aims: half the time (0.50) and a fifth of the bytes (0.20) of the Dash page.", flush=True)


def _resolved(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure with the colours and faces of the light scheme in place of tokens, since Dash knows none."""
    css = (site.ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8").split("@media", 1)[0]
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))

    def look_up(name: str) -> str:
        value = values[name].strip()
        return look_up(match.group(1)) if (match := re.fullmatch(r"var\((--[\w-]+)\)", value)) else value

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item) for item in value]
        if not (isinstance(value, str) and value.startswith("--")):
            return value
        name, *opacity = value.split("/")
        colour = look_up(name)
        if not opacity:
            return colour
        red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
        return f"rgba({red},{green},{blue},{opacity[0]})"

    return dict(walk(figure))
