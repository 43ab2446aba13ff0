// DKIM (RFC 6376): signing what leaves the house, so that receivers can tell that it is ours.
//
// Keys are files below a folder: DOMAIN/SELECTOR.pem, readable by their owner alone, and DOMAIN/in-use, which names the selector
// that signs. A mail is signed when it is sent and not when it is queued: only the sending process needs the key, a new key counts
// at once, and a mail that waited for days does not carry an old signature. The signature is one header above the bytes that were
// queued; those stay as they are. rsa-sha256, relaxed/relaxed; From, To, Subject and what threads are signed, and oversigned so
// that none of them can be added afterwards.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/list.h"

#include <stdbool.h>

typedef struct DkimKey {
  const char *domain, *selector;
  const char *record_name; // "2026._domainkey.firm.example"
  const char *record;      // "v=DKIM1; k=rsa; p=…": the TXT record to publish
  bool is_in_use;
} DkimKey;
LIST_DEFINE(DkimKey)

// Makes an RSA key of 2,048 bits. The first one of a domain is in use at once. ERROR_INVALID for names that cannot be used,
// ERROR_CONFLICT when the key is there, ERROR_UNAVAILABLE when the folder cannot be written.
bool dkim_key_new(Arena *arena, const char *folder, const char *domain, const char *selector, DkimKey *out, GError **error);
bool dkim_keys(Arena *arena, const char *folder, DkimKeyList *out, GError **error); // no folder: no keys
// From now on `selector` signs for `domain`. ERROR_NOT_FOUND.
bool dkim_key_use(Arena *arena, const char *folder, const char *domain, const char *selector, GError **error);

// `*out` is the signed mail: the signature header and `mail`. Without a key for the domain in From it is `mail` as it is. A key that
// cannot be used is an error: a mail that should be signed is not sent without (ERROR_BROKEN, ERROR_UNAVAILABLE).
bool dkim_sign_mail(Arena *arena, const char *folder, Bytes mail, Bytes *out, GError **error);
