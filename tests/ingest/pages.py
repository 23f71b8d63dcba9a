"""Pages of articles in four languages, as sites print them: with menus, scripts, a list of other news and a foot."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "en": (
        "China and Kazakhstan sign paper on railways",
        "The presidents of China and Kazakhstan signed a joint declaration in Astana on Monday, the press service said.",
        "Both sides agreed to build a second track between Khorgos and Altynkol and to open three more border crossings by 2027.",
    ),
    "fr": (
        "La Chine et le Kazakhstan signent un accord ferroviaire",
        "Les présidents chinois et kazakh ont signé lundi à Astana une déclaration commune, a annoncé le service de presse.",
        "Les deux parties prévoient une deuxième voie entre Khorgos et Altynkol, puis trois nouveaux postes-frontières d'ici à 2027.",
    ),
    "ru": (
        "Китай и Казахстан подписали документ о железных дорогах",
        "Президенты Китая и Казахстана подписали в понедельник в Астане совместную декларацию, сообщает пресс-служба.",
        "Стороны договорились построить второй путь между Хоргосом и Алтынколем и открыть до 2027 года три новых пункта пропуска.",
    ),
    "zh": (
        "中国和哈萨克斯坦签署铁路合作文件",
        "据新闻局消息，中国国家主席和哈萨克斯坦总统星期一在阿斯塔纳签署联合声明，并就共建“一带一路”合作交换意见。",
        "双方商定在霍尔果斯和阿腾科里之间修建第二条线路，并在二〇二七年之前新开放三个口岸，便利两国人员往来和货物运输。",
    ),
}


def page(language: str = "en", *, head: str = "", foot: str = "", times: int = 1) -> str:
    """The page of an article."""
    title, *paragraphs = TEXTS[language]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs * times)
    return (
        f"<!DOCTYPE html><html lang='{language}'><head>{head}<title>{title}</title><script>var nothing = '<p>of this</p>';</script></head>"
        "<body><nav><ul><li><a href='/'>Menu</a></li><li><a href='/a'>Sport</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        "<aside><ul><li><a href='/1'>Other news 1</a></li><li><a href='/2'>Other news 2</a></li></ul></aside>"
        f"<footer>{foot}<p>Copyright</p></footer></body></html>"
    )


def expected(language: str) -> list[str]:
    """The paragraphs of its article."""
    return list(TEXTS[language][1:])
