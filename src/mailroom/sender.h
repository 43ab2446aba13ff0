// The sender: threads that take mails from the outbox and hand them to the mail server.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "mail/smtp.h"

#include <stdbool.h>

typedef struct Sender Sender;

typedef struct SenderConfig {
  const char *database; // see db_open
  const Clock *clock;
  Random *random;
  SmtpServer server;
  const char *bearer_command; // prints an OAuth2 token for server.user, in place of a password; NULL: none
  const char *dkim_folder;    // keys for signing, see mail/dkim.h; NULL: nothing is signed
  int threads;                // 1 to 8
  bool is_alone;              // no other program sends from this database: what was being sent when we died is due at once
} SenderConfig;

// Starts the threads. They sleep until the next mail is due or the database changes.
Sender *sender_start(const SenderConfig *config, GError **error);
void sender_stop(Sender *sender); // waits for a mail that is being sent; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sender, sender_stop)
