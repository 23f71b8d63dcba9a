"""What a reader makes of an article: one in each language from end to end, then the traps."""

# ruff: noqa: E501  (articles are what they are)

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.extraction import Article, Knowledge, KnownMechanism, KnownPerson, LexiconReader, Reading

DAY = dt.date(2022, 1, 4)
ENGLISH = """China and Tajikistan mark three decades of ties

DUSHANBE, Jan. 4 (News Wire) -- Presidents Xi Jinping and Emomali Rahmon on Tuesday issued a joint declaration on the 30th anniversary of diplomatic relations between China and Tajikistan.

According to the declaration, the Tajik side firmly abides by the one-China principle and cites UN General Assembly Resolution 2758. The Chinese side supports the development path chosen by the Tajik people. The two sides will keep the intergovernmental cooperation committee working.

"Words are cheap," said Farid Olimov, an analyst in Almaty. Trade between the two countries reached 1.8 billion dollars last year."""
FRENCH = """Pékin et Achgabat publient une déclaration commune

ACHGABAT, 4 janvier — La Chine et le Turkménistan ont publié mardi une déclaration commune à l'issue de la visite d'État du président chinois.

Le Turkménistan réaffirme son attachement au principe d'une seule Chine. De son côté, Pékin s'engage à financer la quatrième conduite du gazoduc. Elle sera achevée avant 2026, et la coopération dans le cadre de « la Ceinture et la Route » sera approfondie.

Le président a ensuite visité un haras."""
CHINESE = """中乌发表联合公报

新华社塔什干1月4日电 中国和乌兹别克斯坦4日在塔什干发表联合公报。中国国务院总理正在乌兹别克斯坦进行正式访问。

公报指出，乌方恪守一个中国原则。中方支持“新乌兹别克斯坦”建设。双方将扩大农产品贸易，加快中吉乌铁路建设。

当晚举行了欢迎宴会。据统计，去年双边贸易额达到80亿美元。"""
RUSSIAN = """Казахстан и Китай подписали совместное заявление

АСТАНА, 4 января. Вчера в Астане по итогам государственного визита Си Цзиньпина подписано совместное заявление Казахстана и Китая.

Казахстанская сторона подтвердила приверженность принципу одного Китая. Она также высоко оценила Инициативу глобального развития. Китай окажет поддержку программе «Нурлы жол». Стороны договорились увеличить число грузовых поездов.

«Это важный шаг», – сказал эксперт Марат Шибутов."""


@pytest.fixture(scope="module")
def reader() -> LexiconReader:
    return LexiconReader()


def read(reader: LexiconReader, text: str, published: dt.date | None = DAY) -> Reading:
    return reader.read(Article.of(text, published))


def sides(reading: Reading) -> list[tuple[str, str]]:
    """Side and main topic of each provision, in order."""
    return [(one.side, one.topics[0]) for one in reading.provisions]


def codes(values: object) -> list[str | None]:
    return sorted(one.value for one in values)


def test_an_english_report_becomes_a_draft(reader: LexiconReader) -> None:
    reading = read(reader, ENGLISH)
    assert (reading.language.value, reading.kind.value, reading.date.value) == ("en", "joint_declaration", "2022-01-04")
    assert (reading.occasion.kind, reading.occasion.years) == ("anniversary", 30)
    assert reading.party_codes == ("CN", "TJ")
    assert reading.dyad == "CN-TJ"
    assert codes(reading.references) == ["UNGA_2758"]
    assert [one.kind for one in reading.mechanisms] == ["committee"]
    assert sides(reading) == [("TJ", "taiwan"), ("CN", "development_path"), ("both", "mechanisms")]


def test_a_french_report_becomes_a_draft(reader: LexiconReader) -> None:
    reading = read(reader, FRENCH)
    assert (reading.language.value, reading.kind.value, reading.date.value) == ("fr", "joint_statement", "2022-01-04")
    assert reading.occasion.kind == "state_visit"
    assert reading.party_codes == ("CN", "TM")
    assert codes(reading.initiatives) == ["BRI"]
    assert [one.side for one in reading.provisions][:2] == ["TM", "CN"]
    assert reading.provisions[0].topics == ("taiwan",)
    assert "energy" in reading.provisions[1].topics
    assert len(reading.provisions) == 3  # the visit to the stud farm is none


def test_a_chinese_report_becomes_a_draft(reader: LexiconReader) -> None:
    reading = read(reader, CHINESE)
    assert (reading.language.value, reading.kind.value, reading.date.value) == ("zh", "joint_communique", "2022-01-04")
    assert reading.occasion.kind == "official_visit"
    assert reading.party_codes == ("CN", "UZ")  # the railway by way of Kyrgyzstan is a name
    assert codes(reading.initiatives) == ["NEW_UZBEKISTAN"]
    assert [one.side for one in reading.provisions] == ["UZ", "CN", "both"]


def test_a_russian_report_becomes_a_draft(reader: LexiconReader) -> None:
    reading = read(reader, RUSSIAN)
    assert (reading.language.value, reading.kind.value, reading.date.value) == ("ru", "joint_statement", "2022-01-03")
    assert reading.occasion.kind == "state_visit"
    assert codes(reading.initiatives) == ["GDI", "NURLY_ZHOL"]
    assert [one.side for one in reading.provisions] == ["KZ", "KZ", "CN", "both"]  # “Она” is the Kazakh side


def test_every_provision_tells_its_place_and_its_rule(reader: LexiconReader) -> None:
    for text in (ENGLISH, FRENCH, CHINESE, RUSSIAN):
        for one in read(reader, text).provisions:
            assert text[one.start : one.end] == one.text
            assert one.rule.startswith("provision: ")
            assert one.evidence


def test_places_count_in_the_text_as_it_was_handed_in(reader: LexiconReader) -> None:
    marked = ENGLISH.replace("the Tajik side", "the\u200b Tajik  side").replace("é", "e\u0301")
    reading = read(reader, marked)
    assert [marked[one.start : one.end] for one in reading.provisions] == [one.text for one in reading.provisions]
    assert reading.provisions[0].side == "TJ"


def test_without_the_day_of_publication_relative_dates_stay_open(reader: LexiconReader) -> None:
    text = ENGLISH.replace("DUSHANBE, Jan. 4 (News Wire) -- ", "")
    assert read(reader, text, None).date.value is None


def test_another_language_is_said_so_and_names_are_still_found(reader: LexiconReader) -> None:
    german = "China und Kasachstan\n\nDie beiden Staaten haben am Dienstag in Astana eine Erklärung unterzeichnet, und die Initiative ist für das Land nicht neu."
    reading = reader.read(Article.of(german, DAY))
    assert reading.language.value == "de"
    assert "not read" in reading.warnings[0]


TRAPS = {
    "Georgia": "Georgia and China issue a joint statement\n\nTBILISI — Georgia and China on Tuesday signed a joint statement in Tbilisi. The two sides will expand trade along the route through Kazakhstan.",
    "porcelain": "A dinner service comes home\n\nThe museum in Tashkent has bought a set of bone china made in England. The china cabinet was given by a British collector.",
    "Turkmen of Iraq": "Kirkuk votes\n\nIraqi Turkmen parties in Kirkuk accused Baghdad on Tuesday of favouring a Chinese oil company. The Turkmen Front called for a recount in Iraq.",
    "dateline": "Russia and India agree on oil\n\nASTANA, July 4 — Russia and India on Thursday signed an agreement on oil supplies, officials from Moscow and New Delhi said. China was not mentioned.",
    "others": "Президенты России и Казахстана приняли заявление\n\nАСТАНА, 4 января. Россия и Казахстан подписали совместное заявление. Стороны увеличат поставки газа; Москва упомянула и транзит в Китай.",
    "a contest": "Kazakh and Chinese wrestlers share gold\n\nThe semi-finals of the world championship in Astana pitted China against Kazakhstan on Tuesday. The Kazakh coach praised his champion, and China took two bronze medals.",
    "un match": "La Chine battue par l'Ouzbékistan\n\nL'Ouzbékistan a battu la Chine mardi à Tachkent en demi-finale de la Coupe d'Asie. L'entraîneur chinois a critiqué l'arbitre, et son gardien de but a quitté le match en larmes.",
    "比赛": "国足客场不敌乌兹别克斯坦\n\n中国队周二在塔什干举行的世界杯预选赛中负于乌兹别克斯坦队。主教练赛后批评裁判，称球员状态不佳。",
    "матч": "Казахстан обыграл Китай\n\nСборная Казахстана во вторник обыграла Китай в полуфинале чемпионата мира по хоккею. Тренер китайской команды раскритиковал судью, а вратарь покинул матч с травмой.",
    "Pakistan": "中巴发表联合声明\n\n中国和巴基斯坦1月4日发表联合声明。双方同意推进中巴经济走廊，欢迎哈萨克斯坦参与。",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_like_the_relationship_is_no_draft(reader: LexiconReader, trap: str) -> None:
    reading = read(reader, TRAPS[trap])
    assert not reading.relevance.relevant, reading.relevance
    assert reading.kind.value is None
    assert (reading.parties, reading.provisions) == ((), ())
    assert reading.relevance.reason


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        (
            "Turkmenistan, Russia sign gas memorandum as China demand cools",
            "The Chinese side buys most of the Turkmen gas, and China wants more.",
        ),
        (
            "Uzbekistan and the US sign a memorandum to counter China",
            "Beijing and Tashkent are partners; China is the first investor of Uzbekistan.",
        ),
        (
            "Le Kazakhstan et la France signent un accord sur le lithium, sous le regard de la Chine",
            "La Chine et le Kazakhstan ont d'autres projets.",
        ),
        ("Киргизия и Россия подписали соглашение на фоне интереса Китая", "Китай и Киргизия строят железную дорогу."),
        ("乌兹别克斯坦和美国签署谅解备忘录，中国关注", "中国是乌兹别克斯坦的主要贸易伙伴。"),
    ],
)
def test_a_document_that_others_signed_is_none_of_china(reader: LexiconReader, title: str, lead: str) -> None:
    read = reader.read(Article(title, lead))
    assert not read.relevance.relevant and read.kind.value is None
    assert "the document is one of" in read.relevance.reason


@pytest.mark.parametrize(
    ("dateline", "city"),
    [("ALMATY, June 3 (Xinhua) --", "Almaty"), ("ASTANA, June 3 (Xinhua) --", "Astana"), ("SAMARKAND, June 3 (Xinhua) --", "Samarkand")],
)
def test_the_city_is_that_of_the_dateline(reader: LexiconReader, dateline: str, city: str) -> None:
    text = f"China, neighbor issue joint statement\n\n{dateline} China and {'Uzbekistan' if city == 'Samarkand' else 'Kazakhstan'} issued a joint statement on Tuesday."
    assert reader.read(Article.of(text)).place.value == city


def test_the_states_in_the_name_of_a_project_are_parties_of_the_document_on_it(reader: LexiconReader) -> None:
    said = "Соглашение о проекте «Китай – Кыргызстан – Узбекистан» подписано в Пекине. Стороны построят железную дорогу."
    assert reader.read(Article("Дорогу закрепили на бумаге", said)).party_codes == ("CN", "KG", "UZ")
    passing = "Президент открыл выставку в Бишкеке. Там показали проект «Китай – Кыргызстан – Узбекистан»."
    assert not reader.read(Article("В столице открылась выставка", passing)).relevance.relevant


def test_a_third_state_that_signs_along_with_china_takes_nothing_away(reader: LexiconReader) -> None:
    read = reader.read(
        Article("China, Kyrgyzstan and Uzbekistan sign railway agreement", "China, Kyrgyzstan and Uzbekistan signed an agreement.")
    )
    assert read.relevance.relevant and read.party_codes == ("CN", "KG", "UZ")
    read = reader.read(
        Article(
            "China and Kazakhstan sign agreement", "Kazakhstan and Russia signed an agreement earlier; China and Kazakhstan signed theirs."
        )
    )
    assert read.relevance.relevant and read.party_codes == ("CN", "KZ")


def test_an_agreement_on_sport_is_no_contest(reader: LexiconReader) -> None:
    text = "China and Kazakhstan sign agreement on sport\n\nASTANA — China and Kazakhstan on Tuesday signed an agreement on sport. The two sides will train boxers, wrestlers and coaches for the championships and support each other at the Asian Games."
    assert read(reader, text).kind.value == "agreement"


def test_of_third_parties_that_weigh_the_same_the_first_named_counts(reader: LexiconReader) -> None:
    rivals = ["Mongolia", "Vietnam", "Turkey", "Iran", "Pakistan", "India", "Japan"]
    for turn in range(len(rivals)):
        names = rivals[turn:] + rivals[:turn]
        text = f"{', '.join(names)} meet\n\n{', '.join(names)} agreed on rules for trade. China and Kazakhstan were named once in the text."
        evidence = reader.read(Article.of(text, DAY)).relevance.evidence[0]
        assert (evidence.rule, text[evidence.start : evidence.end]) == ("third party", names[0])


def test_the_six_speak_together(reader: LexiconReader) -> None:
    text = "Six leaders sign declaration\n\nThe presidents of China, Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan on Tuesday signed the Astana Declaration at the second China–Central Asia summit.\n\nThe parties will build new railways. China will grant 1.5 billion yuan."
    reading = read(reader, text)
    assert reading.dyad == "CN-C5"
    assert [one.side for one in reading.provisions] == ["all", "CN"]


def test_two_sides_in_one_sentence_are_two_provisions(reader: LexiconReader) -> None:
    text = ENGLISH.replace(
        "The Chinese side supports the development path chosen by the Tajik people.",
        "Tajikistan will open a new customs post, while China will build the road to it.",
    )
    found = [(one.side, one.text) for one in read(reader, text).provisions]
    assert ("TJ", "Tajikistan will open a new customs post, while") not in found
    assert [side for side, words in found if "customs post" in words or "road" in words] == ["TJ", "CN"]


def test_the_very_mechanism_and_the_people_of_the_records_are_named() -> None:
    known = Knowledge(
        mechanisms=(
            KnownMechanism("cn-tj-committee", "committee", frozenset({"CN", "TJ"})),
            KnownMechanism("cn-uz-committee", "committee", frozenset({"CN", "UZ"})),
        ),
        people=(KnownPerson("xi-jinping", "CN", ("Xi Jinping", "Си Цзиньпин")), KnownPerson("emomali-rahmon", "TJ", ("Emomali Rahmon",))),
    )
    reader = LexiconReader(known)
    reading = read(reader, ENGLISH)
    assert [(one.kind, one.slug) for one in reading.mechanisms] == [("committee", "cn-tj-committee")]
    assert {one.slug for one in reading.people} == {"xi-jinping", "emomali-rahmon"}
    assert [one.slug for one in read(reader, RUSSIAN).people] == ["xi-jinping"]  # “Си Цзиньпина”


def test_a_port_is_not_taken_for_the_man_whose_name_it_bears() -> None:
    known = Knowledge(people=(KnownPerson("niyazov", "TM", ("Saparmurat Niyazov", "Turkmenbashi", "Туркменбаши")),))
    reader = LexiconReader(known)
    assert reader.link(Article("", "China and Turkmenistan ship goods through Turkmenbashi.")).people == ()
    assert [one.slug for one in reader.link(Article("", "China and Saparmurat Niyazov of Turkmenistan.")).people] == ["niyazov"]


def test_links_are_what_a_text_names_without_its_sentences(reader: LexiconReader) -> None:
    links = reader.link(Article.of(RUSSIAN, DAY))
    assert [one.value for one in links.dyads] == ["CN-KZ"]
    assert {one.value for one in links.initiatives} == {"GDI", "NURLY_ZHOL"}
    assert links.dyads[0].evidence[0].rule
    assert reader.link(Article("Rain in Paris", "It rained.")) == type(links)()


def test_a_pronoun_that_repeats_a_name_does_not_speak_for_another_side() -> None:
    body = (
        "BICHKEK, 5 février -- Le Kirghizstan et la Chine ont signé mercredi une déclaration conjointe.\n\n"
        "Bichkek réaffirme que Taïwan fait partie intégrante de la Chine. La Chine, elle, soutient la souveraineté du Kirghizstan. "
        "Elle accueillera cent étudiants dans ses universités."
    )
    reading = LexiconReader().read(Article("Bichkek et Pékin signent une déclaration conjointe", body))
    assert [one.side for one in reading.provisions] == ["KG", "CN", "CN"]
