"""What is taken for the same event, and above all what is not."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.domain import facts, stories
from tests.domain.told import NOON, SIGNING, gazetteer, signing, told

LEAD = (
    "The railway from Kashgar through the Torugart pass to Andijan will carry twelve million tonnes of goods a year once the last of its"
    " tunnels is finished, the ministry of transport said on Tuesday after engineers of both countries had inspected the works."
)
LEAD_RU = (
    "Железная дорога из Кашгара через перевал Торугарт в Андижан будет перевозить двенадцать миллионов тонн грузов в год, когда будет"
    " закончен последний тоннель, сообщило во вторник министерство транспорта после осмотра работ инженерами обеих стран."
)
LEAD_ZH = (
    "据交通部周二消息，从喀什经吐尔尕特山口至安集延的铁路最后一条隧道完工后，每年将运"
    "送货物一千二百万吨，两国工程师已实地察看施工现场并听取汇报。"
)


def joined(*items: stories.Telling) -> bool:
    """Whether all the items end up in one story, in whatever order they come."""
    groups = {tuple(_groups(list(order))) for order in itertools.permutations(items)}
    return groups == {(tuple(range(len(items))),)}


def apart(*items: stories.Telling) -> bool:
    """Whether each item ends up in a story of its own, in whatever order they come."""
    return all(len(_groups(list(order))) == len(items) for order in itertools.permutations(items))


def _groups(items: list[stories.Telling]) -> list[tuple[int, ...]]:
    placed = stories.place(items, {})
    found: dict[tuple[int | None, int], list[int]] = {}
    for number, story in enumerate(placed.stories):
        found.setdefault(story, []).append(number)
    return sorted(tuple(group) for group in found.values())


# ---- One language --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lead", [LEAD, LEAD_RU])
def test_a_text_that_two_outlets_print_is_one_story(lead: str) -> None:
    assert joined(told(1, "en", "Last tunnel of the new railway", lead), told(2, "en", "Works inspected", lead, hours=20))


def test_a_chinese_text_that_two_outlets_print_under_much_the_same_title_is_one_story() -> None:
    one, other = "铁路最后一条隧道即将完工", "铁路最后一条隧道即将全部完工"
    assert joined(told(1, "zh", one, LEAD_ZH), told(2, "zh", other, LEAD_ZH))


def test_how_a_summary_is_cut_and_what_a_publishing_system_adds_does_not_matter() -> None:
    longer = f"{LEAD} The post Last tunnel first appeared on Steppe Daily."
    assert joined(told(1, "en", "Last tunnel", LEAD[:170] + "…"), told(2, "en", "Last tunnel", longer), told(3, "en", "Last tunnel", LEAD))


def test_texts_on_one_subject_in_other_words_are_not_joined() -> None:
    other = "Engineers from the two countries have been to the Torugart pass, where the railway is behind schedule, officials say."
    assert apart(told(1, "en", "Last tunnel of the new railway", LEAD), told(2, "en", "Railway delayed once more", other))


def test_a_reprint_after_the_window_is_a_story_of_its_own() -> None:
    days = stories.WINDOW.days
    assert joined(told(1, "en", "Last tunnel", LEAD), told(2, "en", "Last tunnel", LEAD, hours=24 * days))
    assert apart(told(1, "en", "Last tunnel", LEAD), told(2, "en", "Last tunnel", LEAD, hours=24 * days + 1))


def test_a_text_of_a_few_words_is_never_compared() -> None:
    assert apart(told(1, "en", "News of the day"), told(2, "en", "News of the day"))


def test_another_figure_in_the_same_form_is_another_event() -> None:
    form = "The national bank has set the rate of the dollar against the som for the coming day at {} som, it said in its daily bulletin."
    assert apart(told(1, "en", "Rate of the dollar", form.format("87.45")), told(2, "en", "Rate of the dollar", form.format("87.61")))


def test_a_figure_that_only_one_tells_is_no_contradiction() -> None:
    assert joined(told(1, "en", "Last tunnel of the railway", LEAD), told(2, "en", "Last tunnel, 12 kilometres", LEAD))


def test_another_relationship_in_the_same_form_is_another_event() -> None:
    form = "China's foreign minister and his {} colleague discussed trade, transit and exchanges of students at a meeting on Monday."
    assert apart(told(1, "en", "Ministers talk", form.format("Kazakh")), told(2, "en", "Ministers talk", form.format("Kyrgyz")))


def test_another_leader_in_the_same_form_is_another_event() -> None:
    form = "China and Kazakhstan will go on to build the railway together, {} said on Monday at the opening of the exhibition of tunnels."
    one, other = form.format("Olzhas Bektenov"), form.format("Murat Nurtleu")
    assert apart(told(1, "en", "Railway goes on", one), told(2, "en", "Railway goes on", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Токаев принял главу Минфина", "Токаев принял главу МИД страны"),
        ("Погода в Оше на выходные дни", "Погода в Нарыне на выходные дни"),
        ("President receives the minister of finance", "President receives the minister of defence"),
        ("Credentials of the ambassador of Peru accepted", "Credentials of the new ambassador of Ethiopia accepted"),
    ],
)
def test_the_same_title_with_something_else_in_it_is_another_event(one: str, other: str) -> None:
    assert apart(told(1, "ru", one, LEAD_RU), told(2, "ru", other, LEAD_RU))


def test_chinese_titles_of_one_form_about_others_are_other_events() -> None:
    form = "九月二日上午，国家主席在北京人民大会堂会见来华出席中国人民抗日战争暨世界反法西斯战争胜利八十周年纪念活动的{}。"
    one = told(1, "zh", "习近平会见老挝国家主席通伦", form.format("老挝国家主席通伦"))
    other = told(2, "zh", "习近平会见越南国家主席梁强", form.format("越南国家主席梁强"))
    assert apart(one, other)


def test_within_one_outlet_only_the_same_text_word_for_word_is_joined() -> None:
    assert joined(told(1, "en", "Last tunnel", LEAD), told(1, "en", "Last tunnel", LEAD, hours=1))
    assert apart(told(1, "en", "Last tunnel", LEAD), told(1, "en", "Works inspected", LEAD, hours=1))


# ---- Across languages ----------------------------------------------------------------------------------------------------


def test_one_event_in_four_languages_is_one_story() -> None:
    assert joined(*(signing(which, outlet, hours=outlet * 3) for outlet, which in enumerate(SIGNING)))


def test_an_outlet_tells_the_same_in_several_languages() -> None:
    assert joined(signing("ru", 7), signing("en", 7, hours=2))


def test_the_same_facts_on_another_day_are_another_event() -> None:
    assert joined(signing("en", 1), signing("ru", 2, hours=24))
    assert apart(signing("en", 1), signing("ru", 2, hours=25))


def test_leaders_alone_do_not_make_an_event() -> None:
    one = told(1, "en", "Xi and Tokayev open a cultural centre", "Chinese President Xi Jinping and Kassym-Jomart Tokayev of Kazakhstan.")
    other = told(2, "ru", "Токаев и Си Цзиньпин провели переговоры", "Казахстан и Китай: встреча в Астане.")
    assert apart(one, other)


def test_leaders_and_an_initiative_are_the_background_of_every_article() -> None:
    one = told(1, "en", "Xi Jinping and Tokayev praise the Belt and Road", "China and Kazakhstan go on.")
    other = told(2, "ru", "Токаев и Си Цзиньпин: «Один пояс, один путь»", "Китай построит в Казахстане завод.")
    assert len(one.facts & other.facts) == stories.SHARED
    assert apart(one, other)


def test_one_relationship_more_is_another_event() -> None:
    title, summary = SIGNING["ru"]
    assert apart(signing("en", 1), told(2, "ru", title, f"{summary} Ранее КНР и Узбекистан договорились о том же."))


def test_much_that_the_other_does_not_name_is_another_event() -> None:
    more = " Стороны упомянули договор, план действий, меморандум, инициативу «Один пояс, один путь» и подкомитеты."
    title, summary = SIGNING["ru"]
    assert apart(signing("en", 1), told(2, "ru", title, summary + more))


def test_the_same_facts_in_one_language_do_not_make_a_story() -> None:
    other = told(2, "en", "Joint statement of Xi Jinping and Tokayev", "35 documents, say observers of China and Kazakhstan at home.")
    assert stories.alike(signing("en", 1), other) == 0


# ---- Groups --------------------------------------------------------------------------------------------------------------


def filed(*items: stories.Telling) -> dict[int, list[stories.Telling]]:
    index: dict[int, list[stories.Telling]] = {}
    for item in items:
        for value in item.sketch.bands:
            index.setdefault(value, []).append(item)
    return index


def stored(outlet: int, story: int, *, edited: bool = False, title: str = "Last tunnel", lead: str = LEAD) -> stories.Telling:
    return told(outlet, "en", title, lead, story=story, edited=edited)


def test_a_late_item_joins_the_stored_story() -> None:
    placed = stories.place([told(9, "en", "Last tunnel", LEAD, hours=-30)], filed(stored(1, 17)))
    assert (placed.stories, placed.new, placed.merged) == ([(17, 0)], 0, {})


def bridge() -> tuple[stories.Telling, stories.Telling, stories.Telling]:
    """Two items that have little in common, and one that is much like both."""
    words = LEAD.split()
    first, last = " ".join(words[:27]), " ".join(words[12:])
    left, right = told(1, "en", "Last tunnel", first, story=31), told(2, "en", "Last tunnel", last, story=12)
    middle = told(3, "en", "Last tunnel", LEAD)
    assert stories.alike(left, middle) and stories.alike(middle, right)
    return left, middle, right


def test_stories_that_an_item_shows_to_be_one_are_merged_into_the_oldest() -> None:
    left, middle, right = bridge()
    placed = stories.place([middle], filed(left, right))
    assert (placed.stories, placed.merged) == ([(12, 0)], {31: 12})


@pytest.mark.parametrize("both", [True, False])
def test_a_story_that_an_editor_touched_is_never_merged(both: bool) -> None:
    left, middle, right = bridge()
    left.edited, right.edited = True, both
    assert stories.place([middle], filed(left, right)).merged == {}


def test_between_stories_of_editors_an_item_goes_to_the_one_that_is_most_like_it() -> None:
    near, far = stored(1, 40, edited=True), stored(2, 3, edited=True, title="Works on the railway inspected today")
    assert stories.place([told(9, "en", "Last tunnel", LEAD)], filed(near, far)).stories == [(40, 0)]


def test_a_phrase_that_everybody_prints_is_filed_a_few_times_only() -> None:
    copies = [told(n, "en", "Last tunnel", LEAD) for n in range(30)]
    placed = stories.place(copies, {})
    assert placed.new == 1
    assert len(placed.filed) == stories.BANDS * stories.MOST_A_BAND


def test_old_copies_do_not_keep_new_ones_out_of_the_index() -> None:
    old = [told(n, "en", "Last tunnel", LEAD, hours=-24 * 10, story=n + 1) for n in range(stories.MOST_A_BAND)]
    placed = stories.place([told(50, "en", "Last tunnel", LEAD)], filed(*old))
    assert placed.new == 1
    assert len(placed.filed) == stories.BANDS


# What permutations must not change: events whose items are all alike, each to each.
_WORDS = [f"{a}{b}" for a in ("rail", "bridge", "customs", "harvest", "glacier", "school") for b in ("er", "ing", "ment", "wise", "ward")]


def _events(seed: int) -> list[list[stories.Telling]]:
    dice = random.Random(seed)
    events: list[list[stories.Telling]] = []
    for event in range(4):
        lead = " ".join(dice.choice(_WORDS) for _ in range(38))
        copies = dice.randint(1, 4)
        events.append([told(10 * event + n, "en", f"Story {lead[:40]}", f"{lead} {dice.choice(_WORDS)}", hours=n) for n in range(copies)])
    return events


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_arrival_and_the_batches_decide_nothing(seed: int, dice: random.Random, batches: int) -> None:
    events = _events(seed)
    items = [item for event in events for item in event]
    dice.shuffle(items)
    index: dict[int, list[stories.Telling]] = {}
    story_of: dict[int, int] = {}
    for number in range(batches):
        batch = items[number::batches]
        placed = stories.place(batch, index)
        top = max(story_of.values(), default=0)
        for item, (known, new) in zip(batch, placed.stories, strict=True):
            story_of[item.outlet] = known if known is not None else top + 1 + new
        story_of = {outlet: placed.merged.get(story, story) for outlet, story in story_of.items()}
        for item in items:
            item.story = story_of.get(item.outlet)
        for value, place in placed.filed:
            index.setdefault(value, []).append(batch[place])
    assert {frozenset(item.outlet for item in event) for event in events} == {
        frozenset(outlet for outlet, of in story_of.items() if of == story) for story in set(story_of.values())
    }


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=400)), max_size=6))
def test_any_text_can_be_sketched_and_is_like_itself(texts: list[tuple[str, str]]) -> None:
    for (title, summary), sketch in zip(texts, stories.sketches(texts), strict=True):
        assert len(sketch.signature) in (0, 2 * stories.PERMUTATIONS)
        assert all(-(2**63) <= value < 2**63 for value in sketch.bands)
        if sketch.signature:
            one, other = (stories.Telling(outlet, "en", NOON, title, sketch) for outlet in (1, 2))
            assert stories.alike(one, other) == stories.alike(other, one) == 1.0
            assert stories.sketches([(title, summary)]) == [sketch]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SIGNING)), st.sampled_from(sorted(SIGNING)), st.integers(-30, 30))
def test_likeness_is_symmetric(one: str, other: str, hours: int) -> None:
    left, right = signing(one, 1), signing(other, 2, hours=hours)
    assert stories.alike(left, right) == stories.alike(right, left)


# ---- Facts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Ван И", "王毅会见", "Wang Yi said", "avec Wang Yi."])
def test_a_leader_is_one_fact_in_every_language(text: str) -> None:
    assert gazetteer().facts(text) == {"p:wang-yi"}


def test_a_name_that_several_bear_tells_none_of_them() -> None:
    two = facts.Gazetteer({"one": ["Akhmetov", "Daniyal Akhmetov"], "other": ["Akhmetov"]})
    assert two.facts("Akhmetov said") == frozenset()
    assert two.facts("Daniyal Akhmetov said") == {"p:one"}


def test_a_name_within_a_word_is_none() -> None:
    assert facts.Gazetteer({"li": ["Li Qiang"]}).facts("Bali Qiangs") == frozenset()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("10 000 tonnes, 10,000 more, 3.5% and 3,5%", {"10000", "3.5"}),
        ("交换35份文件", {"35"}),
        ("C5 and G20, 12-kilometre, 4G", {"12"}),
        ("no figures", set()),
    ],
)
def test_figures_are_read_in_one_spelling(text: str, figures: set[str]) -> None:
    assert facts.numbers(text) == figures


def test_days_and_years_tell_no_event() -> None:
    assert facts.telling({"17", "2026", "35", "9.5", "1500000"}) == {"35", "1500000"}
