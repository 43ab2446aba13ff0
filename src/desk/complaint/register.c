// Lists of complaints. Where a complaint stands is part of its key (stored.h), so "open", "late" and "closed with news" are ranges of the
// index that gives the order. Text is compared here, folded, over a bounded number of rows: a page may come back short, and says where
// to go on.
#include "desk/complaint/register.h"

#include "base/text.h"
#include "desk/complaint.sql.h"
#include "desk/complaint/promise.h"
#include "desk/complaint/stored.h"

#include <string.h>

#define LOOKED_AT 2000
#define CLOSED_FROM INT64_C(2000000000000000000) // between all that is open and all that is closed

typedef struct Range {
  int64_t least, below;
} Range;

static Range range_of(const ComplaintFilter *filter, int64_t now) {
  Range range = {INT64_MIN, COMPLAINT_FAR};
  if (filter->state == COMPLAINT_OPEN) range.below = CLOSED_FROM;
  if (filter->state == COMPLAINT_CLOSED) range.least = CLOSED_FROM;
  if (filter->state == COMPLAINT_WITH_NEWS_ONLY) range = (Range){CLOSED_FROM, COMPLAINT_WITH_NEWS + 1};
  if (filter->is_late) range.below = MIN(range.below, now);
  return range;
}

static bool select_rows(Arena *arena, Desk *desk, const ComplaintFilter *filter, int64_t key, int64_t number, int64_t most,
                        ComplaintRowList *out, GError **error) {
  Range range = range_of(filter, clock_now(desk->clock));
  int64_t from = filter->received_from ? filter->received_from : INT64_MIN;
  int64_t before = filter->received_before ? filter->received_before : INT64_MAX;
  if (filter->order == COMPLAINT_BY_RECEIVED) {
    bool is_top = key == 0 && number == 0;
    return complaint_list_by_received(arena, desk->db, filter->stage, filter->owner_id, range.least, range.below,
                                      is_top ? INT64_MAX : key, number, filter->severity, from, before, most, out, error);
  }
  if (key == 0 && number == 0) key = INT64_MIN;
  if (filter->stage >= 0)
    return complaint_list_by_stage(arena, desk->db, filter->stage, filter->owner_id, range.least, range.below, key, number,
                                   filter->severity, from, before, most, out, error);
  if (filter->owner_id >= 0)
    return complaint_list_by_owner(arena, desk->db, filter->owner_id, range.least, range.below, key, number, filter->severity,
                                   from, before, most, out, error);
  return complaint_list_by_due(arena, desk->db, range.least, range.below, key, number, filter->severity, from, before, most, out,
                               error);
}

static bool holds(Arena *arena, const ComplaintRow *row, const char *folded) {
  const char *number = arena_printf(arena, "#%" G_GINT64_FORMAT, row->complaint.number);
  const char *const places[] = {number, row->subject, row->customer_name, row->customer_address, row->complaint.about};
  for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
    if (strstr(text_fold(arena, places[i]), folded)) return true;
  return false;
}

static void continue_after(ComplaintPage *page, const ComplaintFilter *filter, const ComplaintRow *last) {
  page->has_more = true;
  page->next_key = filter->order == COMPLAINT_BY_RECEIVED ? last->complaint.received_at : last->queue_key;
  page->next_number = last->complaint.number;
}

bool complaint_list(Arena *arena, Desk *desk, const ComplaintFilter *filter, int64_t after_key, int64_t after_number, size_t most,
                    ComplaintPage *out, GError **error) {
  ComplaintRowList rows = {0};
  const char *folded = text_is_blank(filter->text) ? NULL : text_fold(arena, text_one_line(arena, filter->text));
  most = CLAMP(most, 1, COMPLAINT_EXPORT_PAGE);
  size_t asked = folded ? LOOKED_AT : most;
  *out = (ComplaintPage){0};
  if (!select_rows(arena, desk, filter, after_key, after_number, (int64_t)asked + 1, &rows, error)) return false;
  g_autoptr(Arena) work = arena_new();
  for (size_t i = 0; i < MIN(rows.count, asked); i++) {
    if (!folded || holds(work, &rows.items[i], folded)) *list_add(arena, &out->rows) = rows.items[i];
    arena_reset(work);
    bool is_full = out->rows.count == most, is_last = i + 1 == asked;
    if ((is_full || is_last) && i + 1 < rows.count) {
      continue_after(out, filter, &rows.items[i]);
      return true;
    }
  }
  return true;
}

static void read_tally(const Tally *tally, ComplaintCounts *out) {
  ComplaintStage stage;
  const char *slash = strchr(tally->name, '/');
  if (!slash)
    out->news = tally->count;
  else if (stage_from_word(slash + 1, &stage))
    out->stages[stage] = tally->count;
}

bool complaint_counts(Arena *arena, Desk *desk, int64_t promises_before, ComplaintCounts *out, GError **error) {
  TallyList tallies = {0};
  *out = (ComplaintCounts){0};
  if (!complaint_select_tallies(arena, desk->db, &tallies, error) ||
      !complaint_count_late(desk->db, clock_now(desk->clock), COMPLAINTS_COUNTED, &out->late, error) ||
      !promise_count_due(desk, promises_before, &out->promises_due, error))
    return false;
  list_each(const Tally, tally, &tallies) read_tally(tally, out);
  return true;
}
