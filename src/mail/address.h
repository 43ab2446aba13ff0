// Address lists in headers; what the rest of the program needs of addresses is in mail/mail.h.
#pragma once

#include "mail/mail.h"

// Reads `value` (unfolded, may hold anything but NUL) and adds what it names to `out_list`, at most 1000. `where` ("From") begins
// the sentences added to `problems`; `hint` as in mail/words.h.
void address_list_read(Arena *arena, const char *value, const char *hint, const char *where, MailAddressList *out_list,
                       TextList *problems);
