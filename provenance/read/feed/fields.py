"""Names of the fields of feeds and news exchange formats, by what they hold; lower case, without namespaces."""

from __future__ import annotations

__all__ = [
    "ADDRESSES", "AUTHORS", "DATES", "ENGLISH", "FULL_TEXTS", "ITEMS", "LANGUAGES", "LINK_RELATIONS",
    "MARKUP_FIELDS", "NEWS_PROVIDERS",
    "OUTLETS", "POST_META", "PROSE", "READING_ORDER", "SOURCE_ELEMENTS", "SOURCE_KEYS", "TEASERS", "TELLING", "TITLES",
    "UNPUBLISHED_POSTS",
]  # fmt: skip

ITEMS = frozenset({"item", "entry", "newsitem", "nitf", "article"})
"""Elements that are an item each; one inside another belongs to it."""

TITLES = ("title", "headline", "hl1", "name", "webtitle")
AUTHORS = ("creator", "author", "byline", "by", "authors")
ADDRESSES = ("url", "link", "weburl", "web_url", "permalink")
OUTLETS = ("outlet", "site_name")
LANGUAGES = ("language", "lang")
DATES = (
    "pubdate", "published", "publishedat", "published_at", "datepublished", "date_published", "firstpublished",
    "webpublicationdate", "pub_date", "publish_date", "published_date", "publication_date", "issued", "seendate",
    "post_date_gmt", "date.issue", "firstcreated", "versioncreated", "date", "updated", "date_modified",
)  # fmt: skip
"""Dates of publication first; those of the last version stand in where there is no other."""

FULL_TEXTS = frozenset(
    {
        "encoded", "content", "body", "body.content", "text", "body_text", "bodytext", "articlebody", "body_html",
        "body_xhtml", "content_html", "content_text", "html", "inlinexml", "inlinedata", "datacontent", "p",
    }
)  # fmt: skip
TEASERS = frozenset({"description", "summary", "lead", "trailtext", "abstract", "snippet", "excerpt", "lead_paragraph"})
"""Fields that often repeat the first words of the text."""

PROSE = FULL_TEXTS | TEASERS | {
    "title", "headline", "hl1", "hl2", "subtitle", "slugline", "byline", "dateline", "creditline", "copyright",
    "copyrightnotice", "usageterms", "rights", "creator", "author", "source", "provider", "infosource", "webtitle",
    "tagline",
}  # fmt: skip
"""Fields a reader of the item sees."""

_SUBTITLES = frozenset({"hl2", "subtitle"})
TELLING = FULL_TEXTS | TEASERS | _SUBTITLES | frozenset(TITLES)
"""Fields that tell something of the news. An item that fills none of them (a byline, a credit, a keyword at most) is a
notice of an agency or an empty shell, and no article."""

READING_ORDER = (
    frozenset(TITLES),
    _SUBTITLES | {"slugline"},
    frozenset({*AUTHORS, "dateline"}),
    TEASERS,
    FULL_TEXTS,
)
"""What a reader of an article meets first; credits and rights come last, wherever the format keeps them."""

_ABROAD = {
    "title": """
        titre titel titular título titulo titolo titlu titulek titolo rubrik överskrift overskrift tittel
        otsikko kop tytuł tytul nadpis naslov заголовок заглавие τίτλος başlık baslik judul 标题 標題 タイトル
        제목 العنوان عنوان כותרת शीर्षक শিরোনাম หัวข้อ tiêu_đề tieu_de
    """,
    "text": """
        texte texto testo tekst cuerpo corpo corps contenu contenido conteúdo conteudo contenuto inhalt
        artikeltext inhoud brödtext brodtext innehåll innhold indhold teksti treść tresc obsah sadržaj sadrzaj
        текст содержание содержимое κείμενο metin içerik icerik isi konten 正文 内容 內容 本文 본문 내용 المحتوى
        نص متن תוכן विवरण nội_dung noi_dung szöveg szoveg conținut continut
    """,
    "summary": """
        chapô chapo résumé resume entradilla bajada resumen resumo sommario occhiello vorspann teaser ingress
        manchet zajawka perex лид анонс spot özet ozet ringkasan 摘要 リード 요약
    """,
    "author": """
        auteur autor autore autora firma forfatter författare forfattare tekijä tekija автор συντάκτης yazar
        penulis 作者 記者 记者 기자 الكاتب نویسنده מחבר लेखक tác_giả tac_gia szerző szerzo redactor
    """,
    "source": """
        fuente fonte quelle bron källa kalla kilde kilder lähde lahde źródło zrodlo zdroj izvor vir sursa sursă
        forrás forras источник джерело източник крыніца πηγή kaynak sumber 来源 來源 出典 情報源 출처 المصدر
        مصدر منبع מקור स्रोत উৎস ที่มา nguồn nguon chanzo
    """,
    "agency": """
        agence agencia agência agenzia agentur persbureau byrå bureau_de_presse nyhetsbyrå nyhedsbureau agencja
        agentura agencija агентство агенция πρακτορείο ajans haber_ajansı kantor_berita 通讯社 通訊社 通信社
        통신사 الوكالة وكالة خبرگزاری סוכנות एजेंसी
    """,
    "credit": """
        crédit crédito credito kredit
    """,
    "byline": """
        signature rédacteur redacteur
    """,
    "url": """
        adresse_url enlace lien ссылка 链接 連結
    """,
    "language": """
        langue lingua idioma sprache taal språk sprog język jazyk язык язык_статьи dil bahasa 语言 言語 언어
    """,
    "published": """
        date_publication date_de_publication fecha data datum dato päivämäärä дата tarih tanggal 日期 発行日
        날짜 fecha_publicacion data_publicacao data_pubblicazione veröffentlicht publicado pubblicato
    """,
}  # fmt: skip
ENGLISH = {abroad: field for field, names in _ABROAD.items() for abroad in names.split()}
"""Fields as interfaces that are not in English name them, and the field each is."""

MARKUP_FIELDS = frozenset({"html", "body.content", "div"})
"""Elements that hold a text in elements of their own, which is read as a page."""

SOURCE_ELEMENTS = frozenset(
    {
        "source", "infosource", "creditline", "copyrightholder", "copyrightnotice", "provider", "publisher",
        "creator", "author", "usageterms", "rights", "contributor", "doc.copyright", "distributor",
        "origin", "originallink", "origlink", "byline", "by", "byttl", "dateline", "copyrightline", "rightsholder",
        "isversionof", "isformatof", "doc.rights", "providerid", "affiliation", "party",
    }
)  # fmt: skip
SOURCE_KEYS = frozenset(
    {
        "source", "source_name", "source_url", "source_id", "sourceurl", "sourcename", "original_url",
        "originalurl", "original_source", "originalsource", "canonical_url", "canonicalurl", "provider",
        "publisher", "creditline", "credit", "copyrightholder", "copyrightnotice", "usageterms", "byline",
        "author", "infosources", "syndication_source", "syndication_permalink", "republished_from",
        "agency", "via", "isbasedon", "located", "altids", "external_url", "authors", "contributors", "by",
    }
)  # fmt: skip
NEWS_PROVIDERS = "cv.iptc.org/newscodes/newsprovider/"
"""Where the IPTC keeps its list of news providers; what follows is a provider's code, not a page of its own."""
LINK_RELATIONS = frozenset({"via", "canonical", "source", "related"})
POST_META = ("permalink", "source", "syndicat", "original", "item_url", "feed_url", "canonical", "republi")
"""Parts of the names WordPress importers give the fields in which they keep where a post came from."""

UNPUBLISHED_POSTS = frozenset(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request"}
)
"""Kinds of entries in a WordPress export that are no texts; so is every kind that begins with ``wp_``."""
