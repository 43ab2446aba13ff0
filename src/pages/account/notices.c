// What I am told of, by which way and when.
#include "pages/account/account.h"

#include <stdio.h>

bool account_hears(const AccountPage *page, NoticeKind kind, NoticeWay way) {
  return page->notices.kinds[way] & (INT64_C(1) << kind);
}
bool account_works_on(const AccountPage *page, int day) { return page->notices.days & (1 << (day - 1)); }

const char *account_way_title(NoticeWay way) {
  return way == NOTICE_IN_DESK ? "in the desk" : way == NOTICE_BY_BROWSER ? "by the browser" : "by mail";
}

const char *account_time(Arena *arena, int64_t minutes) {
  int at = (int)MIN(minutes, 24 * 60 - 1); // a field for a time knows no 24:00
  return arena_printf(arena, "%02d:%02d", at / 60, at % 60);
}

// "09:30"; the end of the day is 23:59 there.
static int64_t read_time(const char *text) {
  int hour = -1, minute = -1;
  if (!text || sscanf(text, "%2d:%2d", &hour, &minute) != 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
  return hour == 23 && minute == 59 ? 24 * 60 : hour * 60 + minute;
}

static NoticeChoice read_choice(const Visit *visit) {
  NoticeChoice choice = {.hours = (NoticeHours)CLAMP(visit_form_int(visit, "hours"), 0, NOTICE_HOURS_COUNT - 1),
                         .from = read_time(web_form(visit->request, "from")),
                         .until = read_time(web_form(visit->request, "until"))};
  for (unsigned way = 0; way < NOTICE_WAY_COUNT; way++)
    for (unsigned kind = 0; kind < NOTICE_KINDS_CHOSEN; kind++)
      if (web_form(visit->request, arena_printf(visit->arena, "%s-%s", notice_way_word(way), notice_kind_word(kind))))
        choice.kinds[way] |= INT64_C(1) << kind;
  for (int day = 1; day <= 7; day++)
    if (web_form(visit->request, arena_printf(visit->arena, "day-%d", day))) choice.days |= 1 << (day - 1);
  return choice;
}

bool account_set_notices(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  NoticeChoice choice = read_choice(visit);
  g_autoptr(GError) refusal = NULL;
  if (notice_choice_set(visit->desk, visit->staff->id, &choice, &refusal)) {
    web_redirect(response, "/account?changed=notices#notices");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID)) {
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  AccountPage page = {.notices = choice, .notices_problem = refusal->message};
  response->status = 422;
  return account_render(visit, response, &page, error);
}
