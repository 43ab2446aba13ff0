// What an IMAP server says (RFC 9051, section 7), taken apart. Bytes go in as they arrive, whole responses come out; nothing here
// knows a connection.
//
// Everything is bounded: the length of a response without its literals, the size of a literal, the depth of lists. Work grows with
// the bytes that came, however they were cut.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/list.h"

#define IMAP_LINE_MOST ((size_t)64 * 1024)
#define IMAP_DEPTH_MOST 32

typedef enum ImapTokenKind { IMAP_ATOM, IMAP_STRING, IMAP_OPEN, IMAP_CLOSE } ImapTokenKind;

typedef struct ImapToken {
  ImapTokenKind kind; // a quoted string and a literal are both IMAP_STRING; NIL is an atom
  Bytes bytes;        // unescaped
} ImapToken;
LIST_DEFINE(ImapToken)

// Valid until the reader is used again.
typedef struct ImapResponse {
  const char *tag;      // "*" untagged, "+" go on, or the tag of a command
  const char *status;   // "OK", "NO", "BAD", "BYE", "PREAUTH"; NULL when it is data
  const char *code;     // what stands in the brackets of a status: "UIDVALIDITY 38"; "" when there are none
  const char *text;     // the words of a status, for people
  ImapTokenList tokens; // of data: everything after the tag, lists flat with their brackets
} ImapResponse;

typedef struct ImapReader ImapReader;

ImapReader *imap_reader_new(size_t literal_most);
void imap_reader_free(ImapReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapReader, imap_reader_free)

void imap_reader_feed(ImapReader *reader, const void *data, size_t size);
// The next whole response, NULL without an error when more bytes are needed. NULL with ERROR_BROKEN when it is no IMAP or larger
// than allowed; the reader is of no use then.
const ImapResponse *imap_reader_next(ImapReader *reader, GError **error);

bool imap_token_is(const ImapToken *token, const char *atom); // without regard to case; false for strings
bool imap_token_number(const ImapToken *token, int64_t *out); // a whole number from 0 to 2^63-1
