// Invites: what a calendar part asks for.
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

// The first event of the first calendar part that can be read; NULL when there is none.
MailInvite *invite_read(Arena *arena, const MailPartList *parts, TextList *problems);

void invite_start(void); // for mail_start: libical's settings
