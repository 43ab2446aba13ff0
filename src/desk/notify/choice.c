// What somebody chose to hear of, and when.
#include "desk/notify.sql.h"
#include "desk/notify/notify.h"
#include "desk/notify/stored.h"

#define ALL_KINDS ((INT64_C(1) << NOTICE_KIND_COUNT) - 1)
#define ALL_DAYS 127
#define MIDNIGHT (24 * 60)

bool notice_choice_load(Arena *arena, Desk *desk, int64_t staff_id, NoticeChoice *out, GError **error) {
  NoticeHearer *row = NULL;
  if (!notice_choice_select(arena, desk->db, staff_id, &row, error)) return false;
  if (!row) return error_set(error, ERROR_NOT_FOUND, "This person is not here any more.");
  *out = (NoticeChoice){.kinds = {row->notices_desk, row->notices_browser, row->notices_mail},
                        .hours = row->notice_hours >= 0 && row->notice_hours < NOTICE_HOURS_COUNT ? (NoticeHours)row->notice_hours
                                                                                                  : NOTICE_DESK_HOURS,
                        .days = row->notice_days & ALL_DAYS,
                        .from = CLAMP(row->notice_from, 0, MIDNIGHT - 1),
                        .until = CLAMP(row->notice_until, 1, MIDNIGHT)};
  return true;
}

bool notice_choice_set(Desk *desk, int64_t staff_id, const NoticeChoice *choice, GError **error) {
  bool has_hours = choice->days & ALL_DAYS && choice->from >= 0 && choice->from < choice->until && choice->until <= MIDNIGHT;
  int64_t changed = 0;
  if (choice->hours >= NOTICE_HOURS_COUNT) return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (choice->hours == NOTICE_OWN_HOURS && !has_hours)
    return error_set(error, ERROR_INVALID, "Own hours need at least one day, and an end that is later than the beginning.");
  return notice_choice_update(desk->db, staff_id, choice->kinds[NOTICE_IN_DESK] & ALL_KINDS,
                              choice->kinds[NOTICE_BY_BROWSER] & ALL_KINDS, choice->kinds[NOTICE_BY_MAIL] & ALL_KINDS,
                              choice->hours, choice->days & ALL_DAYS, CLAMP(choice->from, 0, MIDNIGHT - 1),
                              CLAMP(choice->until, 1, MIDNIGHT), &changed, error) &&
         (changed == 1 || error_set(error, ERROR_NOT_FOUND, "This person is not here any more."));
}

// ——— the short way, for the command line: what a customer wrote

#define MINE                                                                                                                     \
  ((INT64_C(1) << NOTICE_WROTE_MINE) | (INT64_C(1) << NOTICE_WROTE_FOLLOWED) | (INT64_C(1) << NOTICE_MENTIONED) |                \
   (INT64_C(1) << NOTICE_APPROVAL_DECIDED))
#define NOBODYS (INT64_C(1) << NOTICE_WROTE_NOBODYS)

bool staff_set_mails(Desk *desk, int64_t staff_id, StaffMails mails, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  NoticeChoice choice;
  if (!notice_choice_load(arena, desk, staff_id, &choice, error)) return false;
  int64_t *by_mail = &choice.kinds[NOTICE_BY_MAIL];
  *by_mail &= ~(MINE | NOBODYS);
  if (mails != STAFF_MAILS_NONE) *by_mail |= MINE;
  if (mails == STAFF_MAILS_UNASSIGNED) *by_mail |= NOBODYS;
  return notice_choice_set(desk, staff_id, &choice, error);
}

bool staff_mails(Desk *desk, int64_t staff_id, StaffMails *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  NoticeChoice choice;
  if (!notice_choice_load(arena, desk, staff_id, &choice, error)) return false;
  int64_t by_mail = choice.kinds[NOTICE_BY_MAIL];
  *out = by_mail & NOBODYS ? STAFF_MAILS_UNASSIGNED : by_mail & MINE ? STAFF_MAILS_MINE : STAFF_MAILS_NONE;
  return true;
}
