"""Three groups, each with just its rights."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection

from relations.models import Citation
from tests.admin.desk import account, at_desk, typed, url
from tests.factories import DeclarationFactory, FeedFactory, SourceFactory, VisitFactory

pytestmark = pytest.mark.django_db

RECORDS = {
    "anniversary",
    "declaration",
    "event",
    "indicator",
    "initiative",
    "mechanism",
    "observation",
    "person",
    "session",
    "source",
    "status",
    "visit",
}
ROWS = {"chair", "declarationtext", "provision", "reference", "signatory", "term"} | {
    model._meta.model_name for model in Citation.__subclasses__()
}
NEWS = {"feed", "outlet", "rule"}
STORED = {"candidate", "newsitem"}
TABLES = {"indexweight"}
"""A fixed list whose rows an editor changes."""
READ = {"articletext", "dyad", "fetchattempt", "itemreading", "newslink", "story", "tombstone"}
"""Of these an editor corrects stories and links."""


def rights(group):
    return set(Permission.objects.filter(group__name=group).values_list("content_type__app_label", "codename"))


def of(actions, models, label="relations"):
    return {(label, f"{action}_{model}") for action in actions for model in models}


def test_a_viewer_views_every_kind_of_record():
    assert rights("Viewer") == of(["view"], RECORDS | ROWS | NEWS | STORED | TABLES | READ)


def test_an_editor_adds_and_changes_content_and_deletes_what_stands_within_a_record_and_drafts():
    assert rights("Editor") == (
        rights("Viewer")
        | of(["add", "change"], RECORDS | ROWS | NEWS)
        | of(["change"], STORED | TABLES | {"newslink", "story"})
        | of(["delete"], ROWS | {"declaration"})
    )


def test_an_administrator_also_deletes_content_and_keeps_the_accounts():
    assert rights("Administrator") == (
        rights("Editor") | of(["delete"], RECORDS | NEWS | STORED) | of(["add", "change", "delete", "view"], ["user", "group"], "auth")
    )


def test_the_rights_cover_every_model_that_is_not_bookkeeping():
    covered = RECORDS | ROWS | NEWS | STORED | TABLES | READ
    models = {model._meta.model_name for model in apps.get_app_config("relations").get_models()}

    assert {name for name in models if not name.startswith("historical")} - covered == {
        *("datasetentry", "feeddigest", "feedtext", "fingerprint", "fingerprintband", "host", "newsvolume", "readingcount")
    }


def test_making_the_groups_again_changes_nothing():
    before = {group.pk: rights(group.name) for group in Group.objects.all()}
    Group.objects.get(name="Editor").permissions.add(Permission.objects.get(codename="delete_user"))

    names = ("0004_groups", "0009_stories_of_stored_items", "0012_read_items_and_rights", "0014_index_weights_seeded")
    groups, stories, readings, weights = (importlib.import_module(f"relations.migrations.{name}") for name in names)
    with connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else _editor() as editor:
        groups.make_groups(apps, editor)
        stories.give_rights(apps, editor)
        readings.give_rights(apps, editor)
        weights.give_rights(apps, editor)

    assert {group.pk: rights(group.name) for group in Group.objects.all()} == before


class _editor:
    """What a data migration uses of a schema editor; SQLite's own refuses to work inside a transaction."""

    connection = connection

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def test_a_viewer_does_not_enter_the_admin_even_when_marked_as_staff():
    client = at_desk(account("vic", "Viewer"))

    for page in ("/admin/", url("declaration", "changelist"), url("declaration", "add")):
        response = client.get(page)
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/admin/login/")


def test_somebody_without_a_group_does_not_enter_either():
    assert at_desk(account("nobody")).get("/admin/").status_code == 302


def test_an_editor_sees_records_in_groups_and_no_accounts(desk):
    groups = desk.get("/admin/").context["app_list"]

    assert [group["app_label"] for group in groups] == ["documents", "chronicle", "mechanisms", "people", "figures", "news"]
    assert [model["object_name"] for model in groups[0]["models"]] == ["Declaration", "Provision", "Initiative"]
    assert desk.get("/admin/auth/user/").status_code == 403
    assert desk.get("/admin/auth/group/").status_code == 403


def test_every_model_of_the_admin_stands_in_a_group_of_the_first_page():
    administrator = at_desk(account("adm", "Administrator"))
    from django.contrib import admin

    shown = {model["object_name"] for group in administrator.get("/admin/").context["app_list"] for model in group["models"]}

    assert shown == {model.__name__ for model in admin.site._registry}


@pytest.mark.parametrize("factory", [SourceFactory, VisitFactory, FeedFactory])
def test_an_editor_does_not_delete_records_an_administrator_does(desk, factory):
    record = factory()
    page = url(record._meta.model_name, "delete", record.pk)

    assert desk.post(page, {"post": "yes"}).status_code == 403
    assert at_desk(account("adm", "Administrator")).post(page, {"post": "yes"}).status_code == 302
    assert not type(record).objects.filter(pk=record.pk).exists()


def test_nobody_deletes_a_published_declaration_from_the_list():
    administrator = at_desk(account("adm", "Administrator"))
    declaration = DeclarationFactory(state="published")

    administrator.post(
        url("declaration", "changelist"), {"action": "delete_selected", "_selected_action": [declaration.pk], "post": "yes"}, follow=True
    )

    declaration.refresh_from_db()


# ---- Accounts ---------------------------------------------------------------------------------------------------------


def test_an_administrator_adds_an_editor_who_then_enters_the_admin():
    administrator = at_desk(account("adm", "Administrator"))
    page = "/admin/auth/user/add/"
    data = typed(administrator.get(page))
    data |= {"username": "new", "password1": "a long password", "password2": "a long password", "usable_password": "true"}
    data |= {"groups": [Group.objects.get(name="Editor").pk]}

    assert administrator.post(page, data).status_code == 302

    user = User.objects.get(username="new")
    assert (user.is_staff, user.is_superuser, [group.name for group in user.groups.all()]) == (True, False, ["Editor"])


def test_who_leaves_the_desk_groups_leaves_the_admin():
    administrator = at_desk(account("adm", "Administrator"))
    user = account("was", "Editor")
    page = f"/admin/auth/user/{user.pk}/change/"

    assert administrator.post(page, typed(administrator.get(page)) | {"groups": [Group.objects.get(name="Viewer").pk]}).status_code == 302

    user.refresh_from_db()
    assert user.is_staff is False


def test_an_administrator_neither_makes_nor_sees_superusers():
    administrator = at_desk(account("adm", "Administrator"))
    root = User.objects.create_superuser("root", password="a long password")
    user = account("some", "Editor")
    page = f"/admin/auth/user/{user.pk}/change/"

    administrator.post(page, typed(administrator.get(page)) | {"is_superuser": "on", "user_permissions": [1]})

    user.refresh_from_db()
    assert (user.is_superuser, user.user_permissions.count()) == (False, 0)
    assert administrator.get(f"/admin/auth/user/{root.pk}/change/").status_code == 302
    assert administrator.get(f"/admin/auth/user/{root.pk}/password/").status_code == 404
