"""Rules: what is kept or blocked of the news, tried before it is saved, and applied to what is stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relations.ingest import rules
from relations.models import NewsItem, Person, Rule
from relations.models.choices import DyadCode
from relations.models.marks import introduced, listed
from relations.reference.lexicon import lexicon
from relations.tasks import hand_out_rules

from .base import RecordAdmin
from .forms import LanguagesForm
from .widgets import CodesSelect

AT_ONCE = 5000
"""Stored items that are judged while the editor waits; more are handed to a worker."""

PHRASE_LENGTH = 200
"""Characters of a word or phrase: no headline that a rule could mean is longer."""

_TOLD = 40


class RuleForm(LanguagesForm):
    """Entities from a list, languages as two-letter codes."""

    entities = forms.MultipleChoiceField(
        label=gettext_lazy("entities"),
        required=False,
        widget=CodesSelect,
        help_text=gettext_lazy("Relationships, initiatives, mechanisms, documents and people; one of them suffices."),
    )
    languages = forms.CharField(
        label=gettext_lazy("languages"), required=False, help_text=gettext_lazy("Two letters each, separated by spaces: en ru zh.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("entities", "languages"):
            self.fields[name].label = capfirst(str(self.fields[name].label))
        self.fields["entities"].choices = _entities()  # type: ignore[attr-defined]
        self.initial["entities"] = list(self.initial.get("entities") or ())

    def clean_words(self) -> str:
        """One phrase a line, none twice, none too long."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        too_long = [line for line in lines if len(line) > PHRASE_LENGTH]
        if too_long:
            words = _("A word or phrase has at most %(most)d characters: “%(begin)s” has %(n)d.")
            raise ValidationError([words % _told(line) for line in too_long])
        return "\n".join(dict.fromkeys(line for line in lines if line.strip("* ")))


def _told(phrase: str) -> dict[str, object]:
    return {"most": PHRASE_LENGTH, "begin": Truncator(phrase).chars(_TOLD), "n": len(phrase)}


def _wrong(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What is wrong with a form: the name of the field as the form shows it (empty for the whole), and the words."""
    named = {name: "" if name == NON_FIELD_ERRORS else str(form.fields[name].label) for name in form.errors}
    return [(named[name], str(words)) for name, errors in form.errors.items() for words in errors]


def _entities() -> list[tuple[str, str]]:
    words = lexicon()
    found = [(code, str(label)) for code, label in DyadCode.choices]
    found += [(f"i:{code}", entry["title"]["en"]) for code, entry in words["initiatives"].items()]
    found += [(f"m:{code}", entry["title"]["en"]) for code, entry in words["mechanisms"].items() if any(entry["aliases"].values())]
    documents = {f"d:{_kind(code, entry)}": entry["title"]["en"] for code, entry in reversed(words["documents"].items())}
    found += sorted(documents.items(), key=lambda option: option[1])
    return found + [(f"p:{slug}", str(name)) for slug, name in Person.objects.order_by("name_en").values_list("slug", "name_en")]


def _kind(code: str, entry: dict[str, Any]) -> str:
    kind = entry.get("kind") or code
    return "joint" if kind.startswith("joint_") else kind


@admin.register(Rule)
class RuleAdmin(RecordAdmin):
    form = RuleForm
    list_display = ("summary", "action", "scope", "enabled", "hides_now")
    list_filter = ("action", "enabled")
    list_select_related = ("feed__outlet",)
    search_fields = ("words", "entities", "note", "feed__url", "feed__outlet__name")
    ordering = ("feed__url", "action", "pk")
    autocomplete_fields = ("feed",)
    actions = ("apply_to_stored", "enable", "disable")
    fieldsets = [
        (None, {"fields": (("action", "enabled"), "feed")}),
        (
            gettext_lazy("What it matches"),
            {
                "fields": ("words", "entities", "languages"),
                "description": gettext_lazy(
                    "An item matches where it fulfils all the conditions that are given. Where there are rules that keep, for all feeds"
                    " or for its own, what matches none of them is blocked. What is blocked is stored and not shown."
                ),
            },
        ),
        (None, {"fields": ("note",)}),
    ]
    change_form_template = "admin/relations/rule/change_form.html"

    @admin.display(description=gettext_lazy("rule"))
    def summary(self, obj: Rule) -> str:
        return Truncator(listed([*obj.phrases, *obj.entities, *obj.languages])).chars(90)

    @admin.display(description=pgettext_lazy("of a rule", "scope"), ordering="feed__url")
    def scope(self, obj: Rule) -> str:
        return _("All feeds") if obj.feed is None else introduced(obj.feed.outlet.name, Truncator(obj.feed.url).chars(60))

    @admin.display(description=gettext_lazy("hides now"))
    def hides_now(self, obj: Any) -> int:
        return int(obj.hides_count)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of items that each rule hides: of the few rules on a page, each by its own index."""
        hidden = NewsItem.objects.filter(hidden_by=OuterRef("pk")).order_by().values("hidden_by").annotate(n=Count("pk")).values("n")
        return super().get_queryset(request).annotate(hides_count=Coalesce(Subquery(hidden), 0))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form; its button “Test” leaves it as it is and shows in a page of its own what the rule would do."""
        if request.method == "POST" and "_test" in request.POST:
            return self._trial(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _trial(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        obj = self.get_object(request, object_id) if object_id else None
        if not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, obj, change=obj is not None)(request.POST, request.FILES, instance=obj)
        form.tables = ()  # nothing is overwritten, so that it does not matter whether somebody else has saved meanwhile
        wrong = [] if form.is_valid() else _wrong(form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What the rule would do"),
            "wrong": wrong,
            "rule": form.instance,
            "tried": None if wrong else rules.trial(form.instance),
            "most": rules.TRIED,
        }
        return TemplateResponse(request, "admin/relations/rule/test.html", context)

    @admin.action(
        description=gettext_lazy("Apply all enabled rules to stored items, in the scope of the selected ones"), permissions=["change"]
    )
    def apply_to_stored(self, request: HttpRequest, chosen: Any) -> None:
        """Judge what is stored; by a worker where that is much."""
        scopes = {rule.feed_id for rule in chosen}
        feeds = None if None in scopes else sorted(scope for scope in scopes if scope is not None)
        items = NewsItem.objects.all() if feeds is None else NewsItem.objects.filter(feed__in=feeds)
        if len(items.values_list("pk")[: AT_ONCE + 1]) <= AT_ONCE:
            done = rules.apply(feeds)
            told = {"looked_at": done.looked_at, "hidden": done.hidden, "shown": done.shown}
            words = _("%(looked_at)s items looked at, %(hidden)s hidden, %(shown)s shown again.") % told
            self.message_user(request, words, messages.SUCCESS)
        elif hand_out_rules(feeds):
            self.message_user(request, _("A worker applies the rules to the stored items now."), messages.SUCCESS)
        else:
            self.message_user(request, _("No worker can be reached. Run “manage.py apply_rules”."), messages.ERROR)

    @admin.action(description=gettext_lazy("Enable the selected rules"), permissions=["change"])
    def enable(self, request: HttpRequest, chosen: Any) -> None:
        self._switch(request, chosen, on=True)

    @admin.action(description=gettext_lazy("Disable the selected rules"), permissions=["change"])
    def disable(self, request: HttpRequest, chosen: Any) -> None:
        self._switch(request, chosen, on=False)

    def _switch(self, request: HttpRequest, chosen: Any, *, on: bool) -> None:
        """One entry in the history for each rule that changes."""
        changed = list(chosen.exclude(enabled=on))
        for rule in changed:
            rule.enabled = on
            rule._history_user = request.user
            rule.save(update_fields=["enabled"])
        words = ngettext(
            "%(n)s rule changed. It counts for new items; “Apply all enabled rules to stored items” judges the others.",
            "%(n)s rules changed. They count for new items; “Apply all enabled rules to stored items” judges the others.",
            len(changed),
        )
        self.message_user(request, words % {"n": len(changed)}, messages.SUCCESS)
