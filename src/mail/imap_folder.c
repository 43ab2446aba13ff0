// What can be done in a folder. Mails are named by UID alone: numbers in the folder shift when something is deleted. Nothing is
// searched, so no server needs to agree with us on words, flags or character sets; a list is read as it streams in and only its first
// part is kept, so a folder may hold any number of mails.
#include "mail/imap_connection.h"

#include "base/text.h"

#include <string.h>

// ——— names

static void put_shifted(GString *out, const char *from, const char *end) {
  g_autoptr(GError) problem = NULL;
  gsize size = 0;
  g_autofree char *wide = g_convert(from, end - from, "UTF-16BE", "UTF-8", NULL, &size, &problem);
  if (!wide) g_error("UTF-8 became no UTF-16: %s", problem->message);
  g_autofree char *coded = g_base64_encode((const unsigned char *)wide, size);
  g_string_append_c(out, '&');
  for (const char *c = coded; *c && *c != '='; c++) g_string_append_c(out, *c == '/' ? ',' : *c);
  g_string_append_c(out, '-');
}

const char *imap_folder_name(Arena *arena, const char *folder, GError **error) {
  g_autoptr(GString) out = g_string_new("\"");
  for (const char *at = folder; *at;) {
    if (g_unichar_iscntrl(g_utf8_get_char(at)))
      return error_set(error, ERROR_INVALID, "A folder's name cannot hold control characters."), NULL;
    if ((unsigned char)*at < 0x80) {
      if (*at == '"' || *at == '\\') g_string_append_c(out, '\\');
      g_string_append_c(out, *at);
      if (*at++ == '&') g_string_append_c(out, '-');
      continue;
    }
    const char *end = at;
    while ((unsigned char)*end >= 0x80) end = text_next(end);
    put_shifted(out, at, end);
    at = end;
  }
  g_string_append_c(out, '"');
  return arena_strndup(arena, out->str, out->len);
}

// "4,7,9:12" would be shorter, but lists are short.
static const char *uid_set(Arena *arena, const IntList *uids) {
  g_autoptr(GString) out = g_string_new(NULL);
  list_each(const Int, uid, uids) g_string_append_printf(out, "%s%" G_GINT64_FORMAT, out->len ? "," : "", *uid);
  return arena_strndup(arena, out->str, out->len);
}

// ——— opening

static bool note_folder(Imap *imap, const ImapResponse *response, void *data, GError **error) {
  (void)imap, (void)error;
  ImapFolder *folder = data;
  if (response->status && g_ascii_strncasecmp(response->code, "UIDVALIDITY ", 12) == 0)
    folder->uid_validity = g_ascii_strtoll(response->code + 12, NULL, 10);
  if (response->status && g_ascii_strncasecmp(response->code, "UIDNEXT ", 8) == 0)
    folder->uid_next = g_ascii_strtoll(response->code + 8, NULL, 10);
  return true;
}

bool imap_open_folder(Imap *imap, const char *folder, bool is_to_change, ImapFolder *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = imap_folder_name(arena, folder, error);
  *out = (ImapFolder){.uid_next = INT64_MAX};
  imap->mails = 0;
  if (!name || !imap_command(imap, note_folder, out, NULL, NULL, error, "%s %s", is_to_change ? "SELECT" : "EXAMINE", name))
    return false;
  out->mails = imap->mails;
  imap->has_news = false;
  if (out->uid_validity > 0) return true;
  imap->is_broken = true;
  return error_set(error, ERROR_BROKEN, "The mail server does not say how the mails in %s are numbered (UIDVALIDITY).", folder);
}

// ——— what stands in "* 12 FETCH (UID 7 FLAGS (\Seen) …)"

// "17-Jul-1996 02:44:25 -0700" (RFC 3501, date-time); 0 when it is none.
static int64_t read_date_time(Bytes text) {
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char words[32] = "", month[4] = "", sign = '+';
  int day, year, hour, minute, second, zone;
  memcpy(words, text.data, MIN(text.size, sizeof words - 1));
  if (sscanf(words, "%2d-%3[A-Za-z]-%4d %2d:%2d:%2d %c%4d", &day, month, &year, &hour, &minute, &second, &sign, &zone) != 8)
    return 0;
  const char *found = strlen(month) == 3 ? strstr(months, month) : NULL;
  if (!found || (found - months) % 3 != 0) return 0;
  g_autoptr(GDateTime) moment = g_date_time_new_utc(year, (int)(found - months) / 3 + 1, day, hour, minute, second);
  if (!moment) return 0;
  int64_t offset = (zone / 100 * 60 + zone % 100) * CLOCK_MINUTE;
  return g_date_time_to_unix(moment) * CLOCK_SECOND - (sign == '-' ? -offset : offset);
}

// Goes behind a value: one token, or a list with all that is in it.
static size_t skip_value(const ImapTokenList *tokens, size_t at) {
  int depth = 0;
  for (; at < tokens->count; at++) {
    depth += (tokens->items[at].kind == IMAP_OPEN) - (tokens->items[at].kind == IMAP_CLOSE);
    if (depth <= 0) return at + 1;
  }
  return at;
}

static bool has_flag(const ImapTokenList *tokens, size_t from, size_t end, const char *flag) {
  for (size_t i = from; i < end; i++)
    if (imap_token_is(&tokens->items[i], flag)) return true;
  return false;
}

static bool is_content(const ImapToken *name) {
  return name->kind == IMAP_ATOM && name->bytes.size > 5 && g_ascii_strncasecmp(name->bytes.data, "BODY[", 5) == 0;
}

static void note_item(const ImapTokenList *tokens, size_t name, size_t value, size_t end, ImapFetched *out) {
  const ImapToken *what = &tokens->items[name], *first = &tokens->items[value];
  if (imap_token_is(what, "UID"))
    out->has_uid = imap_token_number(first, &out->uid) && out->uid > 0;
  else if (imap_token_is(what, "RFC822.SIZE"))
    out->is_there = true, out->size = imap_token_number(first, &out->size) ? out->size : 0;
  else if (imap_token_is(what, "FLAGS"))
    out->is_seen = has_flag(tokens, value, end, "\\Seen");
  else if (imap_token_is(what, "INTERNALDATE") && first->kind == IMAP_STRING)
    out->arrived_at = read_date_time(first->bytes);
  else if (is_content(what)) {
    out->is_there = true;
    out->has_content = first->kind == IMAP_STRING; // NIL: the server cannot give it
    out->content = first->bytes;
  }
}

bool imap_read_fetched(const ImapResponse *response, ImapFetched *out) {
  const ImapTokenList *tokens = &response->tokens;
  *out = (ImapFetched){0};
  if (response->status || tokens->count < 3 || !imap_token_is(&tokens->items[1], "FETCH") || tokens->items[2].kind != IMAP_OPEN)
    return false;
  for (size_t at = 3; at + 1 < tokens->count && tokens->items[at].kind == IMAP_ATOM;) {
    size_t end = skip_value(tokens, at + 1);
    note_item(tokens, at, at + 1, end, out);
    at = end;
  }
  return out->has_uid;
}

// ——— listing

typedef struct Listing {
  Arena *arena;
  int64_t above, counted;
  size_t most;
  ImapMailList *mails;
} Listing;

static int by_uid(const void *a, const void *b) {
  int64_t one = ((const ImapMail *)a)->uid, other = ((const ImapMail *)b)->uid;
  return (one > other) - (one < other);
}

// In ascending order, each once, the first `most` of them.
static void settle_listing(Listing *listing) {
  ImapMailList *mails = listing->mails;
  size_t kept = 0;
  if (mails->count == 0) return;
  qsort(mails->items, mails->count, sizeof *mails->items, by_uid);
  for (size_t i = 0; i < mails->count; i++)
    if (kept == 0 || mails->items[kept - 1].uid != mails->items[i].uid) mails->items[kept++] = mails->items[i];
  listing->counted -= (int64_t)(mails->count - kept);
  mails->count = MIN(kept, listing->most);
}

static bool note_mail(Imap *imap, const ImapResponse *response, void *data, GError **error) {
  (void)imap, (void)error;
  Listing *listing = data;
  ImapFetched fetched;
  // "12:*" names the last mail also when its UID is lower.
  if (!imap_read_fetched(response, &fetched) || fetched.uid <= listing->above) return true;
  listing->counted++;
  if (listing->mails->count == 2 * listing->most) settle_listing(listing); // servers may name them in any order
  *list_add(listing->arena, listing->mails) = (ImapMail){fetched.uid, fetched.arrived_at, fetched.is_seen};
  return true;
}

bool imap_list(Imap *imap, Arena *arena, int64_t above, bool with_details, size_t most, ImapMailList *out, int64_t *out_beyond,
               GError **error) {
  Listing listing = {.arena = arena, .above = above, .most = most, .mails = out};
  *out = (ImapMailList){0};
  *out_beyond = 0;
  // Some servers tell what is new only when they are asked for nothing.
  if (!imap_command(imap, NULL, NULL, NULL, NULL, error, "NOOP")) return false;
  imap->has_news = false;
  if (imap->mails == 0) return true;
  if (!imap_command(imap, note_mail, &listing, NULL, NULL, error, "UID FETCH %" G_GINT64_FORMAT ":* (%s)", above + 1,
                    with_details ? "UID FLAGS INTERNALDATE" : "UID"))
    return false;
  settle_listing(&listing);
  *out_beyond = listing.counted - (int64_t)out->count;
  return true;
}

// ——— fetching

typedef struct Fetching {
  Arena *arena;
  const IntList *uids;
  IntList given, withheld;
  ImapTake *take;
  void *data;
} Fetching;

static bool is_among(const IntList *uids, int64_t uid) {
  list_each(const Int, each, uids)
    if (*each == uid) return true;
  return false;
}

static bool hand_over(Imap *imap, const ImapResponse *response, void *data, GError **error) {
  (void)imap;
  Fetching *fetching = data;
  ImapFetched fetched;
  if (!imap_read_fetched(response, &fetched) || !fetched.is_there || !is_among(fetching->uids, fetched.uid)) return true;
  IntList *list = fetched.has_content ? &fetching->given : &fetching->withheld;
  if (!is_among(list, fetched.uid)) *list_add(fetching->arena, list) = fetched.uid;
  return !fetched.has_content || fetching->take(fetching->data, fetched.uid, fetched.content, fetched.size, error);
}

// A server whose storage is damaged may say "BODY[] NIL" and OK. That mail is not gone, and nobody may think that it was read.
static bool is_all_given(const Fetching *fetching, GError **error) {
  list_each(const Int, uid, &fetching->withheld)
    if (!is_among(&fetching->given, *uid))
      return error_set(error, ERROR_INVALID,
                       "The mail server names the mail with the UID %" G_GINT64_FORMAT ", but gives nothing of it.", *uid);
  return true;
}

static bool fetch(Imap *imap, const IntList *uids, const char *part, size_t most, ImapTake *take, void *data, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Fetching fetching = {.arena = arena, .uids = uids, .take = take, .data = data};
  return uids->count == 0 ||
         (imap_command(imap, hand_over, &fetching, NULL, NULL, error, "UID FETCH %s (UID RFC822.SIZE BODY.PEEK[%s]<0.%zu>)",
                       uid_set(arena, uids), part, most) &&
          is_all_given(&fetching, error));
}

bool imap_fetch(Imap *imap, const IntList *uids, ImapTake *take, void *data, GError **error) {
  return fetch(imap, uids, "", imap->mail_most + 1, take, data, error); // one byte more says that it is larger
}

bool imap_fetch_header(Imap *imap, int64_t uid, ImapTake *take, void *data, GError **error) {
  IntList uids = {.items = &uid, .count = 1};
  return fetch(imap, &uids, "HEADER", 64 * 1024, take, data, error);
}

// ——— what is done with a mail that is ours now

static bool store(Imap *imap, const char *set, const char *flag, GError **error) {
  return imap_command(imap, NULL, NULL, NULL, NULL, error, "UID STORE %s +FLAGS.SILENT (%s)", set, flag);
}

bool imap_mark_seen(Imap *imap, const IntList *uids, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  return uids->count == 0 || store(imap, uid_set(arena, uids), "\\Seen", error);
}

static bool delete_set(Imap *imap, const char *set, GError **error) {
  if (!store(imap, set, "\\Deleted", error)) return false;
  return !imap->has_uidplus || imap_command(imap, NULL, NULL, NULL, NULL, error, "UID EXPUNGE %s", set);
}

bool imap_delete(Imap *imap, const IntList *uids, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  return uids->count == 0 || delete_set(imap, uid_set(arena, uids), error);
}

bool imap_move(Imap *imap, const IntList *uids, const char *folder, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *name = imap_folder_name(arena, folder, error), *set = uid_set(arena, uids),
             *verb = imap->has_move ? "MOVE" : "COPY";
  if (!name) return false;
  if (uids->count == 0) return true;
  for (bool is_again = false;; is_again = true) {
    g_autoptr(GError) problem = NULL;
    const char *code = "";
    if (imap_command(imap, NULL, NULL, arena, &code, &problem, "UID %s %s %s", verb, set, name))
      return imap->has_move || delete_set(imap, set, error);
    bool is_missing = !is_again && error_is(problem, ERROR_INVALID) && g_ascii_strcasecmp(code, "TRYCREATE") == 0;
    if (!is_missing) return g_propagate_error(error, g_steal_pointer(&problem)), false;
    if (!imap_command(imap, NULL, NULL, NULL, NULL, error, "CREATE %s", name)) return false;
  }
}

// ——— waiting

bool imap_idle(Imap *imap, int64_t span, GError **error) {
  if (imap->has_news) return true;
  int64_t deadline = g_get_monotonic_time() + span;
  char tag[24];
  g_snprintf(tag, sizeof tag, "R%" G_GINT64_FORMAT, ++imap->tag);
  g_autofree char *line = g_strconcat(tag, " IDLE", NULL);
  if (!imap_send(imap, line, error)) return false;
  bool is_waiting = true; // for news; afterwards for the server's word that it heard us
  for (;;) {
    g_autoptr(GError) problem = NULL;
    const ImapResponse *response = imap_receive(imap, deadline, &problem);
    if (problem) return g_propagate_error(error, g_steal_pointer(&problem)), false;
    if (response && strcmp(response->tag, tag) == 0) {
      if (strcmp(response->status, "OK") == 0) return true;
      return error_set(error, ERROR_INVALID, "The mail server refused to wait: %s", response->text);
    }
    bool is_over = !response || g_get_monotonic_time() >= deadline;
    if (is_over && !is_waiting) {
      imap->is_broken = true;
      return error_set(error, ERROR_UNAVAILABLE, "The mail server does not answer any more.");
    }
    if (!is_waiting || (!is_over && !imap->has_news)) continue;
    if (!imap_send(imap, "DONE", error)) return false;
    is_waiting = false;
    deadline = g_get_monotonic_time() + CLOCK_MINUTE;
  }
}
