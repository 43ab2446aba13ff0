// Keeping organisations, and whom their domains gather.
#include "desk/customer/organisation.h"

#include "base/text.h"
#include "desk/customer/stored.h"
#include "desk/organisation.sql.h"

#include <string.h>

#define DOMAIN_MOST 200 // bytes
#define DOMAINS_MOST 50

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

static bool index_words(Arena *arena, Desk *desk, int64_t id, const char *name, GError **error) {
  TextList words = {0};
  customer_words(arena, name, &words);
  return organisation_word_delete(desk->db, id, error) &&
         organisation_word_insert(desk->db, id, customer_words_json(arena, &words), error);
}

static const char *key_of(Arena *arena, const char *name) { return text_trim(arena, text_fold(arena, name)); }

static bool is_taken(GError **problem, const char *name, GError **error) {
  if (error_is(*problem, ERROR_CONFLICT))
    return error_set(error, ERROR_CONFLICT, "There is an organisation called \"%s\" already.", name);
  g_propagate_error(error, g_steal_pointer(problem));
  return false;
}

bool organisation_add(Desk *desk, const char *name, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  const char *clean = text_one_line(arena, name);
  if (!check_name(clean, error)) return false;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx) return false;
  if (!organisation_insert(desk->db, clean, key_of(arena, clean), "", clock_now(desk->clock), out_id, &problem))
    return is_taken(&problem, clean, error);
  return index_words(arena, desk, *out_id, clean, error) && db_commit(&tx, error);
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
  if (!tx) return false;
  if (!organisation_update(desk->db, id, clean, key_of(arena, clean), words, &changed, &problem))
    return is_taken(&problem, clean, error);
  if (!changed) return error_set(error, ERROR_NOT_FOUND, "There is no such organisation.");
  return index_words(arena, desk, id, clean, error) && db_commit(&tx, error);
}

Organisation *organisation_find(Arena *arena, Desk *desk, int64_t id, GError **error) {
  Organisation *organisation = NULL;
  if (!organisation_select(arena, desk->db, id, &organisation, error)) return NULL;
  if (!organisation) error_set(error, ERROR_NOT_FOUND, "There is no such organisation.");
  return organisation;
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

bool organisation_conversations(Arena *arena, Desk *desk, int64_t id, OrganisationConversationList *out, GError **error) {
  return organisation_select_conversations(arena, desk->db, id, ORGANISATION_CONVERSATIONS_SHOWN, out, error);
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
  if (!tx || !organisation_find(arena, desk, id, error) || !organisation_domains(arena, desk, id, &domains, error)) return false;
  if (domains.count >= DOMAINS_MOST)
    return error_set(error, ERROR_INVALID, "An organisation has at most %d domains.", DOMAINS_MOST);
  if (!organisation_domain_insert(desk->db, id, domain, &added, error)) return false;
  if (!added) return error_set(error, ERROR_CONFLICT, "The domain %s is taken already.", domain);
  return organisation_gather(desk->db, id, arena_printf(arena, "@%s", domain), out_people, error) && db_commit(&tx, error);
}

bool organisation_remove_domain(Desk *desk, int64_t id, const char *domain, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t removed = 0, people = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !organisation_domain_delete(desk->db, id, domain, &removed, error)) return false;
  if (!removed) return error_set(error, ERROR_NOT_FOUND, "This organisation has no such domain.");
  return organisation_scatter(desk->db, id, arena_printf(arena, "@%s", domain), &people, error) && db_commit(&tx, error);
}
