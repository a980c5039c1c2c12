/* SPDX-License-Identifier: MIT
 * documents.c - puts a crew together. */
#include "documents.h"

#include "desk.h"
#include "message.h"
#include "pipeline.h"
#include "supply.h"
#include "unit.h"
#include <string.h>
#include <unistd.h>

typedef struct Hiring {
    const Plan *plan;
    Kit kit;
} Hiring;

static void *hire(void *user) {
    const Hiring *hiring = user;
    return desk_open(hiring->plan, &hiring->kit);
}

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    const Plan *plan = ((const Hiring *)user)->plan;
    return plan->write(plan->user, channel, data, size);
}

static size_t workers(const Plan *plan) {
    const long cores = plan->jobs ? (long)plan->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (size_t)cores : 1;
}

Ran documents_run(const Plan *plan) {
    Hiring hiring = {.plan = plan};
    const CrewPlan crew_plan = {.workers = workers(plan),
                                .user = &hiring,
                                .hire = hire,
                                .dismiss = desk_close,
                                .work = desk_work,
                                .discard = unit_close,
                                .write = on_message};
    Crew *crew = kit_read(&hiring.kit, plan->settings) ? crew_open(&crew_plan) : NULL;
    Ran ran = RAN_NOT;
    if (crew) {
        const bool supplied = supply_all(plan, crew);
        ran = crew_finish(crew) && supplied ? RAN : RAN_STOPPED;
    }
    crew_close(crew);
    kit_done(&hiring.kit);
    return ran;
}

int documents_watch(bool *trouble, unsigned channel, const void *data, size_t size) {
    FileDone file;
    DocumentDone document;
    switch (channel) {
    case CHANNEL_COMPLAINT:
        complaint_write(data, size);
        return 0;
    case CHANNEL_DOCUMENT:
        memcpy(&document, data, sizeof document);
        *trouble = *trouble || document.fate == FATE_REJECTED;
        return 0;
    case CHANNEL_END:
        memcpy(&file, data, sizeof file);
        *trouble = *trouble || file.fed != FED;
        return file.fed == FED_STOPPED ? -1 : 0;
    default:
        return 0;
    }
}
