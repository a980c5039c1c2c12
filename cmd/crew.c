/* SPDX-License-Identifier: MIT
 * crew.c - a ring of units under way: the reader fills slots, workers take them in order, a writer
 * writes what each holds when its turn comes. Threads are started when there is a second unit. */
#include "crew.h"

#include "buffer.h"
#include "message.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    HANDFUL = 256 << 10, /* bytes of messages that a worker gathers before it hands them over */
    SLOTS_A_WORKER = 16, /* how far units may run ahead of the one whose turn it is */
    WEIGHT_A_WORKER = 4 << 20 /* and how many bytes they may hold; one more may begin below that */
};

/* Messages stand one after the other, each behind its head. */
typedef struct Head {
    unsigned channel;
    size_t size;
} Head;

struct Tape {
    Crew *crew;
    bool is_straight; /* messages are written at once */
    Buffer mine;      /* of who sends them alone */
    Buffer handed;    /* for the writer, where the crew has threads */
};

typedef struct Slot {
    void *unit;
    size_t weight;
    bool done;
    Tape tape;
} Slot;

typedef struct Worker {
    Crew *crew;
    void *hired;
    pthread_t thread;
} Worker;

/* Invariant: written <= taken <= submitted <= written + slot_count. The slot of unit `submitted`,
 * if it is free, is the reader's. */
struct Crew {
    CrewPlan plan;
    Worker *workers; /* plan.workers of them, of which so many are hired and so many have threads */
    size_t hired, started;
    pthread_t writer;
    bool has_threads;
    Slot *slots;
    size_t slot_count;
    Listener before;  /* the reader's, outside the crew */
    sigset_t signals; /* that it held before there were threads */

    pthread_mutex_t lock; /* of all that follows, and of what is handed over */
    pthread_cond_t units, messages, room;
    uint64_t submitted, taken, written;
    size_t weight;
    bool is_ended, is_stopped, is_out_of_memory;
};

static Slot *slot_of(Crew *crew, uint64_t unit) {
    return &crew->slots[unit % crew->slot_count];
}

/* ---- messages ---- */

static bool append(Buffer *messages, unsigned channel, const void *data, size_t size) {
    const Head head = {channel, size};
    const size_t before = messages->size;
    if (buffer_add(messages, &head, sizeof head) && buffer_add(messages, data, size)) return true;
    messages->size = before;
    return false;
}

static void swap(Buffer *one, Buffer *other) {
    const Buffer kept = *one;
    *one = *other;
    *other = kept;
}

/* Writes and forgets them. False when that stops the crew. */
static bool write_all(Crew *crew, Buffer *messages) {
    bool good = true;
    for (size_t at = 0; at < messages->size && good;) {
        Head head;
        memcpy(&head, messages->bytes + at, sizeof head);
        at += sizeof head;
        good =
            crew->plan.write(crew->plan.user, head.channel, messages->bytes + at, head.size) == 0;
        at += head.size;
    }
    buffer_clear(messages);
    return good;
}

/* With the lock held: nothing goes on after this. */
static void stop(Crew *crew) {
    crew->is_stopped = true;
    pthread_cond_broadcast(&crew->units);
    pthread_cond_broadcast(&crew->messages);
    pthread_cond_broadcast(&crew->room);
}

static void stop_for_memory(Crew *crew) {
    pthread_mutex_lock(&crew->lock);
    crew->is_out_of_memory = true;
    stop(crew);
    pthread_mutex_unlock(&crew->lock);
}

/* Gives what was gathered to the writer, once it has taken what it was given before. */
static bool hand_over(Tape *tape) {
    Crew *crew = tape->crew;
    pthread_mutex_lock(&crew->lock);
    while (tape->handed.size && !crew->is_stopped) pthread_cond_wait(&crew->room, &crew->lock);
    const bool good = !crew->is_stopped;
    if (good) swap(&tape->mine, &tape->handed);
    pthread_cond_signal(&crew->messages);
    pthread_mutex_unlock(&crew->lock);
    return good;
}

int tape_send(Tape *tape, unsigned channel, const void *data, size_t size) {
    Crew *crew = tape->crew;
    if (tape->is_straight) {
        if (!crew->is_stopped && crew->plan.write(crew->plan.user, channel, data, size))
            crew->is_stopped = true;
        return crew->is_stopped ? -1 : 0;
    }
    if (!append(&tape->mine, channel, data, size)) {
        stop_for_memory(crew);
        return -1;
    }
    return tape->mine.size >= HANDFUL && crew->has_threads && !hand_over(tape) ? -1 : 0;
}

static void hear_worker(void *tape, const char *line, size_t size) {
    tape_send(tape, CHANNEL_COMPLAINT, line, size);
}

static void hear_reader(void *crew, const char *line, size_t size) {
    tape_send(crew_tape(crew), CHANNEL_COMPLAINT, line, size);
}

/* ---- workers and the writer ---- */

/* Does a unit, its complaints on its tape. */
static void do_unit(Crew *crew, void *worker, Slot *slot) {
    const Listener before = complaints_to((Listener){hear_worker, &slot->tape});
    if (slot->unit) crew->plan.work(worker, slot->unit, &slot->tape);
    slot->unit = NULL;
    complaints_to(before);
}

/* The next unit for a worker; NULL when there will be none. */
static Slot *take(Crew *crew) {
    Slot *slot = NULL;
    pthread_mutex_lock(&crew->lock);
    while (crew->taken == crew->submitted && !crew->is_ended && !crew->is_stopped)
        pthread_cond_wait(&crew->units, &crew->lock);
    if (crew->taken < crew->submitted && !crew->is_stopped) slot = slot_of(crew, crew->taken++);
    pthread_mutex_unlock(&crew->lock);
    return slot;
}

static void finish_unit(Crew *crew, Slot *slot) {
    if (slot->tape.mine.size) hand_over(&slot->tape);
    pthread_mutex_lock(&crew->lock);
    slot->done = true;
    pthread_cond_signal(&crew->messages);
    pthread_mutex_unlock(&crew->lock);
}

static void *run_worker(void *user) {
    const Worker *worker = user;
    Slot *slot;
    while ((slot = take(worker->crew))) {
        do_unit(worker->crew, worker->hired, slot);
        finish_unit(worker->crew, slot);
    }
    return NULL;
}

/* Waits for messages of the unit whose turn it is, and takes them; units that are done make room.
 * False when all is written. */
static bool take_messages(Crew *crew, Buffer *ret) {
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        Slot *slot = slot_of(crew, crew->written);
        const bool is_begun = crew->written < crew->submitted;
        if (crew->is_stopped || (!is_begun && crew->is_ended)) break;
        if (slot->tape.handed.size) {
            swap(ret, &slot->tape.handed);
            break;
        }
        if (is_begun && slot->done) {
            slot->done = false;
            crew->weight -= slot->weight;
            crew->written++;
            pthread_cond_broadcast(&crew->room);
            continue;
        }
        pthread_cond_wait(&crew->messages, &crew->lock);
    }
    pthread_cond_broadcast(&crew->room);
    pthread_mutex_unlock(&crew->lock);
    return ret->size > 0;
}

static void *run_writer(void *user) {
    Crew *crew = user;
    Buffer messages = {0};
    while (take_messages(crew, &messages)) {
        if (write_all(crew, &messages)) continue;
        pthread_mutex_lock(&crew->lock);
        stop(crew);
        pthread_mutex_unlock(&crew->lock);
        break;
    }
    buffer_done(&messages);
    return NULL;
}

/* ---- the reader ---- */

static bool hire(Crew *crew) {
    Worker *worker = &crew->workers[crew->hired];
    *worker = (Worker){.crew = crew, .hired = crew->plan.hire(crew->plan.user)};
    crew->hired += worker->hired != NULL;
    return worker->hired != NULL;
}

static void stop_now(Crew *crew) {
    pthread_mutex_lock(&crew->lock);
    stop(crew);
    pthread_mutex_unlock(&crew->lock);
}

/* The writer, who knows what to clean up, is the one that signals go to: all others hold them.
 * Fewer workers than planned will do. */
static bool begin_threads(Crew *crew) {
    while (crew->hired < crew->plan.workers && hire(crew)) continue;
    crew->slots[0].tape.is_straight = false;
    int error = crew->hired < crew->plan.workers
                    ? -1
                    : pthread_create(&crew->writer, NULL, run_writer, crew);
    if (error) {
        if (error > 0) complain("threads: %s", strerror(error));
        crew->slots[0].tape.is_straight = true;
        stop_now(crew);
        return false;
    }
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &crew->signals);
    crew->has_threads = true;
    while (crew->started < crew->hired && !error) {
        Worker *worker = &crew->workers[crew->started];
        error = pthread_create(&worker->thread, NULL, run_worker, worker);
        crew->started += !error;
    }
    if (crew->started) return true;
    complain("threads: %s", strerror(error));
    stop_now(crew);
    return false;
}

/* What fails here is told at once. */
static bool start_threads(Crew *crew) {
    const Listener reader = complaints_to(crew->before);
    const bool good = begin_threads(crew);
    complaints_to(reader);
    return good;
}

static bool make_room(Crew *crew, const CrewPlan *plan) {
    const size_t slots = plan->workers > 1 ? plan->workers * SLOTS_A_WORKER : 1;
    crew->plan = *plan;
    crew->slots = calloc(slots, sizeof *crew->slots);
    crew->workers = calloc(plan->workers, sizeof *crew->workers);
    if (!crew->slots || !crew->workers) return false;
    crew->slot_count = slots;
    for (size_t i = 0; i < slots; i++) crew->slots[i].tape.crew = crew;
    crew->slots[0].tape.is_straight = true; /* until there are threads */
    return true;
}

Crew *crew_open(const CrewPlan *plan) {
    Crew *crew = calloc(1, sizeof *crew);
    if (!crew) {
        complain("%s", strerror(ENOMEM));
        return NULL;
    }
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->units, NULL);
    pthread_cond_init(&crew->messages, NULL);
    pthread_cond_init(&crew->room, NULL);
    const bool has_room = make_room(crew, plan);
    if (!has_room) complain("%s", strerror(ENOMEM));
    if (has_room && hire(crew)) {
        crew->before = complaints_to((Listener){hear_reader, crew});
        return crew;
    }
    crew_close(crew);
    return NULL;
}

/* With one worker the only slot is always free, with threads it may have to be waited for. */
Tape *crew_tape(Crew *crew) {
    if (crew->plan.workers == 1) return &crew->slots[0].tape;
    pthread_mutex_lock(&crew->lock);
    while (crew->submitted - crew->written == crew->slot_count && !crew->is_stopped)
        pthread_cond_wait(&crew->room, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    return &slot_of(crew, crew->submitted)->tape;
}

/* Puts a unit into the ring. */
static bool enter(Crew *crew, void *unit, size_t weight) {
    const size_t limit = crew->plan.workers * WEIGHT_A_WORKER;
    pthread_mutex_lock(&crew->lock);
    while ((crew->submitted - crew->written == crew->slot_count || crew->weight >= limit) &&
           crew->has_threads && !crew->is_stopped)
        pthread_cond_wait(&crew->room, &crew->lock);
    const bool good = !crew->is_stopped;
    if (good) {
        Slot *slot = slot_of(crew, crew->submitted++);
        slot->unit = unit;
        slot->weight = weight;
        crew->weight += weight;
        pthread_cond_signal(&crew->units);
    }
    pthread_mutex_unlock(&crew->lock);
    if (!good && unit) crew->plan.discard(unit);
    return good;
}

bool crew_submit(Crew *crew, void *unit, size_t weight, bool more) {
    if (crew->plan.workers == 1) {
        if (crew->is_stopped) crew->plan.discard(unit);
        else crew->plan.work(crew->workers[0].hired, unit, &crew->slots[0].tape);
        return !crew->is_stopped;
    }
    if (!enter(crew, unit, weight)) return false;
    return crew->has_threads || (crew->submitted < 2 && !more) || start_threads(crew);
}

/* Without threads there was one unit at most: it is done here, and what the reader said after it
 * comes next. */
static void finish_alone(Crew *crew) {
    for (uint64_t unit = 0; unit <= crew->submitted; unit++) {
        Slot *slot = slot_of(crew, unit);
        if (!crew->is_stopped && !write_all(crew, &slot->tape.mine)) crew->is_stopped = true;
        slot->tape.is_straight = true;
        if (slot->unit && crew->is_stopped) crew->plan.discard(slot->unit);
        else if (slot->unit) do_unit(crew, crew->workers[0].hired, slot);
        slot->unit = NULL;
    }
}

static void finish_threads(Crew *crew) {
    /* What the reader said last goes with a unit of nothing. */
    if (crew_tape(crew)->mine.size) enter(crew, NULL, 0);
    pthread_mutex_lock(&crew->lock);
    crew->is_ended = true;
    pthread_cond_broadcast(&crew->units);
    pthread_cond_broadcast(&crew->messages);
    pthread_mutex_unlock(&crew->lock);
    for (size_t i = 0; i < crew->started; i++) pthread_join(crew->workers[i].thread, NULL);
    pthread_join(crew->writer, NULL);
    pthread_sigmask(SIG_SETMASK, &crew->signals, NULL);
    crew->has_threads = false;
}

bool crew_finish(Crew *crew) {
    if (crew->has_threads) finish_threads(crew);
    else if (crew->plan.workers > 1) finish_alone(crew);
    complaints_to(crew->before);
    if (crew->is_out_of_memory) complain("%s", strerror(ENOMEM));
    return !crew->is_stopped;
}

void crew_close(Crew *crew) {
    if (!crew) return;
    for (size_t i = 0; i < crew->slot_count; i++) {
        if (crew->slots[i].unit) crew->plan.discard(crew->slots[i].unit);
        buffer_done(&crew->slots[i].tape.mine);
        buffer_done(&crew->slots[i].tape.handed);
    }
    for (size_t i = 0; i < crew->hired; i++) crew->plan.dismiss(crew->workers[i].hired);
    pthread_cond_destroy(&crew->units);
    pthread_cond_destroy(&crew->messages);
    pthread_cond_destroy(&crew->room);
    pthread_mutex_destroy(&crew->lock);
    free(crew->workers);
    free(crew->slots);
    free(crew);
}
