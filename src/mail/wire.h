// Wire: a Mail as bytes and back, so that it can come out of a process that nobody trusts (apart.c).
//
// The reader takes its input as hostile: whatever the bytes are, the result is a Mail that keeps what mail.h promises (valid
// UTF-8, lines without control characters, bounded counts, moments between 1970 and 2100), or nothing.
#pragma once

#include "mail/mail.h"

#define WIRE_LIST_MOST 20000 // entries of any one list

void wire_write(GByteArray *out, const Mail *mail);
// False when the bytes are no Mail. The result points into `bytes`, which must live as long.
bool wire_read(Arena *arena, Bytes bytes, Mail **out);
