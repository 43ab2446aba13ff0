// Protection: signed and encrypted mails (cases 48, 49). The content is shown however it is protected.
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

// Takes the content of opaque signed parts out of them, so that `parts` hold what the mail says, and fills protection. Wants from.
void protection_open(Arena *arena, MailPartList *parts, Mail *mail);
// For armour that stands in the text (RFC 9580, 7): takes its lines off a signed text, and says so. Wants text.
void protection_read_text(Arena *arena, Mail *mail);
