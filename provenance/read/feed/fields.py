"""Names of the fields of feeds and news exchange formats, by what they hold; lower case, without namespaces."""

from __future__ import annotations

__all__ = [
    "ADDRESSES", "AUTHORS", "DATES", "FULL_TEXTS", "ITEMS", "LANGUAGES", "LINK_RELATIONS", "MARKUP_FIELDS",
    "NEWS_PROVIDERS",
    "OUTLETS", "POST_META", "PROSE", "READING_ORDER", "SOURCE_ELEMENTS", "SOURCE_KEYS", "TEASERS", "TITLES",
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
    "webpublicationdate", "pub_date", "publish_date", "published_date", "publication_date", "seendate", "post_date_gmt",
    "date.issue", "firstcreated", "versioncreated", "date", "updated", "date_modified",
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

READING_ORDER = (
    frozenset(TITLES),
    frozenset({"hl2", "subtitle", "slugline"}),
    frozenset({*AUTHORS, "dateline"}),
    TEASERS,
    FULL_TEXTS,
)
"""What a reader of an article meets first; credits and rights come last, wherever the format keeps them."""

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
