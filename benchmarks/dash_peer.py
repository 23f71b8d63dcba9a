"""The same figure as a Plotly Dash page, the usual way of showing one: `dcc.Graph` on a page of its own.

FIGURE names the file with the figure (colours resolved). COMPRESSED=1 sends what it sends through gzip, as a proxy before
it would; Dash by itself compresses nothing.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from dash import Dash, dcc, html

figure = go.Figure(json.loads(Path(os.environ["FIGURE"]).read_text(encoding="utf-8")))
app = Dash("tianshan-peer", title="Timeline")
app.layout = html.Div([html.H1("Timeline"), dcc.Graph(figure=figure, config={"displayModeBar": False})])


def compressed(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Send text as gzip; each answer is compressed once and kept."""
    kept: dict[bytes, bytes] = {}

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        head: list[Any] = []
        body = b"".join(application(environ, lambda status, headers, error=None: head.extend([status, headers])))
        status, headers = head[:2]
        if len(body) > 500:
            body = kept.setdefault(body, gzip.compress(body, 6))
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    return answer


server = compressed(app.server.wsgi_app) if os.environ.get("COMPRESSED") else app.server
