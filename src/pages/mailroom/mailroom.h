// The mail room: mail that was held back or could not be filed, what was put away, and what is on its way out.
#pragma once

#include "desk/outbox/outbox.h"
#include "desk/policy/policy.h"
#include "desk/received/received.h"
#include "pages/shell/shell.h"

typedef enum MailroomView {
  MAILROOM_QUARANTINE,
  MAILROOM_FAILED,
  MAILROOM_OUTBOX,
  MAILROOM_DISMISSED,
  MAILROOM_COUNT
} MailroomView;

typedef struct MailroomPage {
  MailroomView view;
  ReceivedMailList received; // all views but the outbox
  bool has_more;
  int64_t next_before;
  OutboxMailList outbox;
  int64_t quarantine_keeps; // how long a mail stays there; 0: for ever
  int64_t expired;          // how many the desk itself dismissed in the last EXPIRED_SHOWN
} MailroomPage;

#define EXPIRED_SHOWN (30 * CLOCK_DAY)

const char *mailroom_word(MailroomView view);  // as in addresses
const char *mailroom_title(MailroomView view); // as on the page
const char *mailroom_icon(MailroomView view);
int64_t mailroom_count(const Shell *shell, MailroomView view);    // what needs a person, 0 when nothing does
const char *mailroom_first_line(Arena *arena, const char *lines); // "a@b.example and 2 more"

WebHandler mailroom_front, mailroom_page, mailroom_original, mailroom_release, mailroom_dismiss, mailroom_retry,
  mailroom_dismiss_sent;
