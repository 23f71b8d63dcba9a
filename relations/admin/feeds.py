"""Where the news comes from: outlets and their feeds, in the order of the work, and the attempts that the machine recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relations.ingest.words import in_words
from relations.models import Feed, FetchAttempt, Outlet
from relations.models.feed import FeedQuerySet
from relations.models.marks import introduced
from relations.services import feeds as service
from relations.services.asked import note
from relations.tasks import hand_out

from .base import ReadOnly, RecordAdmin, StoredOnly, TableRows
from .forms import LanguagesForm

ATTEMPTS_SHOWN: Final = 20
"""Attempts at the foot of a feed's form; the list of attempts has them all."""


class OutletForm(LanguagesForm):
    """Languages are written as two-letter codes: there is no fixed list of them."""

    languages = forms.CharField(label=gettext_lazy("languages"), help_text=gettext_lazy("Two letters each, separated by spaces: en ru zh."))


class FeedRows(TableRows):
    model = Feed
    fields = ("url", "language", "format", "enabled", "paused", "interval")
    extra = 0
    show_change_link = True


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    form = OutletForm
    list_display = ("name", "country", "kind", "languages_in_codes", "homepage", "full_text")
    list_filter = ("kind", "full_text", "country")
    search_fields = ("name", "slug", "homepage", "country")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [
        (None, {"fields": ("name", "slug", ("country", "kind"), "languages", "homepage")}),
        (gettext_lazy("Articles"), {"fields": ("full_text",)}),
        (gettext_lazy("What is known of it"), {"fields": ("note",)}),
    ]
    inlines = (FeedRows,)

    @admin.display(description=gettext_lazy("languages"))
    def languages_in_codes(self, obj: Outlet) -> str:
        return ", ".join(obj.languages)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Write of each feed what was changed and nothing else: the other columns belong to the jobs."""
        formset.save(commit=False)
        for feed in formset.deleted_objects:
            feed.delete()
        for feed, columns in formset.changed_objects:
            feed.save(update_fields=columns)
        for feed in formset.new_objects:
            feed.save()
        formset.save_m2m()


class FeedStateFilter(admin.SimpleListFilter):
    """The states of the page of the feeds, as questions to the database."""

    title = gettext_lazy("state")
    parameter_name = "state"

    QUESTIONS: Final[dict[str, tuple[str | Promise, Callable[[FeedQuerySet], FeedQuerySet]]]] = {
        "needs_human": (pgettext_lazy("state of a feed", "Needs a human"), lambda feeds: feeds.needing_human()),
        "moved": (pgettext_lazy("state of a feed", "Proposes a new address"), lambda feeds: feeds.exclude(proposed_url="")),
        "failing": (pgettext_lazy("state of a feed", "Failing"), lambda feeds: feeds.failing()),
        "silent": (pgettext_lazy("state of a feed", "Silent but healthy"), lambda feeds: feeds.silent(timezone.now())),
        "running": (pgettext_lazy("state of a feed", "Being fetched now"), lambda feeds: feeds.in_progress(timezone.now())),
        "paused": (pgettext_lazy("state of a feed", "Paused"), lambda feeds: feeds.filter(enabled=True, paused=True)),
        "proposed": (
            pgettext_lazy("state of a feed", "Proposed, awaiting an editor"),
            lambda feeds: feeds.filter(enabled=False, confidence="unverified"),
        ),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _question) in self.QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        found = self.QUESTIONS.get(self.value() or "")
        return queryset.filter(pk__in=found[1](Feed.objects.all()).order_by().values("pk")) if found else queryset


class AttemptRows(ReadOnly, admin.TabularInline):
    """The last attempts, to be read."""

    model = FetchAttempt
    fields = readonly_fields = ("started", "outcome", "why", "status", "size", "new", "updated", "unchanged", "skipped")
    extra = max_num = 0
    can_delete = False
    show_change_link = False
    verbose_name_plural = gettext_lazy("last attempts")

    @admin.display(description=gettext_lazy("why"))
    def why(self, obj: FetchAttempt) -> str:
        return in_words(obj.error, obj.detail) if obj.error else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[FetchAttempt]:
        attempts = super().get_queryset(request)
        feed = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if not (feed and feed.isdigit()):
            return attempts.none()
        # The formset filters by its feed, which a slice would not let it do.
        last = FetchAttempt.objects.filter(feed=feed).order_by("-started", "-pk").values_list("pk", flat=True)[:ATTEMPTS_SHOWN]
        return attempts.filter(pk__in=list(last))


@admin.register(Feed)
class FeedAdmin(RecordAdmin):
    """A feed: what an editor decides first, what the machine knows below."""

    list_display = ("outlet_name", "standing", "url_short", "language", "last_success")
    list_display_links = ("outlet_name", "url_short")
    list_filter = (FeedStateFilter, "enabled", "confidence", "language", "format", "outlet__country")
    list_select_related = ("outlet",)
    search_fields = ("url", "proposed_url", "outlet__name", "note")
    ordering = ("outlet__name", "position", "pk")
    autocomplete_fields = ("outlet",)
    actions = ("fetch_now", "enable", "disable", "pause", "resume", "accept_new_address", "reject_new_address")
    change_list_template = "admin/relations/feed/change_list.html"
    fieldsets = [
        (None, {"fields": ("outlet", "url", ("language", "format"), ("enabled", "paused"), "interval")}),
        (
            gettext_lazy("How it is doing"),
            {"fields": ("standing", ("last_success", "last_news"), ("failing_since", "failures"), "next_check")},
        ),
        (gettext_lazy("Where it says that it has moved"), {"fields": ("proposal", "rejected_url")}),
        (gettext_lazy("What is known of it"), {"fields": ("confidence", "evidence", "note")}),
    ]
    readonly_fields = (
        *("standing", "last_success", "last_news", "failing_since", "failures", "next_check"),
        *("proposal", "rejected_url"),
    )
    inlines = (AttemptRows,)

    @admin.display(description=gettext_lazy("outlet"), ordering="outlet__name")
    def outlet_name(self, obj: Feed) -> str:
        """The name alone: unlike a key to another table it may take two lines."""
        return obj.outlet.name

    @admin.display(description=gettext_lazy("address"), ordering="url")
    def url_short(self, obj: Feed) -> str:
        return Truncator(obj.url.partition("://")[2] or obj.url).chars(32)

    @admin.display(description=gettext_lazy("state"), ordering=F("failing_since").asc(nulls_last=True))
    def standing(self, obj: Feed) -> str:
        """How the feed is doing, in words."""
        now = timezone.now()
        if not obj.enabled:
            return _("Not enabled")
        if obj.paused:
            return _("Paused")
        if obj.leased_until and obj.leased_until > now:
            return _("Being fetched now")
        if obj.needs_human:
            return _("Needs a human: %(why)s") % {"why": in_words(obj.needs_human, obj.last_detail)}
        if obj.proposed_url:
            return _("Proposes a new address")
        if obj.failing_since:
            return _("Failing: %(why)s") % {"why": in_words(obj.last_error, obj.last_detail)}
        return _("Fine") if obj.last_success else _("Not tried yet")

    @admin.display(description=gettext_lazy("proposed address"))
    def proposal(self, obj: Feed) -> str:
        """The address that awaits a decision, which is made on the feed's page or by an action of the list."""
        if not obj.proposed_url:
            return "–"
        return format_html('{} <a href="{}">{}</a>', obj.proposed_url, reverse("web:feed", args=[obj.pk]), _("Accept or reject it"))

    def page_url(self, obj: Any) -> str:
        return reverse("web:feed", args=[obj.pk])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write what the form holds and nothing else: when to fetch next belongs to the job."""
        if change and not self.is_changed(obj, form):
            return
        obj._history_user = request.user
        obj.save(update_fields=[name for name in form.cleaned_data if name != "version"] if change else None)

    # ---- Actions of the list: the same services as the buttons of the dashboard ----

    @admin.action(description=gettext_lazy("Fetch the selected feeds now"), permissions=["change"])
    def fetch_now(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds, self._fetch)

    @staticmethod
    def _fetch(feed: Feed) -> bool:
        if not service.fetch_now(feed.pk):
            raise service.is_a_file()
        return True

    @admin.action(description=gettext_lazy("Fetch the selected feeds from now on"), permissions=["change"])
    def enable(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds, lambda feed: service.enable(feed, request.user))

    @admin.action(description=gettext_lazy("Stop fetching the selected feeds"), permissions=["change"])
    def disable(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds, lambda feed: service.disable(feed, request.user), fetch=False)

    @admin.action(description=gettext_lazy("Pause the selected feeds"), permissions=["change"])
    def pause(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds, lambda feed: service.pause(feed, request.user), fetch=False)

    @admin.action(description=gettext_lazy("Resume the selected feeds"), permissions=["change"])
    def resume(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds, lambda feed: service.resume(feed, request.user))

    @admin.action(description=gettext_lazy("Accept the new addresses of the selected feeds"), permissions=["change"])
    def accept_new_address(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds.exclude(proposed_url=""), lambda feed: bool(service.accept_new_address(feed, request.user)))

    @admin.action(description=gettext_lazy("Reject the new addresses of the selected feeds"), permissions=["change"])
    def reject_new_address(self, request: HttpRequest, feeds: Any) -> None:
        self._do(request, feeds.exclude(proposed_url=""), lambda feed: bool(service.reject_new_address(feed, request.user)), fetch=False)

    def _do(self, request: HttpRequest, feeds: Any, act: Callable[[Feed], bool], *, fetch: bool = True) -> None:
        """Decide for each of the feeds, say for how many that changed something, and hand those to a worker."""
        done = []
        for feed in feeds.select_related("outlet"):
            try:
                if act(feed):
                    done.append(feed.pk)
            except service.NotPossible as error:
                self.message_user(request, introduced(feed.outlet, error), messages.ERROR)
        if fetch and done:
            note(request.session, done, timezone.now())
            for pk in done:
                if not hand_out(pk):
                    break  # the queue is out of reach: the feeds are due, and the next minute's look finds them
        self.message_user(request, ngettext("Done for %(n)d feed.", "Done for %(n)d feeds.", len(done)) % {"n": len(done)})


@admin.register(FetchAttempt)
class FetchAttemptAdmin(StoredOnly, admin.ModelAdmin):
    list_display = ("started", "feed", "outcome", "why", "status", "size", "entries", "new", "updated", "unchanged", "skipped")
    list_filter = ("outcome", "error")
    list_select_related = ("feed",)
    search_fields = ("feed__url", "feed__outlet__name", "error", "detail")
    date_hierarchy = "started"
    ordering = ("-started", "-pk")

    @admin.display(description=gettext_lazy("why"), ordering="error")
    def why(self, obj: FetchAttempt) -> str:
        return Truncator(in_words(obj.error, obj.detail)).chars(120) if obj.error else ""
