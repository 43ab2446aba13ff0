// Forwards: who wrote what somebody passes on (case 40).
#pragma once

#include "mail/mail.h"

// NULL when nothing is passed on. Wants subject, text, reply and attachments. `parse_inside` reads an attached mail; it is not asked
// for what is forwarded inside that.
MailForward *forward_read(Arena *arena, const Mail *mail, Mail *(*parse_inside)(Arena *arena, Bytes raw));
