// Sending mail over SMTP (libcurl). Blocking, with time limits; the outbox calls it from its own threads.
//
// A server may take a mail for some of its recipients and refuse it for others: the result says so for each. libcurl cannot ask
// for delivery reports (RFC 3461: NOTIFY, RET, ENVID) in the version of Debian 12; a server reports failures without being asked.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/list.h"

typedef struct SmtpServer {
  const char *url;  // smtp://host:25, smtps://host:465; "smtp://" tries STARTTLS
  const char *user; // NULL: no authentication
  const char *password;
  const char *bearer; // an OAuth2 access token, instead of the password (XOAUTH2, OAUTHBEARER); NULL: none
  bool require_tls;
  const char *hello; // name for EHLO; NULL: libcurl's choice
} SmtpServer;

typedef enum SmtpOutcome { SMTP_TAKEN, SMTP_LATER, SMTP_REFUSED } SmtpOutcome;

typedef struct SmtpRecipient {
  const char *address;
  SmtpOutcome outcome;
  const char *answer; // the server's words about this recipient, or about the mail as a whole; one line
} SmtpRecipient;
LIST_DEFINE(SmtpRecipient)

typedef struct SmtpResult {
  int code;                     // the server's last answer, or the one that refused; 0 when there was none
  const char *answer;           // the server's words or libcurl's, one line, for people
  bool is_permanent;            // trying again does not help any recipient that is left
  SmtpRecipientList recipients; // as they were given
} SmtpResult;

// A connection that is kept between mails and belongs to one thread. It is made when it is first needed.
typedef struct SmtpSession SmtpSession;
SmtpSession *smtp_session_new(const SmtpServer *server); // what `server` points to must outlive it
void smtp_session_free(SmtpSession *session);            // takes leave of the server; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SmtpSession, smtp_session_free)

// True when the server took responsibility for all recipients. Otherwise false with ERROR_UNAVAILABLE (try again, at least for
// some) or ERROR_INVALID (permanent). `out_result` is filled in both cases. `from` "" sends MAIL FROM:<>.
bool smtp_session_send(SmtpSession *session, Arena *arena, const char *from, const TextList *recipients, Bytes mail,
                       SmtpResult *out_result, GError **error);
// One mail over a connection of its own.
bool smtp_send(Arena *arena, const SmtpServer *server, const char *from, const TextList *recipients, Bytes mail,
               SmtpResult *out_result, GError **error);
