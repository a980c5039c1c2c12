# SPDX-License-Identifier: MIT
"""What a profile is worth, and what it costs: sites.py SITES [SEED]

Writes corpora of made-up sites, learns a profile of each with the program SITES (sites.c), and cleans
them without and with it. Of every piece of a document it is known what it is:

    article  the text; some of it quotes what its own site says everywhere
    frame    what the site says at the head and at the tail of its documents, much of it in
             sentences; it changes over the years
    inset    sentences that the site sets amid the text: these are to stay, with a note
    foreign  openings of other documents of the corpus, cut off, and their titles

The bar: half of the noise that was left goes (frame and foreign; insets are told apart), and no
piece of an article. Of a corpus in which nothing repeats every document comes out as without it.
"""
import collections
import os
import pathlib
import random
import subprocess
import sys

FOLDER = pathlib.Path("build/bench/sites.data")
SITES, DOCUMENTS, ROUNDS = 24, 40, 3
KINDS = ("article", "frame", "inset", "foreign")

# ---- sentences -----------------------------------------------------------------------------------

PLACES = """Varnhem Solmere Kilmory Dorrance Askvik Brenlow Tarnby Ostrava Hollin Merrow Pelworm Quendon
Risby Sandvar Tolben Ulvik Westray Yarrow Zelder Ambleth Corvey Dunmar Eskdale Fennick""".split()
PEOPLE = """the mayor|the ferry captain|a retired teacher|the baker's daughter|the harbour master|two
students|the county engineer|an old carpenter|the night nurse|the librarian|a young farmer|the bus
driver|the orchestra's cellist|the museum guard|a beekeeper|the village doctor|the lighthouse keeper|
three fishermen|the chess champion|a visiting geologist|the clockmaker|the goalkeeper""".split("|")
DID = """repaired|measured|sold|painted|counted|inspected|borrowed|photographed|described|rebuilt|moved|
cleaned|weighed|bought back|carried away|put together|argued about|looked after|wrote about|gave up""".split("|")
THINGS = """the bridge|an old piano|the flood gates|a barrel of apples|the church bell|a map of the valley|
the northern fence|the school kitchen|two wooden boats|the town archive|a greenhouse|the ice rink|the
water mill|a box of letters|the railway clock|the market hall|a stone wall|the orchard|the tide tables|
a radio mast|the theatre curtain|the swimming bath""".split("|")
KINDS_OF = """crooked|forgotten|blue|narrow|heavy|former|second|famous|wet|painted|hollow|northern|quiet|
costly|rusty|upper|lower|round|broken|borrowed|steep|wooden|iron|early|last|foreign|noisy|empty|patient|
crowded|silver|frozen""".split("|")
FIRST = """Ingrid Tomas Hanne Viktor Ida Ruben Marit Oskar Lena Pavel Selma Joren Astrid Emil Nora Kasper
Edda Milan Signe Anton Greta Felix Runa Casper Tilda Bruno Vera Lukas Alma Henrik""".split()
LAST = """Sol Brand Lind Holm Vester Kron Eke Nor Stein Mar Dal Berg Tor Vik Hag Ros Fjell Grön Ask Bjor
Sand Ulv""".split()
LAST_ENDS = "heim strand by berg qvist vik man sen lund stad dal nes".split()
HOW = """with great care|for the second time|without any help|in spite of the rain|to everyone's surprise|
with borrowed tools|before anyone noticed|against the advice of friends|at no cost to the parish|almost
by accident|on the strength of a promise|as her mother had done""".split("|")
WHEN = """on Tuesday|last winter|before sunrise|in the spring|during the strike|after the storm|when the
snow had gone|a year ago|over the weekend|in early June|on the day of the fair|since the election""".split("|")
BECAUSE = """because {who} had asked for it|although {who} doubted that it would last|while {who} waited
outside|so that {who} could {go} again|until {who} came home|and {who} paid half of the bill|but {who}
remembers it otherwise|as {who} told the meeting""".split("|")
GO = "sleep|travel|sing|work|swim|trade|read|cook|rest|teach".split("|")
SAID = """"{a} took longer than {b}," said {who}.|Nobody could say where {a} had come from.|It was not {a}
that worried {who}, but {b}.|Of {n} letters that arrived, {m} were about {a}.|There are {n} houses on the
road, and {m} of them have seen {a}.|{Who} keeps a record of {a} and of {b}.|What happened to {a} is
still open.|The report names {a}, {b} and the year {y}.""".split("|")


def tidy(words):
    return " ".join(words.split())


class Writer:
    """Sentences that read like a newspaper's. None that is in `said` is said again."""

    def __init__(self, seed, said):
        self.chance, self.said = random.Random(seed), said

    def pick(self, words):
        return tidy(self.chance.choice(words))

    def name(self):
        return "%s %s" % (self.pick(FIRST), self.pick(LAST) + self.pick(LAST_ENDS))

    def someone(self):
        chance = self.chance.random()
        return self.pick(PEOPLE) if chance < 0.3 else self.name() if chance < 0.7 else (
            "%s, %s," % (self.pick(PEOPLE), self.name()))

    def thing(self):
        """The bridge; with luck the crooked bridge of Ulvik."""
        words = self.pick(THINGS).split()
        if self.chance.random() < 0.6:
            words.insert(1, self.pick(KINDS_OF))
        if self.chance.random() < 0.4:
            words.append("of " + self.pick(PLACES))
        return " ".join(words)

    def fill(self, frame):
        who, number = self.someone(), self.chance.randint(5, 400)
        return tidy(frame).format(
            who=who, Who=who[0].upper() + who[1:], a=self.thing(), b=self.thing(),
            go=self.pick(GO), n=number, m=self.chance.randint(2, number), y=self.chance.randint(1820, 2024))

    def sentence(self):
        while (text := self.one_sentence()) in self.said:
            pass
        self.said.add(text)
        return text

    def one_sentence(self):
        if self.chance.random() < 0.35:
            text = self.fill(self.chance.choice(SAID))
            return text[0].upper() + text[1:]
        parts = [self.someone(), self.pick(DID), self.thing()]
        for more, share in ((HOW, 0.5), (WHEN, 0.6), (BECAUSE, 0.6)):
            if self.chance.random() < share:
                parts.append(self.fill(self.chance.choice(more)))
        text = " ".join(parts)
        return text[0].upper() + text[1:] + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 5)))

    def title(self):
        text = "%s %s %s %s" % (self.someone().rstrip(","), self.pick(DID), self.thing(), self.pick(WHEN))
        return text[0].upper() + text[1:]


# ---- sites ---------------------------------------------------------------------------------------

PAPERS = "Gazette Courier Herald Observer Messenger Chronicle Post Tribune".split()
HEADS = """{paper} is read in every kitchen from the hills to the sea.|Since {year} we have told {place} what
{place} would rather not know.|A newspaper for people who live where the river bends.|Written in {place}
by people who can be found there on any market day.""".split("|")
MENUS = """News | Sport | Weather | Culture;Home > News > {place};Front page - Local - Business - Letters;
Sections: Town, Country, Sea, Opinion""".split(";")
TAILS = """The {paper} belongs to its {n} readers, who meet once a year in the town hall.|Whoever has seen
something that others should know may ring the desk until nine in the evening.|Corrections are printed
where the mistake was, in letters of the same size.|This story was set in type by hand in the old printing
house on the quay of {place}.|Our correspondents are paid by the line and have never asked for more.|
The weather on this page comes from the roof of the post office, where {paper} keeps a gauge.|Every
Friday the {paper} prints the names of all who were born and of all who died in {place}.|Nothing on this
page was paid for by anyone it speaks of.""".split("|")
INSETS = """The {paper} keeps three reporters on the road for stories such as this one.|Our archive of
{place} goes back to {year} and is open on Thursdays.|Readers of the {paper} have paid for the paper that
this is printed on.""".split("|")
SHORT = "{paper}, {place}|Desk of the {paper}|Filed under: {place}|Written for the {paper}".split("|")
# The years of a site: what share of its documents is from each. What it says changes with them.
YEARS = (0.5, 0.35, 0.15)


class Site:
    def __init__(self, number, seed):
        chance = random.Random("%s site %d" % (seed, number))
        place = PLACES[number % len(PLACES)]
        names = {"place": place, "paper": "%s %s" % (place, chance.choice(PAPERS)),
                 "year": chance.randint(1820, 1990), "n": chance.randint(800, 9000)}
        self.host = "www.%s%d.example" % (place.lower(), number)
        self.paper = names["paper"]

        def some(frames, count):
            return [tidy(frame).format(**names) for frame in chance.sample(frames, count)]
        self.years = [{"head": [self.paper, *some(MENUS, 1), *some(HEADS, 1)],
                       "inset": some(INSETS, 1), "tail": some(TAILS, 3) + some(SHORT, 1)}
                      for _ in YEARS]


def make_articles(seed, count, said):
    for number in range(count):
        writer = Writer("%s article %d" % (seed, number), said)
        yield writer, writer.title(), [writer.paragraph() for _ in range(writer.chance.randint(4, 12))]


def opening(article, chance):
    """The opening of an article as a teaser shows it."""
    text = " ".join(article[2])
    return text[:chance.randint(140, 260)] + "..."


def dress(site, article, others):
    """A document's pieces, (kind, text) each: an article in what its site adds to it."""
    writer, title, paragraphs = article
    chance = writer.chance
    year = site.years[chance.choices(range(len(YEARS)), YEARS)[0]]
    pieces = [("frame", line) for line in year["head"]] + [("article", title)]
    body = [("article", text) for text in paragraphs]
    if chance.random() < 0.1:  # an article about its own paper
        own = year["tail"][0]
        body.insert(2, ("article", own) if chance.random() < 0.5 else
                    ("article", '%s So it says on every page: "%s"' % (writer.sentence(), own)))
    if chance.random() < 0.6:
        body.insert(len(body) // 2, ("inset", year["inset"][0]))
    pieces += body + [("frame", line) for line in year["tail"]]
    if chance.random() < 0.5:
        pieces.append(("foreign", "Read next: " + others[0][1]))
    if chance.random() < 0.6:
        pieces += [("foreign", opening(other, chance)) for other in others[1:3]]
    return pieces


def sites_corpus(seed, sites, documents):
    """(id, host, title, pieces) of each document."""
    said = set()
    for number in range(sites):
        site = Site(number, seed)
        articles = list(make_articles("%s %d" % (seed, number), documents, said))
        for i, article in enumerate(articles):
            others = [articles[(i + step) % documents] for step in (7, 11, 17)]
            yield "%d/%d" % (number, i), site.host, article[1], dress(site, article, others)


def single_corpus(seed, sites, documents):
    """The same sites, but all they say is the article."""
    said = set()
    for number in range(sites):
        site = Site(number, seed)
        for i, (_, title, paragraphs) in enumerate(make_articles("%s single %d" % (seed, number), documents, said)):
            yield "%d/%d" % (number, i), site.host, title, [("article", text) for text in [title, *paragraphs]]


# ---- documents -----------------------------------------------------------------------------------

Document = collections.namedtuple("Document", "id site data pieces")  # pieces: kind, start, end


def as_text(name, host, _, pieces):
    data, places = b"", []
    for kind, text in pieces:
        start = len(data)
        data += text.encode() + b"\n"
        places.append((kind, start, len(data) - 1))
        if kind == "article":
            data += b"\n"
    return Document(name, host.removeprefix("www."), data, places)


def as_page(name, host, title, pieces):
    data = ("<!doctype html><html><head><title>%s</title>\n<link rel=canonical href='https://%s/%s'>"
            "</head>\n<body>\n" % (title, host, name)).encode()
    places = []
    tags = {"article": "<p>%s</p>", "inset": "<p>%s</p>", "frame": "<div>%s</div>",
            "foreign": "<aside class=related><a href='/next'>%s</a></aside>"}
    for kind, text in pieces:
        before, after = ("<h1>%s</h1>" if text == title else tags[kind]).split("%s")
        data += before.encode()
        start = len(data)
        data += text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
        places.append((kind, start, len(data)))
        data += after.encode() + b"\n"
    return Document(name, "-", data + b"</body></html>\n", places)


# ---- measuring -----------------------------------------------------------------------------------

def run(program, source, *words):
    """Its lines, and the numbers it told."""
    with open(source, "rb") as stream:
        done = subprocess.run([program, *map(str, words)], stdin=stream, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    numbers = (line.split("\t") for line in done.stderr.splitlines())
    return done.stdout.splitlines(), {name: float(number) for name, number in numbers}


def kept_bytes(ranges, start, end):
    return sum(max(0, min(end, last) - max(start, first)) for first, last in ranges)


def read_ranges(line):
    return [tuple(map(int, part.split("-"))) for part in line.split()[1:-1]]


def left_of(documents, lines):
    """Of each kind: bytes, and bytes that stay."""
    sums = {kind: [0, 0] for kind in KINDS}
    for document, line in zip(documents, lines):
        ranges = read_ranges(line)
        for kind, start, end in document.pieces:
            sums[kind][0] += end - start
            sums[kind][1] += kept_bytes(ranges, start, end)
    return sums


def row(name, *cells):
    print("%-34s" % name + "".join(" %14s" % cell for cell in cells))
    sys.stdout.flush()


def show_shares(*columns):
    row("", "MB", "left without", "left with", "learned twice")
    for kind in KINDS:
        if columns[0][kind][0]:
            row(kind, "%.2f" % (columns[0][kind][0] / 1e6),
                *("%.2f %%" % (100 * sums[kind][1] / sums[kind][0]) for sums in columns))


def show_cost(size, learned, plain, known):
    row("learning", "%.1f MB/s" % (size / 1e6 / learned["seconds"]),
        "%.2f s to write" % learned["writing"])
    row("cleaning without", "%.1f MB/s" % (size / 1e6 / plain["seconds"]))
    row("cleaning with", "%.1f MB/s" % (size / 1e6 / known["seconds"]))
    row("the profile", "%.1f MB" % (learned["bytes"] / 1e6))
    row("look-ups", "%.0f a kB" % (known["lookups"] / size * 1000),
        "%.0f ns each" % ((known["seconds"] - plain["seconds"]) / known["lookups"] * 1e9))


def measure(program, name, documents):
    """Cleans a corpus without and with its profile: what is left of each kind before and after, and
    how many documents come out otherwise."""
    source, profile = FOLDER / (name + ".docs"), FOLDER / (name + ".profile")
    source.write_bytes(b"".join(b"%s %s %d\n%s\n" % (document.id.encode(), document.site.encode(),
                                                      len(document.data), document.data)
                                for document in documents))
    size = sum(len(document.data) for document in documents)
    twice = FOLDER / (name + ".twice.profile")
    _, learned = run(program, source, "learn", profile)
    run(program, source, "learn", twice, profile)
    plain_lines, plain = run(program, source, "clean", ROUNDS)
    known_lines, known = run(program, source, "clean", ROUNDS, profile)
    twice_lines, _ = run(program, source, "clean", 1, twice)
    changed = sum(one != other for one, other in zip(plain_lines, known_lines))
    before, after = left_of(documents, plain_lines), left_of(documents, known_lines)
    print("\n%s: %d documents, %.1f MB; %d come out otherwise" % (name, len(documents), size / 1e6, changed))
    show_shares(before, after, left_of(documents, twice_lines))
    show_cost(size, learned, plain, known)
    if os.environ.get("V"):
        show_examples(documents, plain_lines, known_lines)
    return before, after, changed


def show_examples(documents, plain_lines, known_lines):
    """Articles that lose with a profile, and noise that stays."""
    shown = collections.Counter()
    for document, plain, known in zip(documents, plain_lines, known_lines):
        before, after = read_ranges(plain), read_ranges(known)
        for kind, start, end in document.pieces:
            was, has = (kept_bytes(ranges, start, end) for ranges in (before, after))
            loses, stays = kind == "article" and has < was, kind in ("frame", "foreign") and has
            if (loses or stays) and shown[kind] < 12:
                shown[kind] += 1
                print("  %s %s %s: %s" % ("loses" if loses else "keeps", document.id, kind,
                                          document.data[start:end].decode()[:150]))


def noise(sums):
    return sums["frame"][1] + sums["foreign"][1]


def check(name, before, after):
    lost = before["article"][1] - after["article"][1]
    good = noise(after) * 2 <= noise(before) and lost <= 0
    print("%s: noise left falls to %.0f %%, article text lost %d bytes: %s" % (
        name, 100 * noise(after) / max(1, noise(before)), lost, "met" if good else "NOT MET"))
    return good


def main():
    program, *rest = sys.argv[1:]
    seed = rest[0] if rest else "1"
    FOLDER.mkdir(parents=True, exist_ok=True)
    framed = list(sites_corpus(seed, SITES, DOCUMENTS))
    alone = list(single_corpus(seed, SITES, DOCUMENTS))
    results = {name: measure(program, name, [write(*document) for document in corpus])
               for name, corpus, write in (("texts", framed, as_text), ("pages", framed, as_page),
                                           ("texts-that-repeat-nothing", alone, as_text),
                                           ("pages-that-repeat-nothing", alone, as_page))}
    print()
    good = [check(name, *results[name][:2]) for name in ("texts", "pages")]
    for name in list(results)[2:]:
        good.append(not results[name][2])
        print("%s: %d documents come out otherwise: %s" % (
            name, results[name][2], "met" if good[-1] else "NOT MET"))
    return not all(good)


sys.exit(main())
