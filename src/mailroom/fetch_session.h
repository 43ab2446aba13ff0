// A connection to one account at work. Private to the files of the fetcher.
#pragma once

#include "desk/channel/channel.h"
#include "desk/received/received.h"
#include "mail/imap.h"
#include "mailroom/fetch.h"

// What a thread remembers from one connection to the next.
typedef struct FetchMemory {
  int64_t suspect; // the UID at which fetching ended last; 0: none
  int weight;      // how often, and how much that says against it
  bool is_kept;    // it is in the desk, and fetching ended all the same
} FetchMemory;

typedef struct FetchSession {
  const FetchAccount *account;
  Imap *imap;
  Desk *desk;
  FetchMemory *memory;
  ChannelReport *report;
  const char *place;   // names the folder in the database
  int64_t known_since; // when the channel was set up
  ChannelPlace reached;
  Arena *mail_arena; // of the mails that are being taken
  size_t mail_most;
  int64_t mail_budget; // how long parsing one may take
  MailParser *parser;  // there is one while mail is coming in
} FetchSession;

// Fetches everything new, in bounded batches.
bool fetch_all(FetchSession *session, GError **error);

// Notes of the channel help people; the mail does not depend on them.
void fetch_noted(bool is_noted, GError *problem);
