// Person or machine: what the headers say about who wrote a mail.
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

typedef struct MailVerdict {
  MailKind kind;
  const char *reason; // "Precedence: bulk"; NULL for a person
  bool is_report;     // it is about a mail that somebody else sent: came back, late, arrived, read
} MailVerdict;

// Wants from, return_path and subject of `read`.
MailVerdict kind_judge(Arena *arena, const MailPartList *parts, const Mail *read);
