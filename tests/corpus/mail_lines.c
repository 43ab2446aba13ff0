// mail_lines answers questions about mail, a line of JSON each, so that a script can put thousands of them to one process:
//
//   {"split": text, "html": html}  → {"reply", "quoted", "signature", "closing"} mail_split; "html" may be left out
//   {"parse": base64}              → as `rapport parse` prints, and "signature" and
//                                    "leaves": the types of its parts              mail_parse
//   {"sanitise": html}             → {"html", "blocked", "trackers", "hosts"}    mail_html_sanitise, with "remote": true or not
//   {"text": html}                 → {"text"}                                    mail_html_to_text
//
// What is no such question ends it with status 1. For tests and corpora; not installed.
#include "base/text.h"
#include "mail/mail.h"
#include "mail/parts.h"

#include <stdio.h>

static Json *answer_split(Arena *arena, const char *text, const char *html) {
  MailSplit split = mail_split(arena, text, html);
  Json *json = json_object();
  json_object_set_new(json, "reply", json_string(split.reply));
  json_object_set_new(json, "quoted", json_string(split.quoted));
  json_object_set_new(json, "signature", json_string(split.signature));
  json_object_set_new(json, "closing", json_string(split.closing));
  return json;
}

static Json *leaf_types(Arena *arena, Bytes raw) {
  Json *types = json_array();
  TextList problems = {0};
  MailPartList parts = parts_split(arena, raw, &problems);
  list_each(MailPart, part, &parts)
    if (!part->is_multipart) json_array_append_new(types, json_string(part->type));
  return types;
}

static Json *answer_parse(Arena *arena, const char *base64) {
  size_t size = 0;
  g_autofree guchar *raw = g_base64_decode(base64, &size);
  const Mail *mail = mail_parse(arena, bytes_of(raw, size));
  Json *json = mail_to_json(arena, mail);
  json_object_set_new(json, "signature", json_string(mail->signature));
  json_object_set_new(json, "leaves", leaf_types(arena, bytes_of(raw, size)));
  return json;
}

// Every picture in the mail is one clear pixel, given as data as the desk does.
static const char *part_address(Arena *arena, const char *cid, void *data) {
  (void)arena, (void)cid, (void)data;
  return "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
}

static Json *answer_sanitise(Arena *arena, const char *html, bool allow_remote) {
  MailHtmlOptions options = {.allow_remote = allow_remote, .address_of_cid = part_address};
  MailHtmlResult result = mail_html_sanitise(arena, html, &options);
  Json *json = json_object(), *hosts = json_array();
  list_each(Text, host, &result.tracker_hosts) json_array_append_new(hosts, json_string(*host));
  json_object_set_new(json, "html", json_string(result.html));
  json_object_set_new(json, "blocked", json_integer((json_int_t)result.remote_blocked));
  json_object_set_new(json, "trackers", json_integer((json_int_t)result.trackers));
  json_object_set_new(json, "hosts", hosts);
  return json;
}

static Json *answer_text(Arena *arena, const char *html) {
  Json *json = json_object();
  json_object_set_new(json, "text", json_string(mail_html_to_text(arena, html)));
  return json;
}

static Json *answer(Arena *arena, const Json *question) {
  const char *split = json_get_text(arena, question, "split"), *parse = json_get_text(arena, question, "parse");
  const char *sanitise = json_get_text(arena, question, "sanitise"), *text = json_get_text(arena, question, "text");
  if (split) return answer_split(arena, split, json_get_text(arena, question, "html"));
  if (parse) return answer_parse(arena, parse);
  if (sanitise) return answer_sanitise(arena, sanitise, json_is_true(json_object_get(question, "remote")));
  return text ? answer_text(arena, text) : NULL;
}

static bool answer_line(const char *line) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(Json) question = json_read(line, &error);
  g_autoptr(Json) found = question ? answer(arena, question) : NULL;
  if (found)
    puts(json_text(arena, found));
  else
    fprintf(stderr, "mail_lines: %s\n", error ? error->message : "no question that is known");
  fflush(stdout);
  return found != NULL;
}

int main(void) {
  g_autofree char *line = NULL; // getline's; g_free is free
  size_t room = 0;
  bool is_well = true;
  while (is_well && getline(&line, &room, stdin) > 0) is_well = answer_line(line);
  return is_well ? 0 : 1;
}
