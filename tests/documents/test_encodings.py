"""Texts of many alphabets in older encodings: read as what they are, and left out for their language alone."""

from __future__ import annotations

import json

import pytest

from geo.documents import guess_language, read_documents
from geo.documents.decoding import decode
from geo.errors import Rejection
from geo.model import Document

TEXTS = {
    "ar": (
        "قتل ثلاثة مدنيين وأصيب سبعة آخرون بجروح في قصف مدفعي استهدف السوق الشعبي صباح الثلاثاء",
        "انفجرت سيارة مفخخة قرب نقطة تفتيش على الطريق السريع بين حمص ودمشق",
        "خرجت مظاهرة حاشدة بعد صلاة الجمعة",
        "وصلت قافلة مساعدات (AFP, 2016)",
    ),
    "fa": ("در پي حمله هوايي به بازار مركز شهر سه غيرنظامي كشته و هفت نفر ديگر زخمي شدند، گزارش ها حاكي است",),
    "uk": ("Троє мирних жителів загинули і семеро поранені внаслідок артилерійського обстрілу",),
    "ru": (
        "Трое мирных жителей погибли и семеро ранены в результате артиллерийского обстрела рынка",
        "После молитвы прошла массовая демонстрация",
    ),
    "he": ("שלושה אזרחים נהרגו ושבעה נפצעו בהפגזה על השוק", "הצדדים הגיעו להסכם"),
    "el": ("Τρεις άμαχοι σκοτώθηκαν και επτά τραυματίστηκαν από βομβαρδισμό στην αγορά",),
    "zh": ("国防部表示,军队经过激烈战斗后占领了东部的居民区。", "炮击造成三名平民死亡"),
    "ja": ("国防省は激しい戦闘の末に東部の町を制圧したと発表した。", "市場への砲撃で民間人三人が死亡"),
    "ko": ("국방부는 치열한 전투 끝에 동부 마을을 점령했다고 밝혔다.", "시장에 대한 포격으로"),
    "": ("L’été à Genève – où l’on négocie", "Größe", "São João é à beira", "Åsa Öberg på ön"),
}
ENCODINGS = {
    "ar": ("cp1256", "iso8859_6"),
    "fa": ("cp1256",),
    "uk": ("cp1251", "koi8_u"),
    "ru": ("cp1251", "koi8_r", "iso8859_5", "cp866"),
    "he": ("cp1255",),
    "el": ("cp1253",),
    "zh": ("gb18030",),
    "ja": ("shift_jis", "euc_jp"),
    "ko": ("euc_kr",),
    "": ("cp1252",),
}


@pytest.mark.parametrize(
    ("language", "encoding"), [(language, name) for language, names in ENCODINGS.items() for name in names]
)
def test_a_text_is_read_in_the_encoding_that_makes_likely_letters_of_it(language, encoding):
    for text in TEXTS[language]:
        read, (warning,) = decode(text.encode(encoding), origin="old.txt")
        assert read == text
        assert "Not UTF-8" in warning
        assert guess_language(read) == language


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_text_that_ends_amid_a_sign_is_read_to_there(cut):
    content = TEXTS["zh"][0].encode("gb18030")[:-cut]
    assert decode(content, origin="old.txt")[0].startswith(TEXTS["zh"][0][:-3])


def test_lines_in_an_older_encoding_are_read_with_a_warning(tmp_path):
    path = tmp_path / "archive.jsonl"
    lines = [json.dumps({"id": name, "text": TEXTS[name][0]}, ensure_ascii=False) for name in ("ar", "ru")]
    path.write_bytes(b"\n".join((lines[0].encode("cp1256"), lines[1].encode("koi8_r"), lines[0].encode()[:-3])))
    arabic, russian, broken = read_documents([str(path)])
    assert isinstance(arabic, Document)
    assert (arabic.text, arabic.language) == (TEXTS["ar"][0], "ar")
    assert "Windows-1256 (Arabic)" in arabic.warnings[0]
    assert isinstance(russian, Rejection)
    assert "its language is 'ru'" in russian.reason
    assert isinstance(broken, Rejection)
    assert (broken.place, "not valid JSON" in broken.reason) == ("line 3", True)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_csv_of_a_spreadsheet_in_wide_letters_is_read(tmp_path, mark, encoding):
    path = tmp_path / "sheet.csv"
    rows = f"id\ttext\r\na\t{TEXTS['ar'][0]}\r\n"
    path.write_bytes(mark + rows.encode(encoding))
    (document,) = read_documents([str(path)])
    assert isinstance(document, Document)
    assert document.text == TEXTS["ar"][0]


def test_a_page_is_read_as_it_says_of_itself(tmp_path):
    path = tmp_path / "page.html"
    words = "Lékaři řekli, že při náletu na nemocnici ve východní části města zemřeli čtyři lidé. " * 6
    page = f'<html><head><meta charset="windows-1250"></head><body><article><p>{words}</p></article></body></html>'
    path.write_bytes(page.encode("cp1250"))
    (document,) = read_documents([str(path)], languages=None)
    assert isinstance(document, Document)
    assert "řekli, že při" in document.text
