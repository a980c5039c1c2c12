# SPDX-License-Identifier: MIT
"""Composes training documents: a page's own text with pieces of other pages around and inside it.

Everything comes from the benchmark's development pages: reference texts (what is content), what pages
say of themselves (titles, descriptions, authors) and the labelled lines of dumps (what is not). A
document is made of pages of one fold alone, so that a model trained without a fold has seen nothing of it.
"""
import collections
import math
import random
import re

import numpy as np

ELLIPSES = ["...", "…", " ...", " …", "[...]", " [...]", "[…]", " […]", "... Read more", "… Read More »",
            "... Continue reading", "… Continue reading →", "... More", " (more…)", "… Read full story",
            "... Weiterlesen", "… Lire la suite", "... Leer más", "… Leggi tutto", "… Lees meer"]
WIDTHS = [100, 120, 140, 150, 155, 160, 180, 200, 220, 240, 250, 255, 256, 280, 300]
LABELS = ["Related", "Related articles", "Related Stories", "More stories", "You may also like",
          "Popular", "Most read", "Recommended", "Read next", "Latest news", "Editor's picks",
          "Trending", "More from this site", "Recent posts", "Don't miss", "Also on this site"]
BEFORE_TITLE = ["READ MORE: ", "Read more: ", "Read also: ", "Don't miss: ", "See also: ", "Related: ", "Also read: ", "RELATED: ",
                "Recommended: ", "More: ", "Up next: ", "You might like: "]
CITIES = ["LONDON", "Berlin", "NEW YORK", "Mumbai", "PARIS", "Nairobi", "BOSTON", "Lagos", "Geneva", "SEATTLE"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
GREETINGS = ["Welcome to this week's round-up.", "Here is what we read this week.", "Five things worth your time today.",
             "In this issue: what happened while you were away.", "Our picks of the month, in no particular order."]
FAREWELLS = ["That is all for this week.", "Until the next issue.", "See you next Friday.", "Thanks for being here.", ""]
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
MOST_OF_PAGE = 5     # documents, where there are few pages


# Kinds of documents, and how many of each in a hundred or so.
KINDS = {"plain": 34, "digest": 2, "teaser": 19, "tail": 12, "head": 7, "mid": 6, "inset": 6, "promo": 3, "concat": 10,
         "footer": 5, "related": 4, "nav": 3, "comment": 2, "dup": 2, "repeat": 3, "share": 2, "mixed": 7}

# Those that take no words but the pages' own and phrases of their language.
KINDS_OF_PROSE = {"plain": 34, "teaser": 19, "tail": 16, "head": 8, "mid": 12, "concat": 12, "dup": 3, "repeat": 3}

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
    """A page's own paragraphs, what it says of itself, and the noise lines its dump holds, by label."""

    def __init__(self, truth, told, fold):
        self.id, self.fold, self.type = truth["id"], fold, truth["type"]
        self.title = (truth.get("title") or "").strip()
        self.description = " ".join((told.get("description") or "").split())
        self.author = (told.get("authors") or [""])[0].strip()
        self.site = (told.get("site") or "").strip()
        self.lines = [line.strip() for line in truth["text"].split("\n") if line.strip()]
        self.noise = collections.defaultdict(list)
        self.words = collections.Counter(w.lower() for w in WORD.findall(truth["text"][:12000]))

    def opening(self, rng):
        """Its description, or the first sentences of its prose: what a site's teasers are made of."""
        if len(self.description) >= 60 and rng.random() < 0.7:
            return self.description
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


def load_pages(truths, told, dumps, fold_of):
    """Pages by their ids; `told`: what each says of itself."""
    pages = {}
    for truth in truths:
        page = Page(truth, told.get(truth["id"], {}), fold_of(truth))
        if len(page.lines) >= 2 and len(truth["text"]) >= 400:
            pages[truth["id"]] = page
    for dump in dumps:
        page = pages.get(dump["src"].split("-")[-1])
        if page:
            for label, lines in runs_of_noise(dump):
                page.noise[label].append(lines)
    return pages


def find_nearest(pages, most=4):
    """The pages most like each, by TF-IDF."""
    known = collections.Counter(word for page in pages for word in page.words)
    columns = {word: i for i, word in enumerate(sorted(w for w, count in known.items() if count > 1))}
    vectors = np.zeros((len(pages), len(columns)), np.float32)
    for row, page in zip(vectors, pages):
        for word, count in page.words.items():
            if word in columns:
                row[columns[word]] = (1 + math.log(count)) * math.log(len(pages) / known[word])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    order = np.argsort(-alike, axis=1, kind="stable")[:, :min(most, len(pages) - 1)]
    return {page.id: [pages[i] for i in row] for page, row in zip(pages, order)}


class Composer:
    """Composes documents of pages of one language; `kinds` are made, each as often as it says."""

    def __init__(self, pages, phrases, seed, language="en", kinds=KINDS):
        self.rng = random.Random(seed)
        self.phrases, self.language, self.kinds = phrases, language, kinds
        self.folds = collections.defaultdict(list)
        for page in pages.values():
            self.folds[page.fold].append(page)
        self.noise, self.nearest = {}, {}
        for fold, members in self.folds.items():
            self.nearest.update(find_nearest(members))
            by_label = collections.defaultdict(list)
            for page in members:
                for label, runs in page.noise.items():
                    by_label[label] += runs
            self.noise[fold] = by_label
        self.is_near = False     # whether foreign pieces of the document at hand are on its topic

    # ---- pieces: lists of (text, label); label None is the page's own -----------------------

    def other(self, page):
        """Another page of the fold, of the same topic or any."""
        if self.is_near:
            return self.rng.choice(self.nearest[page.id])
        return self.rng.choice([p for p in self.folds[page.fold] if p is not page])

    def byline(self, page):
        rng = self.rng
        name = page.author if page.author and rng.random() < 0.6 else rng.choice(NAMES)
        site = page.site or "Daily Post"
        month, day, year = rng.choice(MONTHS), rng.randint(1, 28), rng.randint(2013, 2026)
        date, hour, minute = f"{month} {day}, {year}", rng.randint(1, 12), f"{rng.randint(0, 59):02d}"
        half = rng.choice(["am", "pm", "AM", "PM", "a.m.", "p.m."])
        return rng.choice([
            f"By {name}", f"by{name}", f"By {name}{date}", f"{name} {month[:3]} {day}, {year}", f"{rng.randint(2, 12)} min read",
            date, f"{day} {month} {year}", f"Updated {date}", f"Updated {date} at {hour}:{minute} {half}", f"Published: {date}",
            f"Published: {hour:02d}:{minute}, {day} {month} {year}", f"{rng.randint(2, 23)} hours ago", f"{site}{rng.randint(2, 23)} hours ago",
            f"{site} | {month[:3]} {day}, {year} |", f"{rng.choice(CITIES)}, {month[:3]}. {day} —", f"{year}-{rng.randint(1, 12):02d}-{day:02d}",
            f"By{name} {rng.choice(DAYS)}, {date} {hour}:{minute}{half}"])

    def teaser(self, page, form, width):
        text = page.opening(self.rng)
        if self.rng.random() < 0.2:
            before = self.byline(page) if self.rng.random() < 0.7 or not page.title else page.title + self.rng.choice([":", " -", ""])
            text = before + self.rng.choice(["", " "]) + text
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
            own, other = rng.choice(["cut", "dots", "full"]) if form == "mix" else form, self.other(page)
            if rng.random() < 0.12:
                out.append((other.title or "Read on", "teaser"))
            out.append((self.teaser(other, own, width), "teaser"))
        return out

    def prose(self, page, most):
        """The opening of another page, whole paragraphs, the last one now and then cut."""
        other, rng = self.other(page), self.rng
        lines = other.lines[: rng.randint(1, most)]
        if rng.random() < 0.25 and len(lines[-1]) > 80:
            lines[-1] = lines[-1].encode()[:rng.randint(60, len(lines[-1]))].decode(errors="ignore").rstrip()
        if rng.random() < 0.2:
            lines = [self.byline(other)] + lines
        if rng.random() < 0.35 and other.title and lines[0] != other.title:
            lines = [other.title] + lines
        return [(line, "bleed") for line in lines]

    def lines(self, page, label, most, own=False):
        """A run of labelled noise of the fold, of the page itself, or of phrases that rules know."""
        if most and self.rng.random() < 0.2 and self.phrases[self.language][label]:
            return self.known_phrases(self.language, [label], self.rng.randint(1, min(most, 4)))
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
        titles = [self.other(page).title for _ in range(self.rng.randint(2, 8))]
        label = [(self.rng.choice(LABELS), "related")] if self.rng.random() < 0.8 else []
        return label + [(title, "related") for title in titles if title]

    def inset(self, page):
        """What stands between two paragraphs: a link to another page, a teaser, an offer."""
        rng, form = self.rng, self.rng.random()
        if form < 0.45:
            return [(rng.choice(BEFORE_TITLE + ["", "", ""]) + (self.other(page).title or "More"), "related")]
        if form < 0.65:
            return self.teasers(page)[:1]
        if form < 0.85:
            return self.lines(page, "promo", rng.choice([1, 1, 1, 2]), True)
        return self.related(page)[:3]

    def scatter(self, own, piece, most):
        """The page's own lines with a few pieces between them."""
        for _ in range(self.rng.randint(1, most)):
            place = self.rng.randint(1, max(1, len(own) - 1))
            own = own[:place] + piece() + own[place:]
        return own

    # ---- documents ---------------------------------------------------------------------------

    def body(self, page, most=18000):
        """The page's own lines, of a long one its beginning; now and then with an end mark or a closing line of
        the author's own."""
        rng, lines, size = self.rng, [], 0
        for line in page.lines:
            size += len(line)
            if size > most and lines:
                break
            lines.append(line)
        if rng.random() < 0.25:
            lines = lines[:rng.randint(2, 12)]
        if rng.random() < 0.10:
            word = rng.choice(sorted(page.words) or ["it"]) if rng.random() < 0.7 else rng.choice(NAMES)
            lines.append(rng.choice(CLOSERS).format(word))
        chance = rng.random()
        if chance < 0.05:
            lines.insert(rng.randint(1, len(lines)), rng.choice(END_MARKS))
        if chance < 0.10:
            lines.append(rng.choice(END_MARKS))
        elif chance < 0.16:
            lines[-1] += rng.choice(END_SIGNS)
        return [(line, None) for line in lines]

    def digest(self, page):
        """Openings of many pages, which are what the document is about."""
        rng, numbered = self.rng, self.rng.random() < 0.5
        out = [rng.choice(GREETINGS)]
        for number in range(rng.randint(4, 10)):
            other = self.other(page)
            out += [(f"{number + 1}. " if numbered else "") + (other.title or "Also"), self.teaser(other, "full", 0)]
        return [(line, None) for line in out + [rng.choice(FAREWELLS)] if line]

    def short(self, page):
        """The first lines of a page, with a few lines of what sites put around them, or another's opening."""
        rng = self.rng
        own = [(line, None) for line in page.lines[:rng.randint(2, 9)]]
        form = rng.choice(["phrases"] * 3 + ["prose"] * 3 + ["plain"] * 3 + ["teasers", "again"])
        if form == "teasers":
            return own + self.teasers(page)[:3]
        if form == "prose":
            place = rng.choice([len(own), len(own), 0, rng.randrange(len(own))])
            return own[:place] + self.prose(page, 4) + own[place:]
        if form == "again":
            return self.again(own)
        if form == "plain":
            return own
        phrases = self.phrases[self.language]
        labels = [label for label in sorted(phrases) if phrases[label]]
        for label in rng.sample(labels, rng.choice([1, 1, 2, 3])):
            noise = self.known_phrases(self.language, [label], rng.randint(1, 3))
            place = rng.choice({"nav": [0], "share": [1, len(own)], "promo": [rng.randint(0, len(own)), len(own)],
                                "meta": [0, 1, len(own)]}.get(label, [len(own)]))
            own = own[:place] + noise + own[place:]
        return own

    def compose(self, page):
        """A kind, and its pieces in order."""
        rng = self.rng
        if rng.random() < 0.18:
            return "short", self.short(page)
        kind = rng.choices(list(self.kinds), list(self.kinds.values()))[0]
        return kind, getattr(self, "put_" + kind)(page, self.body(page))

    def put_plain(self, page, own):
        return own

    def put_digest(self, page, own):
        return self.digest(page)

    def put_teaser(self, page, own):
        own = own + self.teasers(page)
        return own + self.lines(page, "footer", self.rng.randint(1, 5), True) if self.rng.random() < 0.15 else own

    def put_tail(self, page, own):
        return own + self.prose(page, self.rng.choice([3, 5, 10]))

    def put_head(self, page, own):
        return (self.prose(page, 3) if self.rng.random() < 0.65 else self.teasers(page)[:3]) + own

    def put_mid(self, page, own):
        place = self.rng.randint(1, max(1, len(own) - 1))
        return own[:place] + self.prose(page, 4) + own[place:]

    def put_inset(self, page, own):
        return self.scatter(own, lambda: self.inset(page), 4)

    def put_promo(self, page, own):
        return self.scatter(own, lambda: self.lines(page, "promo", 1, True), 4)

    def put_concat(self, page, own):
        return own + [(line, "bleed") for line, _ in self.body(self.other(page))]

    def put_footer(self, page, own):
        return own + self.lines(page, "footer", self.rng.randint(1, 16), self.rng.random() < 0.5)

    def put_related(self, page, own):
        return own + self.related(page)

    def put_nav(self, page, own):
        own = self.lines(page, "nav", self.rng.randint(2, 24), self.rng.random() < 0.5) + own
        return own + self.lines(page, "footer", 10, True) if self.rng.random() < 0.5 else own

    def put_comment(self, page, own):
        return own + self.lines(page, "comment", 14, True)

    def put_dup(self, page, own):
        pieces = self.teasers(page)[:self.rng.randint(0, 4)]
        pieces.append((self.teaser(page, self.rng.choice(["cut", "dots"]), self.rng.choice(WIDTHS)), "repeat"))
        self.rng.shuffle(pieces)
        return own + pieces

    def put_repeat(self, page, own):
        return self.again(own)

    def put_share(self, page, own):
        row = self.lines(page, "share", 3, True)
        return own[:1] + row + own[1:] if self.rng.random() < 0.5 else own + row

    def put_mixed(self, page, own):
        rng = self.rng
        chance = lambda piece: piece() if rng.random() < 0.5 else []
        if rng.random() < 0.35:
            own = self.scatter(own, lambda: self.inset(page), 2)
        own = chance(lambda: self.lines(page, "nav", rng.randint(1, 12), rng.random() < 0.5)) + own
        own = own + chance(lambda: self.related(page)) + chance(lambda: self.teasers(page))
        own = own + chance(lambda: self.prose(page, 3)) + chance(lambda: self.lines(page, "share", 3, True))
        return own + chance(lambda: self.lines(page, "footer", 8, True))

    def joints(self, pieces):
        """What stands between pieces: line breaks; of some documents some are lost, where the noise is above all."""
        rng = self.rng
        gap = rng.choice(["\n", "\n\n"])
        gaps = [rng.choice(["\n\n", "\n\n\n"]) if gap != "\n" and rng.random() < 0.02 else gap for _ in pieces[1:]]
        if rng.random() > 0.2:
            return gaps
        lost = rng.choice(["", "", "", " ", " | "])
        if rng.random() < 0.2:
            return [lost or rng.choice(["", " "])] * len(gaps)
        if rng.random() < 0.4:
            for _ in range(rng.randint(1, 5)):
                gaps[rng.randrange(len(gaps))] = rng.choice(["", " "])
        for i, ((_, before), (_, label)) in enumerate(zip(pieces, pieces[1:])):
            if before != label or label and rng.random() < 0.5:
                gaps[i] = lost if before != label else rng.choice([lost, ""])
        return gaps

    def render(self, pieces, joints):
        """Text and noise spans (bytes)."""
        out, spans, at = [], [], 0
        for (text, label), joint in zip(pieces, [""] + joints):
            raw = text.encode()
            at += len(joint.encode())
            if label and raw:
                spans.append([at, at + len(raw), label])
            out += [joint.encode(), raw]
            at += len(raw)
        return b"".join(out + [self.rng.choice([b"", b"\n"])]), spans

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
                pieces = own[:place] + noise + own[place:]
                text_, spans = self.render(pieces, [rng.choice(["\n", "\n\n"])] * (len(pieces) - 1))
                out.append({"id": f"made-{language}-{i:04d}", "suite": "made", "kind": "phrases", "raw": text_,
                            "spans": spans, "neutral": [], "fold": number % 5})
        return out

    def documents(self, per_fold, name="made"):
        out = []
        for fold in sorted(self.folds):
            members = sorted(self.folds[fold], key=lambda p: p.id)
            if len(members) < 2:
                continue
            for i in range(min(per_fold, MOST_OF_PAGE * len(members))):
                page = members[self.rng.randrange(len(members))]
                if page.type not in ("article", "documentation", "forum") and self.rng.random() < 0.85:
                    page = self.rng.choice([p for p in members if p.type == "article"])
                self.is_near = self.rng.random() < 0.3
                kind, pieces = self.compose(page)
                text, spans = self.render(pieces, self.joints(pieces))
                out.append({"id": f"{name}-{fold}-{i:04d}", "suite": "made", "kind": kind, "raw": text,
                            "spans": spans, "neutral": [], "fold": fold})
        return out
