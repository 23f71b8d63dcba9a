"""Rules at the desk: written in words, tried before they are saved, applied to what is stored."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import translation

from relations.admin import rules as view
from relations.models import NewsItem, Rule
from tests.admin.desk import account, at_desk, errors, messages, typed, url
from tests.factories import FeedFactory, NewsItemFactory, PersonFactory, RuleFactory

pytestmark = pytest.mark.django_db


def form(desk: Client, *args: Any, **values: Any) -> dict[str, Any]:
    page = desk.get(url("rule", "change", *args) if args else url("rule", "add"))
    return {**typed(page), **values}


def act(desk: Client, action: str, *rules: Rule) -> list[str]:
    data = {"action": action, "_selected_action": [rule.pk for rule in rules]}
    return messages(desk.post(url("rule", "changelist"), data, follow=True))


def test_a_rule_is_written_in_phrases_entities_and_languages(desk: Client) -> None:
    PersonFactory(side="CN", slug="wang-yi", name_en="Wang Yi")
    values = {"action": "block", "words": " horse  racing \r\n\r\nhorse racing\r\nскачк*", "entities": ["CN-KZ", "i:BRI", "p:wang-yi"]}
    desk.post(url("rule", "add"), form(desk, **values, languages="EN, ru"))
    rule = Rule.objects.get()
    assert rule.phrases == ("horse racing", "скачк*")
    assert (set(rule.entities), rule.languages, rule.feed, rule.enabled) == ({"CN-KZ", "i:BRI", "p:wang-yi"}, ("en", "ru"), None, True)
    assert rule.history.get().history_user.username == "ana"
    page = desk.get(url("rule", "change", rule.pk))
    assert typed(page)["languages"] == "en ru"
    assert set(typed(page)["entities"]) == set(rule.entities)


def test_a_rule_without_any_condition_is_refused(desk: Client) -> None:
    said = errors(desk.post(url("rule", "add"), form(desk, action="keep", words=" \n * ")))
    assert said == {"words": ["Give words, entities or languages: without any, the rule would match every item."]}
    assert not Rule.objects.exists()


def test_a_phrase_longer_than_any_headline_is_refused_and_named_by_its_beginning(desk: Client) -> None:
    said = errors(desk.post(url("rule", "add"), form(desk, action="block", words=f"rail\n{'x' * 201}")))
    assert said == {"words": [f"A word or phrase has at most 200 characters: “{'x' * 39}…” has 201."]}
    desk.post(url("rule", "add"), form(desk, action="block", words=f"rail\n{'x' * 200}"))
    assert Rule.objects.get().phrases == ("rail", "x" * 200)


def test_languages_are_codes_of_two_letters(desk: Client) -> None:
    assert errors(desk.post(url("rule", "add"), form(desk, action="keep", words="x", languages="english"))) == {
        "languages": ["Not a code of two letters: english"]
    }


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize(("action", "kept", "blocked"), [("block", 2, 1), ("keep", 1, 2)])
def test_the_test_tells_what_the_rule_would_do_and_writes_nothing(desk: Client, stored: bool, action: str, kept: int, blocked: int) -> None:
    for title in ("Horse racing in Osh", "Rail", "Racehorses"):
        NewsItemFactory(title=title)
    args = (RuleFactory(action="keep", words="something").pk,) if stored else ()
    address = url("rule", "change", *args) if stored else url("rule", "add")
    answer = desk.post(address, {**form(desk, *args, action=action, words="horse racing"), "_test": "1"})
    html = answer.content.decode()
    assert f"Of the 3 newest items {kept} would be kept, {blocked} blocked." in html
    assert list(Rule.objects.values_list("words", flat=True)) == (["something"] if stored else [])
    assert not NewsItem.objects.filter(hidden=True).exists()


def test_the_test_of_a_feeds_rule_looks_at_its_items_alone(desk: Client) -> None:
    feed = FeedFactory()
    NewsItemFactory(feed=feed, outlet=feed.outlet, title="Rail")
    NewsItemFactory(title="Rail")
    answer = desk.post(url("rule", "add"), {**form(desk, action="block", words="rail", feed=feed.pk), "_test": "1"})
    assert "Of the newest item 0 would be kept, 1 blocked." in answer.content.decode()


def test_a_rule_that_cannot_be_saved_cannot_be_tried(desk: Client) -> None:
    answer = desk.post(url("rule", "add"), {**form(desk, action="block", languages="english"), "_test": "1"})
    html = answer.content.decode()
    assert "The rule cannot be tried as it stands." in html
    assert "<li>Languages: Not a code of two letters: english</li>" in html


def test_what_is_wrong_is_said_once_and_by_the_names_that_the_form_shows(desk: Client) -> None:
    answer = desk.post(url("rule", "add"), {**form(desk, action=""), "_test": "1"})
    said = re.findall(r"<li>(.*?)</li>", answer.content.decode().partition('<ul class="errorlist">')[2].partition("</ul>")[0])
    assert said == [
        "Action: This field is required.",
        "Words: Give words, entities or languages: without any, the rule would match every item.",
    ]


def test_an_empty_store_is_told_as_such(desk: Client) -> None:
    answer = desk.post(url("rule", "add"), {**form(desk, action="block", words="x"), "_test": "1"})
    assert "Nothing is stored in the scope of this rule yet." in answer.content.decode()


def test_a_viewer_can_neither_write_nor_try_a_rule(desk: Client) -> None:
    data = {**form(desk, action="block", words="x"), "_test": "1"}
    viewer = at_desk(account("bo", "Viewer"))
    assert viewer.post(url("rule", "add"), data).status_code in (302, 403)


def test_rules_are_applied_to_stored_items_on_request_and_can_be_undone(desk: Client) -> None:
    NewsItemFactory(title="Horse racing")
    NewsItemFactory(title="Rail")
    rule = RuleFactory(words="horse racing")
    assert act(desk, "apply_to_stored", rule) == ["2 items looked at, 1 hidden, 0 shown again."]
    assert NewsItem.objects.get(hidden=True).hidden_by == rule
    assert '<td class="field-hides_now">1</td>' in desk.get(url("rule", "changelist")).content.decode()
    (said,) = act(desk, "disable", rule)
    assert said == "1 rule changed. It counts for new items; “Apply all enabled rules to stored items” judges the others."
    assert act(desk, "apply_to_stored", rule) == ["2 items looked at, 0 hidden, 1 shown again."]
    assert not NewsItem.objects.filter(hidden=True).exists()


def test_the_rule_of_a_feed_is_applied_to_its_items_alone(desk: Client) -> None:
    feed = FeedFactory()
    NewsItemFactory(feed=feed, outlet=feed.outlet, title="Rail")
    NewsItemFactory(title="Rail")
    assert act(desk, "apply_to_stored", RuleFactory(feed=feed, words="rail")) == ["1 items looked at, 1 hidden, 0 shown again."]


@pytest.mark.parametrize(("reached", "said"), [(True, "A worker applies"), (False, "No worker can be reached.")])
def test_much_is_handed_to_a_worker(desk: Client, monkeypatch: pytest.MonkeyPatch, reached: bool, said: str) -> None:
    given: list[Any] = []
    monkeypatch.setattr(view, "AT_ONCE", 1)

    def hand_out(feeds: Any) -> bool:
        given.append(feeds)
        return reached

    monkeypatch.setattr(view, "hand_out_rules", hand_out)
    NewsItemFactory.create_batch(2)
    (message,) = act(desk, "apply_to_stored", RuleFactory())
    assert message.startswith(said)
    assert given == [None]


@pytest.mark.parametrize(
    ("language", "of_rule", "of_scope"),
    [("en", "Block: rail, ru", "Kabar: "), ("fr", "Bloquer\xa0: rail, ru", "Kabar\xa0: "), ("zh-hans", "屏蔽：rail、ru", "Kabar：")],
)
def test_a_rule_is_written_with_the_marks_of_the_language(language: str, of_rule: str, of_scope: str) -> None:
    rule = RuleFactory(action="block", words="rail", languages=["ru"], feed=FeedFactory(outlet__name="Kabar"))
    with translation.override(language):
        assert str(rule) == of_rule
        assert view.RuleAdmin(Rule, admin.site).scope(rule).startswith(of_scope)
