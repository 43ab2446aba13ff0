// Bodies: which parts of a mail are what a person reads, and which are files.
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

// Fills text, html and attachments of `mail`.
void body_read(Arena *arena, const MailPartList *parts, Mail *mail);
