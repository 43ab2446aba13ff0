// My own page: where I am signed in, what I am told by mail, my password, and what stands below my answers.
#pragma once

#include "base/words.h"
#include "desk/coach/coach.h"
#include "desk/hours/hours.h"
#include "desk/notify/notice.h"
#include "pages/shell/shell.h"

typedef struct AccountPage {
  SessionList sessions;
  const char *problem; // with the password form; NULL when there is none
  bool is_changed;     // the password was changed just now
  NoticeChoice notices;
  const char *notices_problem; // NULL when there is none
  bool notices_are_changed;
  CoachChoice coach;
  bool coach_is_changed;
  const char *zone, *zone_problem; // as chosen, or as typed just now
  TextList zones;                  // to choose from
  IntList languages;
  bool reader_is_changed;
  const char *signature, *signature_problem;
  bool signature_is_changed;
} AccountPage;

bool account_render(const Visit *visit, WebResponse *response, const AccountPage *page, GError **error);
const char *account_browser_words(Arena *arena, const char *browser); // "Firefox on Linux", from a User-Agent header
WebHandler account_page, account_end_session, account_end_others, account_change_password, account_set_notices,
  account_change_signature, account_set_coach, account_set_reader;
bool account_hears(const AccountPage *page, NoticeKind kind, NoticeWay way);
bool account_works_on(const AccountPage *page, int day); // Monday is 1
const char *account_way_title(NoticeWay way);
const char *account_time(Arena *arena, int64_t minutes); // "09:30"
IntList account_languages(Arena *arena);                 // those the desk speaks, for words_name
bool account_lowered_hints(const AccountPage *page);     // some rules were dismissed
