// Reading mails from an IMAP server (RFC 3501 and 9051; IDLE, RFC 2177; MOVE, RFC 6851; UIDPLUS, RFC 4315).
//
// libcurl connects, encrypts, checks the certificate and signs in; the conversation after that is ours. A connection belongs to one
// thread and blocks; another thread may end whatever it does with imap_stop. Calls that fail say
//   ERROR_FORBIDDEN    the server does not let us in, or the connection cannot be trusted: a person must look
//   ERROR_UNAVAILABLE  the server cannot be reached, the connection was lost, or we were told to stop: try again later
//   ERROR_INVALID      the server understood and refused; the connection is still of use
//   ERROR_BROKEN       what the server says is no IMAP, or more than is allowed
// and all but the third leave a connection that is of no use.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/list.h"

typedef struct Imap Imap;

typedef struct ImapServer {
  const char *url; // imaps://host[:port]; imap://host[:port] insists on STARTTLS unless the host is this machine
  const char *user;
  const char *password; // NULL when there is a bearer
  const char *bearer;   // an OAuth 2 access token (XOAUTH2, OAUTHBEARER)
  const char *ca_file;  // whose certificates are trusted; NULL: those that the system trusts
} ImapServer;

Imap *imap_new(size_t mail_most); // the largest mail that is read whole, in bytes
void imap_free(Imap *imap);       // hangs up; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Imap, imap_free)

// From any thread: ends the call that runs, and all later ones at once.
void imap_stop(Imap *imap);
bool imap_is_stopped(Imap *imap);
bool imap_pause(Imap *imap, int64_t span); // sleeps; false when stopped meanwhile

// Connects and signs in; what was connected before is hung up.
bool imap_connect(Imap *imap, const ImapServer *server, GError **error);
void imap_disconnect(Imap *imap);
bool imap_has_idle(const Imap *imap);
bool imap_has_news(const Imap *imap); // more mails than when the folder was listed

typedef struct ImapFolder {
  int64_t mails, uid_validity;
  int64_t uid_next; // what comes later has this UID or a higher one; INT64_MAX when the server does not say
} ImapFolder;
// `folder` as a person writes it, in UTF-8. `is_to_change` false opens it so that nothing in it changes by our looking.
bool imap_open_folder(Imap *imap, const char *folder, bool is_to_change, ImapFolder *out, GError **error);

typedef struct ImapMail {
  int64_t uid, arrived_at; // when it came to the server
  bool is_seen;            // somebody has read it
} ImapMail;
LIST_DEFINE(ImapMail)
// The mails above a UID in ascending order: the first `most`, and how many there are beyond those. `arrived_at` and `is_seen` are
// only looked up `with_details`.
bool imap_list(Imap *imap, Arena *arena, int64_t above, bool with_details, size_t most, ImapMailList *out, int64_t *out_beyond,
               GError **error);

// Fetches mails without marking them and hands over each as it arrives, valid during the call; `raw` has more than `mail_most` bytes
// when the mail is larger, and not all of it; `size` is what the server says, 0 when it does not. A mail that is gone is not handed
// over; one that the server names without giving it is ERROR_INVALID, after the others. When `take` fails so does the fetching.
typedef bool ImapTake(void *data, int64_t uid, Bytes raw, int64_t size, GError **error);
bool imap_fetch(Imap *imap, const IntList *uids, ImapTake *take, void *data, GError **error);
// As imap_fetch, of one mail and only its header.
bool imap_fetch_header(Imap *imap, int64_t uid, ImapTake *take, void *data, GError **error);

bool imap_mark_seen(Imap *imap, const IntList *uids, GError **error);
// Makes the folder when it is not there. A server without MOVE copies and deletes.
bool imap_move(Imap *imap, const IntList *uids, const char *folder, GError **error);
// A server without UIDPLUS only marks them as deleted: whatever else is marked must not go with them.
bool imap_delete(Imap *imap, const IntList *uids, GError **error);

// Waits until something new is in the folder or `span` has passed. Needs imap_has_idle.
bool imap_idle(Imap *imap, int64_t span, GError **error);

// As it goes over the wire: modified UTF-7 (RFC 3501, 5.1.3) in quotes. NULL with ERROR_INVALID for a name with control characters.
const char *imap_folder_name(Arena *arena, const char *folder, GError **error);
