// mail_compose: a draft to bytes, through GMime. GMime folds and encodes what people wrote (names, subjects, file names: RFC 2047
// and 2231); what it writes as it is (addresses, ids, types, our own header values) is checked here first and left out when it
// could hold a line break or a second value. So no input makes a header of its own.
//
// Texts are 7bit when they fit in plain lines, else quoted-printable; files are base64, so a mail passes any server. A file is
// inline only when the HTML (the text, when there is none) refers to it as cid:, because mail programs hide inline files that
// nothing shows (case 25). A domain in other letters is written in its ASCII form (IDNA); a local part in other letters stays.
#include "base/text.h"
#include "mail/gmime_start.h"
#include "mail/mail.h"

#define LINE_LONGEST 76 // bytes of a text line that may go out as 7bit
#define ID_LONGEST 250
#define NAME_LONGEST 200    // characters of a person's or file's name
#define REFERENCES_MOST 100 // the newest are kept

typedef GMimeMessage Message;
typedef GMimeObject Object;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, g_object_unref)

// A value that GMime writes untouched: visible ASCII only, no brackets or separators that would end it.
static bool is_plain_token(const char *text, size_t longest) {
  if (!text || !*text || strlen(text) > longest) return false;
  for (const char *c = text; *c; c++)
    if (!g_ascii_isgraph(*c) || strchr("<>,;\"", *c)) return false;
  return true;
}

// A header value of our own making, reduced to printable ASCII on one line.
static const char *plain_value(Arena *arena, const char *text) {
  char *out = arena_strndup(arena, text, 200);
  for (char *c = out; *c; c++)
    if (!g_ascii_isprint(*c)) *c = '_';
  return out;
}

static const char *clean_name(Arena *arena, const char *name) {
  if (!name) return "";
  return text_clamp(arena, text_one_line(arena, text_make_valid(arena, bytes_of_text(name))), NAME_LONGEST);
}

static void set_header(GMimeMessage *message, const char *name, const char *value) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, value, "UTF-8");
}

static const char *ascii_domain(Arena *arena, const char *address) {
  const char *at = strrchr(address, '@');
  if (!g_hostname_is_non_ascii(at + 1)) return address;
  g_autofree char *domain = g_hostname_to_ascii(at + 1);
  return domain ? arena_printf(arena, "%.*s@%s", (int)(at - address), address, domain) : address;
}

static void add_address(Arena *arena, GMimeMessage *message, GMimeAddressType kind, const MailAddress *address) {
  if (!mail_address_is_valid(address->address)) return;
  const char *name = clean_name(arena, address->name);
  InternetAddress *mailbox = internet_address_mailbox_new(*name ? name : NULL, ascii_domain(arena, address->address));
  internet_address_set_charset(mailbox, "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, kind), mailbox);
  g_object_unref(mailbox);
}

static void add_addresses(Arena *arena, GMimeMessage *message, GMimeAddressType kind, const MailAddressList *list) {
  list_each(MailAddress, address, list) add_address(arena, message, kind, address);
}

static void set_references(Arena *arena, GMimeMessage *message, const TextList *references) {
  g_autoptr(GString) value = g_string_new(NULL);
  size_t first = references->count > REFERENCES_MOST ? references->count - REFERENCES_MOST : 0;
  for (size_t i = first; i < references->count; i++)
    if (is_plain_token(references->items[i], ID_LONGEST))
      g_string_append_printf(value, "%s<%s>", value->len ? " " : "", references->items[i]);
  if (value->len) set_header(message, "References", value->str);
}

static void set_machine_headers(Arena *arena, GMimeMessage *message, const MailDraft *draft) {
  if (draft->auto_submitted && *draft->auto_submitted) {
    const char *value = plain_value(arena, draft->auto_submitted);
    set_header(message, "Auto-Submitted", value);
    set_header(message, "X-Auto-Response-Suppress", "All");
    if (strcmp(value, "auto-replied") == 0) set_header(message, "Precedence", "bulk");
  }
  if (draft->loop_mark && *draft->loop_mark) set_header(message, "X-Rapport-Loop", plain_value(arena, draft->loop_mark));
}

static void set_headers(Arena *arena, GMimeMessage *message, const MailDraft *draft) {
  add_address(arena, message, GMIME_ADDRESS_TYPE_FROM, &draft->from);
  if (draft->reply_to.address) add_address(arena, message, GMIME_ADDRESS_TYPE_REPLY_TO, &draft->reply_to);
  add_addresses(arena, message, GMIME_ADDRESS_TYPE_TO, &draft->to);
  add_addresses(arena, message, GMIME_ADDRESS_TYPE_CC, &draft->cc);
  const char *subject = text_one_line(arena, text_make_valid(arena, bytes_of_text(draft->subject ? draft->subject : "")));
  g_mime_message_set_subject(message, text_clamp(arena, subject, 900), "UTF-8");
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(draft->date / CLOCK_SECOND);
  if (date) g_mime_message_set_date(message, date);
  if (is_plain_token(draft->message_id, ID_LONGEST)) g_mime_message_set_message_id(message, draft->message_id);
  if (is_plain_token(draft->in_reply_to, ID_LONGEST))
    set_header(message, "In-Reply-To", arena_printf(arena, "<%s>", draft->in_reply_to));
  set_references(arena, message, &draft->references);
  set_machine_headers(arena, message, draft);
}

// Whether the text may go out as it is: short lines of printable ASCII without white space at their ends.
static bool is_plain_text(const char *text) {
  size_t column = 0;
  for (const char *c = text; *c; c++) {
    if (*c == ' ' && (c[1] == '\n' || !c[1])) return false;
    if (*c != '\n' && *c != '\t' && !g_ascii_isprint(*c)) return false;
    column = *c == '\n' ? 0 : column + 1;
    if (column > LINE_LONGEST) return false;
  }
  return true;
}

static void set_content(GMimePart *part, Bytes bytes) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.size ? bytes.data : "", bytes.size);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content(part, content);
  g_object_unref(content);
  g_object_unref(stream);
}

static GMimeObject *text_part(Arena *arena, const char *subtype, const char *text) {
  const char *clean = text_make_valid(arena, bytes_of_text(text ? text : ""));
  size_t length = strlen(clean);
  if (length == 0 || clean[length - 1] != '\n') clean = arena_printf(arena, "%s\n", clean);
  GMimePart *part = g_mime_part_new_with_type("text", subtype);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
  set_content(part, bytes_of_text(clean));
  g_mime_part_set_content_encoding(part,
                                   is_plain_text(clean) ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT(part);
}

static bool is_type(const char *type) {
  const char *slash = type ? strchr(type, '/') : NULL;
  return slash && slash > type && slash[1] && !strchr(slash + 1, '/') && is_plain_token(type, 120) &&
         !strpbrk(type, "()=:@[]\\?");
}

// Whether what is shown of the mail refers to the file: the HTML, or the text when there is none.
static bool is_shown(Arena *arena, const MailDraft *draft, const MailAttachment *file) {
  const char *shown = draft->html ? draft->html : draft->text;
  if (!file->is_inline || !is_plain_token(file->content_id, ID_LONGEST) || !shown) return false;
  const char *reference = arena_printf(arena, "cid:%s", file->content_id);
  size_t length = strlen(reference);
  for (const char *at = strstr(shown, reference); at; at = strstr(at + 1, reference))
    if (!g_ascii_isalnum(at[length]) && !(at[length] && strchr("._-@+", at[length]) && g_ascii_isalnum(at[length + 1])))
      return true;
  return false;
}

static GMimeObject *file_part(Arena *arena, const MailAttachment *file, bool is_inline) {
  bool is_usable = is_type(file->type) && !g_str_has_prefix(file->type, "multipart/") &&
                   !g_str_has_prefix(file->type, "message/");
  const char *type = is_usable ? file->type : "application/octet-stream";
  const char *slash = strchr(type, '/');
  GMimePart *part = g_mime_part_new_with_type(arena_strndup(arena, type, (size_t)(slash - type)), slash + 1);
  set_content(part, file->bytes);
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition(GMIME_OBJECT(part), is_inline ? "inline" : "attachment");
  const char *name = clean_name(arena, file->name);
  g_mime_part_set_filename(part, *name ? name : "file");
  if (is_plain_token(file->content_id, ID_LONGEST)) g_mime_part_set_content_id(part, file->content_id);
  return GMIME_OBJECT(part);
}

static void add_part(GMimeMultipart *all, GMimeObject *part) {
  g_mime_multipart_add(all, part);
  g_object_unref(part);
}

// `first`, and beside it those files that belong to the HTML (or those that do not). `first` alone when there are none.
static GMimeObject *with_files(Arena *arena, GMimeObject *first, const char *subtype, const MailDraft *draft, bool of_html) {
  GMimeMultipart *all = NULL;
  list_each(MailAttachment, file, &draft->attachments) {
    bool shown = is_shown(arena, draft, file);
    if ((shown && draft->html) != of_html) continue;
    if (!all) {
      all = g_mime_multipart_new_with_subtype(subtype);
      add_part(all, first);
    }
    add_part(all, file_part(arena, file, shown));
  }
  return all ? GMIME_OBJECT(all) : first;
}

// The text, or text and HTML as alternatives; pictures belong to what shows them (RFC 2387), files stand around it all.
static void set_body(Arena *arena, GMimeMessage *message, const MailDraft *draft) {
  GMimeObject *shown = with_files(
    arena, text_part(arena, draft->html ? "html" : "plain", draft->html ? draft->html : draft->text), "related", draft, true);
  if (draft->html) {
    GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
    add_part(both, text_part(arena, "plain", draft->text));
    add_part(both, shown);
    shown = GMIME_OBJECT(both);
  }
  GMimeObject *all = with_files(arena, shown, "mixed", draft, false);
  g_mime_message_set_mime_part(message, all);
  g_object_unref(all);
}

Bytes mail_compose(Arena *arena, const MailDraft *draft) {
  gmime_start();
  g_autoptr(Message) message = g_mime_message_new(FALSE);
  set_headers(arena, message, draft);
  set_body(arena, message, draft);
  GMimeFormatOptions *options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
  GByteArray *written = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  Bytes bytes = bytes_of(arena_copy(arena, written->data, written->len), written->len);
  g_object_unref(stream);
  g_mime_format_options_free(options);
  return bytes;
}
