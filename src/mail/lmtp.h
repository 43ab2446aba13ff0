// LMTP (RFC 2033) from the taking side, as a machine without sockets: bytes of the client go in, bytes for the client come out, and
// now and then a whole mail has to be dealt with before it goes on.
//
//   while (…) {
//     LmtpNext next = lmtp_feed(lmtp, in, &used, out);  // consumes `used` bytes; what is left is fed again later
//     send(out);
//     if (next == LMTP_MAIL) { … lmtp_mail(lmtp) …; lmtp_answer(lmtp, 250, "2.0.0", "Kept.", out); }
//     if (next == LMTP_CLOSE) break;
//   }
//
// Offered: PIPELINING (RFC 2920), 8BITMIME (6152), SMTPUTF8 (6531), SIZE (1870), ENHANCEDSTATUSCODES (2034). Lines end with CR LF and
// nothing else, so that nobody else's idea of where a mail ends can smuggle a second one in. Everything is bounded.
#pragma once

#include "base/bytes.h"
#include "base/list.h"

#include <stdbool.h>

#define LMTP_LINE_MOST 4096             // of a command, bytes
#define LMTP_RECIPIENTS_MOST 1000       // of one mail; the client hands it over again for the others
#define LMTP_MISTAKES_MOST 20           // then the connection is closed
#define LMTP_IDLE_MOST 20000            // commands without a mail between them, likewise
#define LMTP_LARGE (INT64_C(1) << 20)   // a mail larger than this needs leave
#define LMTP_ENDLESS (INT64_C(4) << 30) // no mail is read further than this

typedef struct LmtpSetup {
  const char *host;   // our name, for the greeting; must outlive the machine
  int64_t mail_limit; // of a larger mail only the beginning is kept
  // Asked when a mail grows over LMTP_LARGE; false: there is no room for it now, the client is to come again. NULL: always.
  bool (*may_be_large)(void *data);
  void *data;
} LmtpSetup;

typedef struct LmtpMail {
  const char *sender; // "" for <>
  TextList recipients;
  Bytes raw;          // with a Return-Path line in front that says the sender
  int64_t whole_size; // when only the beginning is kept; otherwise 0
} LmtpMail;

typedef enum LmtpNext { LMTP_READ, LMTP_MAIL, LMTP_CLOSE } LmtpNext;

typedef struct Lmtp Lmtp;
Lmtp *lmtp_new(const LmtpSetup *setup, GString *out); // writes the greeting
void lmtp_free(Lmtp *lmtp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lmtp, lmtp_free)

LmtpNext lmtp_feed(Lmtp *lmtp, Bytes in, size_t *out_used, GString *out);
const LmtpMail *lmtp_mail(const Lmtp *lmtp); // after LMTP_MAIL, until lmtp_answer
// One line for each recipient. `code` 250, 4xx or 5xx; `status` "2.0.0".
void lmtp_answer(Lmtp *lmtp, int code, const char *status, const char *words, GString *out);
bool lmtp_is_idle(const Lmtp *lmtp); // between mails: nothing is lost when the connection ends now
