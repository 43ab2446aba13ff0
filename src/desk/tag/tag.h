// Tags: words that people put on conversations to find them again and to count them. There is one of a name, however it is written; who
// types a name that is not there yet makes it, and supervisors tidy up.
#pragma once

#include "base/list.h"
#include "desk/staff/staff.h"

typedef struct Tag {
  int64_t id;
  const char *name;
  bool is_active;
  int64_t made_at;
  int64_t uses;         // conversations that have it, TAG_USES_COUNTED + 1 when there are more; tag_list and tag_find only
  const char *name_key; // where it stands among the others; tag_list only
} Tag;
LIST_DEFINE(Tag)

#define TAG_NAME_MOST 40 // characters
#define TAGS_MOST 30     // of one conversation
#define TAG_USES_COUNTED 100
#define TAG_LIST_PAGE 50

// The tag of this name, made when there is none. ERROR_INVALID for a name that is empty, too long or has a comma in it, ERROR_CONFLICT
// for one that was retired.
bool tag_make(Desk *desk, const char *name, int64_t *out_id, GError **error);
// The same by who tidies up, which the audit journal says, as it does of all below.
bool tag_make_by_hand(Desk *desk, const Staff *actor, const char *name, int64_t *out_id, GError **error);
// ERROR_CONFLICT when another tag has the name: merge them.
bool tag_rename(Desk *desk, const Staff *actor, int64_t id, const char *name, GError **error);
// Every conversation with `from` has `into` from now on, and `from` is gone. ERROR_NOT_FOUND, ERROR_INVALID for the same tag.
bool tag_merge(Desk *desk, const Staff *actor, int64_t from, int64_t into, GError **error);
// It can be put on nothing more; what has it keeps it.
bool tag_retire(Desk *desk, const Staff *actor, int64_t id, GError **error);
bool tag_restore(Desk *desk, const Staff *actor, int64_t id, GError **error);
// A page of those that are in use, or that are retired, with `part` anywhere in their names ("": all), by name, after the one whose
// name_key is `after` ("": from the first).
bool tag_list(Arena *arena, Desk *desk, bool is_active, const char *part, const char *after, TagList *out, bool *out_has_more,
              GError **error);
bool tag_names(Arena *arena, Desk *desk, TagList *out, GError **error); // all that are in use, by name
// For suggestions: those in use with `part` in their names, the ones that begin with it first, and at most `most`.
bool tag_fitting(Arena *arena, Desk *desk, const char *part, int64_t most, TagList *out, GError **error);
// The one of this name, however it is written. ERROR_NOT_FOUND.
bool tag_named(Arena *arena, Desk *desk, const char *name, Tag **out, GError **error);
bool tag_find(Arena *arena, Desk *desk, int64_t id, Tag **out, GError **error); // ERROR_NOT_FOUND

// By name, as people type it. ERROR_CONFLICT beyond TAGS_MOST.
bool tag_add(Desk *desk, const Staff *actor, int64_t number, const char *name, GError **error);
bool tag_remove(Desk *desk, const Staff *actor, int64_t number, int64_t id, GError **error);
bool tag_of(Arena *arena, Desk *desk, int64_t number, TagList *out, GError **error); // by name
