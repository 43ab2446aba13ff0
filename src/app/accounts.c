// Each section is read through a table of keys like the settings of the program, and then checked as a whole: an address that is one,
// one way to sign in and not two, a folder to move to when there is one to move. Values are taken as they stand, without escapes, so
// that a password is what it looks like.
#include "app/accounts.h"

#include "base/settings.h"
#include "base/text.h"
#include "mail/mail.h"

#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>

typedef struct Keys {
  const char *url, *user, *password, *password_command, *bearer_command, *ca_file, *folder, *mailbox, *after, *begin;
  int64_t poll;
} Keys;

#define AT(field) offsetof(Keys, field)

static const Setting table[] = {
  {"url", SETTING_TEXT, AT(url), NULL, 0, 0, ""},
  {"user", SETTING_TEXT, AT(user), NULL, 0, 0, ""},
  {"password", SETTING_TEXT, AT(password), NULL, 0, 0, ""},
  {"password-command", SETTING_TEXT, AT(password_command), NULL, 0, 0, ""},
  {"bearer-command", SETTING_TEXT, AT(bearer_command), NULL, 0, 0, ""},
  {"ca-file", SETTING_TEXT, AT(ca_file), NULL, 0, 0, ""},
  {"folder", SETTING_TEXT, AT(folder), "INBOX", 0, 0, ""},
  {"mailbox", SETTING_TEXT, AT(mailbox), NULL, 0, 0, ""},
  {"after", SETTING_TEXT, AT(after), "seen", 0, 0, ""},
  {"begin", SETTING_TEXT, AT(begin), "unread", 0, 0, ""},
  {"poll", SETTING_SPAN, AT(poll), "1 min", CLOCK_SECOND, 25 * CLOCK_MINUTE, ""},
};
static const SettingsTable keys_table = {table, G_N_ELEMENTS(table)};

const char *accounts_path(Arena *arena, const char *data) { return arena_printf(arena, "%s/accounts.conf", data); }

static bool is_key(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
    if (strcmp(table[i].name, name) == 0) return true;
  return false;
}

static const char *all_keys(Arena *arena) {
  const char *names = "";
  for (size_t i = 0; i < G_N_ELEMENTS(table); i++) names = arena_printf(arena, "%s%s%s", names, i ? ", " : "", table[i].name);
  return names;
}

static bool read_keys(Arena *arena, GKeyFile *file, const char *section, const char *source, Keys *out, GError **error) {
  g_auto(GStrv) names = g_key_file_get_keys(file, section, NULL, NULL);
  settings_defaults(arena, &keys_table, out);
  for (size_t i = 0; names && names[i]; i++) {
    g_autofree char *value = g_key_file_get_value(file, section, names[i], NULL);
    if (!is_key(names[i]))
      return error_set(error, ERROR_INVALID, "%s: there is no key \"%s\"; there are %s.", source, names[i], all_keys(arena));
    if (!settings_set(arena, &keys_table, names[i], value ? value : "", source, out, error)) return false;
  }
  return true;
}

// An address in a form that leaves no doubt; written again, so that nothing else of it reaches libcurl.
static bool read_url(Arena *arena, const char *url, const char *source, const char **out, GError **error) {
  if (!url) return error_set(error, ERROR_INVALID, "%s: url is missing; write url = imaps://mail.example.org.", source);
  g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme(uri) : "", *host = uri ? g_uri_get_host(uri) : NULL,
             *path = uri ? g_uri_get_path(uri) : "";
  bool is_imap = strcmp(scheme, "imaps") == 0 || strcmp(scheme, "imap") == 0;
  if (!is_imap || !host || !*host || (*path && strcmp(path, "/") != 0) || g_uri_get_userinfo(uri) || g_uri_get_query(uri) ||
      g_uri_get_fragment(uri))
    return error_set(
      error, ERROR_INVALID,
      "%s: url is \"%s\"; write imaps://host or imap://host, with :port if it is not the usual one; name and folder have "
      "keys of their own.",
      source, url);
  int port = g_uri_get_port(uri);
  bool is_ipv6 = strchr(host, ':') != NULL;
  *out = arena_printf(arena, "%s://%s%s%s%s", scheme, is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
                      port > 0 ? arena_printf(arena, ":%d", port) : "");
  return true;
}

static void free_words(void *words) { g_strfreev(words); }

static bool read_command(Arena *arena, const char *line, const char *key, const char *source, char *const **out, GError **error) {
  g_autoptr(GError) problem = NULL;
  char **words = NULL;
  if (!line) return true;
  if (!g_shell_parse_argv(line, NULL, &words, &problem))
    return error_set(error, ERROR_INVALID, "%s: %s cannot be taken apart into words: %s", source, key, problem->message);
  arena_defer(arena, free_words, words);
  *out = words;
  return true;
}

static bool read_secret(Arena *arena, const Keys *keys, const char *source, FetchAccount *out, GError **error) {
  int ways = (keys->password != NULL) + (keys->password_command != NULL) + (keys->bearer_command != NULL);
  if (ways != 1)
    return error_set(error, ERROR_INVALID, "%s: %s; give one of password, password-command and bearer-command.", source,
                     ways ? "there are several ways to sign in" : "there is no way to sign in");
  out->password = keys->password;
  return read_command(arena, keys->password_command, "password-command", source, &out->password_command, error) &&
         read_command(arena, keys->bearer_command, "bearer-command", source, &out->bearer_command, error);
}

static bool read_after(Arena *arena, const char *after, const char *source, FetchAccount *out, GError **error) {
  static const char *const words[] = {[FETCH_KEEP] = "keep", [FETCH_SEEN] = "seen", [FETCH_DELETE] = "delete"};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (words[i] && strcmp(after, words[i]) == 0) return out->after = (FetchAfter)i, true;
  out->after = FETCH_MOVE;
  out->after_folder = g_str_has_prefix(after, "move ") ? text_trim(arena, after + 5) : "";
  return *out->after_folder ||
         error_set(error, ERROR_INVALID, "%s: after is \"%s\"; write keep, seen, delete, or move and the name of a folder.",
                   source, after);
}

static bool read_begin(const char *begin, const char *source, FetchAccount *out, GError **error) {
  static const char *const words[] = {[FETCH_UNREAD] = "unread", [FETCH_ALL] = "all", [FETCH_NEW] = "new"};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(begin, words[i]) == 0) return out->begin = (FetchBegin)i, true;
  return error_set(error, ERROR_INVALID, "%s: begin is \"%s\"; write unread, all or new.", source, begin);
}

static bool read_account(Arena *arena, GKeyFile *file, const char *section, const char *path, FetchAccount *out, GError **error) {
  const char *source = arena_printf(arena, "%s, [%s]", path, section);
  const char *name = g_str_has_prefix(section, "imap ") ? text_trim(arena, section + 5) : "";
  Keys keys = {0};
  if (!*name || text_length(name) > 60)
    return error_set(error, ERROR_INVALID,
                     "%s: a section begins with [imap NAME], where NAME is a word of yours, such as [imap help].", source);
  if (!read_keys(arena, file, section, source, &keys, error)) return false;
  *out = (FetchAccount){.name = arena_strdup(arena, name),
                        .user = keys.user,
                        .ca_file = keys.ca_file,
                        .folder = keys.folder,
                        .mailbox = keys.mailbox,
                        .poll = keys.poll};
  if (text_is_blank(keys.user))
    return error_set(error, ERROR_INVALID, "%s: user is missing; it is the name to sign in with.", source);
  if (text_is_blank(keys.folder)) return error_set(error, ERROR_INVALID, "%s: folder is empty; leave it out for INBOX.", source);
  if (keys.mailbox && !mail_address_is_valid(keys.mailbox))
    return error_set(error, ERROR_INVALID, "%s: mailbox is \"%s\", which is no address; write the one that customers write to.",
                     source, keys.mailbox);
  return read_url(arena, keys.url, source, &out->url, error) && read_secret(arena, &keys, source, out, error) &&
         read_after(arena, keys.after, source, out, error) && read_begin(keys.begin, source, out, error);
}

static bool is_open_to_others(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && (about.st_mode & 077) != 0;
}

static bool check_name(const FetchAccountList *accounts, const FetchAccount *account, const char *path, GError **error) {
  list_each(const FetchAccount, other, accounts)
    if (other != account && strcmp(other->name, account->name) == 0)
      return error_set(error, ERROR_INVALID, "%s: there are two accounts called \"%s\"; give one of them another name.", path,
                       account->name);
  return true;
}

bool accounts_read(Arena *arena, const char *path, FetchAccountList *out, const char **out_warning, GError **error) {
  g_autoptr(GKeyFile) file = g_key_file_new();
  g_autoptr(GError) problem = NULL;
  *out = (FetchAccountList){0};
  *out_warning = NULL;
  if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &problem)) {
    if (g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) return true;
    return error_set(error, ERROR_INVALID, "%s cannot be used: %s", path, problem->message);
  }
  g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
  for (size_t i = 0; sections[i]; i++) {
    FetchAccount *account = list_add(arena, out);
    if (!read_account(arena, file, sections[i], path, account, error) || !check_name(out, account, path, error)) return false;
  }
  if (is_open_to_others(path))
    *out_warning = arena_printf(arena, "%s holds passwords and may be read by others on this machine; run chmod 600 %s.", path,
                                path);
  return true;
}
