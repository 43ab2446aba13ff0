// Keeping organisations, and whom their domains gather.
#include "desk/customer/organisation.h"

#include "base/text.h"
#include "desk/customer/stored.h"
#include "desk/organisation.sql.h"

#include <string.h>

#define DOMAIN_MOST 200 // bytes

// Where strangers have their mail side by side: no firm's domain.
static const char *const providers[] = {
  "gmail.com",   "googlemail.com", "outlook.com",   "hotmail.com", "live.com",       "msn.com",      "yahoo.com",  "yahoo.co.uk",
  "icloud.com",  "me.com",         "mac.com",       "aol.com",     "gmx.de",         "gmx.net",      "gmx.com",    "gmx.at",
  "web.de",      "t-online.de",    "freenet.de",    "mail.ru",     "yandex.ru",      "qq.com",       "163.com",    "126.com",
  "proton.me",   "protonmail.com", "posteo.de",     "mailbox.org", "fastmail.com",   "tutanota.com", "orange.fr",  "wanadoo.fr",
  "free.fr",     "laposte.net",    "libero.it",     "virgilio.it", "btinternet.com", "sky.com",      "eircom.net", "comcast.net",
  "verizon.net", "wp.pl",          "o2.pl",         "onet.pl",     "interia.pl",     "seznam.cz",    "ziggo.nl",   "kpnmail.nl",
  "telenet.be",  "bluewin.ch",     "hotmail.co.uk", "hotmail.fr",  "hotmail.de",     "outlook.de",   "yahoo.de",   "yahoo.fr",
};

static bool check_name(const char *name, GError **error) {
  if (text_is_blank(name)) return error_set(error, ERROR_INVALID, "The organisation needs a name.");
  return text_length(name) <= ORGANISATION_NAME_MOST ||
         error_set(error, ERROR_INVALID, "A name has at most %d characters.", ORGANISATION_NAME_MOST);
}

bool organisation_index(Arena *arena, Desk *desk, int64_t id, GError **error) {
  TextList names = {0}, words = {0};
  if (!organisation_select_names(arena, desk->db, id, &names, error)) return false;
  list_each(const Text, name, &names) customer_words(arena, *name, &words);
  return organisation_word_delete(desk->db, id, error) &&
         organisation_word_insert(desk->db, id, customer_words_json(arena, &words), error);
}

bool organisation_hold(Arena *arena, Desk *desk, int64_t id, GError **error) {
  OrganisationLock *lock = NULL;
  if (!organisation_share(arena, desk->db, id, &lock, error)) return false;
  if (!lock) return error_set(error, ERROR_NOT_FOUND, "There is no such organisation.");
  return !lock->merged_into ||
         error_set(error, ERROR_CONFLICT, "This organisation was joined to another one meanwhile; load the page again.");
}

static const char *key_of(Arena *arena, const char *name) { return text_trim(arena, text_fold(arena, name)); }

static bool is_taken(GError **problem, const char *name, GError **error) {
  if (error_is(*problem, ERROR_CONFLICT))
    return error_set(error, ERROR_CONFLICT, "There is an organisation called \"%s\" already.", name);
  g_propagate_error(error, g_steal_pointer(problem));
  return false;
}

// The name of one that was joined to another stays with it: its old page and a parting need it.
static bool check_not_merged(Desk *desk, const char *name, const char *key, int64_t id, GError **error) {
  bool found = false;
  int64_t other = 0;
  if (!organisation_select_merged_named(desk->db, key, &found, &other, error)) return false;
  return !found || other == id ||
         error_set(error, ERROR_CONFLICT, "The organisation called \"%s\" was joined to another one.", name);
}

bool organisation_add(Desk *desk, const char *name, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  const char *clean = text_one_line(arena, name);
  if (!check_name(clean, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !check_not_merged(desk, clean, key_of(arena, clean), 0, error)) return false;
  if (!organisation_insert(desk->db, clean, key_of(arena, clean), "", clock_now(desk->clock), out_id, &problem))
    return is_taken(&problem, clean, error);
  return organisation_index(arena, desk, *out_id, error) && db_commit(&tx, error);
}

bool organisation_named(Desk *desk, const char *name, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  bool found = false;
  const char *clean = text_one_line(arena, name);
  return check_name(clean, error) && organisation_select_named(desk->db, key_of(arena, clean), &found, out_id, error) &&
         (found || organisation_add(desk, clean, out_id, error));
}

bool organisation_change(Desk *desk, int64_t id, const char *name, const char *about, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  const char *clean = text_one_line(arena, name), *words = text_trim(arena, about);
  int64_t changed = 0;
  if (!check_name(clean, error)) return false;
  if (text_length(words) > ORGANISATION_ABOUT_MOST)
    return error_set(error, ERROR_INVALID, "What the team should know has at most %d characters.", ORGANISATION_ABOUT_MOST);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !check_not_merged(desk, clean, key_of(arena, clean), id, error)) return false;
  if (!organisation_update(desk->db, id, clean, key_of(arena, clean), words, &changed, &problem))
    return is_taken(&problem, clean, error);
  if (!changed && !organisation_hold(arena, desk, id, error)) return false;
  return organisation_index(arena, desk, id, error) && db_commit(&tx, error);
}

Organisation *organisation_find(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Organisation *organisation = NULL;
  if (!organisation_select(arena, desk->db, id, &organisation, error)) return NULL;
  if (!organisation) error_set(error, ERROR_NOT_FOUND, "There is no such organisation.");
  return organisation;
}

bool organisation_survivor(Desk *desk, int64_t id, int64_t *out, GError **error) {
  bool found = false;
  if (!organisation_select_survivor(desk->db, id, &found, out, error)) return false;
  return found || error_set(error, ERROR_NOT_FOUND, "There is no such organisation.");
}

bool organisation_list(Arena *arena, Desk *desk, const char *after_key, OrganisationList *out, bool *out_has_more,
                       GError **error) {
  if (!organisation_select_page(arena, desk->db, after_key ? after_key : "", LIST_PAGE + 1, out, error)) return false;
  *out_has_more = out->count > LIST_PAGE;
  if (*out_has_more) out->count = LIST_PAGE;
  return true;
}

bool organisation_domains(Arena *arena, Desk *desk, int64_t id, TextList *out, GError **error) {
  return organisation_domain_select(arena, desk->db, id, out, error);
}

bool organisation_conversations(Arena *arena, Desk *desk, int64_t id, int64_t before_at, int64_t before_number,
                                OrganisationConversations *out, GError **error) {
  *out = (OrganisationConversations){0};
  if (!organisation_select_conversations(arena, desk->db, id, before_at ? before_at : INT64_MAX,
                                         before_number ? before_number : INT64_MAX, ORGANISATION_CONVERSATIONS_SHOWN + 1,
                                         &out->rows, error))
    return false;
  out->has_more = out->rows.count > ORGANISATION_CONVERSATIONS_SHOWN;
  if (out->has_more) out->rows.count = ORGANISATION_CONVERSATIONS_SHOWN;
  return true;
}

bool organisation_mood(Arena *arena, Desk *desk, int64_t id, MoodPointList *out, GError **error) {
  MoodPointList newest_first = {0};
  if (!organisation_select_mood(arena, desk->db, id, MOOD_POINTS, &newest_first, error)) return false;
  for (size_t i = newest_first.count; i > 0; i--) *list_add(arena, out) = newest_first.items[i - 1];
  return true;
}

// "@Moor.Example", "agnes@moor.example" and "moor.example" mean the same; NULL for what is no domain.
static const char *read_domain(Arena *arena, const char *text) {
  const char *clean = text_trim(arena, text), *at = strrchr(clean, '@');
  const char *domain = at ? at + 1 : clean;
  g_autofree char *ascii = g_hostname_to_ascii(domain);
  if (!ascii || !strchr(ascii, '.') || strlen(ascii) > DOMAIN_MOST || *ascii == '.' || strstr(ascii, "..")) return NULL;
  g_autofree char *lower = g_ascii_strdown(ascii, -1);
  for (const char *c = lower; *c; c++)
    if (!g_ascii_isalnum(*c) && *c != '.' && *c != '-') return NULL;
  return g_str_has_suffix(lower, ".") ? NULL : arena_strdup(arena, lower);
}

static bool check_domain(const char *domain, const char *typed, GError **error) {
  if (!domain)
    return error_set(error, ERROR_INVALID, "\"%.80s\" is not a domain; give what stands behind the @, such as moor.example.",
                     typed);
  for (size_t i = 0; i < G_N_ELEMENTS(providers); i++)
    if (strcmp(providers[i], domain) == 0)
      return error_set(error, ERROR_INVALID,
                       "Many people who do not know each other have their mail at %s; put those who belong here in by hand.",
                       domain);
  return true;
}

bool organisation_add_domain(Desk *desk, int64_t id, const char *typed, int64_t *out_people, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *domain = read_domain(arena, typed);
  TextList domains = {0};
  int64_t added = 0;
  if (!check_domain(domain, typed, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !organisation_hold(arena, desk, id, error) || !organisation_domains(arena, desk, id, &domains, error)) return false;
  if (domains.count >= ORGANISATION_DOMAINS_MOST)
    return error_set(error, ERROR_INVALID, "An organisation has at most %d domains.", ORGANISATION_DOMAINS_MOST);
  if (!organisation_domain_insert(desk->db, id, domain, &added, error)) return false;
  if (!added) return error_set(error, ERROR_CONFLICT, "The domain %s is taken already.", domain);
  return organisation_gather(desk->db, id, arena_printf(arena, "@%s", domain), out_people, error) && db_commit(&tx, error);
}

bool organisation_remove_domain(Desk *desk, int64_t id, const char *domain, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t removed = 0, people = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !organisation_hold(arena, desk, id, error) || !organisation_domain_delete(desk->db, id, domain, &removed, error))
    return false;
  if (!removed) return error_set(error, ERROR_NOT_FOUND, "This organisation has no such domain.");
  return organisation_scatter(desk->db, id, arena_printf(arena, "@%s", domain), &people, error) && db_commit(&tx, error);
}
