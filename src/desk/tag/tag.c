// Making and tidying tags. The name is the folded one's: "Gift card" and "gift  CARD" are one tag.
#include "desk/tag/tag.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/conversation/change.h"
#include "desk/search/search.h"
#include "desk/tag.sql.h"
#include "desk/tag/put.h"

static const char *usable_name(Arena *arena, const char *name, GError **error) {
  const char *clean = text_one_line(arena, name);
  if (!*clean)
    error_set(error, ERROR_INVALID, "A tag needs a name; a word or two are best.");
  else if (text_length(clean) > TAG_NAME_MOST)
    error_set(error, ERROR_INVALID, "A tag has at most %d characters; shorten it.", TAG_NAME_MOST);
  else if (strchr(clean, ','))
    error_set(error, ERROR_INVALID, "A tag has no comma in it; add one tag after the other.");
  else
    return clean;
  return NULL;
}

static bool is_found(int64_t changed, GError **error) {
  return changed || error_set(error, ERROR_NOT_FOUND, "There is no such tag.");
}

bool tag_make(Desk *desk, const char *name, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Tag *tag = NULL;
  name = usable_name(arena, name, error);
  if (!name) return false;
  const char *key = text_fold(arena, name);
  if (!tag_select_by_key(arena, desk->db, key, &tag, error)) return false;
  if (!tag &&
      (!tag_insert(desk->db, name, key, clock_now(desk->clock), error) || !tag_select_by_key(arena, desk->db, key, &tag, error)))
    return false;
  if (!tag) return error_set(error, ERROR_BUSY, "The tag was taken away at the same moment; try again.");
  if (!tag->is_active)
    return error_set(error, ERROR_CONFLICT, "The tag \"%s\" was retired; use another, or ask a supervisor to bring it back.",
                     tag->name);
  *out_id = tag->id;
  return true;
}

bool tag_make_by_hand(Desk *desk, const Staff *actor, const char *name, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Tag *tag = NULL;
  name = usable_name(arena, name, error);
  if (!name) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !tag_select_by_key(arena, desk->db, text_fold(arena, name), &tag, error) || !tag_make(desk, name, out_id, error))
    return false;
  return (tag || audit_add(desk, actor, "tag.made", name, "", error)) && db_commit(&tx, error);
}

bool tag_rename(Desk *desk, const Staff *actor, int64_t id, const char *name, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  Tag *tag = NULL;
  int64_t changed = 0;
  name = usable_name(arena, name, error);
  if (!name) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !tag_find(arena, desk, id, &tag, error)) return false;
  if (tag_update_name(desk->db, id, name, text_fold(arena, name), &changed, &problem)) {
    const char *detail = audit_change_written(arena, "", "name", tag->name, name);
    return is_found(changed, error) && (!*detail || audit_add(desk, actor, "tag.renamed", name, detail, error)) &&
           db_commit(&tx, error);
  }
  if (error_is(problem, ERROR_CONFLICT))
    return error_set(error, ERROR_CONFLICT, "There is a tag called \"%s\" already; unite the two instead.", name);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

bool tag_merge(Desk *desk, const Staff *actor, int64_t from, int64_t into, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Tag *gone = NULL, *kept = NULL;
  int64_t changed = 0;
  if (from == into) return error_set(error, ERROR_INVALID, "A tag cannot be merged into itself; choose another.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !tag_find(arena, desk, from, &gone, error) || !tag_find(arena, desk, into, &kept, error)) return false;
  return search_tag_changes(desk, from, error) && conversation_tag_unite_tags(desk->db, from, into, error) &&
         conversation_tag_delete_tag(desk->db, from, error) && tag_delete(desk->db, from, &changed, error) &&
         audit_add(desk, actor, "tag.merged", kept->name, arena_printf(arena, "%s went into it", gone->name), error) &&
         db_commit(&tx, error);
}

static bool set_active(Desk *desk, const Staff *actor, int64_t id, bool is_active, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Tag *tag = NULL;
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !tag_find(arena, desk, id, &tag, error)) return false;
  return tag->is_active == is_active ||
         (tag_update_active(desk->db, id, is_active, &changed, error) && is_found(changed, error) &&
          audit_add(desk, actor, is_active ? "tag.restored" : "tag.retired", tag->name, "", error) && db_commit(&tx, error));
}
bool tag_retire(Desk *desk, const Staff *actor, int64_t id, GError **error) { return set_active(desk, actor, id, false, error); }
bool tag_restore(Desk *desk, const Staff *actor, int64_t id, GError **error) { return set_active(desk, actor, id, true, error); }

// As LIKE takes it, with "!" before what it would read as a sign.
static const char *pattern_of(Arena *arena, const char *part, const char *before) {
  g_autoptr(GString) pattern = g_string_new(before);
  for (const char *at = text_fold(arena, text_one_line(arena, part)); *at; at++) {
    if (strchr("%_!", *at)) g_string_append_c(pattern, '!');
    g_string_append_c(pattern, *at);
  }
  g_string_append_c(pattern, '%');
  return arena_strdup(arena, pattern->str);
}

bool tag_list(Arena *arena, Desk *desk, bool is_active, const char *part, const char *after, TagList *out, bool *out_has_more,
              GError **error) {
  if (!tag_select_page(arena, desk->db, is_active, pattern_of(arena, part, "%"), after, TAG_USES_COUNTED + 1, TAG_LIST_PAGE + 1,
                       out, error))
    return false;
  *out_has_more = out->count > TAG_LIST_PAGE;
  if (*out_has_more) out->count = TAG_LIST_PAGE;
  return true;
}

bool tag_fitting(Arena *arena, Desk *desk, const char *part, int64_t most, TagList *out, GError **error) {
  if (text_is_blank(part)) return tag_select_first(arena, desk->db, most, out, error); // on every page of a conversation
  return tag_select_fitting(arena, desk->db, pattern_of(arena, part, ""), pattern_of(arena, part, "%"), most, out, error);
}

bool tag_named(Arena *arena, Desk *desk, const char *name, Tag **out, GError **error) {
  const char *key = text_fold(arena, text_one_line(arena, name));
  return tag_select_by_key(arena, desk->db, key, out, error) && is_found(*out != NULL, error);
}

bool tag_names(Arena *arena, Desk *desk, TagList *out, GError **error) { return tag_select_names(arena, desk->db, out, error); }

bool tag_find(Arena *arena, Desk *desk, int64_t id, Tag **out, GError **error) {
  return tag_select(arena, desk->db, id, TAG_USES_COUNTED + 1, out, error) && is_found(*out != NULL, error);
}

bool tag_put(Arena *arena, Desk *desk, int64_t number, int64_t id, bool is_added, bool *out_is_change, const char **out_name,
             GError **error) {
  Tag *tag = NULL;
  int64_t changed = 0, count = 0;
  if (!tag_find(arena, desk, id, &tag, error)) return false;
  *out_name = tag->name;
  if (is_added && !tag->is_active) return error_set(error, ERROR_CONFLICT, "The tag \"%s\" was retired; use another.", tag->name);
  if (is_added ? !conversation_tag_insert(desk->db, number, id, &changed, error)
               : !conversation_tag_delete(desk->db, number, id, &changed, error))
    return false;
  *out_is_change = changed != 0;
  if (!is_added || !changed) return true;
  if (!conversation_tag_count(desk->db, number, &count, error)) return false;
  return count <= TAGS_MOST ||
         error_set(error, ERROR_CONFLICT, "#%jd has %d tags already; take one off first.", number, TAGS_MOST);
}

bool tag_add(Desk *desk, const Staff *actor, int64_t number, const char *name, GError **error) {
  int64_t id = 0;
  return tag_make(desk, name, &id, error) && conversation_change_alone(desk, actor, number, CHANGE_TAG_ADD, id, error);
}

bool tag_remove(Desk *desk, const Staff *actor, int64_t number, int64_t id, GError **error) {
  return conversation_change_alone(desk, actor, number, CHANGE_TAG_REMOVE, id, error);
}

bool tag_of(Arena *arena, Desk *desk, int64_t number, TagList *out, GError **error) {
  return conversation_tag_select(arena, desk->db, number, out, error);
}
