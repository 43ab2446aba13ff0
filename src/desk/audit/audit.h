// The audit journal: who changed what about the desk itself (people, roles, mailboxes, customers joined, conduct), when, and what
// stood there before and after (PRODUCT.md 50). Nothing in it is ever changed.
//
// Each entry carries a seal: the SHA-256 of the seal before it and of everything the entry says. An entry that was changed, taken out or
// put in between breaks the chain from there on, which `rapport check` says. Whoever can write to the database could make the whole
// chain anew; the newest seal is therefore logged at every start, and shown, so that it is also known elsewhere.
//
// What a customer wrote has no place in it, nor has anything private to one of the staff.
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "desk/staff/staff.h"

#define AUDIT_DETAIL_MOST 4000 // characters; longer ones are cut
#define AUDIT_SUBJECT_MOST 300 // likewise

// Writes an entry. `actor` NULL: the command line. `what` is one of the words of audit/words.c ("staff.role"); `subject` is whom or what
// it is about, as people call it ("Jonas Feld <jonas@godwit.example>"); `detail` says more, a line each (see audit_change), or is "". All of it is
// in English whatever language the actor speaks, so that it can be said in any.
//
// Inside the caller's transaction, as its last statement: the journal's head is held from here until the transaction ends.
bool audit_add(Desk *desk, const Staff *actor, const char *what, const char *subject, const char *detail, GError **error);
// `detail` with the line "role: agent → supervisor" added; as it was when nothing changed. An empty value is written as "nothing".
const char *audit_change(Arena *arena, const char *detail, const char *name, const char *before, const char *after);

// The same with a value that somebody wrote, which is said in no other language.
const char *audit_change_written(Arena *arena, const char *detail, const char *name, const char *before, const char *after);
// Part of a value that somebody wrote: in “…”, it stands as it is. "Give it to / “Mira”".
const char *audit_written(Arena *arena, const char *value);

// What an entry says in the language of who reads it. It is kept in English, and sealed so: names and values that are words of the program
// are looked up when it is read.
typedef struct AuditEntry AuditEntry;
const char *audit_say_actor(const AuditEntry *entry);
const char *audit_say_subject(Arena *arena, const AuditEntry *entry);
const char *audit_say_detail(Arena *arena, const AuditEntry *entry);

// What a word of audit/words.c says: "staff.role" is "Role changed". A word that is not in the table says itself.
const char *audit_words(const char *what);
// The subjects that the page can be narrowed to: what stands before the dot.
typedef struct AuditTopic {
  const char *word, *title; // "staff", "People"
} AuditTopic;
const AuditTopic *audit_topics(size_t *out_count);

struct AuditEntry {
  int64_t number, happened_at, staff_id; // staff_id 0: nobody who was signed in
  const char *actor, *what, *subject, *detail, *seal;
};
LIST_DEFINE(AuditEntry)

typedef struct AuditPage {
  AuditEntryList rows;
  bool has_more; // continue with the last row's number
} AuditPage;
#define AUDIT_PAGE 50
// The newest first; `topic` "" or NULL: all; `before` 0: from the top.
bool audit_list(Arena *arena, Desk *desk, const char *topic, int64_t before, AuditPage *out, GError **error);

typedef struct AuditHead {
  int64_t number; // 0: nothing was written yet
  const char *seal;
} AuditHead;
bool audit_head(Arena *arena, Desk *desk, AuditHead *out, GError **error);
// For `rapport check`: reads the whole journal and adds a sentence for where its chain is broken.
bool audit_verify(Arena *arena, Desk *desk, TextList *out_findings, GError **error);
