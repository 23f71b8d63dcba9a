"""The vocabulary of the farm: enough words in four languages that its articles differ as those of real outlets do."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """Words of a language, how a sentence is put together from them, and how China and its partners are called."""

    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    places: tuple[str, ...]
    china: tuple[str, ...]
    partners: tuple[str, ...]
    sentence: Callable[[Language, random.Random], str]
    meeting: str
    """A headline about China and a partner, with {china}, {partner}, {verb} and {noun}."""


def _words(text: str, before: str = "") -> tuple[str, ...]:
    return tuple(before + word for word in text.split())


def spaced(words: Language, dice: random.Random) -> str:
    """A sentence in a language that puts spaces between words."""
    pick = dice.choice
    parts = [pick(words.adjectives), pick(words.nouns), pick(words.verbs), pick(words.adjectives), pick(words.nouns)]
    if dice.random() < 0.6:
        parts += [pick(words.nouns), pick(words.places)]
    if dice.random() < 0.3:
        parts.append(str(dice.randint(2, 990)))
    text = " ".join(parts)
    return text[0].upper() + text[1:] + "."


def unspaced(words: Language, dice: random.Random) -> str:
    """A sentence in Chinese."""
    pick = dice.choice
    parts = [pick(words.places), pick(words.nouns), pick(words.verbs), pick(words.adjectives), pick(words.nouns)]
    if dice.random() < 0.6:
        parts += ["，", pick(words.verbs), pick(words.nouns)]
    if dice.random() < 0.3:
        parts.append(f"{dice.randint(2, 990)}项")
    return "".join(parts) + "。"


ENGLISH: Final = Language(
    adjectives=_words(
        """new regional joint annual public rural urban northern southern eastern western central former senior local foreign digital
        green modern historic emergency temporary permanent early late major minor national private cheap costly seasonal mountain
        coastal industrial medical cultural legal financial scientific military civil young retired popular quiet sudden steady record
        rare daily weekly planned delayed cancelled unfinished restored protected"""
    ),
    nouns=_words(
        """railway bridge tunnel harvest budget school hospital museum market factory reservoir glacier pipeline refinery airport
        highway stadium festival election court ministry committee summit tender contract loan bank currency tariff border customs
        visa student teacher doctor farmer engineer artist athlete worker journalist mayor governor minister deputy ambassador
        delegation agreement protocol programme strategy survey census report inquiry trial fine tax pension salary price
        shortage surplus drought flood earthquake snowfall heatwave storm wildfire forest river lake park monument library theatre
        orchestra exhibition film novel language textbook laboratory satellite network server drone battery turbine plant grid
        mine copper uranium cotton wheat fruit livestock wool carpet tourism hotel airline cargo container warehouse corridor"""
    ),
    verbs=_words(
        """opens closes approves rejects reviews extends delays signs builds repairs inspects funds audits launches hosts visits
        welcomes criticises defends explains publishes translates celebrates remembers studies measures raises lowers doubles halves
        replaces restores protects imports exports buys sells rents registers licenses bans permits suspends resumes completes
        abandons proposes discusses"""
    ),
    places=_words(
        """Almaty Shymkent Aktau Osh Jalal-Abad Naryn Khujand Bokhtar Khorog Samarkand Bukhara Nukus Fergana Mary
        Turkmenabat Balkanabat Urumqi Kashgar Xi'an Lanzhou Chengdu Ankara Baku Tbilisi Geneva Vienna""",
        "in ",
    ),
    china=("China", "Beijing", "Chinese officials"),
    partners=("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"),
    sentence=spaced,
    meeting="{china} and {partner}: {adjective} {noun} {verb} the {other}",
)

RUSSIAN: Final = Language(
    adjectives=_words(
        """новый региональный совместный ежегодный городской северный южный восточный западный центральный бывший старший местный
        иностранный цифровой зелёный современный исторический срочный временный постоянный ранний поздний крупный малый
        государственный частный дешёвый дорогой сезонный горный промышленный медицинский культурный правовой финансовый научный
        военный гражданский молодой известный тихий внезапный устойчивый рекордный редкий дневной недельный плановый отложенный
        отменённый восстановленный"""
    ),
    nouns=_words(
        """мост тоннель урожай бюджет лицей музей рынок завод ледник трубопровод аэропорт стадион фестиваль суд комитет саммит
        тендер контракт кредит банк курс тариф пост студент учитель врач фермер инженер художник спортсмен рабочий журналист аким
        губернатор министр депутат посол договор протокол план отчёт опрос процесс штраф налог взнос паводок снегопад ураган пожар
        лес парк памятник театр оркестр фильм роман язык учебник спутник сервер дрон реактор рудник хлопок скот ковёр туризм отель
        груз контейнер склад коридор вокзал проспект автобус троллейбус поезд вагон канал колодец насос счётчик архив словарь
        конкурс турнир марафон чемпионат экзамен грант патент стандарт цемент кирпич уголь газ бензин сахар рис картофель"""
    ),
    verbs=_words(
        """открывает закрывает одобряет отклоняет изучает продлевает переносит подписывает строит ремонтирует проверяет финансирует
        запускает принимает посещает критикует защищает объясняет публикует переводит отмечает измеряет повышает снижает удваивает
        заменяет восстанавливает ввозит вывозит покупает продаёт арендует регистрирует запрещает разрешает приостанавливает
        возобновляет завершает предлагает обсуждает"""
    ),
    places=_words(
        """Алматы Шымкент Актау Ош Джалал-Абад Нарын Худжанд Бохтар Хорог Самарканд Бухара Нукус Фергана Мары Урумчи
        Кашгар Сиань Ланьчжоу Анкара Баку Тбилиси Женева Вена""",
        "в городе ",
    ),
    china=("Китай", "КНР", "Пекин"),
    partners=("Казахстан", "Кыргызстан", "Таджикистан", "Туркменистан", "Узбекистан"),
    sentence=spaced,
    meeting="{china} и {partner}: {adjective} {noun} {verb} {other}",
)

FRENCH: Final = Language(
    adjectives=_words(
        """nouveau régional commun annuel public rural urbain septentrional méridional oriental occidental central ancien local étranger
        numérique vert moderne historique provisoire permanent précoce tardif majeur mineur national privé coûteux saisonnier
        montagnard industriel médical culturel juridique financier scientifique militaire civil jeune retraité populaire calme soudain
        stable rare quotidien hebdomadaire prévu reporté annulé inachevé restauré protégé"""
    ),
    nouns=_words(
        """pont tunnel budget lycée hôpital musée marché barrage glacier gazoduc aéroport stade festival scrutin tribunal ministère
        comité sommet contrat prêt tarif poste visa étudiant professeur médecin fermier ingénieur artiste athlète ouvrier journaliste
        maire gouverneur ministre député ambassadeur accord protocole programme sondage rapport procès impôt salaire prix manque
        orage incendie fleuve lac parc monument théâtre orchestre film roman manuel laboratoire satellite réseau serveur drone
        réacteur cuivre uranium coton blé fruit bétail tapis tourisme hôtel fret conteneur entrepôt couloir train wagon canal puits
        concours tournoi marathon examen brevet ciment charbon gaz sucre riz"""
    ),
    verbs=_words(
        """ouvre ferme approuve rejette examine prolonge retarde signe construit répare inspecte finance lance accueille visite critique
        défend explique publie traduit célèbre étudie mesure augmente baisse double remplace restaure protège importe exporte achète
        vend loue enregistre interdit permet suspend reprend achève abandonne propose discute"""
    ),
    places=_words(
        """Almaty Chymkent Aktaou Och Naryn Khodjent Khorog Samarcande Boukhara Noukous Ferghana Mary Ouroumtsi Kachgar
        Xi'an Lanzhou Ankara Bakou Tbilissi Genève Vienne""",
        "à ",
    ),
    china=("La Chine", "Pékin", "La délégation chinoise"),
    partners=("le Kazakhstan", "le Kirghizistan", "le Tadjikistan", "le Turkménistan", "l'Ouzbékistan"),
    sentence=spaced,
    meeting="{china} et {partner} : le {adjective} {noun} {verb} le {other}",
)

CHINESE: Final = Language(
    adjectives=_words(
        """新的 地区 联合 年度 公共 农村 城市 北部 南部 东部 西部 中部 原有 高级 地方 外国 数字 绿色 现代 历史 紧急 临时 长期 早期 晚期
        主要 次要 国家 民间 便宜 昂贵 季节性 山区 沿海 工业 医疗 文化 法律 金融 科学 军事 民用 青年 退休 热门 突发 稳定 创纪录 罕见 每日
        每周"""
    ),
    nouns=_words(
        """铁路 大桥 隧道 收成 预算 学校 医院 博物馆 市场 工厂 水库 冰川 管道 炼油厂 机场 公路 体育场 艺术节 选举 法院 委员会 峰会 招标
        合同 贷款 银行 货币 关税 海关 签证 学生 教师 医生 农民 工程师 艺术家 运动员 工人 记者 市长 州长 部长 代表团 协议 议定书 方案 战略
        调查 普查 报告 审判 罚款 税收 养老金 工资 价格 短缺 干旱 洪水 地震 降雪 风暴 森林 河流 湖泊 公园 纪念碑 图书馆 剧院 乐团 展览
        电影 小说 语言 教材 实验室 卫星 网络 无人机 电池 电网 矿山 铜 铀 棉花 小麦 水果 牲畜 地毯 旅游 酒店 航空
        货物 集装箱 仓库 走廊"""
    ),
    verbs=_words(
        """开放 关闭 批准 否决 审查 延长 推迟 签署 建设 修复 检查 资助 审计 启动 主办 访问 欢迎 批评 辩护 解释 公布 翻译 庆祝 纪念 研究 测量
        提高 降低 取代 恢复 保护 进口 出口 购买 出售 租赁 登记 禁止 允许 暂停 重启 完成 放弃 提议 讨论"""
    ),
    places=_words("阿拉木图 奇姆肯特 阿克套 奥什 纳伦 苦盏 霍罗格 撒马尔罕 布哈拉 费尔干纳 马雷 乌鲁木齐 喀什 西安 兰州 成都 安卡拉 巴库"),
    china=("中国", "中方", "北京"),
    partners=("哈萨克斯坦", "吉尔吉斯斯坦", "塔吉克斯坦", "土库曼斯坦", "乌兹别克斯坦"),
    sentence=unspaced,
    meeting="{china}与{partner}：{adjective}{noun}{verb}{other}",
)

LANGUAGES: Final = {"en": ENGLISH, "ru": RUSSIAN, "zh": CHINESE, "fr": FRENCH}
