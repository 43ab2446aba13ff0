// The bell: what somebody was told of, how much of it they have not seen, and seeing it.
#include "desk/hours/hours.h"
#include "desk/notify.sql.h"
#include "desk/notify/notice.h"
#include "desk/notify/stored.h"
#include "desk/policy/policy.h"

bool notice_list(Arena *arena, Desk *desk, int64_t staff_id, int64_t before, NoticeList *out, bool *out_has_more,
                 GError **error) {
  *out = (NoticeList){0};
  if (!notice_select(arena, desk->db, staff_id, before ? before : INT64_MAX, NOTICE_PAGE + 1, out, error)) return false;
  *out_has_more = out->count > NOTICE_PAGE;
  out->count = MIN(out->count, NOTICE_PAGE);
  return true;
}

bool notice_count_unseen(Desk *desk, int64_t staff_id, int64_t *out, GError **error) {
  return notice_count(desk->db, staff_id, NOTICES_COUNTED, out, error);
}

bool notice_last(Desk *desk, int64_t staff_id, int64_t *out, GError **error) {
  return notice_select_last(desk->db, staff_id, out, error);
}

static bool is_working(Arena *arena, Desk *desk, int64_t staff_id, bool *out, GError **error) {
  NoticeHearer *hearer = NULL;
  int64_t now = clock_now(desk->clock), next = now;
  *out = false;
  if (!notice_hearer(arena, desk->db, staff_id, &hearer, error)) return false;
  if (!hearer) return true;
  if (!notice_when(arena, desk, hearer, now, &next, error)) return false;
  *out = next == now;
  return true;
}

bool notice_for_browser(Arena *arena, Desk *desk, int64_t staff_id, int64_t after, NoticeList *out, int64_t *out_last,
                        GError **error) {
  NoticeList all = {0};
  bool works = false;
  *out = (NoticeList){0};
  *out_last = after;
  if (!notice_select_after(arena, desk->db, staff_id, after, &all, error) || !is_working(arena, desk, staff_id, &works, error))
    return false;
  list_each(const Notice, notice, &all) {
    *out_last = notice->id;
    if (works && notice->ways & (1 << NOTICE_BY_BROWSER)) *list_add(arena, out) = *notice;
  }
  return true;
}

bool notice_see(Desk *desk, int64_t staff_id, int64_t number, GError **error) {
  int64_t now = clock_now(desk->clock), one = 0;
  bool is_there = false;
  if (number && !notice_unseen_in(desk->db, staff_id, number, &is_there, &one, error)) return false;
  if (number && !is_there) return true; // the way of most pages: nothing is written
  return number ? notice_see_in(desk->db, staff_id, number, now, error) : notice_see_all(desk->db, staff_id, now, error);
}

bool notice_prune(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Policy policy;
  int64_t changed = 0;
  if (!policy_load(arena, desk, &policy, error)) return false;
  do {
    if (!notice_delete_old(desk->db, clock_now(desk->clock) - policy.notices_keep, &changed, error)) return false;
  } while (changed);
  return true;
}
