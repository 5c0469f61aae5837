"""Our parser against Telegram's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latihan.autolinks import found_entities
from latihan.entities import ParseError, parse_html
from latihan.limits import check_markdown
from tests.latihan import tdlib

SOURCES = [
    "<b>Tebal</b> & biasa",
    "a < b",
    "<p>paragraf</p>",
    "satu<br>dua",
    "<b>tanpa akhir",
    "<b><i>silang</b></i>",
    "</b>",
    "<b",
    "<a href='x'",
    "<B>besar</B>",
    "<b>x</B>",
    "<b >spasi</b >",
    "<b>kosong</>",
    "<blockquote expandable>kutipan</blockquote>",
    "<blockquote>a<blockquote>b</blockquote></blockquote>",
    '<a href="https://kota.go.id/a?b=1&amp;c=2">tautan</a>',
    '<a href="localhost">tanpa titik</a>',
    '<a href="ftp://kota.go.id">ftp</a>',
    "<a>kota.go.id</a>",
    '<a href="tg://user?id=5">orang</a>',
    '<pre><code class="language-py">x</code></pre>',
    '<code class="language-py">x</code>',
    "<pre>a\n b</pre>",
    "<span class='tg-spoiler'>rahasia</span><tg-spoiler>lagi</tg-spoiler>",
    "<span>x</span>",
    '<span class="merah">x</span>',
    "&#128512;<b>y</b>&nbsp;&lt;&gt;&amp;&quot;&apos;&#x1F4C4;&euro;&amp",
    "😀<i>é</i>漢<u>字</u>",
    "<b><b>dua kali</b></b>",
    '<tg-emoji emoji-id="5">x</tg-emoji>',
    '<tg-time unix="1700000000" format="t">x</tg-time>',
    "<tg-time>x</tg-time>",
    "<b class>x</b>",
    "<b =x>x</b>",
    "<a href=kota.go.id>x</a>",
    "<a href=a/b>x</a>",
    "<br/>",
    "é漢<p>",
    "<>",
    "< b>x</b>",
    "<!-- komentar -->",
    "1 < 2 && 3 > 2",
    "Berkas <script>alert(1)</script>",
    "",
    "&#0;&#x110000;&#;&#99999999999;",
    "&#xD83D;&#xDE00;",
    "&#xD800;<b>",
    "&#65 &LT; &ltx; &lt",
    "<u x",
    "<u x=",
    '<u x="a',
    '<u x="a"',
    "<u x=a/",
    "<u />x</u>",
    "<u x = a>y</u>",
    "<u x=''y=1>z</u>",
    "<u></u x>",
    "<u></u",
    "<tg-emoji emoji-id='abc'>x</tg-emoji>",
    "<tg-emoji></tg-emoji>",
    "<a href='tg://user?id=0'>x</a>",
    "<a href='a.b:99999'>x</a>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='mailto:a@b.id'>x</a>",
    "<a href='http://a b.c'>x</a>",
]
PIECES = [
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<u",
    "</",
    "<",
    ">",
    "&lt;",
    "&#65;",
]
PIECES += [
    "&amp",
    '<a href="kota.go.id">',
    "</a>",
    "<blockquote expandable>",
    "</blockquote>",
    "x",
    " ",
    "\n",
    "😀",
]
PIECES += ["é", "'", '"', "=", "/", '<span class="tg-spoiler">', "</span>", "<s >", "</s>"]


def ours(source: str) -> tuple[str, tdlib.Shape] | str:
    try:
        text, entities = parse_html(source)
    except ParseError as error:
        return f"Can't parse entities: {error}"
    return text, sorted((e.type, e.offset, e.length) for e in entities)


@pytest.mark.parametrize("source", SOURCES)
def test_html_is_read_as_telegram_reads_it(source: str) -> None:
    assert ours(source) == tdlib.parse_html(source)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_mixture_of_tags_is_read_as_telegram_reads_it(source: str) -> None:
    assert ours(source) == tdlib.parse_html(source)


@pytest.mark.parametrize(
    "text",
    [
        "lihat data.zip dan README.md, bukan laporan.pdf",
        "hubungi @monev_latihan_bot atau tim@kota.go.id.",
        "#spbe2026 #1 /berkas /berkas@monev_latihan_bot a/b",
        "https://kota.go.id/a_b?c=1, (http://kota.go.id). www.kota.go.id",
        "23/07/2026 pukul 09.30 di Jl. Merdeka No.1",
        "😀 /bantuan",
        "surat 005/12/SPBE/2026",
    ],
)
def test_the_server_marks_links_and_commands_as_telegram_does(text: str) -> None:
    found = sorted((e.type, e.offset, e.length) for e in found_entities(text, []))
    assert found == tdlib.found_entities(text)


@pytest.mark.parametrize(
    "source",
    [
        "31.12.2026",
        "31\\.12\\.2026",
        "*tebal* _miring_ __garis__ ~coret~ ||rahasia|| `kode.pdf`",
        "*tebal",
        "a_b",
        "é ||rahasia",
        "laporan-1",
        "(catatan)",
        "[tautan](https://kota.go.id/a.b)",
        "[tautan",
        "a]",
        "`kode",
        "```\nblok.py\n```",
        ">kutipan",
        "x > y",
        "# judul",
        "a|b",
        "1 + 1 = 2!",
        "\\*bukan tebal\\*",
    ],
)
def test_markdown_is_refused_where_telegram_refuses_it(source: str) -> None:
    try:
        check_markdown(source)
        words = None
    except ParseError as error:
        words = f"Can't parse entities: {error}"
    assert words == tdlib.markdown_error(source)
