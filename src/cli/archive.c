// An mbox is read line by line; a mail begins at a line "From " with a time and a year in it, behind an empty line. Lines that were
// quoted for that reason (">From ", mboxo and mboxrd alike) lose one ">". Of a Maildir the files in `new` and `cur` are read in the
// order of their names, which begin with the moment of delivery; its sub-folders are archives of their own.
#include "cli/archive.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

struct Archive {
  FILE *mbox;       // NULL for a Maildir
  GByteArray *line; // the line at hand, or a piece of a long one
  bool starts_line; // the piece is the beginning of a line
  bool is_waiting;  // `line` is a separator that was read already
  GPtrArray *files; // of a Maildir
  size_t at;
};

static bool tell_unreadable(const char *what, GError **error) {
  bool is_missing = errno == ENOENT || errno == ENOTDIR;
  return error_set(error, is_missing ? ERROR_NOT_FOUND : ERROR_UNAVAILABLE, "%s cannot be read: %s.", what, g_strerror(errno));
}

// ——— mbox

// The next line, or so much of it as fits. False at the end of the file.
static bool read_piece(Archive *archive) {
  bool ended_line = archive->line->len == 0 || archive->line->data[archive->line->len - 1] == '\n';
  archive->starts_line = ended_line;
  g_byte_array_set_size(archive->line, 0);
  for (int c; archive->line->len < COLLECT_CHUNK_MOST && (c = getc_unlocked(archive->mbox)) != EOF;) {
    guint8 byte = (guint8)c;
    g_byte_array_append(archive->line, &byte, 1);
    if (c == '\n') break;
  }
  return archive->line->len > 0;
}

static bool has_prefix(Bytes line, const char *prefix) {
  size_t length = strlen(prefix);
  return line.size >= length && memcmp(line.data, prefix, length) == 0;
}

// "From somebody Mon Nov  2 10:00:00 2026", and its many variants: there is a time, and a year.
static bool is_separator(Bytes line) {
  if (!has_prefix(line, "From ") || line.size > 1000) return false;
  bool has_time = false, has_year = false;
  const char *at = line.data, *end = at + line.size;
  for (; end - at >= 5; at++) {
    has_time = has_time || (g_ascii_isdigit(at[0]) && g_ascii_isdigit(at[1]) && at[2] == ':' && g_ascii_isdigit(at[3]));
    has_year = has_year || (at[0] == ' ' && (at[1] == '1' || at[1] == '2') && (at[2] == '9' || at[2] == '0') &&
                            g_ascii_isdigit(at[3]) && g_ascii_isdigit(at[4]));
  }
  return has_time && has_year;
}

static Bytes unquoted(Bytes line) {
  size_t marks = 0;
  while (marks < line.size && ((const char *)line.data)[marks] == '>') marks++;
  Bytes rest = bytes_of((const char *)line.data + marks, line.size - marks);
  return marks && has_prefix(rest, "From ") ? bytes_of((const char *)line.data + 1, line.size - 1) : line;
}

static bool is_empty_line(Bytes line) { return has_prefix(line, "\n") || has_prefix(line, "\r\n"); }

// The empty line in front of a separator belongs to the file, not to the mail: it is handed on when something else follows.
static bool next_of_mbox(Archive *archive, Collector *collector, bool *out_found) {
  char empty[2];
  size_t empty_size = 0;
  *out_found = archive->is_waiting || read_piece(archive);
  archive->is_waiting = false;
  while (*out_found && read_piece(archive)) {
    Bytes line = bytes_of(archive->line->data, archive->line->len);
    bool may_end = archive->starts_line && empty_size > 0;
    if (may_end && is_separator(line)) {
      archive->is_waiting = true;
      return true;
    }
    collector_add(collector, bytes_of(empty, empty_size));
    empty_size = 0;
    if (archive->starts_line && is_empty_line(line))
      memcpy(empty, line.data, empty_size = line.size);
    else
      collector_add(collector, archive->starts_line ? unquoted(line) : line);
  }
  return !ferror(archive->mbox);
}

Archive *archive_open_mbox(const char *path, GError **error) {
  g_autoptr(Archive) archive = g_new0(Archive, 1);
  archive->line = g_byte_array_new();
  archive->mbox = fopen(path, "re");
  struct stat about;
  if (!archive->mbox || fstat(fileno(archive->mbox), &about) != 0) return tell_unreadable(path, error), NULL;
  if (S_ISDIR(about.st_mode))
    return error_set(error, ERROR_INVALID, "%s is a folder; an mbox is a file. Perhaps it is a maildir.", path), NULL;
  bool is_empty = !read_piece(archive), is_mbox = has_prefix(bytes_of(archive->line->data, archive->line->len), "From ");
  if (!is_empty && !is_mbox)
    return error_set(error, ERROR_INVALID, "%s is no mbox: it does not begin with \"From \".", path), NULL;
  archive->is_waiting = !is_empty;
  return g_steal_pointer(&archive);
}

// ——— Maildir

static gint by_name(gconstpointer a, gconstpointer b) {
  const char *one = strrchr(*(char *const *)a, '/'), *other = strrchr(*(char *const *)b, '/');
  return strcmp(one, other);
}

static bool list_folder(Archive *archive, const char *path, const char *inner) {
  g_autofree char *folder = g_build_filename(path, inner, NULL);
  g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
  for (const char *name; names && (name = g_dir_read_name(names));)
    if (*name != '.') g_ptr_array_add(archive->files, g_build_filename(folder, name, NULL));
  return names != NULL;
}

Archive *archive_open_maildir(const char *path, GError **error) {
  g_autoptr(Archive) archive = g_new0(Archive, 1);
  archive->files = g_ptr_array_new_with_free_func(g_free);
  bool has_new = list_folder(archive, path, "new"), has_current = list_folder(archive, path, "cur");
  if (!has_new && !has_current)
    return error_set(error, ERROR_INVALID, "%s is no maildir: there is neither \"cur\" nor \"new\" in it.", path), NULL;
  g_ptr_array_sort(archive->files, by_name);
  return g_steal_pointer(&archive);
}

static bool next_of_maildir(Archive *archive, Collector *collector, bool *out_found, GError **error) {
  g_autofree char *chunk = g_malloc(COLLECT_CHUNK_MOST);
  *out_found = archive->at < archive->files->len;
  if (!*out_found) return true;
  const char *path = g_ptr_array_index(archive->files, archive->at++);
  FILE *file = fopen(path, "re");
  if (!file) return tell_unreadable(path, error);
  for (size_t size; (size = fread(chunk, 1, COLLECT_CHUNK_MOST, file)) > 0;) collector_add(collector, bytes_of(chunk, size));
  bool is_whole = !ferror(file);
  fclose(file);
  return is_whole || tell_unreadable(path, error);
}

// ———

bool archive_next(Archive *archive, Collector *collector, bool *out_found, GError **error) {
  if (archive->files) return next_of_maildir(archive, collector, out_found, error);
  return next_of_mbox(archive, collector, out_found) || tell_unreadable("The mbox", error);
}

void archive_close(Archive *archive) {
  if (!archive) return;
  if (archive->mbox) fclose(archive->mbox);
  if (archive->line) g_byte_array_unref(archive->line);
  if (archive->files) g_ptr_array_unref(archive->files);
  g_free(archive);
}
