// Fetching: one thread for each account takes the mails of a folder on an IMAP server into the desk.
//
// A mail is the desk's when it is committed; only then is it marked, moved or deleted at the server, and only then does the place up
// to which the folder has been fetched move on. Whatever ends in between, a mail is fetched again and recognised by its bytes.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/list.h"
#include "base/random.h"

typedef enum FetchAfter { FETCH_KEEP, FETCH_SEEN, FETCH_MOVE, FETCH_DELETE } FetchAfter;
typedef enum FetchBegin { FETCH_UNREAD, FETCH_ALL, FETCH_NEW } FetchBegin;

typedef struct FetchAccount {
  const char *name; // of the channel
  const char *url;  // see ImapServer
  const char *user;
  const char *password;                                  // this or one of the two commands
  char *const *password_command, *const *bearer_command; // words; the first line that one prints is the secret. NULL: none
  const char *ca_file;                                   // NULL: certificates that the system trusts
  const char *folder;
  const char *mailbox;      // the address of ours that its mail was sent to; NULL: as the mails say
  FetchAfter after;         // what becomes of a mail at the server
  const char *after_folder; // FETCH_MOVE: where to
  FetchBegin begin;         // which of the mails that were there first are taken: unread ones, all, none
  int64_t poll;             // how often to ask a server that cannot tell by itself
} FetchAccount;
LIST_DEFINE(FetchAccount)

typedef struct FetchConfig {
  const char *database; // see db_open
  const Clock *clock;
  Random *random; // from any thread
  const FetchAccountList *accounts;
  size_t mail_most;    // bytes; of a larger mail only the beginning is taken
  int64_t mail_budget; // how long parsing one may take, microseconds
  int64_t first_pause; // after a failure, doubled for each that follows; 0: a second
} FetchConfig;

typedef struct Fetcher Fetcher;

// What `config` points to must outlive the fetcher. The threads start one after the other, and try again by themselves.
Fetcher *fetcher_start(const FetchConfig *config);
void fetcher_stop(Fetcher *fetcher); // after the mails that are being filed; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fetcher, fetcher_stop)

typedef struct FetchTrial {
  int64_t mails; // in the folder
  bool has_idle;
} FetchTrial;
// Signs in and looks into the folder, changing nothing. False with a sentence that says what is wrong.
bool fetch_try(const FetchAccount *account, FetchTrial *out, GError **error);
