"""What is written to the files: everything that editors made too, in its place; drafts only where asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relations import models
from relations.domain.dataset.shape import FILES
from relations.services.dataset import ExportRefused, export, load
from tests.factories import (
    AnniversaryFactory,
    DeclarationFactory,
    DeclarationTextFactory,
    EventFactory,
    FeedFactory,
    IndicatorFactory,
    InitiativeFactory,
    MechanismFactory,
    ObservationFactory,
    OutletFactory,
    PersonFactory,
    ProvisionFactory,
    ReferenceFactory,
    SessionFactory,
    SignatoryFactory,
    SourceFactory,
    StatusFactory,
    TermFactory,
    VisitFactory,
)
from tests.services.dataset.material import Tree, read, small_tree
from tests.services.dataset.rows import all_rows, empty_tables

pytestmark = pytest.mark.django_db

FilesOf = Callable[[Tree], Path]
STATEMENT = "cn-kz-2022-09-14-joint-statement"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


class TestWhatEditorsMade:
    def test_it_stands_in_its_place(self, tree: Tree, files: FilesOf, out: Path) -> None:
        load(files(tree))
        source = SourceFactory(url="https://example.org/made")
        EventFactory(date="2010-01", title_en="Between", sources=[source])
        EventFactory(date="2010", title_en="Of another pair", dyad_id="CN-UZ", parties=("CN", "UZ"))
        MechanismFactory(slug="made-subcommittee", parent=models.Mechanism.objects.get(slug="cn-kz-committee"), position=0)
        MechanismFactory(slug="made-committee", position=0)
        SessionFactory(mechanism=models.Mechanism.objects.get(slug="made-committee"), date="2005-06-01")
        VisitFactory(visitor=PersonFactory(slug="made", side="KZ", name_en="Somebody Else"), host="CN", date_start="2020-01-05")

        export(out)

        kz = read(out)["kz"]
        assert [record["title"] for record in kz["events"]] == ["Pipeline opened", "Between", "A protest"]
        assert kz["events"][1]["sources"][0]["url"] == "https://example.org/made"
        assert [record["slug"] for record in kz["mechanisms"]] == [
            "cn-kz-committee", "cn-kz-subcommittee", "made-subcommittee", "made-committee",
        ]  # fmt: skip
        assert [record["date"] for record in kz["sessions"]] == ["2005", "2005-06-01", "2006-11-17"]
        assert [record["visitor"] for record in kz["visits"]] == ["Somebody Else", "Xi Jinping"]
        assert [record["title"] for record in read(out)["uz"]["events"]] == ["Of another pair"]

    def test_a_database_that_editors_filled_comes_back_the_same(self, out: Path) -> None:
        source, bare = SourceFactory(), SourceFactory(publisher="", title="", language="", published=None)
        person = PersonFactory(side="CN", name_en=None, name_ru="Ли Пэн", aliases={"ru": ["Ли"]}, sources=[source])
        TermFactory(person=person, position=0, start=None, end="1998")
        mechanism = MechanismFactory(position=1)
        initiative = InitiativeFactory(position=1, proposer="", sources=[source])
        first = DeclarationFactory(date="1992", slug="first", sources=[source], verification="official")
        second = DeclarationFactory(slug="second", parties=("CN", "KZ", "UZ"), dyad_id="CN-C5", initiatives=[initiative], place=None)
        SignatoryFactory(declaration=second, position=0)
        ReferenceFactory(declaration=second, position=0, target=first, document="")
        ReferenceFactory(declaration=second, position=1, document="AGENDA_2030")
        ReferenceFactory(declaration=second, position=2, document="", name="Some treaty")
        ProvisionFactory(declaration=second, position=1, side="C5", mechanisms=[mechanism], sources=[bare], verification="memory")
        StatusFactory(document=first, title_fr="Relations diplomatiques")
        SessionFactory(mechanism=mechanism, number=3, format="hybrid")
        VisitFactory(visitor=person, declaration=second, date_end="2022-09-15")
        EventFactory(title_en=None, title_zh_hans="事件", label="Event", friction=True)
        AnniversaryFactory(origin=None)
        ObservationFactory(indicator=IndicatorFactory(position=1), value=-0.5, period="2022-01/2022-06", scope="Horgos", position=1)
        FeedFactory(outlet=OutletFactory(position=1, languages=("zh",)), position=1, confidence="checked")
        before = all_rows()
        export(out)
        empty_tables()

        load(out)

        after = all_rows()
        for table in before:
            assert after[table] == before[table], table

    def test_the_order_of_aliases_is_that_of_titles_whatever_the_database_keeps(self, out: Path) -> None:
        PersonFactory(aliases={"ru": ["Си"], "de": ["Xi"], "zh": ["習近平"], "en": ["Xi"]})
        export(out)
        assert list(read(out)["people"]["people"][0]["aliases"]) == ["en", "zh", "ru", "de"]

    def test_a_source_that_nothing_cites_is_kept(self, out: Path) -> None:
        SourceFactory(url="https://example.org/alone", title="Alone")
        export(out)
        assert [record["title"] for record in read(out)["sources"]["sources"]] == ["Alone"]

    def test_an_empty_database_makes_empty_files(self, out: Path) -> None:
        export(out)
        assert read(out) == {file: {name: [] for name in lists} for file, lists in FILES.items()}
        assert load(out).counts["events"] == {}


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Declaration.objects.filter(slug=STATEMENT).update(state="draft")

    def test_they_are_left_out_with_what_refers_to_them(self, files: FilesOf, out: Path) -> None:
        report = export(out)

        assert report.drafts == [STATEMENT]
        kz = read(out)["kz"]
        assert [record["slug"] for record in kz["declarations"]] == ["cn-kz-2005-07-04-strategic-partnership"]
        assert kz["visits"][0]["declaration"] is None
        empty_tables()
        load(out)
        assert models.Declaration.objects.count() == 1

    def test_a_published_one_does_not_refer_to_a_draft(self, out: Path) -> None:
        models.Declaration.objects.filter(slug=STATEMENT).update(state="published")
        models.Declaration.objects.exclude(slug=STATEMENT).update(state="draft")
        export(out)
        kz = read(out)["kz"]
        assert kz["declarations"][0]["references"] == ["UNGA_2758", "A treaty of friendship"]
        assert kz["statuses"][1]["document"] is None

    def test_where_asked_for_they_keep_their_state(self, tree: Tree, out: Path) -> None:
        before = all_rows()
        report = export(out, drafts=True)
        assert report.drafts == []
        expected = small_tree()
        expected["kz"]["declarations"][1]["state"] = "draft"
        assert read(out) == expected
        empty_tables()

        load(out)

        assert all_rows() == before
        assert not models.Declaration.objects.published().filter(slug=STATEMENT).exists()


def test_a_file_that_was_taken_in_by_hand_stays_here_and_a_feed_without_a_language_may_go(out: Path) -> None:
    outlet = OutletFactory()
    FeedFactory(outlet=outlet, url="file:///var/feeds/agency.xml", language="")
    FeedFactory(outlet=outlet, url="https://example.org/mixed.xml", language="")
    export(out)
    (told,) = read(out)["feeds"]["outlets"]
    assert [(feed["url"], feed["language"]) for feed in told["feeds"]] == [("https://example.org/mixed.xml", "")]
    empty_tables()
    load(out)
    assert models.Feed.objects.get().language == ""


def test_full_texts_stay_in_the_database(out: Path) -> None:
    DeclarationTextFactory(text="The whole text.")
    assert export(out).texts == 1
    assert "The whole text." not in (out / "kz.json").read_text()


class TestTheDirectory:
    def test_it_is_made(self, tmp_path: Path) -> None:
        export(tmp_path / "a" / "b")
        assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(f"{file}.json" for file in FILES)

    def test_files_of_an_earlier_export_are_replaced(self, out: Path) -> None:
        export(out)
        (out / "README.md").write_text("About the facts.")
        EventFactory()
        export(out)
        assert len(read(out)["kz"]["events"]) == 1
        assert (out / "README.md").read_text() == "About the facts."

    def test_other_things_are_not_mixed_with_the_files(self, out: Path) -> None:
        out.mkdir()
        (out / "thesis.doc").write_text("mine")
        with pytest.raises(ExportRefused, match=r"holds other things \(thesis.doc\): choose another directory, or add --force"):
            export(out)
        assert [path.name for path in out.iterdir()] == ["thesis.doc"]
        export(out, force=True)
        assert (out / "thesis.doc").read_text() == "mine"

    def test_a_file_in_its_place_is_told_in_a_line(self, out: Path) -> None:
        out.write_text("a file")
        with pytest.raises(ExportRefused, match="File exists"):
            export(out)
        assert out.read_text() == "a file"

    def test_a_write_that_fails_leaves_the_old_files(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        export(out)
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        EventFactory()
        write = Path.write_text

        def full(self: Path, *args: str, **options: str) -> int:
            if self.name == ".c5.json.new":
                raise OSError(28, "No space left on device")
            return write(self, *args, **options)

        monkeypatch.setattr(Path, "write_text", full)
        with pytest.raises(ExportRefused, match="No space left on device"):
            export(out)
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before
