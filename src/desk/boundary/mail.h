// Mail from somebody under a restriction: it is filed like any other, goes to the person who is named or to the supervisors' tray, and
// stands there until a person says what it was. Nothing is closed, dismissed or left to a machine.
#pragma once

#include "desk/boundary/boundary.h"
#include "desk/conversation/stand.h"

typedef enum MailFinding {
  FINDING_UNREAD,
  FINDING_NEW,    // a matter of its own: it is handled like anybody's
  FINDING_SAME,   // the matter that is being handled or was settled
  FINDING_APPEAL, // set by appeal_note
  FINDING_COUNT
} MailFinding;

typedef struct TrayMail {
  int64_t message_id, case_id, number, contact_id, came_at, read_by, read_at;
  MailFinding finding;
  const char *contact_name, *read_name, *customer_name, *subject, *body; // contact_name NULL: the supervisors
} TrayMail;
LIST_DEFINE(TrayMail)

// Says of a mail that a person read it, and what it was. ERROR_NOT_FOUND; ERROR_CONFLICT: somebody else has. ERROR_INVALID: no finding.
// ERROR_FORBIDDEN: it went to somebody else, and they do not supervise.
bool tray_read(Desk *desk, const Staff *actor, int64_t message_id, MailFinding finding, GError **error);
bool tray_unread(Arena *arena, Desk *desk, TrayMailList *out, GError **error); // the longest wait first, LIST_PAGE
bool tray_of_case(Arena *arena, Desk *desk, int64_t case_id, TrayMailList *out, GError **error); // the newest first, 50
bool tray_of(Arena *arena, Desk *desk, int64_t number, TrayMailList *out, GError **error);

// ——— inside the transaction that files a mail

// What restricts whoever wrote, NULL when nothing does. The keys are those of the sender's address and of where an answer goes; a mail
// by anybody else in the customer's conversation is not theirs.
bool boundary_for_writer(Arena *arena, Desk *desk, int64_t customer_id, const char *sender_key, const char *answer_key,
                         Measure **out, GError **error);
// Puts it with whom the restriction names, or with nobody, which is the supervisors' tray. Call before the stand is saved.
void boundary_route(const Measure *holds, ConversationStand *stand);
// Writes it down: the tray, the case's journal, the conversation's.
bool boundary_note_mail(Arena *arena, Desk *desk, const Measure *holds, const ConversationStand *before,
                        const ConversationStand *after, int64_t message_id, GError **error);
#define BOUNDARY_TOLD_EVERY (30 * CLOCK_DAY) // how often a mail under a restriction is answered with how to be heard
bool boundary_is_to_be_told(const Measure *holds, int64_t now);
bool boundary_note_told(Desk *desk, const Measure *holds, GError **error);
