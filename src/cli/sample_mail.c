// A step of the sample as a raw mail, so that it goes the way of every mail. Headers are UTF-8 (RFC 6532), parts base64.
#include "cli/sample_mail.h"

#include "base/clock.h"
#include "mail/mail.h"

#define BOUNDARY "=_sample"

static const struct {
  const char *ending, *type;
} types[] = {{".jpg", "image/jpeg"}, {".png", "image/png"},     {".pdf", "application/pdf"},
             {".csv", "text/csv"},   {".ics", "text/calendar"}, {".html", "text/html"}};

static const char *type_of(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (g_str_has_suffix(name, types[i].ending)) return types[i].type;
  return "application/octet-stream";
}

static void add_base64(GString *out, Bytes bytes) {
  int state = 0, save = 0;
  g_autofree char *text = g_malloc(bytes.size * 4 / 3 + bytes.size / 48 + 16);
  size_t size = g_base64_encode_step(bytes.data, bytes.size, TRUE, text, &state, &save);
  size += g_base64_encode_close(TRUE, text + size, &state, &save);
  g_string_append_len(out, text, (gssize)size);
  g_string_append_c(out, '\n');
}

static void add_part(GString *out, const char *type, const char *name, Bytes bytes) {
  g_string_append_printf(out, "Content-Type: %s%s\nContent-Transfer-Encoding: base64\n", type,
                         g_str_has_prefix(type, "text/") ? "; charset=utf-8" : "");
  if (name) g_string_append_printf(out, "Content-Disposition: attachment; filename=\"%s\"\n", name);
  g_string_append_c(out, '\n');
  add_base64(out, bytes);
}

static void add_text(GString *out, const SampleStep *step, const SampleFiles *files) {
  Bytes text = bytes_of_text(step->body), html;
  if (!step->html_file || !sample_file(files, step->html_file, &html)) {
    add_part(out, "text/plain", NULL, text);
    return;
  }
  g_string_append(out, "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "a\"\n\n--" BOUNDARY "a\n");
  add_part(out, "text/plain", NULL, text);
  g_string_append(out, "--" BOUNDARY "a\n");
  add_part(out, "text/html", NULL, html);
  g_string_append(out, "--" BOUNDARY "a--\n");
}

static void add_headers(GString *out, const SampleStep *step, const char *mail_id, const TextList *newest_first) {
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(step->happens_at / CLOCK_SECOND);
  g_autofree char *date_text = g_date_time_format(date, "%a, %d %b %Y %H:%M:%S +0000");
  g_string_append_printf(out, "From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s>\n", step->from, step->mailbox,
                         step->subject ? step->subject : "", date_text, mail_id);
  if (newest_first->count > 0) {
    g_string_append_printf(out, "In-Reply-To: <%s>\nReferences:", newest_first->items[0]);
    for (size_t i = newest_first->count; i > 0; i--) g_string_append_printf(out, " <%s>", newest_first->items[i - 1]);
    g_string_append_c(out, '\n');
  }
  list_each(const Text, header, &step->headers) g_string_append_printf(out, "%s\n", *header);
  g_string_append(out, "MIME-Version: 1.0\n");
}

bool sample_file(const SampleFiles *files, const char *name, Bytes *out) {
  for (size_t i = 0; i < files->count; i++)
    if (strcmp(files->files[i].name, name) == 0) {
      *out = files->files[i].bytes;
      return true;
    }
  return false;
}

bool sample_mail(Arena *arena, const SampleStep *step, const SampleFiles *files, const char *mail_id,
                 const TextList *newest_first, Bytes *out, GError **error) {
  g_autoptr(GString) raw = g_string_new(NULL);
  if (!step->from) return error_set(error, ERROR_INVALID, "%s: a customer's entry has no From.", step->file);
  add_headers(raw, step, mail_id, newest_first);
  if (step->attachments.count == 0) {
    add_text(raw, step, files);
  } else {
    g_string_append(raw, "Content-Type: multipart/mixed; boundary=\"" BOUNDARY "m\"\n\n--" BOUNDARY "m\n");
    add_text(raw, step, files);
    list_each(const Text, name, &step->attachments) {
      Bytes bytes;
      if (!sample_file(files, *name, &bytes))
        return error_set(error, ERROR_INVALID, "%s: there is no sample/attachments/%s.", step->file, *name);
      g_string_append(raw, "--" BOUNDARY "m\n");
      add_part(raw, type_of(*name), *name, bytes);
    }
    g_string_append(raw, "--" BOUNDARY "m--\n");
  }
  *out = bytes_of(arena_copy(arena, raw->str, raw->len), raw->len);
  return true;
}
