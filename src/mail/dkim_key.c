// Keys for DKIM as files: made through OpenSSL, written under another name and moved into place, and never readable by others.
#include "mail/dkim_key.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_BITS 2048
#define IN_USE "in-use"

typedef EVP_PKEY Key;
typedef BIO KeyText;
static void free_text(BIO *text) { BIO_free_all(text); }
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Key, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeyText, free_text)

bool dkim_key_name_is_usable(const char *name) {
  size_t label = 0;
  if (!*name || strlen(name) > 200 || *name == '.' || *name == '-') return false;
  for (const char *c = name; *c; c++) {
    if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '-' && *c != '.') return false;
    label = *c == '.' ? 0 : label + 1;
    if (label > 63 || (*c == '.' && (c[1] == '.' || !c[1]))) return false;
  }
  return true;
}

static const char *key_path(Arena *arena, const char *folder, const char *domain, const char *selector) {
  return arena_printf(arena, "%s/%s/%s.pem", folder, domain, selector);
}

static bool read_file(Arena *arena, const char *path, const char **out, GError **error) {
  g_autofree char *text = NULL;
  g_autoptr(GError) problem = NULL;
  *out = NULL;
  if (g_file_get_contents(path, &text, NULL, &problem)) {
    *out = arena_strdup(arena, text);
    return true;
  }
  if (g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) || g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return true;
  return error_set(error, ERROR_UNAVAILABLE, "%s.", problem->message);
}

static EVP_PKEY *key_of_text(const char *text) {
  g_autoptr(KeyText) source = BIO_new_mem_buf(text, -1);
  return PEM_read_bio_PrivateKey(source, NULL, NULL, NULL);
}

bool dkim_key_in_use(Arena *arena, const char *folder, const char *domain, const char **out_selector, const char **out_key,
                     GError **error) {
  *out_selector = *out_key = NULL;
  if (!read_file(arena, arena_printf(arena, "%s/%s/%s", folder, domain, IN_USE), out_selector, error)) return false;
  if (!*out_selector) return true;
  *out_selector = text_trim(arena, *out_selector);
  if (!dkim_key_name_is_usable(*out_selector))
    return error_set(error, ERROR_BROKEN, "The key in use for %s has no usable name.", domain);
  if (!read_file(arena, key_path(arena, folder, domain, *out_selector), out_key, error)) return false;
  if (!*out_key) return error_set(error, ERROR_BROKEN, "The key \"%s\" of %s is gone.", *out_selector, domain);
  g_autoptr(Key) key = key_of_text(*out_key);
  return key || error_set(error, ERROR_BROKEN, "The key \"%s\" of %s cannot be read.", *out_selector, domain);
}

// The whole file appears at once, with the permissions it is to keep.
static bool write_file(Arena *arena, const char *path, const char *text, size_t size, GError **error) {
  const char *fresh = arena_printf(arena, "%s.new", path);
  int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  bool is_written = file >= 0 && write(file, text, size) == (ssize_t)size && fsync(file) == 0;
  if (file >= 0 && close(file) != 0) is_written = false;
  if (is_written && rename(fresh, path) == 0) return true;
  int reason = errno;
  unlink(fresh);
  return error_set(error, ERROR_UNAVAILABLE, "%s cannot be written: %s.", path, g_strerror(reason));
}

static const char *public_text(Arena *arena, EVP_PKEY *key) {
  unsigned char *bytes = NULL;
  int size = i2d_PUBKEY(key, &bytes);
  if (size <= 0) return NULL;
  const char *text = arena_take(arena, g_base64_encode(bytes, (gsize)size));
  OPENSSL_free(bytes);
  return text;
}

static bool describe(Arena *arena, const char *domain, const char *selector, EVP_PKEY *key, DkimKey *out, GError **error) {
  const char *public = key ? public_text(arena, key) : NULL;
  if (!public) return error_set(error, ERROR_BROKEN, "The key \"%s\" of %s cannot be read.", selector, domain);
  *out = (DkimKey){
    .domain = domain,
    .selector = selector,
    .record_name = arena_printf(arena, "%s._domainkey.%s", selector, domain),
    .record = arena_printf(arena, "v=DKIM1; k=rsa; p=%s", public),
  };
  return true;
}

static bool write_key(Arena *arena, const char *path, EVP_PKEY *key, GError **error) {
  g_autoptr(KeyText) text = BIO_new(BIO_s_secmem());
  char *start = NULL;
  if (!text || !PEM_write_bio_PKCS8PrivateKey(text, key, NULL, NULL, 0, NULL, NULL))
    return error_set(error, ERROR_BROKEN, "A key could not be made.");
  long size = BIO_get_mem_data(text, &start);
  return write_file(arena, path, start, (size_t)size, error);
}

// "Firm.Example" to "firm.example", "müller.example" to its ASCII form; NULL when it is no domain.
static const char *clean_domain(Arena *arena, const char *domain) {
  g_autofree char *ascii = g_hostname_to_ascii(domain);
  g_autofree char *lower = ascii ? g_ascii_strdown(ascii, -1) : NULL;
  return lower && dkim_key_name_is_usable(lower) && strchr(lower, '.') ? arena_strdup(arena, lower) : NULL;
}

bool dkim_key_new(Arena *arena, const char *folder, const char *domain, const char *selector, DkimKey *out, GError **error) {
  const char *name = clean_domain(arena, domain);
  if (!name) return error_set(error, ERROR_INVALID, "\"%s\" is not a domain; give one such as firm.example.", domain);
  if (!dkim_key_name_is_usable(selector))
    return error_set(error, ERROR_INVALID, "\"%s\" cannot be a selector; it takes small letters, digits and hyphens.", selector);
  const char *path = key_path(arena, folder, name, selector), *own = arena_printf(arena, "%s/%s", folder, name);
  if (g_mkdir_with_parents(own, 0700) != 0)
    return error_set(error, ERROR_UNAVAILABLE, "%s cannot be made: %s.", own, g_strerror(errno));
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    return error_set(error, ERROR_CONFLICT, "The key \"%s\" of %s is there already; give another selector.", selector, name);
  g_autoptr(Key) key = EVP_RSA_gen(KEY_BITS);
  const char *used = NULL, *own_key = NULL;
  if (!key) return error_set(error, ERROR_BROKEN, "A key could not be made.");
  if (!describe(arena, name, arena_strdup(arena, selector), key, out, error) || !write_key(arena, path, key, error)) return false;
  if (dkim_key_in_use(arena, folder, name, &used, &own_key, NULL) && used) return true;
  out->is_in_use = true;
  return dkim_key_use(arena, folder, name, selector, error);
}

bool dkim_key_use(Arena *arena, const char *folder, const char *domain, const char *selector, GError **error) {
  const char *name = clean_domain(arena, domain);
  if (!name || !dkim_key_name_is_usable(selector) ||
      !g_file_test(key_path(arena, folder, name, selector), G_FILE_TEST_IS_REGULAR))
    return error_set(error, ERROR_NOT_FOUND, "There is no key \"%s\" for %s; `rapport dkim list` shows what there is.", selector,
                     domain);
  const char *line = arena_printf(arena, "%s\n", selector);
  return write_file(arena, arena_printf(arena, "%s/%s/%s", folder, name, IN_USE), line, strlen(line), error);
}

static bool add_key(Arena *arena, const char *folder, const char *domain, const char *selector, DkimKeyList *out,
                    GError **error) {
  const char *text = NULL, *used = NULL, *used_key = NULL;
  if (!read_file(arena, key_path(arena, folder, domain, selector), &text, error)) return false;
  g_autoptr(Key) key = key_of_text(text ? text : "");
  DkimKey found;
  if (!describe(arena, domain, selector, key, &found, error)) return false;
  found.is_in_use = dkim_key_in_use(arena, folder, domain, &used, &used_key, NULL) && used && strcmp(used, selector) == 0;
  *list_add(arena, out) = found;
  return true;
}

typedef GDir Folder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Folder, g_dir_close)

static int compare_texts(const void *a, const void *b) { return strcmp(*(const Text *)a, *(const Text *)b); }

static TextList names_in(Arena *arena, const char *path) {
  TextList names = {0};
  g_autoptr(Folder) folder = g_dir_open(path, 0, NULL);
  for (const char *name; folder && (name = g_dir_read_name(folder));) *list_add(arena, &names) = arena_strdup(arena, name);
  if (names.count) qsort(names.items, names.count, sizeof *names.items, compare_texts);
  return names;
}

bool dkim_keys(Arena *arena, const char *folder, DkimKeyList *out, GError **error) {
  TextList domains = names_in(arena, folder);
  list_each(const Text, domain, &domains) {
    TextList files = names_in(arena, arena_printf(arena, "%s/%s", folder, *domain));
    list_each(const Text, file, &files) {
      if (!g_str_has_suffix(*file, ".pem")) continue;
      const char *selector = arena_strndup(arena, *file, strlen(*file) - strlen(".pem"));
      if (!add_key(arena, folder, *domain, selector, out, error)) return false;
    }
  }
  return true;
}
