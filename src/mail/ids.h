// Message ids out of headers.
#pragma once

#include "mail/parts.h"

// The one id of Message-ID, without <>; NULL when there is none.
const char *ids_own(Arena *arena, const MailHeaderList *headers);
// All ids of In-Reply-To and References, newest first, without doubles and without `own` (may be NULL).
TextList ids_references(Arena *arena, const MailHeaderList *headers, const char *own);
// The ids in one value, in the order written, added to `out`.
void ids_read(Arena *arena, const char *value, TextList *out);
