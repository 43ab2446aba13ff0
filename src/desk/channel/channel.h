// Channels: the ways mail comes in, and how each of them fares, for people to see.
//
// What fetches or accepts mail tells its channel what happens. A thread keeps a ChannelReport for that: mails are counted in it and
// written with the next thing that is worth a write, at most every two seconds, so that a channel costs a busy desk next to nothing.
// No mail depends on these writes: a caller that cannot make one goes on.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

typedef enum ChannelKind { CHANNEL_IMAP, CHANNEL_LMTP, CHANNEL_DELIVER, CHANNEL_IMPORT } ChannelKind;
const char *channel_kind_word(ChannelKind kind); // "imap", "lmtp", "deliver", "import"

typedef enum ChannelState {
  CHANNEL_STOPPED,  // by the end of its server
  CHANNEL_STARTING, // connecting, signing in
  CHANNEL_WAITING,  // all is well; mail is awaited or asked for
  CHANNEL_FETCHING,
  CHANNEL_FAILING, // it will try again
  CHANNEL_RETIRED, // not set up any more
} ChannelState;
const char *channel_state_word(ChannelState state); // "stopped", "starting", …, for scripts

typedef struct Channel {
  int64_t id;
  ChannelKind kind;
  ChannelState state;
  const char *name, *mailbox, *last_error; // each may be ""
  int64_t asks_every;                      // a span; 0: mail comes by itself
  int64_t mails, backlog;
  int64_t last_mail_at, last_error_at, failing_since, next_try_at, checked_at; // 0: never
  int64_t made_at;
} Channel;
LIST_DEFINE(Channel)

#define CHANNEL_SILENCE CLOCK_HOUR          // a channel of a server that was not heard of for so long is told to be silent
#define CHANNEL_PATIENCE (2 * CLOCK_MINUTE) // one that fails for longer needs a person
#define CHANNEL_WRITE_EVERY (2 * CLOCK_SECOND)

// All of them: failing ones first, retired ones last.
bool channel_list(Arena *arena, Desk *desk, ChannelList *out, GError **error);
// How it fares, in a sentence without its full stop: "Waiting for mail, which comes in at once".
const char *channel_words(Arena *arena, const Channel *channel, int64_t now);
bool channel_is_silent(const Channel *channel, int64_t now);
bool channel_needs_person(const Channel *channel, int64_t now);
// How many of them need a person.
bool channel_count_failing(Desk *desk, int64_t *out, GError **error);
// Grows with every change to any channel: for live views.
bool channel_changes(Desk *desk, int64_t *out, GError **error);

typedef struct ChannelReport {
  int64_t id;
  ChannelState state;
  int64_t asks_every, backlog;
  int64_t mails, last_mail_at; // not written yet
  int64_t written_at;
} ChannelReport;

// Makes the channel known and begins a report with it. `out_channel` (may be NULL) is as it was before.
bool channel_begin(Arena *arena, Desk *desk, ChannelKind kind, const char *name, const char *mailbox, ChannelReport *out,
                   Channel **out_channel, GError **error);
bool channel_note_mail(Desk *desk, ChannelReport *report, GError **error);
// What it does now; written at once.
bool channel_note_state(Desk *desk, ChannelReport *report, ChannelState state, int64_t asks_every, GError **error);
// Something failed, in a sentence for people; written at once. The channel is failing until its next report of another state.
bool channel_note_error(Desk *desk, ChannelReport *report, const char *words, int64_t next_try_at, GError **error);
// As channel_note_error for what does not stop the channel: a mail that could not be fetched, a folder that cannot be made.
bool channel_note_problem(Desk *desk, ChannelReport *report, const char *words, GError **error);
bool channel_flush(Desk *desk, ChannelReport *report, GError **error); // writes what is counted

// One mail of a process that lives no longer than it: one write, which also makes the channel known.
bool channel_count_mail(Desk *desk, ChannelKind kind, const char *name, GError **error);
// Those of `kind` that are not among `names` and were not heard of for CHANNEL_SILENCE are not set up any more.
bool channel_retire_others(Desk *desk, ChannelKind kind, const TextList *names, GError **error);

// How far a folder has been fetched. Zero when nothing is known.
typedef struct ChannelPlace {
  int64_t uid_validity, uid;
  int64_t found_uid; // mails with a lower UID were there before the channel was
} ChannelPlace;
bool channel_place(Arena *arena, Desk *desk, int64_t channel_id, const char *place, ChannelPlace *out, GError **error);
// Moves the place, and writes the report along with it.
bool channel_advance(Desk *desk, ChannelReport *report, const char *place, ChannelPlace reached, GError **error);
