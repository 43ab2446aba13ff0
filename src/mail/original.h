// Original: who wrote a mail whose From a mailing list put its own address in (case 38).
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

// Address "" when From is the writer's own, or when nobody says who wrote. Wants from, reply_to and kind of `mail`.
MailAddress original_from(Arena *arena, const MailHeaderList *headers, const char *hint, const Mail *mail);
