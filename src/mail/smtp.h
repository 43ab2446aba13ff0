// Sending one mail over SMTP (libcurl). Blocking, with time limits; the outbox calls it from its own thread.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/list.h"

typedef struct SmtpServer {
  const char *url;  // smtp://host:25, smtps://host:465; "smtp://" tries STARTTLS
  const char *user; // NULL: no authentication
  const char *password;
  bool require_tls;
  const char *hello; // name for EHLO; NULL: libcurl's choice
} SmtpServer;

typedef struct SmtpResult {
  int code;           // the server's last answer, 0 when there was none
  const char *answer; // the server's words or libcurl's, one line, for people
  bool is_permanent;  // a 5xx answer to this mail: trying again does not help
} SmtpResult;

// True when the server took responsibility for all recipients. Otherwise false with ERROR_UNAVAILABLE (try again) or
// ERROR_INVALID (permanent). `out_result` is filled in both cases. `from` "" sends MAIL FROM:<>.
bool smtp_send(Arena *arena, const SmtpServer *server, const char *from, const TextList *recipients, Bytes mail,
               SmtpResult *out_result, GError **error);
