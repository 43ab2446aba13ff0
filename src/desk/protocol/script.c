// Finding, keeping and suggesting scripts.
#include "desk/protocol/script.h"

#include "base/text.h"
#include "desk/protocol.sql.h"

#define TEXT_MOST 6000 // characters
#define BLANKS_MOST 20

void script_read(Arena *arena, const Guide *guide, Script *out) {
  out->guide = *guide;
  guide_read(arena, guide->content, &out->head, &out->text);
  out->text = text_trim(arena, out->text);
}

bool script_find(Arena *arena, Desk *desk, const char *word, Script *out, GError **error) {
  Guide *guide = guide_find(arena, desk, GUIDE_SCRIPT, word, error);
  if (guide) script_read(arena, guide, out);
  return guide != NULL;
}

// Braces that are no blank would neither be filled nor hold an answer back.
static bool braces_are_blanks(const char *text, GError **error) {
  for (const char *at = strstr(text, "{{"); at; at = strstr(at + 2, "{{")) {
    g_autofree char *rest = g_strndup(at, strnlen(at, 200));
    char *end = strstr(rest, "}}");
    if (end) end[2] = '\0';
    if (!end || !script_has_blank(rest))
      return error_set(error, ERROR_INVALID,
                       "\"%.40s\" is no blank. A blank is two braces, a name of small letters, digits, dots and spaces, and two "
                       "braces: {{customer.first}}, {{amount}}.",
                       rest);
  }
  return true;
}

static bool is_usable(Arena *arena, const GuideHead *head, const char *text, GError **error) {
  TextList blanks = {0};
  if (text_is_blank(head->title)) return error_set(error, ERROR_INVALID, "It has no title.");
  if (text_length(head->title) > GUIDE_TITLE_MOST || text_length(head->situation) > GUIDE_TITLE_MOST)
    return error_set(error, ERROR_INVALID, "A title has at most %d characters.", GUIDE_TITLE_MOST);
  if (text_is_blank(text)) return error_set(error, ERROR_INVALID, "It says nothing yet.");
  if (text_length(text) > TEXT_MOST)
    return error_set(error, ERROR_INVALID, "A script has at most %d characters; nobody reads more.", TEXT_MOST);
  script_blanks(arena, text, &blanks);
  if (blanks.count > BLANKS_MOST)
    return error_set(error, ERROR_INVALID, "A script has at most %d different blanks.", BLANKS_MOST);
  return braces_are_blanks(text, error);
}

bool script_keep(Arena *arena, Desk *desk, const Staff *actor, const char *word, int64_t seen, const GuideHead *head,
                 const char *text, const char **out_word, GError **error) {
  return is_usable(arena, head, text, error) &&
         guide_keep(arena, desk, actor, GUIDE_SCRIPT, word, seen, guide_write(arena, head, text), out_word, error);
}

bool script_suggest(Arena *arena, Desk *desk, Behaviour behaviour, Need need, const char *language, size_t most, ScriptList *out,
                    GError **error) {
  GuideList guides = {0};
  if (!guide_select_fitting(arena, desk->db, behaviour, need, language, (int64_t)most, &guides, error)) return false;
  if (!guides.count && !guide_select_fitting(arena, desk->db, behaviour, need, "", (int64_t)most, &guides, error)) return false;
  list_each(const Guide, guide, &guides) script_read(arena, guide, list_add(arena, out));
  return true;
}
