// Finding the mail that came back (case 15). Looked for, in this order: the returned message or its headers as a part of
// their own; the report's fields; the text, where old mail servers paste the message; and last the ids the report answers to.
#include "mail/bounce.h"

#include "base/text.h"
#include "mail/ids.h"

#define LOOKED_AT ((size_t)1024 * 1024) // bytes of a part that are searched

static const char *other_than(const char *id, const char *own) { return id && !(own && strcmp(id, own) == 0) ? id : NULL; }

// The id in the first line that reads "Message-ID: …", whatever stands before it as a quote ("> ", "| ", spaces). The id may
// stand on the next line.
static const char *id_in_lines(Arena *arena, const char *text, const char *field, const char *own) {
  size_t field_length = strlen(field);
  for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
    const char *at = line + strspn(line, " \t>|");
    if (g_ascii_strncasecmp(at, field, field_length) != 0) continue;
    at += field_length;
    size_t length = strcspn(at, "\n");
    if (strspn(at, " \t\r") >= length && at[length]) length += 1 + strcspn(at + length + 1, "\n");
    TextList ids = {0};
    ids_read(arena, header_unfold(arena, bytes_of(at, length)), &ids);
    if (ids.count && other_than(ids.items[0], own)) return ids.items[0];
  }
  return NULL;
}

static const char *id_in_part(Arena *arena, const MailPart *part, const char *field, const char *own) {
  Bytes bytes = parts_decode(arena, part);
  const char *text = text_make_valid(arena, bytes_of(bytes.data, MIN(bytes.size, LOOKED_AT)));
  return id_in_lines(arena, text, field, own);
}

static const char *id_in_parts(Arena *arena, const MailPartList *parts, const char *const *types, const char *field,
                               const char *own) {
  for (; *types; types++)
    list_each(MailPart, part, parts) {
      if (part->is_multipart || strcmp(part->type, *types) != 0) continue;
      const char *id = id_in_part(arena, part, field, own);
      if (id) return id;
    }
  return NULL;
}

const char *bounce_original_id(Arena *arena, const MailPartList *parts, const char *text, const char *own) {
  static const char *const returned[] = {"message/rfc822",
                                         "message/global",
                                         "text/rfc822-headers",
                                         "message/rfc822-headers",
                                         "message/global-headers",
                                         "message/partial",
                                         NULL};
  static const char *const status[] = {"message/delivery-status", "message/disposition-notification", "message/feedback-report",
                                       NULL};
  static const char *const texts[] = {"text/plain", NULL}; // sent as a file, so not in `text`
  static const char *const fields[] = {"Original-Message-ID:", "X-Original-Message-ID:", "Message-ID:", NULL};
  const char *id = id_in_parts(arena, parts, returned, "Message-ID:", own);
  for (size_t i = 0; !id && fields[i]; i++) id = id_in_parts(arena, parts, status, fields[i], own);
  if (!id) id = id_in_lines(arena, text, "Message-ID:", own);
  if (!id) id = id_in_parts(arena, parts, texts, "Message-ID:", own);
  if (id) return id;
  TextList answered = ids_references(arena, &parts->items[0].headers, own);
  return answered.count ? answered.items[0] : NULL;
}
