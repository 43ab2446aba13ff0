// The key files of DKIM, for dkim.c.
#pragma once

#include "mail/dkim.h"

// A domain or selector as it may stand in a path and in DNS: labels of lower-case letters, digits, hyphens.
bool dkim_key_name_is_usable(const char *name);
// The selector and the PEM text of the key that signs for `domain`; both NULL when there is none.
bool dkim_key_in_use(Arena *arena, const char *folder, const char *domain, const char **out_selector, const char **out_key,
                     GError **error);
