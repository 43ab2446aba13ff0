// Person or machine: what the headers say about who wrote a mail.
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

typedef struct MailVerdict {
  MailKind kind;
  const char *reason; // "Precedence: bulk"; NULL for a person
} MailVerdict;

// `from` is the address of the sender (may be ""), `return_path` as in Mail.
MailVerdict kind_judge(Arena *arena, const MailPartList *parts, const char *from, const char *return_path);
