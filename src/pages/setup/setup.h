// Setting the desk up in the browser, and the first steps after that.
#pragma once

#include "desk/mailbox/mailbox.h"
#include "desk/staff/admin.h"
#include "pages/protocol/guide.h"
#include "pages/shell/shell.h"

typedef struct SetupPage {
  const Visit *visit;
  const char *token;
  bool may; // else the link leads nowhere
  Setup form;
  SetupProblems problems;
  bool has_problem;
  TextList zones;
  ChoiceList languages;
} SetupPage;

typedef struct FirstSteps {
  const Visit *visit;
  MailboxList mailboxes;
  int64_t people;
  bool sends_mail, has_mail_in;         // a mail server is set; some way in has worked
  const char *smtp;                     // where mail goes out, without its password; ""
  const char *test_problem, *test_done; // what the mail server said just now; NULL: nobody asked
} FirstSteps;
