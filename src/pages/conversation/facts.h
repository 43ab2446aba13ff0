// How a mail came, in words: protection, invitation.
#pragma once

#include "desk/conversation/conversation.h"
#include "pages/shell/shell.h"

const char *facts_protection(Arena *arena, const MailProtection *protection); // a sentence
const char *facts_protection_icon(const MailProtection *protection);
const char *facts_protection_class(const MailProtection *protection);        // "", "due", "late"
const char *facts_invite_title(const MailInvite *invite);                    // "Invitation", "Cancelled appointment", …
const char *facts_invite_time(const Visit *visit, const MailInvite *invite); // "22 Nov 2026, 09:15 to 10:00"; "" when not said
