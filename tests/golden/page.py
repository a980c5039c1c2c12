# SPDX-License-Identifier: MIT
"""Reads the text off a piece of an HTML page, by means of its own: what the program is held against."""
import html
import re
import unicodedata

# Where Python's codec of a name of the Encoding Standard is not what browsers mean by that name.
CODECS = {"gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs",
          "windows-874": "cp874", "iso-8859-8-i": "iso-8859-8", "x-mac-cyrillic": "mac_cyrillic",
          "macintosh": "mac_roman", "ibm866": "cp866"}

# Comments, elements whose content is not shown, tags, and declarations.
MARKUP = re.compile(r"""<!--.*?--!?>
                        |<(script|style|svg|math|iframe|noembed|noframes|title)\b.*?</\1\s*>
                        |</?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>
                        |<[!?/][^>]*>""", re.DOTALL | re.IGNORECASE | re.VERBOSE)


def signs(text):
    """A text without white space, and without signs that are not printed."""
    return "".join(sign for sign in text
                   if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cn")
                   and sign not in "\u200b\ufeff")


def decode(raw, charset):
    return raw.decode(CODECS.get(charset, charset), errors="replace")


def read(raw, charset):
    """The signs of the text in some bytes of a page that begin and end with text."""
    return signs(html.unescape(MARKUP.sub("", decode(raw, charset))))


def what_is_wrong(page, records):
    """What in a log does not agree with the page's bytes; "" if nothing."""
    document = records[-1]
    drops = [record for record in records if record["type"] == "drop"]
    if document["from"] != "html":
        return f"it was read as {document['from']}"
    if document["bytes"] != len(page):
        return f"the page has {len(page)} bytes, the log {document['bytes']}"
    if document["kept"] + document["dropped"] + document["markup"] != len(page):
        return "what was kept, what was dropped and markup are not all bytes"
    if document["dropped"] != sum(drop["end"] - drop["start"] for drop in drops):
        return "the sum of dropped ranges is another"
    at = 0
    for drop in drops:
        where = f"bytes {drop['start']} to {drop['end']}"
        if not at <= drop["start"] < drop["end"] <= len(page):
            return f"{where} are out of order or out of bounds"
        at = drop["end"]
        page_signs = read(page[drop["start"]:at], document["charset"])
        if page_signs != signs(drop["text"]):
            return f"{where} read {page_signs[:80]!r}, not {signs(drop['text'])[:80]!r}"
    return ""
