// An IMAP server of a few lines for tests: a folder in memory, and whatever misbehaviour a test wants. Several clients at once.
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct PeerMail {
  int64_t uid;
  const char *text;
  const char *arrived; // INTERNALDATE; NULL: now
  bool is_seen, is_gone, is_deleted;
} PeerMail;

typedef struct PeerScript {
  const char *capabilities;       // NULL: IMAP4rev1 IDLE UIDPLUS MOVE
  int drops_at;                   // hangs up instead of answering this command, counted from 1 over all connections; 0: never
  int64_t refuses_uid, drops_uid; // what happens when this mail is to be fetched
  int64_t drops_after_uid;        // gives this mail and hangs up
  int64_t withholds_uid;          // says OK and gives NIL for this mail
  int withholds_times;            // so often; 0: always
  bool refuses_header;            // and its header too
  bool gives_halves;              // only the first half of what is asked for
  bool ignores_parts;             // gives whole mails whatever was asked for
  bool forgets_uid_next;
  bool names_downwards;                    // lists mails from the highest UID
  bool is_silent;                          // accepts, and says nothing
  const char *says_instead;                // to the first UID FETCH of mails, and hangs up
  int64_t expunges_uid;                    // when the folder has been listed
  bool has_target;                         // the folder to move to exists
  void (*at_store)(void *data, int count); // before mails are marked as seen
  void *store_data;
} PeerScript;

typedef struct Peer Peer;

Peer *peer_start(PeerScript script);
void peer_stop(Peer *peer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Peer, peer_stop)
const char *peer_url(Arena *arena, const Peer *peer);

int64_t peer_add(Peer *peer, const char *text); // a new mail; its UID. Who idles is told.
void peer_change(Peer *peer, int64_t uid, const char *arrived, bool is_seen);
void peer_renumber(Peer *peer); // another UIDVALIDITY, other UIDs; connections end
void peer_hang_up(Peer *peer);  // on everybody
void peer_script(Peer *peer, PeerScript script);

// Wait for it; they fail the test after 30 seconds.
void peer_await_idle(Peer *peer);                // somebody waits for news
void peer_await_seen(Peer *peer, int count);     // so many are marked
void peer_await_gone(Peer *peer, int count);     // so many were moved or deleted
void peer_await_commands(Peer *peer, int count); // so many were read
int peer_commands(Peer *peer);                   // read so far
bool peer_heard(Peer *peer, const char *words);  // a command with these words came
int peer_most_asked(Peer *peer);                 // mails in one UID FETCH of contents
int peer_seen(Peer *peer);
