"""What an editor's browser does at the desk."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from relations.models import Candidate

NOW = dt.datetime(2026, 1, 7, 9, 0, tzinfo=dt.UTC)


def account(name: str, group: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def form(html: str) -> dict[str, Any]:
    """What a browser sends of the page's form, untouched."""
    body = html[html.index('id="form"') :]
    data: dict[str, Any] = {}
    for field in re.findall(r"<input [^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        if name and ('type="checkbox"' not in field or " checked" in field):
            data.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]*)".*?>(.*?)</select>', body, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        data.setdefault(name, []).append(chosen[0] if chosen else "")
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', body, re.S):
        data[name] = [text]
    return data


def page(desk: Client, candidate: Candidate, query: str = "", status: int = 200) -> str:
    answer = desk.get(f"/review/{candidate.pk}/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def send(desk: Client, candidate: Candidate, do: str, **changes: Any) -> Any:
    query = changes.pop("query", "")
    return desk.post(f"/review/{candidate.pk}/{query}", {**form(page(desk, candidate)), "do": do, **changes})
