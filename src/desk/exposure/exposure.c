// The record is lines of "message moment level", sealed whole. The mark is "step moment": the weight of the record at that moment, with
// its decay, in steps so wide that it tells little; comparing lets it decay further.
#include "desk/exposure/exposure.h"

#include "desk/exposure.sql.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>

#define KIND "exposure"
#define ITEMS_MOST 500
#define MUCH_THE_SAME 0.6 // weights closer than that go by whose turn it is

typedef struct Opened {
  int64_t message_id, at;
  Behaviour level;
} Opened;
LIST_DEFINE(Opened)

static const double steps[] = {0, 1, 3.5, 8, 16}; // what a step stands for
static const double step_from[] = {0, 0.5, 2, 5, 11};

static double faded(double weight, int64_t age) { return weight * exp2(-(double)MAX(age, 0) / EXPOSURE_HALF_LIFE); }

static int step_of(const OpenedList *record, int64_t now) {
  double weight = 0;
  list_each(const Opened, opened, record) weight += faded(opened->level == BEHAVIOUR_ABUSIVE ? 2 : 1, now - opened->at);
  int step = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(step_from); i++)
    if (weight >= step_from[i]) step = (int)i;
  return step;
}

static void read_record(Arena *arena, const char *lines, int64_t now, OpenedList *out) {
  for (const char *at = lines; at && *at;) {
    char *next;
    Opened opened = {.message_id = g_ascii_strtoll(at, &next, 10)};
    opened.at = g_ascii_strtoll(next, &next, 10);
    opened.level = g_ascii_strtoll(next, &next, 10) >= BEHAVIOUR_ABUSIVE ? BEHAVIOUR_ABUSIVE : BEHAVIOUR_HOSTILE;
    if (opened.message_id && now - opened.at < EXPOSURE_KEPT) *list_add(arena, out) = opened;
    at = *next == '\n' ? next + 1 : NULL;
  }
}

static const char *write_record(Arena *arena, const OpenedList *record) {
  g_autoptr(GString) lines = g_string_new(NULL);
  list_each(const Opened, opened, record)
    g_string_append_printf(lines, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", opened->message_id, opened->at,
                           opened->level);
  return arena_strndup(arena, lines->str, lines->len);
}

static bool load(Arena *arena, Desk *desk, const Vault *vault, int64_t staff_id, OpenedList *out, GError **error) {
  StoredExposure *stored = NULL;
  if (!exposure_select(arena, desk->db, staff_id, &stored, error)) return false;
  if (stored) read_record(arena, vault_unseal(arena, vault, KIND, stored->sealed), clock_now(desk->clock), out);
  return true;
}

static bool add_new(Arena *arena, OpenedList *record, const ExposureItemList *items, int64_t now) {
  bool is_any = false;
  list_each(const ExposureItem, item, items) {
    bool is_known = item->level < BEHAVIOUR_HOSTILE || record->count >= ITEMS_MOST;
    list_each(const Opened, opened, record) is_known = is_known || opened->message_id == item->message_id;
    if (is_known) continue;
    *list_add(arena, record) = (Opened){item->message_id, now, item->level};
    is_any = true;
  }
  return is_any;
}

bool exposure_note(Desk *desk, const Vault *vault, int64_t staff_id, const ExposureItemList *items, GError **error) {
  if (items->count == 0) return true;
  g_autoptr(Arena) arena = arena_new();
  int64_t now = clock_now(desk->clock);
  OpenedList record = {0};
  if (!load(arena, desk, vault, staff_id, &record, error)) return false;
  if (!add_new(arena, &record, items, now)) return true;
  const char *mark = arena_printf(arena, "%d %" G_GINT64_FORMAT, step_of(&record, now), now / CLOCK_HOUR);
  const Vault *house = vault_of_desk(arena, desk, staff_id);
  return exposure_upsert(desk->db, staff_id, vault_seal(arena, desk, vault, KIND, write_record(arena, &record)),
                         vault_seal(arena, desk, house, "mark", mark), error);
}

bool exposure_own(Desk *desk, const Vault *vault, int64_t staff_id, Exposure *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t now = clock_now(desk->clock);
  OpenedList record = {0};
  *out = (Exposure){0};
  if (!load(arena, desk, vault, staff_id, &record, error)) return false;
  list_each(const Opened, opened, &record) {
    out->week += now - opened->at < 7 * CLOCK_DAY;
    out->fortnight++;
  }
  return true;
}

static double weight_of(Arena *arena, Desk *desk, const StoredMarkList *marks, int64_t staff_id) {
  list_each(const StoredMark, mark, marks) {
    if (mark->staff_id != staff_id) continue;
    const char *text = vault_unseal(arena, vault_of_desk(arena, desk, staff_id), "mark", mark->mark);
    char *next = NULL;
    int64_t step = text ? g_ascii_strtoll(text, &next, 10) : 0, hour = text ? g_ascii_strtoll(next, NULL, 10) : 0;
    return faded(steps[CLAMP(step, 0, (int64_t)G_N_ELEMENTS(steps) - 1)], clock_now(desk->clock) - hour * CLOCK_HOUR);
  }
  return 0;
}

bool exposure_gentlest(Desk *desk, const IntList *staff_ids, int64_t *out_staff_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  StoredMarkList marks = {0};
  double least = INFINITY;
  *out_staff_id = 0;
  if (!exposure_select_marks(arena, desk->db, &marks, error)) return false;
  list_each(const Int, staff_id, staff_ids) {
    double weight = weight_of(arena, desk, &marks, *staff_id);
    if (weight + MUCH_THE_SAME > least) continue;
    least = weight;
    *out_staff_id = *staff_id;
  }
  return true;
}
