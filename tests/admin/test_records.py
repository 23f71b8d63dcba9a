"""The other records: what is filled in, what is refused, what leads where."""

from __future__ import annotations

import pytest

from relations.models import Event, Feed, NewsItem, Observation, Outlet, Session, Source, Visit
from tests.admin.desk import errors, messages, typed, url
from tests.factories import (
    DeclarationFactory,
    DeclarationTextFactory,
    EventFactory,
    FeedFactory,
    IndicatorFactory,
    MechanismFactory,
    NewsItemFactory,
    OutletFactory,
    PersonFactory,
    ProvisionFactory,
    SessionFactory,
    SourceFactory,
    StatusFactory,
    TermFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def add(desk, model, query="", **values):
    page = url(model, "add") + query
    return desk.post(page, typed(desk.get(page)) | values, follow=True)


def change(desk, record, **values):
    page = url(record._meta.model_name, "change", record.pk)
    return desk.post(page, typed(desk.get(page)) | values, follow=True)


# ---- Sources ----------------------------------------------------------------------------------------------------------


def test_an_address_that_is_known_is_refused_with_the_way_to_the_source(desk):
    known = SourceFactory(url="https://example.org/a", publisher="Example", title="A")

    (said,) = errors(add(desk, "source", url="https://example.org/a"))["url"]

    assert said.startswith("This address is already in the list")
    assert f'href="{url("source", "change", known.pk)}"' in said


def test_an_address_that_is_no_address_is_refused(desk):
    assert errors(add(desk, "source", url="ftp://example.org/a"))["url"] == ["Enter a valid URL."]


def test_nearly_the_same_address_is_pointed_out_and_kept(desk):
    SourceFactory(url="http://www.example.org/a/", publisher="Example", title="A")

    response = add(desk, "source", url="https://example.org/a#part-2")

    assert Source.objects.count() == 2
    assert any("nearly the same address" in words and "http://www.example.org/a/" in words for words in messages(response))


def test_a_source_shows_what_stands_on_it(desk):
    source = SourceFactory()
    declaration = DeclarationFactory(title_en="Statement of Astana", sources=[source])
    ProvisionFactory(text="They agree on rivers.", sources=[source])
    DeclarationTextFactory(declaration=declaration, source=source)
    event = EventFactory(title_en="Bridge opened", sources=[source])

    page = desk.get(url("source", "change", source.pk)).content.decode()

    assert page.count("Statement of Astana") == 2
    assert "They agree on rivers." in page
    assert f'href="{url("event", "change", event.pk)}"' in page
    assert "No record cites it" in desk.get(url("source", "change", SourceFactory().pk)).content.decode()


# ---- What is filled in ------------------------------------------------------------------------------------------------


def test_the_office_of_a_visitor_is_that_of_the_day(desk):
    visitor = PersonFactory(side="KZ")
    TermFactory(person=visitor, office="Prime Minister", start="1999-10-01", end="2002-01-28")
    TermFactory(person=visitor, office="President", start="2019-03-20")
    values = {"visitor": visitor.pk, "host": "CN", "kind": "state"}

    add(desk, "visit", "?dyad=CN-KZ", date_start="2022-09", **values)
    add(desk, "visit", "?dyad=CN-KZ", date_start="2001", **values)

    assert list(Visit.objects.order_by("date_start").values_list("office", flat=True)) == ["Prime Minister", "President"]
    assert errors(add(desk, "visit", "?dyad=CN-KZ", date_start="2010", **values))["office"] == [
        "Write the office held on that day: the record of the person does not tell it."
    ]


def test_a_visitor_is_not_a_guest_at_home(desk):
    said = errors(
        add(desk, "visit", "?dyad=CN-KZ", date_start="2022", visitor=PersonFactory(side="KZ").pk, host="KZ", kind="state", office="Envoy")
    )

    assert said == {"host": ["The host is the visitor’s own side."]}


def test_chairs_of_a_session_are_entered_with_it(desk):
    mechanism, person = MechanismFactory(), PersonFactory(side="CN", name_en="Zhang Gaoli")
    TermFactory(person=person, office="Vice-Premier", start="2013", end="2018")

    add(desk, "session", mechanism=mechanism.pk, date="2017-05", **{"chairs-0-person": person.pk})

    chair = Session.objects.get().chairs.get()
    assert (chair.side, chair.name, chair.office) == ("CN", "Zhang Gaoli", "Vice-Premier")


def test_parties_of_an_event_are_those_of_the_relationship_and_friction_is_a_mark(desk):
    add(desk, "event", "?dyad=CN-TJ", date="2011-01", kind="border_agreement", title_en="Protocol", friction="on")

    event = Event.objects.get()
    assert (event.parties, event.friction) == (("CN", "TJ"), True)


def test_the_year_of_a_figure_is_the_one_in_which_its_period_ends(desk):
    add(desk, "observation", "?dyad=CN-KZ", indicator=IndicatorFactory().pk, period="2021-12/2022-01", value="1.5", reporter="Customs")

    assert Observation.objects.get().year == 2022


@pytest.mark.parametrize(
    ("make", "kind"), [(StatusFactory, "status"), (SessionFactory, "session"), (VisitFactory, "visit"), (EventFactory, "event")]
)
def test_a_record_leads_to_its_page_on_the_dashboard(desk, make, kind):
    record = make()

    assert desk.get(url(kind, "change", record.pk)).context["absolute_url"] == f"/records/{kind}/{record.pk}/"


def test_a_mechanism_leads_to_its_page(desk):
    mechanism = MechanismFactory()

    assert desk.get(url("mechanism", "change", mechanism.pk)).context["absolute_url"] == f"/mechanisms/{mechanism.slug}/"


# ---- News -------------------------------------------------------------------------------------------------------------


def test_languages_of_an_outlet_are_codes_of_two_letters(desk):
    outlet = OutletFactory(languages=("en",))

    change(desk, outlet, languages="en, RU zh en")
    outlet.refresh_from_db()
    assert outlet.languages == ("en", "ru", "zh")
    assert errors(change(desk, outlet, languages="english"))["languages"] == ["Not a code of two letters: english"]


def test_feeds_are_switched_on_and_off_from_the_list_each_with_an_entry_in_its_history(desk, ana):
    feeds = [FeedFactory(enabled=False), FeedFactory(enabled=False)]

    desk.post(url("feed", "changelist"), {"action": "enable", "_selected_action": [feed.pk for feed in feeds]})
    assert list(Feed.objects.values_list("enabled", flat=True)) == [True, True]
    assert feeds[0].history.first().history_user == ana

    desk.post(url("feed", "changelist"), {"action": "disable", "_selected_action": [feeds[0].pk]})
    assert Feed.objects.get(pk=feeds[0].pk).enabled is False


def test_editing_a_feed_leaves_what_a_running_job_wrote(desk):
    feed = FeedFactory(etag="old", failures=0, note="")
    page = url("feed", "change", feed.pk)
    seen = typed(desk.get(page))
    Feed.objects.filter(pk=feed.pk).update(etag="new", failures=3)

    assert desk.post(page, seen | {"note": "Moved in spring."}).status_code == 302

    feed.refresh_from_db()
    assert (feed.note, feed.etag, feed.failures) == ("Moved in spring.", "new", 3)


def test_an_editor_decides_to_which_relationships_an_item_belongs_and_nothing_else(desk):
    item = NewsItemFactory(title="Pipeline")

    change(desk, item, dyads=["CN-TM", "CN-C5"], title="Forged")

    item = NewsItem.objects.get()
    assert (item.title, {dyad.pk for dyad in item.dyads.all()}) == ("Pipeline", {"CN-TM", "CN-C5"})


def test_feeds_of_an_outlet_are_entered_with_it(desk):
    add(
        desk,
        "outlet",
        name="Example",
        slug="example",
        country="KZ",
        kind="newspaper",
        languages="en",
        **{
            "feeds-TOTAL_FORMS": 1,
            "feeds-0-url": "https://example.org/rss",
            "feeds-0-language": "en",
            "feeds-0-format": "rss",
            "feeds-0-interval": "01:00:00",
        },
    )

    assert [feed.url for feed in Outlet.objects.get().feeds.all()] == ["https://example.org/rss"]
