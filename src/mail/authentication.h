// Authentication: what the servers a mail passed say about its sender (RFC 8601).
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

// Every Authentication-Results header, newest first, at most 20. ARC-Authentication-Results is not read: it repeats what somebody
// else once wrote, and counts for nothing without its seals.
void authentication_read(Arena *arena, const MailHeaderList *headers, MailAuthenticationList *out);
