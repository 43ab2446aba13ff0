// Bounces: which mail came back.
#pragma once

#include "mail/parts.h"

// The Message-ID of the mail that a report is about, without <>; NULL when it cannot be found. `text` is the body as a person
// reads it, `own` the id of the report itself.
const char *bounce_original_id(Arena *arena, const MailPartList *parts, const char *text, const char *own);
// The addresses that a report says do not exist, at most 100; not those that only could not be reached now, or whose mailbox is full.
TextList bounce_undeliverable(Arena *arena, const MailPartList *parts, const char *text);
