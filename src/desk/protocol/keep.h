// Writing versions of guides: what guide.c and ship.c share. Inside the caller's transaction.
#pragma once

#include "desk/protocol/guide.h"
#include "desk/protocol/stored.h"

typedef struct GuideDraft {
  GuideKind kind;
  const char *word, *content;
  const Staff *actor; // NULL: the program
  bool is_retired;
  int64_t restored;
} GuideDraft;

bool guide_insert_first(Arena *arena, Desk *desk, const GuideDraft *draft, int64_t *out_id,
                        GError **error); // 0: the word is taken
bool guide_add_version(Arena *arena, Desk *desk, int64_t id, int64_t version, const GuideDraft *draft, GError **error);
// Locks the guide and gives where it stands; `*out` NULL when there is none.
bool guide_load_stand(Arena *arena, Desk *desk, GuideKind kind, const char *word, GuideStand **out, GError **error);
const char *guide_word_of(Arena *arena, const char *title);
