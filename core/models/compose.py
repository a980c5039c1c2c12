# SPDX-License-Identifier: MIT
"""Composes training documents: a page's own text with pieces of other pages around and inside it.

Everything comes from the benchmark's development pages: reference texts (what is content) and the
labelled lines of dumps (what is not). A document is made of pages of one fold alone, so that a
model trained without a fold has seen nothing of it.
"""
import collections
import random
import re

ELLIPSES = ["...", "…", " ...", " …", "[...]", " [...]", "[…]", " […]", "... Read more", "… Read More »",
            "... Continue reading", "… Continue reading →", "... More", " (more…)", "… Read full story",
            "... Weiterlesen", "… Lire la suite", "... Leer más", "… Leggi tutto", "… Lees meer"]
WIDTHS = [100, 120, 140, 150, 155, 160, 180, 200, 220, 240, 250, 255, 256, 280, 300]
LABELS = ["Related", "Related articles", "Related Stories", "More stories", "You may also like",
          "Popular", "Most read", "Recommended", "Read next", "Latest news", "Editor's picks",
          "Trending", "More from this site", "Recent posts", "Don't miss", "Also on this site"]
NAMES = ["Ana Ruiz", "Tom Becker", "Priya Nair", "Jonas Holm", "Claire Dubois", "Sam Oyelaran",
         "Marta Kowal", "Ken Ito", "Lena Vogt", "Omar Said", "Ruth Abbott", "Paul Nguyen"]
MONTHS = "January February March April May June July August September October November December".split()
END_MARKS = ["ENDS", "END", "###", "-30-", "(END)", "***", "* * *", "- Ends -", "-ends-", "# # #", "—", "§", "■", "The End"]
END_SIGNS = [" ®", " ■", " ▪", " ∎", "®", " ◼", " □", " ###", " (END)", " -30-"]
CLOSERS = ["Thanks for reading!", "Happy {}!", "Let me know what you think.", "Want to learn more about {}?",
           "Contact us at info@{}.org for details.", "Questions? Write to me at {}@mail.net.", "Until next time!",
           "I hope this was useful.", "- {}", "— {}", "Get in touch if you would like to work on {} with us.",
           "Follow me on Twitter at @{}.", "Call 555-0{}12 to book a table.", "See you soon, {}", "Good luck with your {}!",
           "If you have tips on {}, tell us in a letter.", "This piece was written with help from {}.",
           "Additional reporting by {}.", "For more on {}, see our guide.", "Learn more about {} here."]
WORD = re.compile(r"\w{4,}")


# What the rules' own examples are noise of.
LABEL_OF_RULE = {"rights": "footer", "policy": "footer", "contact": "footer", "powered": "footer",
                 "newsletter": "promo", "subscribe": "promo", "app": "promo", "donate": "promo", "advert": "promo",
                 "share": "share", "related": "related", "navigation": "nav", "comment": "comment",
                 "stamp": "meta", "tags": "meta"}


def load_phrases(folder):
    """The `match` texts of the rules: language > label > lines."""
    out = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in sorted(folder.glob("*.rules")):
        label, language = LABEL_OF_RULE.get(path.stem), "any"
        for line in path.read_text(encoding="utf8").splitlines():
            key, _, text = line.partition(" ")
            if key == "language":
                language = text.strip()
            elif key == "match" and label:
                out[language][label].append(text)
    return out


class Page:
    """A page's own paragraphs, its title, and the noise lines its dump holds, by label."""

    def __init__(self, truth, fold):
        self.id, self.fold, self.type = truth["id"], fold, truth["type"]
        self.title = (truth.get("title") or "").strip()
        self.lines = [line.strip() for line in truth["text"].split("\n") if line.strip()]
        self.noise = collections.defaultdict(list)
        self.words = set(w.lower() for w in WORD.findall(truth["text"][:6000]))

    def opening(self, rng):
        """The first sentences of its prose, as a site's teaser has them."""
        lines = [line for line in self.lines[:8] if len(line) > 80] or self.lines[:2]
        return rng.choice(["", " "]).join(lines[:4])


def runs_of_noise(dump):
    """The labelled lines of a dump that stand together, as lists of lines."""
    raw = dump["text"].encode()
    runs, last = [], None
    for start, end, label in sorted(dump["spans"]):
        line = raw[start:end].decode(errors="replace").strip()
        if not line:
            continue
        if last and last[0] == label and not raw[last[1]:start].strip():
            runs[-1][1].append(line)
        else:
            runs.append((label, [line]))
        last = (label, end)
    return runs


def load_pages(truths, dumps, fold_of):
    pages = {}
    for truth in truths:
        fold = fold_of(truth)
        page = Page(truth, fold)
        if len(page.lines) >= 2 and len(truth["text"]) >= 400:
            pages[truth["id"]] = page
    for dump in dumps:
        page = pages.get(dump["src"].split("-")[-1])
        if page:
            for label, lines in runs_of_noise(dump):
                page.noise[label].append(lines)
    return pages


class Composer:
    def __init__(self, pages, phrases, seed):
        self.rng = random.Random(seed)
        self.phrases = phrases
        self.folds = collections.defaultdict(list)
        for page in pages.values():
            self.folds[page.fold].append(page)
        self.noise = {}
        for fold, members in self.folds.items():
            by_label = collections.defaultdict(list)
            for page in members:
                for label, runs in page.noise.items():
                    by_label[label] += runs
            self.noise[fold] = by_label

    # ---- pieces: lists of (text, label); label None is the page's own -----------------------

    def other(self, page):
        """Another page of the fold; one in three times among those nearest by words."""
        others = [p for p in self.folds[page.fold] if p is not page]
        if self.rng.random() < 0.35:
            sample = self.rng.sample(others, min(60, len(others)))
            sample.sort(key=lambda p: -len(p.words & page.words) / (len(p.words) + 50))
            return self.rng.choice(sample[:4])
        return self.rng.choice(others)

    def byline(self):
        rng = self.rng
        date = f"{rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(2015, 2026)}"
        forms = [f"By {rng.choice(NAMES)}", f"by{rng.choice(NAMES)}", f"By {rng.choice(NAMES)}{date}",
                 f"{rng.randint(2, 12)} min read", date, f"Updated {date}", f"Published: {date}",
                 f"{rng.randint(1, 23)} hours ago", f"By {rng.choice(NAMES)} {date} {rng.randint(1, 12)}:{rng.randint(10, 59)}PM"]
        return rng.choice(forms)

    def teaser(self, page, form, width):
        text = page.opening(self.rng)
        if self.rng.random() < 0.2:
            text = self.byline() + self.rng.choice(["", " "]) + text
        if form == "full":
            cut = re.search(r"^.{60,400}?[.!?](?=\s|$)", text)
            return cut.group(0) if cut else text[:300]
        raw = text.encode()
        limit = width if form == "cut" or self.rng.random() < 0.5 else self.rng.randint(90, 320)
        text = raw[:limit].decode(errors="ignore").rstrip()
        if form == "dots":
            if self.rng.random() < 0.8 and " " in text:
                text = text.rsplit(" ", 1)[0]
            text += self.rng.choice(ELLIPSES)
        return text

    def teasers(self, page, form=None):
        rng = self.rng
        form = form or rng.choice(["cut", "cut", "dots", "full", "mix"])
        width = rng.choice(WIDTHS)
        out = []
        for _ in range(rng.randint(1, 6)):
            own = rng.choice(["cut", "dots", "full"]) if form == "mix" else form
            if rng.random() < 0.15:
                out.append((self.other(page).title or "Read on", "teaser"))
            out.append((self.teaser(self.other(page), own, width), "teaser"))
        return out

    def prose(self, page, most):
        """The opening of another page, uncut."""
        other = self.other(page)
        lines = other.lines[: self.rng.randint(1, most)]
        if self.rng.random() < 0.3:
            lines = [self.byline()] + lines
        if self.rng.random() < 0.3 and other.title and lines[0] != other.title:
            lines = [other.title] + lines
        return [(line, "bleed") for line in lines]

    def lines(self, page, label, most, own=False):
        """A run of labelled noise of the fold, of the page itself, or of phrases that rules know."""
        if most and self.rng.random() < 0.2 and self.phrases["en"][label]:
            return self.known_phrases("en", [label], self.rng.randint(1, min(most, 4)))
        runs = page.noise.get(label) if own else None
        runs = runs or self.noise[page.fold].get(label)
        if not runs:
            return []
        run = self.rng.choice(runs)
        start = self.rng.randrange(max(1, len(run) - most + 1))
        name = {"aside": "related", "other": "related"}.get(label, label)
        return [(line, name) for line in run[start:start + most]]

    def known_phrases(self, language, labels, count):
        pool = [(text, label) for label in labels for tag in (language, "any") for text in self.phrases[tag][label]]
        return self.rng.sample(pool, min(count, len(pool)))

    def again(self, own):
        """The document's own lines once more: one, or all."""
        rng = self.rng
        if rng.random() < 0.2:
            return own + [(text, "repeat") for text, _ in own]
        at = rng.randrange(len(own))
        to = min(len(own), at + 1 + (0 if rng.random() < 0.5 else rng.randint(0, 6)))
        return own[:to] + [(own[at][0], "repeat")] + own[to:]

    def related(self, page):
        if self.rng.random() < 0.4:
            return self.lines(page, "related", 12, own=True)
        titles = [self.other(page).title for _ in range(self.rng.randint(2, 9))]
        label = [(self.rng.choice(LABELS), "related")] if self.rng.random() < 0.8 else []
        return label + [(title, "related") for title in titles if title]

    # ---- documents ---------------------------------------------------------------------------

    def body(self, page):
        """The page's own lines; now and then with an end mark or a closing line of the author's own."""
        rng, lines = self.rng, list(page.lines)
        if len(lines) > 60 and rng.random() < 0.7:
            start = rng.choice([0, 0, len(lines) - 60])
            lines = lines[start:start + 60]
        if rng.random() < 0.3:
            lines = lines[:rng.randint(2, 12)]
        if rng.random() < 0.10:
            word = rng.choice(sorted(page.words) or ["it"]) if rng.random() < 0.7 else rng.choice(NAMES)
            lines.append(rng.choice(CLOSERS).format(word))
        chance = rng.random()
        if chance < 0.10:
            lines.append(rng.choice(END_MARKS))
        elif chance < 0.18:
            lines[-1] += rng.choice(END_SIGNS)
        return [(line, None) for line in lines]

    def short(self, page):
        """The first lines of a page, with a few lines of what sites put around them, or another's opening."""
        rng = self.rng
        own = [(line, None) for line in page.lines[:rng.randint(2, 9)]]
        form = rng.choice(["phrases", "phrases", "phrases", "teasers", "prose", "again", "plain", "plain"])
        if form == "teasers":
            return own + self.teasers(page)[:3]
        if form == "prose":
            prose = self.prose(page, 3)
            return own + prose if rng.random() < 0.7 else prose + own
        if form == "again":
            return self.again(own)
        if form == "plain":
            return own
        labels = [label for label in sorted(self.phrases["en"]) if self.phrases["en"][label]]
        for label in rng.sample(labels, rng.choice([1, 1, 2, 3])):
            noise = self.known_phrases("en", [label], rng.randint(1, 3))
            place = rng.choice({"nav": [0], "share": [1, len(own)], "promo": [rng.randint(0, len(own)), len(own)],
                                "meta": [0, 1, len(own)]}.get(label, [len(own)]))
            own = own[:place] + noise + own[place:]
        return own

    def compose(self, page):
        """A kind, its pieces in order, and whether line breaks at the noise are lost."""
        rng, own = self.rng, self.body(page)
        if rng.random() < 0.2:
            return "short", self.short(page), False
        kind = rng.choices(
            ["plain", "teaser", "tail", "head", "mid", "inset", "concat", "footer", "related",
             "nav", "promo", "comment", "dup", "mixed", "repeat", "share"],
            [28, 17, 9, 6, 6, 7, 5, 7, 6, 4, 3, 3, 3, 6, 4, 2])[0]
        place = rng.randint(1, max(1, len(own) - 1))
        if kind == "teaser":
            own = own + self.teasers(page)
        elif kind == "tail":
            own = own + self.prose(page, 6)
        elif kind == "head":
            own = self.prose(page, 4) + own
        elif kind == "mid":
            own = own[:place] + self.prose(page, 4) + own[place:]
        elif kind == "inset":
            piece = rng.choice([self.teasers(page)[:1], self.lines(page, "promo", 2, True),
                                self.related(page)[:3], self.prose(page, 2)])
            own = own[:place] + piece + own[place:]
        elif kind == "concat":
            own = own + [(line, "bleed") for line in self.other(page).lines[:40]]
        elif kind == "footer":
            own = own + self.lines(page, "footer", rng.randint(1, 16), rng.random() < 0.5)
        elif kind == "related":
            own = own + self.related(page)
        elif kind == "nav":
            own = self.lines(page, "nav", rng.randint(2, 30), rng.random() < 0.5) + own
            if rng.random() < 0.5:
                own = own + self.lines(page, "footer", 10, True)
        elif kind == "promo":
            own = own + self.lines(page, "promo", 3, True)
        elif kind == "comment":
            own = own + self.lines(page, "comment", 20, True)
        elif kind == "dup":
            own = own + self.teasers(page)[:2] + [(self.teaser(page, rng.choice(["cut", "dots"]), 300), "repeat")]
        elif kind == "repeat":
            own = self.again(own)
        elif kind == "share":
            row = self.lines(page, "share", 3, True)
            own = own[:1] + row + own[1:] if rng.random() < 0.5 else own + row
        elif kind == "mixed":
            own = self.lines(page, "nav", rng.randint(0, 8)) + own
            for piece in rng.sample([self.lines(page, "share", 4, True), self.teasers(page), self.related(page),
                                     self.lines(page, "footer", 8, True), self.lines(page, "promo", 2),
                                     self.prose(page, 3)], rng.randint(2, 4)):
                own = own + piece
        return kind, own, kind in ("teaser", "tail", "head", "inset", "footer", "concat") and rng.random() < 0.45

    def render(self, pieces, glued):
        """Text and noise spans (bytes)."""
        rng = self.rng
        gap = rng.choice(["\n", "\n", "\n\n", "\n\n", "\n\n\n"])
        glue = rng.choice(["", " "])
        out, spans, at = [], [], 0
        for i, (text, label) in enumerate(pieces):
            raw = text.encode()
            if i:
                edge = label != pieces[i - 1][1] or label is not None
                joint = (glue if glued and edge and rng.random() < 0.8 else gap).encode()
                out.append(joint)
                at += len(joint)
            if label and raw:
                spans.append([at, at + len(raw), label])
            out.append(raw)
            at += len(raw)
        tail = rng.choice([b"", b"\n"])
        return b"".join(out + [tail]), spans

    def foreign_documents(self, articles, each):
        """Articles in other languages (language > text), with phrases of noise in the same one."""
        out, rng = [], self.rng
        for number, (language, text) in enumerate(sorted(articles.items())):
            lines = [line for line in text.split("\n") if line.strip()]
            labels = [label for label in sorted(self.phrases[language]) if self.phrases[language][label]]
            for i in range(each):
                start = rng.randrange(max(1, len(lines) - 3))
                own = [(line, None) for line in lines[start:start + rng.randint(3, 12)]]
                noise = []
                if rng.random() < 0.65:
                    noise = self.known_phrases(language, rng.sample(labels, min(len(labels), 2)), rng.randint(1, 5))
                place = rng.choice([0, 1, len(own), len(own), len(own)])
                text_, spans = self.render(own[:place] + noise + own[place:], False)
                out.append({"id": f"made-{language}-{i:04d}", "suite": "made", "kind": "phrases", "raw": text_,
                            "spans": spans, "neutral": [], "fold": number % 5})
        return out

    def documents(self, per_fold):
        out = []
        for fold in sorted(self.folds):
            members = sorted(self.folds[fold], key=lambda p: p.id)
            for i in range(per_fold):
                page = members[self.rng.randrange(len(members))]
                if page.type not in ("article", "documentation", "service") and self.rng.random() < 0.6:
                    page = self.rng.choice([p for p in members if p.type == "article"])
                kind, pieces, glued = self.compose(page)
                text, spans = self.render(pieces, glued)
                out.append({"id": f"made-{fold}-{i:04d}", "suite": "made", "kind": kind, "raw": text,
                            "spans": spans, "neutral": [], "fold": fold})
        return out
