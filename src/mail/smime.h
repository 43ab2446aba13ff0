// S/MIME: what stands inside a CMS object (RFC 8551, RFC 5652), and whether its signature holds.
#pragma once

#include "mail/mail.h"

typedef enum SmimeKind { SMIME_UNREADABLE, SMIME_SIGNED, SMIME_ENCRYPTED } SmimeKind;

typedef struct Smime {
  SmimeKind kind;
  Bytes content;             // of an opaque signed mail: a MIME part, whether the signature holds or not. Empty when detached
  MailProtection protection; // kind, state, signer, reason
} Smime;

// `object` is decoded from its transfer encoding; base64 that nobody announced and PEM are read too. `detached` is what stands beside it
// in the mail, to be signed by it; NULL when it wraps what it signs. `from` is the sender's address.
Smime smime_read(Arena *arena, Bytes object, const Bytes *detached, const char *from);

void smime_start(void); // for mail_start: the certificates that this system trusts
