# SPDX-License-Identifier: MIT
"""Which blocks of a page its reference text holds: the labels that the HTML model learns from.

A reference is the main text of a page as people wrote it down; the blocks are the page's own runs of
text, navigation and all. Counting shared words would call "Home" or "Reply" content wherever the
reference happens to use the word, so the two are aligned instead, in order, word by word:

 1. Words that follow each other in both (4 at a time, rare ones) give stretches; the heaviest chain of
    stretches that rises on both sides is the backbone. The chain likes neighbours: of two copies of
    a text the one beside the rest of the content counts.
 2. Between two links of the chain shorter stretches and whole short blocks (a name, a table cell) are
    chained in the same way, with only that piece of the reference to stand in.
 3. What is left on both sides is chained again, for references that leave the page's order, and short
    blocks look for a place near that of their neighbours.

A block's value is the share of its words that found a place. A weight tells how much the label
should count: a second copy of a text that the reference has once, half-held blocks and pages whose
reference is mostly not on the page count little; what lies beyond a reference that was cut off
counts nothing. No quadratic step is without a cap.
"""
import bisect
import itertools
import re
import unicodedata
from collections import Counter

LIMIT = 50000                    # references are cut at so many characters
WIDE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"    # scripts without spaces: a word a letter
WORD = re.compile(rf"[{WIDE}]|\d+|[^\W\d_{WIDE}]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
CAMEL = re.compile("(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
BREAK = re.compile(r"[\n\t|•·]|  ")
PAUSE = re.compile(r"[^\w\s'’-]")
FEW = 64                         # pairs of places of one shingle that the backbone may start from
MANY = 4000                      # stretches that a gap may choose from
NEAR = 60                        # words to both sides in which what the reference retells may stand
HITS = 200000                    # pairs of places that are looked at in one go
SHORT = 3                        # a block of so many words is there whole or not at all
LONG = 8                         # a block of so many words stands in the reference by no accident
TRIM = 3                         # words that a stretch may give up where it overlaps the one before


# ---- words ------------------------------------------------------------------------------------

def level(text):
    """One form for what pages and references write differently; "RatedBest" is two words that lost their space."""
    return CAMEL.sub(" ", unicodedata.normalize("NFKC", INVISIBLE.sub("", text))).lower()


def words_of(text):
    return WORD.findall(level(text))


def reference_words(text):
    """The words of a reference, and for each place between two words 1 if a line or cell ends there, a half
    for other marks."""
    text = level(text)
    words, edge, at = [], [], 0
    for match in WORD.finditer(text):
        edge.append(1.0 if BREAK.search(text, at, match.start()) else
                    0.5 if PAUSE.search(text, at, match.start()) else 0.0)
        words.append(match.group())
        at = match.end()
    edge.append(1.0)
    edge[0] = 1.0
    return words, edge


class Page:
    """The words of all blocks in one row. `start` has the first word of each block."""

    def __init__(self, blocks):
        self.words, self.block, self.start = [], [], [0]
        for i, block in enumerate(blocks):
            found = words_of(block)
            self.words += found
            self.block += [i] * len(found)
            self.start.append(len(self.words))

    def size(self, block):
        return self.start[block + 1] - self.start[block]

    def parts(self, p, r, length):
        """A stretch parted where a block ends."""
        out, end = [], p + length
        while p < end:
            stop = min(end, self.start[self.block[p] + 1])
            out.append((p, r, stop - p))
            p, r = stop, r + stop - p
        return out


# ---- stretches and chains ---------------------------------------------------------------------

def shingles(words, positions, k):
    """Where each shingle of k words starts, among the runs of positions that follow each other."""
    found = {}
    for i in range(len(positions) - k + 1):
        at = positions[i]
        if positions[i + k - 1] == at + k - 1:
            found.setdefault(tuple(words[at:at + k]), []).append(at)
    return found


def stretches(page, ref, page_at, ref_at, k, cap):
    """What both sides share: (page start, reference start, length) of the longest stretches of k and more
    words, parted where a block ends."""
    there, here = shingles(ref, ref_at, k), shingles(page.words, page_at, k)
    pairs = [(len(places) * len(there[key]), i, places, there[key])
             for i, (key, places) in enumerate(here.items()) if key in there]
    hits = []
    for count, _, places, others in sorted(pairs):
        if count > cap or len(hits) + count > HITS:
            break
        hits += [(r - p, p) for p in places for r in others]
    hits.sort()
    out, diagonal, first, last = [], 0, 0, -k
    for d, p in hits:
        if d == diagonal and p <= last + 1:
            last = p
            continue
        out += page.parts(first, first + diagonal, last - first + k)
        diagonal, first, last = d, p, p
    return out + page.parts(first, first + diagonal, last - first + k)


def worth(page, p, length):
    """A stretch weighs its words, the more the more of its block it is. A short block is there whole or not."""
    size = page.size(page.block[p])
    return length * (0.2 + 0.8 * length / size) if size > SHORT or length == size else 0.0


def chain(page, pieces, value):
    """The heaviest chain of stretches that rises on both sides; returns them, trimmed where they overlap.

    `value` has a weight a piece. A piece that starts in the reference where another one ended gets a
    bonus, the larger the nearer the two are on the page. Of equal chains the later counts: a heading
    rather than its entry in a table of contents."""
    if not pieces:
        return []
    ends = sorted({r + n for _, r, n in pieces})
    tree = [(0.0, -1)] * (len(ends) + 1)
    events = []
    for i, (p, r, n) in enumerate(pieces):
        events += [(p + t, 1, i, t) for t in range(min(TRIM + 1, n))]
        events.append((p + n, 0, i, 0))
    events.sort()
    best, recent = [None] * len(pieces), {}
    for at, ask, i, t in events:
        p, r, n = pieces[i]
        if ask:
            slot, top = bisect.bisect_right(ends, r + t), (0.0, -1)
            while slot > 0:
                if tree[slot] > top:
                    top = tree[slot]
                slot &= slot - 1
            score, before = top
            near = recent.get(r + t)
            if near is not None:
                close = best[near][0] + 1.0 / (1 + page.block[at] - page.block[pieces[near][0] + pieces[near][2] - 1])
                if close > score:
                    score, before = close, near
            score += value[i] * (n - t) / n + 1e-7 * at
            if best[i] is None or score > best[i][0]:
                best[i] = (score, before, t)
        else:
            slot, mine = bisect.bisect_left(ends, r + n) + 1, (best[i][0], i)
            while slot < len(tree):
                if mine > tree[slot]:
                    tree[slot] = mine
                slot += slot & -slot
            near = recent.get(r + n)
            if near is None or best[near][0] <= best[i][0] + 0.5:
                recent[r + n] = i
    i = max(range(len(pieces)), key=lambda j: (best[j][0], -j))
    out = []
    while i >= 0:
        p, r, n = pieces[i]
        _, before, t = best[i]
        out.append((p + t, r + t, n - t))
        i = before
    return out[::-1]


def near(places, mark, window):
    """Those of some sorted places that are no further than a window from a mark."""
    return places[bisect.bisect_left(places, mark - window):bisect.bisect_right(places, mark + window)]


# ---- alignment --------------------------------------------------------------------------------

class Alignment:
    """`to` has the place in the reference of each word of the page, or -1."""

    def __init__(self, blocks, reference):
        self.page = Page(blocks)
        self.ref, self.edge = reference_words(reference)
        self.to = [-1] * len(self.page.words)
        self.back = [-1] * len(self.ref)
        if self.ref:
            self.spread(first=True)
            self.place_whole()
            for _ in range(6):
                if self.spread(first=False) < 8:
                    break
            self.settle()

    # -- bookkeeping

    def join(self, links):
        for p, r, n in links:
            for i in range(n):
                self.to[p + i], self.back[r + i] = r + i, p + i

    def drop(self, block):
        for p in range(self.page.start[block], self.page.start[block + 1]):
            if self.to[p] >= 0:
                self.back[self.to[p]] = -1
                self.to[p] = -1

    def held(self, block):
        return sum(r >= 0 for r in self.to[self.page.start[block]:self.page.start[block + 1]])

    def free(self, side, low, high):
        return [i for i in range(low, high) if side[i] < 0]

    # -- rounds

    def spread(self, first):
        """One backbone and what fits between its links. Returns how many words found a place."""
        old = [r >= 0 for r in self.to]
        page_at, ref_at = self.free(self.to, 0, len(self.to)), self.free(self.back, 0, len(self.back))
        if not page_at or not ref_at:
            return 0
        pieces = stretches(self.page, self.ref, page_at, ref_at, 4, FEW)
        links = chain(self.page, pieces, [worth(self.page, p, n) for p, _, n in pieces])
        links = self.sound(links, 0.3 if first else 0.6, first)
        self.join(links)
        links.sort()
        ends = [(0, 0, 0)] + links + [(len(self.to), len(self.ref), 0)]
        for (p, r, n), (q, s, _) in zip(ends, ends[1:]):
            if first or (q - p - n <= 40 and s - r - n <= 40):
                self.fill(p + n, q, r + n, s)
        self.prune()
        if not first:
            self.drop_islands(old)
        return sum(r >= 0 for r in self.to) - sum(old)

    def place_whole(self):
        """Long blocks that the reference has word for word, wherever it has them."""
        there = shingles(self.ref, self.free(self.back, 0, len(self.ref)), 4)
        for block in range(len(self.page.start) - 1):
            p, size = self.page.start[block], self.page.size(block)
            if size < LONG or self.held(block):
                continue
            words = self.page.words[p:p + size]
            for r in there.get(tuple(words[:4]), [])[:FEW]:
                if self.ref[r:r + size] == words and max(self.back[r:r + size]) < 0:
                    self.join([(p, r, size)])
                    break

    def sound(self, links, least, first):
        """Leaves out what touches a block only in passing."""
        held = Counter()
        for p, _, n in links:
            held[self.page.block[p]] += n
        good = {b for b, n in held.items() if n >= least * self.page.size(b) or (first and n >= 12)}
        return [(p, r, n) for p, r, n in links if self.page.block[p] in good]

    def fill(self, p0, p1, r0, r1):
        """Chains short stretches and whole short blocks between two links."""
        page_at, ref_at = self.free(self.to, p0, p1), self.free(self.back, r0, r1)
        if not page_at or not ref_at:
            return
        for k in (2, 3, 4):
            pieces = stretches(self.page, self.ref, page_at, ref_at, k, FEW * FEW)
            if len(pieces) <= MANY:
                break
        else:
            pieces = []
        value = [worth(self.page, p, n) for p, _, n in pieces]
        for p, r in self.singles(page_at, ref_at):
            pieces.append((p, r, 1))
            value.append(0.4 + 0.3 * self.edge[r] + 0.3 * self.edge[r + 1])
        if not pieces:
            return
        for p, r in ((p0 - 1, r0 - 1), (p1, r1)):    # the words on both sides, so that what adjoins them gets its bonus
            if 0 <= p < len(self.to) and self.to[p] == r:
                pieces.append((p, r, 1))
                value.append(float(len(self.ref)))
        self.join(chain(self.page, pieces, value))

    def singles(self, page_at, ref_at):
        """Blocks of one word and the places where that word stands."""
        places = {}
        for r in ref_at:
            places.setdefault(self.ref[r], []).append(r)
        alone = [p for p in page_at if self.page.size(self.page.block[p]) == 1 and self.page.words[p] in places]
        count = sum(len(places[self.page.words[p]]) for p in alone)
        if count > 2 * MANY:
            alone = [p for p in alone if len(places[self.page.words[p]]) * len(alone) <= 2 * MANY]
        return [(p, r) for p in alone for r in places[self.page.words[p]]]

    def prune(self):
        """Takes back what stands on little: blocks barely touched, lone short ones in mid-line."""
        for b in sorted({self.page.block[p] for p, r in enumerate(self.to) if r >= 0}):
            size, held = self.page.size(b), self.held(b)
            if held < 0.3 * size and held < 12 or size <= 3 and held < size:
                self.drop(b)
        for b in sorted({self.page.block[p] for p, r in enumerate(self.to) if r >= 0}):
            if self.page.size(b) <= 3 and not self.stands(b):
                self.drop(b)

    def settle(self):
        """Finds places for short blocks that swapped places with a neighbour: date and name, price and label."""
        places = {}
        for r in self.free(self.back, 0, len(self.ref)):
            places.setdefault(self.ref[r], []).append(r)
        count = len(self.page.start) - 1
        for order in (range(count), range(count - 1, -1, -1)):
            for block in order:
                first, size = self.page.start[block], self.page.size(block)
                if not 0 < size <= 8 or self.held(block) or self.page.words[first] not in places:
                    continue
                reach, window = (3, 12) if size == 1 else (6, 25)
                fits = [(abs(r - mark), r) for mark in self.marks(block, reach) for r in
                        near(places[self.page.words[first]], mark, window) if self.fits(first, r, size)]
                if fits:
                    self.join([(first, min(fits)[1], size)])

    def marks(self, block, reach):
        """Where the nearest blocks with a place have it: the one before, the one after."""
        for step in (-1, 1):
            for other in range(block + step, block + (reach + 1) * step, step):
                if not 0 <= other < len(self.page.start) - 1:
                    break
                held = [r for r in self.to[self.page.start[other]:self.page.start[other + 1]] if r >= 0]
                if held:
                    yield held[-1] if step < 0 else held[0]
                    break

    def fits(self, p, r, size):
        """Whether a whole block can stand at r, free and not in mid-sentence."""
        end = r + size
        if end > len(self.ref) or self.ref[r:end] != self.page.words[p:p + size] or max(self.back[r:end]) >= 0:
            return False
        left = 1.0 if r and self.back[r - 1] >= 0 else self.edge[r]
        right = 1.0 if end < len(self.ref) and self.back[end] >= 0 else self.edge[end]
        return left and right and left + right >= 1.5 or size > 3 and left + right >= 0.5

    def drop_islands(self, old):
        """Takes back what a later round put out of order unless it is a run of ten words and more."""
        new = sorted({self.page.block[p] for p, r in enumerate(self.to) if r >= 0 and not old[p]})
        run, words = [], 0
        for b in new + [None]:
            if run and (b is None or b - run[-1] > 4):
                if words < 10:
                    for island in run:
                        self.drop(island)
                run, words = [], 0
            if b is not None:
                run.append(b)
                words += self.held(b)

    def stands(self, block):
        """Whether a short block has its own line or cell in the reference, or neighbours there."""
        first, last = self.to[self.page.start[block]], self.to[self.page.start[block + 1] - 1]
        left, right = self.beside(block, first - 1), self.beside(block, last + 1)
        if self.page.size(block) > 1:
            return left or right or self.edge[first] + self.edge[last + 1] >= 1.5
        return left and right or left and self.edge[last + 1] > 0 or right and self.edge[first] > 0

    def beside(self, block, r):
        """Whether the word of the reference at r stands within a few blocks of this one on the page."""
        if r < 0 or r >= len(self.ref):
            return False
        p = self.back[r]
        return p >= 0 and abs(self.page.block[p] - block) <= 4


# ---- labels -----------------------------------------------------------------------------------

class Labels:
    """The values and weights of a page's blocks."""

    def __init__(self, blocks, reference):
        self.found = Alignment(blocks, reference)
        self.page = self.found.page
        self.size = [self.page.size(b) for b in range(len(blocks))]
        self.value = [self.found.held(b) / n if n else 0.0 for b, n in enumerate(self.size)]
        self.weight = [min(1.0, 0.2 + 1.6 * abs(v - 0.5)) if n else 0.0 for v, n in zip(self.value, self.size)]
        self.fill_marks()
        self.doubt_gaps()
        self.doubt_copies()
        if len(reference) >= LIMIT - 100:
            self.forget_tail()

    def fill_marks(self):
        """Blocks without a word (a rule, a symbol) go with both their neighbours."""
        full = [b for b, n in enumerate(self.size) if n]
        for before, after in zip(full, full[1:]):
            if min(self.value[before], self.value[after]) >= 0.5:
                self.value[before + 1:after] = [1.0] * (after - before - 1)

    def doubt_gaps(self):
        """Noise beside words of the reference that are nowhere on the page may be what these words retell."""
        back = self.found.back
        lost = list(itertools.accumulate((p < 0 for p in back), initial=0))
        kept = [b for b, v in enumerate(self.value) if v >= 0.5 and self.size[b]]
        ends = [(-1, -1, -1)] + [self.reach(b) for b in kept] + [(len(self.size), len(back), 0)]
        for (before, _, low), (after, high, _) in zip(ends, ends[1:]):
            here = sum(self.size[before + 1:after])
            gone = max(0, lost[high] - lost[low + 1])
            around = [r for end in (low, high) for r in range(max(0, end - NEAR), min(len(back), end + NEAR)) if back[r] < 0]
            around = {self.found.ref[r] for r in around} if here else ()
            for b in range(before + 1, after):
                self.weight[b] *= 1.0 - 0.9 * min(1.0, gone / max(here, 1))
                words = self.page.words[self.page.start[b]:self.page.start[b + 1]]
                if len(words) > 1 and sum(w in around for w in words) >= 0.6 * len(words):
                    self.weight[b] *= 0.3

    def reach(self, block):
        """The block and its first and last place in the reference."""
        held = [r for r in self.found.to[self.page.start[block]:self.page.start[block + 1]] if r >= 0]
        return block, held[0], held[-1]

    def doubt_copies(self):
        """A text that the page has more often than the reference: which copy counts is a guess."""
        ref, copies = self.found.ref, {}
        known = set(zip(ref, ref[1:], ref[2:], ref[3:]))
        for b, n in enumerate(self.size):
            words = self.page.words[self.page.start[b]:self.page.start[b + 1]]
            copies.setdefault(tuple(words), []).append(b)
            if n >= 5 and self.value[b] < 0.5:
                shared = sum(s in known for s in zip(words, words[1:], words[2:], words[3:]))
                if shared >= 0.7 * (n - 3):
                    self.weight[b] *= 0.3
        for words, places in copies.items():
            kept = [b for b in places if self.value[b] >= 0.5]
            if 0 < len(words) < 5 and 0 < len(kept) < len(places) <= 20 * len(kept):
                other = sorted(set(places) - set(kept))
                for b in other + [b for b in kept if near(other, b, 10)]:
                    self.weight[b] *= 0.5

    def forget_tail(self):
        """Beyond a cut nothing is known."""
        last = max((b for b, v in enumerate(self.value) if v >= 0.5), default=-1)
        self.weight[last + 1:] = [0.0] * (len(self.weight) - last - 1)


def label_blocks(blocks, reference):
    """(labels, weights), one of each a block: 1 content, 0 noise, between for the unclear."""
    labels = Labels(blocks, reference)
    return labels.value, labels.weight


SPACE = re.compile(r"\s+")


def plain(text):
    return SPACE.sub(" ", text).strip().lower()


def spans_of(text, snippet):
    """Where a snippet stands in a text, copies that overlap left out."""
    at = text.find(snippet) if snippet else -1
    while at >= 0:
        yield at, at + len(snippet)
        at = text.find(snippet, at + len(snippet))


def label_snippets(blocks, with_, without):
    """(labels, weights) where only snippets are known that the text must and must not have.

    A block weighs something only if it holds a whole snippet, or most of one that goes on in the next
    block. A wanted snippet in many places says little of each; an unwanted one says the less, the less
    of its block it is; and a block with both says nothing."""
    texts = [plain(block) for block in blocks]
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    whole = " ".join(texts)
    votes = [[0.0, 0.0] for _ in blocks]
    for side, snippets in enumerate((without, with_)):
        for snippet in {plain(s): None for s in snippets or []}:
            holders = list(holding(starts, texts, spans_of(whole, snippet), len(snippet)))
            for b, share in holders:
                vote = min(1.0, 2.0 * share) if side == 0 else 1.0 / len(holders)
                votes[b][side] = max(votes[b][side], vote)
    labels = [float(yes > 0 and not no) if not (yes and no) else 0.5 for no, yes in votes]
    weights = [0.0 if yes and no else max(yes, no) for no, yes in votes]
    return labels, weights


def holding(starts, texts, spans, size):
    """(block, share of the block that is the snippet) for each block with most of a snippet."""
    for low, high in spans:
        b = bisect.bisect_right(starts, low) - 1
        while b < len(starts) and starts[b] < high:
            inside = min(high, starts[b] + len(texts[b])) - max(low, starts[b])
            if inside > 0.6 * size:
                yield b, inside / len(texts[b])
            b += 1
