"""Names that the lexicon does not have: Central Asia as a region, and words that only look like the name of a country.

A trap swallows its own place in a text: `发展中国家` (developing countries) holds `中国` without naming China. The longest
name at a place counts, so a trap has to be longer than the name it hides.
"""

from typing import Final

_ENDINGS: Final = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")

CENTRAL_ASIA: Final = {
    "en": ("Central Asia", "Central Asian", "Central Asians"),
    "fr": ("Asie centrale", "centrasiatique", "centrasiatiques", "centre-asiatique", "centre-asiatiques"),
    "zh": ("中亚", "中亞"),
    "ru": (
        *("Центральная Азия", "Центральной Азии", "Центральную Азию", "Центральной Азией"),
        *("Средняя Азия", "Средней Азии", "Среднюю Азию", "Средней Азией"),
        *(f"центральноазиатск{end}" for end in _ENDINGS),
        *(f"центрально-азиатск{end}" for end in _ENDINGS),
        *(f"среднеазиатск{end}" for end in _ENDINGS),
    ),
}
"""The region; with China it names the six-party format."""

TOGETHER: Final = {
    "中吉乌": ("KG", "UZ"),
    "中塔乌": ("TJ", "UZ"),
    "中乌吉": ("KG", "UZ"),
}
"""Chinese short forms of China and several partners."""

MORE_CAPITALS: Final = {
    "KZ": ("Астана", "努爾蘇丹", "阿斯塔納", "阿拉木圖"),
    "KG": ("比什凱克",),
    "TJ": ("杜尚別",),
    "TM": ("Ashgabad", "Achkhabad"),
    "UZ": ("Toshkent",),
}
"""Spellings of capitals that the lexicon has among a country's names but not among its capitals."""

UNSURE: Final = frozenset({"中乌", "乌中", "中吉", "吉中", "中塔", "塔中", "中土", "土中"})
"""Short forms that mean other pairs too (China and Ukraine, Djibouti, Turkey): they count where the partner is named as well."""

FLEETING: Final = frozenset({"哈方", "吉方", "塔方", "土方", "乌方", "我国"})
"""“The Kazakh side” and its like: short for a name that stands elsewhere, and for other names too (Hamas, Djibouti, the Taliban)."""

CAPITALISED_ONLY: Final = frozenset({"china"})
"""Names that are other words in small letters: china is porcelain."""

PREFIXES: Final = frozenset({"sino"})
"""Names that count before a hyphen only: Ibn Sino was a physician."""

TRAPS: Final = (
    # Publishers: being published in China, or about the region, is not naming it.
    *("South China Morning Post", "China Daily", "China News Service", "China Radio International", "China Central Television"),
    *("China Media Group", "China Global Television Network", "Times of Central Asia", "Central Asia News", "Radio Free Asia"),
    *("中国日报", "中国日报网", "中国新闻网", "中国新闻社", "中国青年报", "中国网", "中国经济网", "中国之声", "北京日报", "北京青年报"),
    *("Жэньминь жибао",),
    # Places and phrases.
    *("South China Sea", "East China Sea", "mer de Chine", "Китай-город", "Китай-города", "Китай-городе", "Китай-городу"),
    *("China syndrome", "bone china", "fine china", "china clay"),
    *("Kazakh Steppe", "Uzbek cuisine"),
    # Chinese words that run across the border of a name.
    *("发展中国家", "發展中國家", "其中国", "集中国", "其中方", "集中方", "当中国", "途中国"),
    *("中哈尔滨", "中哈佛", "中哈马斯", "中哈里斯", "中哈梅内伊", "其中哈", "集中吉", "其中吉", "中吉林", "中吉祥", "中吉布提"),
    *("其中乌", "中乌克兰", "中乌鲁木齐", "中乌干达", "其中土", "中土地", "中土耳其", "中土壤", "中土木", "其中塔", "中塔利班", "中塔吊"),
    *("其中亚", "中亚洲", "当中亚"),
    # Peoples who live elsewhere too, and the places in China that bear their names.
    *("哈萨克族", "哈萨克语", "塔吉克族", "塔吉克语", "柯尔克孜"),
    *("伊犁哈萨克", "巴里坤哈萨克", "木垒哈萨克", "阿克塞哈萨克", "塔什库尔干塔吉克"),
    *("土库曼人", "土库曼族", "伊拉克土库曼"),
    *("ethnic Kazakh", "ethnic Kazakhs", "ethnic Kyrgyz", "ethnic Tajik", "ethnic Tajiks", "ethnic Uzbek", "ethnic Uzbeks"),
    *("Ili Kazakh", "Kazakh Autonomous", "Barkol Kazakh", "Mori Kazakh", "Aksai Kazakh", "Kizilsu Kyrgyz", "Kizilsu Kirghiz"),
    *("Kyrgyz Autonomous", "Tajik Autonomous", "Taxkorgan Tajik", "Tashkurgan Tajik"),
    *("ethnic Turkmen", "ethnic Turkmens", "Iraqi Turkmen", "Iraqi Turkmens", "Syrian Turkmen", "Syrian Turkmens", "Turkmen Front"),
    *("Turkmen people", "Turkmen in Iraq", "Turkmens in Iraq", "Turkmen of Iraq", "Turkmens of Iraq"),
    *("Turkmen in Syria", "Turkmens in Syria", "Turkmen of Syria", "Turkmens of Syria"),
    *("Turkmènes d'Irak", "Turkmènes irakiens", "Turkmènes de Syrie", "Turkmènes syriens", "Turkmène irakien"),
    *("Иракские туркмены", "иракских туркмен", "иракских туркменов", "иракским туркменам", "туркмены Ирака", "туркмен Ирака"),
    *("сирийские туркмены", "сирийских туркмен", "сирийских туркменов", "туркмены Сирии", "туркмен Сирии"),
)
"""Words that hold a name without naming the country."""
