// My triggers: private notes on what presses my buttons and where my boundaries are (PRODUCT.md 23). They are sealed in their owner's
// vault, so nobody else can read them, and they are matched only in a request of their owner.
#pragma once

#include "base/list.h"
#include "desk/vault/vault.h"
#include "insight/insight.h"

typedef struct TriggerNote {
  int64_t id;                      // 0: new
  const char *text;                // what to tell me
  const char *words;               // words or phrases, with commas or line breaks between them; ""
  const char *behaviour, *emotion; // as behaviour_word and emotion_word say; "": does not matter
} TriggerNote;
LIST_DEFINE(TriggerNote)

#define TRIGGER_NOTES_MOST 50
#define TRIGGER_TEXT_MOST 2000 // characters
#define TRIGGER_WORDS_MOST 500

bool trigger_list(Arena *arena, Desk *desk, const Vault *vault, int64_t staff_id, TriggerNoteList *out,
                  GError **error); // in order of making
// ERROR_INVALID with what is missing or too much; ERROR_NOT_FOUND for an id that is not theirs.
bool trigger_keep(Desk *desk, const Vault *vault, int64_t staff_id, const TriggerNote *note, GError **error);
bool trigger_forget(Desk *desk, int64_t staff_id, int64_t id, GError **error); // ERROR_NOT_FOUND, also for another's

// Whether a message is what the note is about: one of its phrases stands in `text` (whole words, however they are written), or the
// message was read as its behaviour or feeling. `is_read` false: only the words count.
bool trigger_matches(Arena *arena, const TriggerNote *note, const char *text, bool is_read, Behaviour behaviour, Emotion emotion);

typedef struct SealedNote {
  int64_t id;
  Bytes sealed;
} SealedNote;
LIST_DEFINE(SealedNote)
