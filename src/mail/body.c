// Bodies. A mail is read as a row of sections: each part of its own, but all parts of one multipart/alternative together, since
// they say the same in two ways. The text is the texts of all sections, the HTML that of all sections (with texts escaped between
// them) when any has HTML. Everything else is a file, and so is a text that was sent as one.
//
// Hard cases, by number: files without a name get one from their description, or from their number and type (23); inline is what the
// HTML refers to by cid, whatever the disposition says (24); winmail.dat is unpacked (26); uuencoded files are taken out of the text
// (28); mails inside stay whole as .eml (27).
#include "mail/body.h"

#include "base/text.h"
#include "mail/charset.h"
#include "mail/flowed.h"
#include "mail/tnef.h"
#include "mail/uu.h"
#include "mail/words.h"

#define NAME_LONGEST 200 // characters
#define STUB_LONGEST 200 // a text part up to this length may be a stand-in for the HTML

typedef struct Section {
  int64_t key; // the index of the alternative, or of the part itself
  GString *text, *html;
} Section;
LIST_DEFINE(Section)

typedef struct Body {
  Arena *arena;
  const MailPartList *parts;
  Mail *mail;
  SectionList sections;
  int text_parts;
} Body;

static bool is_readable(const char *type) {
  static const char *const types[] = {"text/plain", "text/html", "text/enriched", "text/richtext", "text/text"};
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (strcmp(type, types[i]) == 0) return true;
  return false;
}

// The outermost multipart/alternative a part stands in, or the part itself.
static int64_t section_key(const MailPartList *parts, int64_t index) {
  int64_t key = index;
  for (int64_t at = parts->items[index].parent; at >= 0; at = parts->items[at].parent)
    if (strcmp(parts->items[at].type, "multipart/alternative") == 0) key = at;
  return key;
}

static Section *section_for(Body *body, int64_t key) {
  for (size_t i = body->sections.count; i > 0; i--)
    if (body->sections.items[i - 1].key == key) return &body->sections.items[i - 1];
  Section *section = list_add(body->arena, &body->sections);
  section->key = key;
  return section;
}

static void release_string(void *string) { g_string_free(string, TRUE); }

static GString *string_in(Arena *arena) {
  GString *string = g_string_new(NULL);
  arena_defer(arena, release_string, string);
  return string;
}

static void append_block(Arena *arena, GString **to, const char *text, const char *between) {
  if (!*to) *to = string_in(arena);
  if ((*to)->len) g_string_append(*to, between);
  g_string_append(*to, text);
}

// "photo.png" from "C:\fakepath\photo.png": no path, no control characters, no leading dots, never empty.
static const char *safe_name(Arena *arena, const char *name) {
  if (!name) return "";
  const char *line = text_one_line(arena, text_make_valid(arena, bytes_of_text(name)));
  const char *base = line;
  for (const char *at = line; *at; at++)
    if (*at == '/' || *at == '\\') base = at + 1;
  base += strspn(base, ". ");
  return text_clamp(arena, text_trim(arena, base), NAME_LONGEST);
}

static const struct {
  const char *type, *extension;
} known_types[] = {{"text/plain", "txt"},
                   {"text/html", "html"},
                   {"text/calendar", "ics"},
                   {"text/vcard", "vcf"},
                   {"text/x-vcard", "vcf"},
                   {"text/csv", "csv"},
                   {"image/jpeg", "jpg"},
                   {"image/jpg", "jpg"},
                   {"image/pjpeg", "jpg"},
                   {"image/png", "png"},
                   {"image/gif", "gif"},
                   {"image/webp", "webp"},
                   {"image/svg+xml", "svg"},
                   {"image/tiff", "tif"},
                   {"application/pdf", "pdf"},
                   {"application/zip", "zip"},
                   {"application/ms-tnef", "dat"},
                   {"message/rfc822", "eml"},
                   {"message/delivery-status", "txt"},
                   {"text/rfc822-headers", "txt"},
                   {"application/pgp-signature", "asc"},
                   {"application/pkcs7-signature", "p7s"},
                   {"application/pkcs7-mime", "p7m"},
                   {"application/json", "json"},
                   {"application/xml", "xml"},
                   {"audio/mpeg", "mp3"},
                   {"video/mp4", "mp4"},
                   {"text/html", "htm"},
                   {"image/jpeg", "jpeg"},
                   {"application/rtf", "rtf"},
                   {"application/msword", "doc"},
                   {"application/vnd.ms-excel", "xls"},
                   {"application/vnd.ms-powerpoint", "ppt"},
                   {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
                   {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
                   {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"}};

static const char *extension_for(const char *type) {
  for (size_t i = 0; i < G_N_ELEMENTS(known_types); i++)
    if (strcmp(known_types[i].type, type) == 0) return known_types[i].extension;
  return "bin";
}

static const char *type_for(const char *name) {
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < G_N_ELEMENTS(known_types); i++)
    if (g_ascii_strcasecmp(known_types[i].extension, dot + 1) == 0) return known_types[i].type;
  return "application/octet-stream";
}

static const char *subject_inside(Arena *arena, Bytes bytes) {
  MailHeaderList headers = {0};
  headers_read(arena, bytes_of(bytes.data, MIN(bytes.size, 64 * 1024)), &headers, NULL);
  return header_value(arena, &headers, "Subject");
}

// "Delivery report.txt", when the part is described so; "" when it is not.
static const char *described_name(Body *body, const MailPart *part) {
  Arena *arena = body->arena;
  const char *said = header_value(arena, &part->headers, "Content-Description");
  if (!said) return "";
  char *words = arena_strdup(arena, words_decode(arena, said, part->charset, "A description", NULL));
  const char *name = safe_name(arena, g_strdelimit(words, "/\\", '-')); // a slash in a description is no path
  if (!*name) return "";
  const char *extension = extension_for(part->type);
  g_autofree char *ending = g_strdup_printf(".%s", extension);
  return g_str_has_suffix(name, ending) ? name : arena_printf(arena, "%s%s", text_clamp(arena, name, 80), ending);
}

static void add_file(Body *body, const MailPart *part, int64_t number, Bytes bytes) {
  Arena *arena = body->arena;
  MailAttachment *file = list_add(arena, &body->mail->attachments);
  file->type = part->type;
  file->content_id = part->content_id;
  file->bytes = bytes;
  file->name = safe_name(arena, part->name);
  if (!*file->name) file->name = described_name(body, part);
  if (!*file->name) file->name = arena_printf(arena, "part-%d.%s", (int)number + 1, extension_for(part->type));
}

// A mail inside a mail: kept whole, named after its subject.
static void add_message(Body *body, const MailPart *part, int64_t number, Bytes bytes) {
  Arena *arena = body->arena;
  MailPart named = *part;
  if (!named.name) {
    const char *subject = subject_inside(arena, bytes);
    subject = safe_name(arena, words_decode(arena, subject ? subject : "", part->charset, "A mail inside", NULL));
    if (*subject) named.name = arena_printf(arena, "%s.eml", text_clamp(arena, subject, 80));
  }
  add_file(body, &named, number, bytes);
}

static void add_text(Body *body, const MailPart *part, int64_t index, Bytes bytes) {
  Arena *arena = body->arena;
  bool is_html = strcmp(part->type, "text/html") == 0;
  const char *problem = NULL;
  const char *text = charset_decode(arena, bytes, part->charset, &problem);
  if (problem) problem_add(arena, &body->mail->problems, "The %s part %s.", is_html ? "HTML" : "text", problem);
  Section *section = section_for(body, section_key(body->parts, index));
  body->text_parts++;
  if (is_html) {
    append_block(arena, &section->html, text, "\n");
    return;
  }
  UuFileList files = {0};
  bool deletes_space = false;
  text = uu_extract(arena, text, &files);
  if (flowed_is_said(header_value(arena, &part->headers, "Content-Type"), &deletes_space))
    text = flowed_join(arena, text, deletes_space);
  append_block(arena, &section->text, text, "\n");
  list_each(UuFile, file, &files) {
    MailPart found = {.type = "application/octet-stream", .name = file->name};
    add_file(body, &found, index, file->bytes);
  }
}

// Many control characters at the beginning; a few are only damage.
static bool looks_binary(Bytes bytes) {
  size_t looked_at = MIN(bytes.size, 512), controls = 0;
  for (size_t i = 0; i < looked_at; i++) controls += ((const unsigned char *)bytes.data)[i] < 8;
  return controls >= 8 && controls * 10 > looked_at;
}

static bool is_body(const Body *body, const MailPart *part, Bytes bytes) {
  if (!is_readable(part->type)) return false;
  if (part->disposition && strcmp(part->disposition, "attachment") == 0) return false;
  if (!part->type_was_said && looks_binary(bytes)) return false;
  bool in_alternative = part->parent >= 0 && strcmp(body->parts->items[part->parent].type, "multipart/alternative") == 0;
  return !part->name || body->text_parts == 0 || in_alternative;
}

// ——— winmail.dat

static bool is_winmail(const MailPart *part) {
  static const char *const types[] = {"application/ms-tnef", "application/vnd.ms-tnef"};
  static const char *const names[] = {"winmail.dat", "win.dat"};
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (strcmp(part->type, types[i]) == 0 || (part->name && g_ascii_strcasecmp(part->name, names[i]) == 0)) return true;
  return false;
}

// The text of a winmail.dat beside a text part is that text again, better laid out: it only fills what is missing.
static void add_winmail_text(Body *body, int64_t index, const Tnef *found) {
  Arena *arena = body->arena;
  Section *section = body->sections.count ? &body->sections.items[body->sections.count - 1] : section_for(body, index);
  bool has_text = section->text && !text_is_blank(section->text->str);
  if (found->html && !section->html) append_block(arena, &section->html, found->html, "");
  if (found->text && !has_text) append_block(arena, &section->text, found->text, "");
}

static const char *winmail_type(Arena *arena, const TnefFile *file) {
  const char *slash = strchr(file->type, '/');
  bool is_sane = slash && slash > file->type && slash[1] && !strpbrk(file->type, " ;\"<>");
  return is_sane ? arena_take(arena, g_ascii_strdown(file->type, -1)) : type_for(file->name);
}

static void read_winmail(Body *body, int64_t index) {
  Arena *arena = body->arena;
  MailPart part = body->parts->items[index];
  Bytes bytes = parts_decode(arena, &part);
  Tnef found;
  bool is_read = tnef_read(arena, bytes, &found);
  if (is_read) add_winmail_text(body, index, &found);
  list_each(const TnefFile, file, &found.files) {
    MailPart inside = {
      .type = winmail_type(arena, file), .name = *file->name ? file->name : NULL, .content_id = file->content_id};
    add_file(body, &inside, index, file->bytes);
  }
  if (is_read && !found.is_cut) return;
  problem_add(arena, &body->mail->problems,
              is_read ? "The winmail.dat ends too early; it is kept as a file too."
                      : "The winmail.dat cannot be read; it is kept as a file.");
  add_file(body, &part, index, bytes);
}

static void read_leaf(Body *body, int64_t index) {
  MailPart part = body->parts->items[index];
  if (is_winmail(&part)) return; // when all texts are known
  Bytes bytes = parts_decode(body->arena, &part);
  if (is_body(body, &part, bytes)) {
    add_text(body, &part, index, bytes);
  } else if (strcmp(part.type, "message/rfc822") == 0 || strcmp(part.type, "message/global") == 0) {
    add_message(body, &part, index, bytes);
  } else {
    if (!part.type_was_said) part.type = "application/octet-stream";
    add_file(body, &part, index, bytes);
  }
}

// A text part that only says "this mail is HTML", or a first line of it.
static bool is_stub(const char *text, const char *html_text) {
  size_t length = text_length(text);
  if (length > STUB_LONGEST || text_length(html_text) < 3 * length + 20) return false;
  return !strstr(html_text, text);
}

static const char *section_text(Body *body, const Section *section) {
  const char *text = section->text ? section->text->str : "";
  if (!section->html) return text;
  if (text_length(text) > STUB_LONGEST) return text;
  const char *html_text = mail_html_to_text(body->arena, section->html->str);
  return text_is_blank(text) || is_stub(text_trim(body->arena, text), html_text) ? html_text : text;
}

static void join_sections(Body *body) {
  Arena *arena = body->arena;
  GString *text = string_in(arena), *html = string_in(arena);
  bool has_html = false;
  list_each(Section, section, &body->sections) has_html |= section->html && section->html->len;
  list_each(Section, section, &body->sections) {
    const char *words = section_text(body, section);
    if (!text_is_blank(words)) {
      if (text->len && text->str[text->len - 1] != '\n') g_string_append_c(text, '\n');
      g_string_append(text, words);
    }
    if (section->html) {
      g_string_append(html, section->html->str);
    } else if (!text_is_blank(words)) {
      g_autofree char *escaped = g_markup_escape_text(words, -1);
      g_string_append_printf(html, "<div style=\"white-space: pre-wrap\">%s</div>\n", escaped);
    }
  }
  body->mail->text = text->str;
  if (has_html) body->mail->html = html->str;
}

// Every address in the HTML that an inline image may be meant by: what stands behind "cid:" and behind "src=".
static GHashTable *references_in(const char *html) {
  GHashTable *references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const char *at = html; at && *at; at++) {
    bool is_cid = g_ascii_strncasecmp(at, "cid:", 4) == 0;
    if (!is_cid && g_ascii_strncasecmp(at, "src=", 4) != 0) continue;
    at += 4;
    if (!is_cid) at += strspn(at, "\"' ");
    size_t length = strcspn(at, "\"'<> )\t\n&");
    if (length > 0 && length < 500) {
      g_autofree char *raw = g_strndup(at, length);
      char *plain = g_uri_unescape_string(raw, NULL);
      g_hash_table_add(references, plain ? plain : g_steal_pointer(&raw));
    }
    at--; // what follows may be a reference again
  }
  return references;
}

static bool has_content_id(const Mail *mail) {
  list_each(const MailAttachment, file, &mail->attachments)
    if (file->content_id) return true;
  return false;
}

static void mark_inline(Mail *mail) {
  if (!mail->html || !has_content_id(mail)) return;
  g_autoptr(GHashTable) references = references_in(mail->html);
  list_each(MailAttachment, file, &mail->attachments) // of several files with one id a browser shows the first
    file->is_inline = file->content_id && g_hash_table_remove(references, file->content_id);
}

void body_read(Arena *arena, const MailPartList *parts, Mail *mail) {
  Body body = {.arena = arena, .parts = parts, .mail = mail};
  for (size_t i = 0; i < parts->count; i++)
    if (!parts->items[i].is_multipart) read_leaf(&body, (int64_t)i);
  for (size_t i = 0; i < parts->count; i++)
    if (!parts->items[i].is_multipart && is_winmail(&parts->items[i])) read_winmail(&body, (int64_t)i);
  join_sections(&body);
  mark_inline(mail);
}
