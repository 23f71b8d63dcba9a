"""The weights of the index at the desk: changed by an editor, with a history."""

from __future__ import annotations

import pytest
from django.test import Client

from relations.models import IndexWeight
from tests.admin.desk import account, at_desk, errors, typed, url

pytestmark = pytest.mark.django_db


def save(desk: Client, row: IndexWeight, **values: str):
    page = url("indexweight", "change", row.pk)
    return desk.post(page, typed(desk.get(page)) | values)


def test_an_editor_changes_a_weight_and_the_history_tells_who_and_what(desk: Client) -> None:
    weight = IndexWeight.objects.get(code="visit_state")
    assert save(desk, weight, weight="0.55", note="State visits are rare").status_code == 302
    weight.refresh_from_db()
    assert (float(weight.weight), weight.shipped) == (0.55, 0.3)
    assert [float(entry.weight) for entry in weight.history.all()] == [0.55, 0.3]
    assert weight.history.latest().history_user.username == "ana"
    assert "0.30" in desk.get(url("indexweight", "history", weight.pk)).content.decode()


@pytest.mark.parametrize("value", ["9.5", "-9.01", "x", ""])
def test_a_weight_outside_the_scale_is_refused(desk: Client, value: str) -> None:
    weight = IndexWeight.objects.get(code="visit_state")
    assert "weight" in errors(save(desk, weight, weight=value))
    weight.refresh_from_db()
    assert float(weight.weight) == 0.3


def test_a_weight_of_nought_is_allowed(desk: Client) -> None:
    weight = IndexWeight.objects.get(code="visit_state")
    assert save(desk, weight, weight="0").status_code == 302


def test_a_viewer_may_not_change_weights() -> None:
    viewer = at_desk(account("vi", "Viewer"))
    assert viewer.get(url("indexweight", "changelist")).status_code in (302, 403)
