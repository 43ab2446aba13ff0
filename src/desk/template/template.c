// Finding, filling, keeping and listing templates.
#include "desk/template/template.h"

#include "base/embedded.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/customer.sql.h"
#include "desk/template.sql.h"

#define SUBJECT "Subject:"
#define NAME_LONGEST 40 // of a value

extern const EmbeddedFile desk_templates[];
extern const size_t desk_templates_count;

typedef struct Known {
  const char *name;
  const char *values[8]; // what it may say
} Known;

static const Known known[] = {
  {TEMPLATE_ACKNOWLEDGEMENT, {"number", "name", "subject", "day", "hour", "mailbox"}},
  {TEMPLATE_HOW_TO_BE_HEARD, {"number", "name", "who", "since", "until", "outside", "mailbox"}},
  {TEMPLATE_TOO_LARGE, {"number", "name", "subject", "size", "mailbox"}},
};

static const Known *known_template(const char *name, GError **error) {
  for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
    if (strcmp(known[i].name, name) == 0) return &known[i];
  error_set(error, ERROR_NOT_FOUND, "There is no template \"%s\"; `rapport template list` shows what there is.", name);
  return NULL;
}

static const char *built_in(Arena *arena, const char *name, const Language *language) {
  const char *file = arena_printf(arena, "%s.%s.txt", name, language_code(language));
  for (size_t i = 0; i < desk_templates_count; i++)
    if (strcmp(desk_templates[i].name, file) == 0) return desk_templates[i].bytes.data; // followed by a NUL
  return NULL;
}

bool template_text(Arena *arena, Desk *desk, const char *name, const Language *language, int64_t mailbox_id, const char **out,
                   GError **error) {
  const Language *const tries[] = {language, language_find("en")};
  if (!known_template(name, error)) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
    if (!template_select(arena, desk->db, name, language_code(tries[i]), mailbox_id, out, error)) return false;
    if (!*out) *out = built_in(arena, name, tries[i]);
    if (*out) return true;
  }
  return error_set(error, ERROR_NOT_FOUND, "The template \"%s\" has no words.", name);
}

typedef struct Slot {
  const char *start, *end; // of the braces and what is between
  const char *space;       // white space before the name
  const char *name;
} Slot;

static bool next_slot(Arena *arena, const char *text, Slot *out) {
  const char *start = strstr(text, "{{"), *end = start ? strstr(start, "}}") : NULL;
  if (!end) return false;
  const char *inner = arena_strndup(arena, start + 2, (size_t)(end - start - 2));
  size_t space = strspn(inner, " \t\n");
  *out = (Slot){start, end + 2, arena_strndup(arena, inner, space), text_trim(arena, inner)};
  return true;
}

static const char *value_of(const TemplateValue *values, const char *name) {
  for (; values->name; values++)
    if (strcmp(values->name, name) == 0) return values->value ? values->value : "";
  return "";
}

static const char *fill(Arena *arena, const char *text, const TemplateValue *values) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (Slot slot; next_slot(arena, text, &slot); text = slot.end) {
    const char *value = value_of(values, slot.name);
    g_string_append_len(out, text, slot.start - text);
    if (*value) g_string_append_printf(out, "%s%s", slot.space, value);
  }
  g_string_append(out, text);
  return arena_strndup(arena, out->str, out->len);
}

// The text behind "Subject: …" and the empty line; NULL when it does not begin so.
static const char *body_of(const char *text, const char **out_end_of_subject) {
  if (g_ascii_strncasecmp(text, SUBJECT, strlen(SUBJECT)) != 0) return NULL;
  *out_end_of_subject = text + strcspn(text, "\n");
  return **out_end_of_subject ? *out_end_of_subject + 1 : NULL;
}

TemplateWords template_fill(Arena *arena, const char *text, const TemplateValue *values) {
  const char *end = NULL, *body = body_of(text, &end);
  if (!body) return (TemplateWords){.subject = "", .body = fill(arena, text, values)};
  const char *subject = arena_strndup(arena, text + strlen(SUBJECT), (size_t)(end - text) - strlen(SUBJECT));
  return (TemplateWords){.subject = text_one_line(arena, fill(arena, subject, values)),
                         .body = text_trim(arena, fill(arena, body, values))};
}

static bool is_value(const Known *template, const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(template->values) && template->values[i]; i++)
    if (strcmp(template->values[i], name) == 0) return true;
  return false;
}

static const char *value_names(Arena *arena, const Known *template) {
  const char *names = template->values[0];
  for (size_t i = 1; i < G_N_ELEMENTS(template->values) && template->values[i]; i++)
    names = arena_printf(arena, "%s, %s", names, template->values[i]);
  return names;
}

static bool check(const Known *template, const char *text, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *end = NULL, *body = body_of(text, &end);
  if (!body || text_is_blank(body) || (size_t)(end - text) <= strlen(SUBJECT))
    return error_set(error, ERROR_INVALID, "A template is \"Subject: …\", an empty line, and the words.");
  if (strlen(text) > (size_t)TEMPLATE_MOST) return error_set(error, ERROR_INVALID, "A template has at most 64 kB.");
  for (Slot slot; next_slot(arena, text, &slot); text = slot.end)
    if (!is_value(template, slot.name))
      return error_set(error, ERROR_INVALID, "{{%s}} is nothing that this template can say; it knows %s.",
                       text_clamp(arena, slot.name, NAME_LONGEST), value_names(arena, template));
  return true;
}

bool template_set(Desk *desk, const char *name, const char *language, int64_t mailbox_id, const char *text, GError **error) {
  const Known *template = known_template(name, error);
  const Language *found = language_find(language);
  if (!template) return false;
  if (!found) return error_set(error, ERROR_NOT_FOUND, "The desk does not write in \"%s\".", language);
  return check(template, text, error) &&
         template_upsert(desk->db, name, language_code(found), mailbox_id, text, clock_now(desk->clock), error);
}

bool template_reset(Desk *desk, const char *name, const char *language, int64_t mailbox_id, GError **error) {
  int64_t changed = 0;
  if (!template_delete(desk->db, name, language, mailbox_id, &changed, error)) return false;
  return changed ||
         error_set(error, ERROR_NOT_FOUND, "The template \"%s\" in \"%s\" has no other words than its own.", name, language);
}

bool template_list(Arena *arena, Desk *desk, TemplateEntryList *out, GError **error) {
  TemplateEntryList written = {0};
  for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
    for (size_t at = 0; language_at(at); at++)
      if (built_in(arena, known[i].name, language_at(at)))
        *list_add(arena, out) = (TemplateEntry){known[i].name, language_code(language_at(at)), 0, true};
  if (!template_select_all(arena, desk->db, &written, error)) return false;
  list_each(const TemplateEntry, entry, &written) *list_add(arena, out) = *entry;
  return true;
}

bool template_language(Arena *arena, Desk *desk, const char *mail_language, int64_t customer_id, const Mailbox *mailbox,
                       const Language **out, GError **error) {
  const char *before = NULL, *chosen = NULL;
  if (!customer_select_language(arena, desk->db, customer_id, &chosen, error)) return false;
  *out = language_find(chosen);
  if (!*out) *out = language_find(mail_language);
  if (*out) return true;
  if (!template_customer_language(arena, desk->db, customer_id, &before, error)) return false;
  *out = language_find(before);
  if (!*out) *out = language_find(mailbox->language);
  if (!*out) *out = language_find("en");
  return true;
}

bool template_language_in(Arena *arena, Desk *desk, int64_t number, const Language **out, GError **error) {
  Speaker *speaker = NULL;
  if (!template_select_speaker(arena, desk->db, number, &speaker, error)) return false;
  if (!speaker) return error_set(error, ERROR_NOT_FOUND, "There is no conversation #%jd.", number);
  Mailbox mailbox = {.language = speaker->mailbox_language};
  return template_language(arena, desk, speaker->language, speaker->customer_id, &mailbox, out, error);
}

bool template_speak(Arena *arena, Desk *desk, int64_t number, int *out_before, GError **error) {
  const Language *language = NULL;
  *out_before = words_language();
  if (!template_language_in(arena, desk, number, &language, error)) return false;
  words_use(MAX(words_from_code(language_code(language)), 0));
  return true;
}
