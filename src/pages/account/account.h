// My own page: where I am signed in, what I am told by mail, my password, and what stands below my answers.
#pragma once

#include "desk/coach/coach.h"
#include "pages/shell/shell.h"

typedef struct AccountPage {
  SessionList sessions;
  const char *problem; // with the password form; NULL when there is none
  bool is_changed;     // the password was changed just now
  StaffMails mails;
  bool mails_are_changed;
  CoachChoice coach;
  bool coach_is_changed;
  const char *signature, *signature_problem;
  bool signature_is_changed;
} AccountPage;

bool account_render(const Visit *visit, WebResponse *response, const AccountPage *page, GError **error);
const char *account_browser_words(Arena *arena, const char *browser); // "Firefox on Linux", from a User-Agent header
WebHandler account_page, account_end_session, account_end_others, account_change_password, account_set_mails,
  account_change_signature, account_set_coach;
bool account_lowered_hints(const AccountPage *page); // some rules were dismissed
