// All that is new in a folder: listed in parts, fetched in batches in the order of UIDs. A batch is streamed, and taken into the desk a
// few mails at a time; when all of it is committed the mails are marked at the server, and then the place moves on. So a place never
// stands behind a mail that is not ours, and a mail at which everything ends is met again.
//
// A mail at which fetching ends again and again is fetched alone, so that the ones before it are done with; when that does not help it
// gets its place among the failed mails, by its header if the server gives that much, and the ones after it are fetched. It stays at
// the server as it is.
#include "mailroom/fetch_session.h"

#include "base/log.h"
#include "base/text.h"
#include "mail/collect.h"

#define LIST_MOST 2000
#define BATCH_MOST 50
#define GROUP_MOST 20
#define GROUP_BYTES_MOST ((size_t)8 * 1024 * 1024)
#define BUSY_TRIES 5

// What speaks against a mail: a refusal says more than a connection that was lost, which may have other reasons.
#define WEIGHT_REFUSED 4
#define WEIGHT_LOST 1
#define WEIGHT_SET_ASIDE 12
#define WEIGHT_WITHOUT_HEADER (WEIGHT_SET_ASIDE + 2)

typedef struct Batch {
  FetchSession *session;
  const IntList *uids; // asked for
  Arena *arena;
  IntList done;         // committed: to be marked at the server
  IntList pending;      // of the group
  ReceivedInput *group; // GROUP_MOST
  size_t group_size;
  bool is_ours; // the failure: the desk's, not the server's
} Batch;

void fetch_noted(bool is_noted, GError *problem) {
  if (!is_noted && problem) log_debug("fetch", "a note about a channel could not be written: %s", problem->message);
}

static void note_mail(FetchSession *session) {
  g_autoptr(GError) problem = NULL;
  bool is_noted = channel_note_mail(session->desk, session->report, &problem);
  fetch_noted(is_noted, problem);
}

static void note_problem(FetchSession *session, const char *words) {
  g_autoptr(GError) problem = NULL;
  bool is_noted = channel_note_problem(session->desk, session->report, words, &problem);
  fetch_noted(is_noted, problem);
}

static bool contains(const IntList *uids, int64_t uid) {
  list_each(const Int, each, uids)
    if (*each == uid) return true;
  return false;
}

// ——— into the desk

// All of `inputs` with one commit. Those that came before are not counted again.
static bool take(FetchSession *session, const ReceivedInput *inputs, size_t count, GError **error) {
  ReceivedResult results[GROUP_MOST] = {0};
  for (int try = 1;; try++) {
    g_autoptr(GError) problem = NULL;
    if (received_take_batch(session->mail_arena, session->desk, inputs, count, results, &problem)) break;
    if (try < BUSY_TRIES && error_is(problem, ERROR_BUSY)) continue; // the database has waited already
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  for (size_t i = 0; i < count; i++)
    if (!results[i].was_known) note_mail(session);
  return true;
}

static bool parse_group(Batch *batch, GError **error) {
  FetchSession *session = batch->session;
  if (batch->pending.count > 0 && !session->parser && !(session->parser = mail_parser_new(error))) return false;
  if (session->parser) mail_parser_set_budget(session->parser, session->mail_budget);
  for (size_t i = 0; i < batch->pending.count; i++)
    if (!received_parse(session->mail_arena, session->parser, &batch->group[i], error)) return false;
  return true;
}

static bool take_group(Batch *batch, GError **error) {
  FetchSession *session = batch->session;
  if (!parse_group(batch, error) || !take(session, batch->group, batch->pending.count, error))
    return batch->is_ours = true, false;
  list_each(const Int, uid, &batch->pending) *list_add(batch->arena, &batch->done) = *uid;
  batch->pending.count = batch->group_size = 0;
  arena_reset(session->mail_arena);
  return true;
}

static bool add_to_group(void *data, int64_t uid, Bytes raw, int64_t size, GError **error) {
  Batch *batch = data;
  FetchSession *session = batch->session;
  if (contains(&batch->done, uid) || contains(&batch->pending, uid)) return true; // the server said it twice
  bool is_cut = raw.size > session->mail_most;
  size_t kept = is_cut ? MIN(raw.size, COLLECT_STUB) : raw.size;
  Bytes own = bytes_of(arena_copy(session->mail_arena, raw.data, kept), kept);
  batch->group[batch->pending.count] = (ReceivedInput){
    .raw = own, .envelope_to = session->account->mailbox, .whole_size = is_cut ? MAX(size, (int64_t)raw.size) : 0};
  *list_add(batch->arena, &batch->pending) = uid;
  batch->group_size += kept;
  bool is_full = batch->pending.count == GROUP_MOST || batch->group_size >= GROUP_BYTES_MOST;
  return !is_full || take_group(batch, error);
}

// ——— mails that cannot be fetched

static void suspect(FetchSession *session, int64_t uid, int weight) {
  FetchMemory *memory = session->memory;
  if (memory->suspect != uid) *memory = (FetchMemory){.suspect = uid};
  memory->weight += weight;
}

static bool keep_header(void *data, int64_t uid, Bytes raw, int64_t size, GError **error) {
  (void)uid, (void)size, (void)error;
  Batch *batch = data;
  batch->group[0].raw = bytes_of(arena_copy(batch->session->mail_arena, raw.data, raw.size), raw.size);
  return true;
}

// What is known of a mail that cannot be had: its header, or else only where it is.
static bool fetch_remains(Batch *batch, int64_t uid, GError **error) {
  FetchSession *session = batch->session;
  g_autoptr(GError) problem = NULL;
  batch->group[0] = (ReceivedInput){.envelope_to = session->account->mailbox};
  bool may_ask = session->memory->weight < WEIGHT_WITHOUT_HEADER;
  if (may_ask && !imap_fetch_header(session->imap, uid, keep_header, batch, &problem) && !error_is(problem, ERROR_INVALID)) {
    suspect(session, uid, WEIGHT_LOST);
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  if (batch->group[0].raw.size == 0)
    batch->group[0].raw = bytes_of_text(arena_printf(
      session->mail_arena, "Subject: The mail with the UID %" G_GINT64_FORMAT " in %s\r\n\r\n", uid, session->place));
  return true;
}

// What can be read of it is read, so that a person sees whose mail it is; the reason stays.
static bool set_aside_parsed(Batch *batch, const char *reason, GError **error) {
  FetchSession *session = batch->session;
  batch->pending.count = 1;
  bool is_parsed = parse_group(batch, error);
  batch->pending.count = 0;
  batch->group[0].problem = reason;
  return is_parsed && take(session, batch->group, 1, error);
}

static bool set_aside(Batch *batch, int64_t uid, GError **error) {
  FetchSession *session = batch->session;
  if (!fetch_remains(batch, uid, error)) return false;
  const char *reason = arena_printf(
    session->mail_arena,
    "The mail server could not hand over this mail, though it was asked several times; it is still there, "
    "in %s with the UID %" G_GINT64_FORMAT ". What stands here is all that could be had.",
    session->place, uid);
  bool is_taken = set_aside_parsed(batch, reason, error);
  if (is_taken) note_problem(session, reason);
  batch->is_ours = !is_taken;
  arena_reset(session->mail_arena);
  return is_taken;
}

// Remembers the mail at which it ended, unless the desk itself is away for a while.
static void blame(Batch *batch, int64_t uid, const GError *problem) {
  bool may_pass = error_is(problem, ERROR_UNAVAILABLE) || error_is(problem, ERROR_BUSY);
  if (imap_is_stopped(batch->session->imap) || (batch->is_ours && may_pass)) return;
  suspect(batch->session, uid, batch->is_ours || !error_is(problem, ERROR_UNAVAILABLE) ? WEIGHT_REFUSED : WEIGHT_LOST);
}

// Asks for one mail that did not come with the others. Gone is as good as done.
static bool fetch_alone(Batch *batch, int64_t uid, GError **error) {
  FetchSession *session = batch->session;
  g_autoptr(GError) problem = NULL;
  IntList one = {.items = &uid, .count = 1};
  FetchMemory *memory = session->memory;
  if (memory->suspect == uid && memory->weight >= WEIGHT_SET_ASIDE) return memory->is_kept || set_aside(batch, uid, error);
  bool has_come = imap_fetch(session->imap, &one, add_to_group, batch, &problem);
  if (has_come && take_group(batch, &problem)) return true;
  if (!has_come && !batch->is_ours) take_group(batch, NULL);
  blame(batch, uid, problem);
  if (memory->suspect == uid) memory->is_kept = contains(&batch->done, uid);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

// ——— a batch

static bool fetch_missing(Batch *batch, GError **error) {
  list_each(const Int, uid, batch->uids)
    if (!contains(&batch->done, *uid) && !fetch_alone(batch, *uid, error)) return false;
  return true;
}

// The first that did not come, or the last that did.
static void blame_one(Batch *batch, const GError *problem) {
  list_each(const Int, uid, batch->uids)
    if (!contains(&batch->done, *uid)) return blame(batch, *uid, problem);
  if (batch->uids->count > 0) blame(batch, batch->uids->items[batch->uids->count - 1], problem);
}

static bool fetch_mails(Batch *batch, GError **error) {
  FetchSession *session = batch->session;
  g_autoptr(GError) problem = NULL;
  bool is_suspect = batch->uids->count == 1 && batch->uids->items[0] == session->memory->suspect;
  if (is_suspect) return fetch_alone(batch, batch->uids->items[0], error);
  bool has_come = imap_fetch(session->imap, batch->uids, add_to_group, batch, &problem);
  bool is_refused = !has_come && !batch->is_ours && error_is(problem, ERROR_INVALID);
  if (is_refused) g_clear_error(&problem); // the ones that did not come are asked for one by one
  if (has_come || is_refused) {
    if (take_group(batch, &problem)) return fetch_missing(batch, error);
  } else if (!batch->is_ours)
    take_group(batch, NULL); // what came before the connection was lost is a mail all the same
  blame_one(batch, problem);
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}

static bool mark(Imap *imap, const FetchAccount *account, const IntList *uids, GError **error) {
  switch (account->after) {
  case FETCH_SEEN: return imap_mark_seen(imap, uids, error);
  case FETCH_MOVE: return imap_move(imap, uids, account->after_folder, error);
  case FETCH_DELETE: return imap_delete(imap, uids, error);
  case FETCH_KEEP: break;
  }
  return true;
}

// A refusal (a folder that cannot be made, a mailbox that may not be changed) is told, and does not keep mail from coming in.
static bool mark_at_server(Batch *batch, GError **error) {
  static const char *const wishes[] = {
    [FETCH_KEEP] = "", [FETCH_SEEN] = "marked as read", [FETCH_MOVE] = "moved to ", [FETCH_DELETE] = "deleted"};
  const FetchAccount *account = batch->session->account;
  g_autoptr(GError) problem = NULL;
  if (mark(batch->session->imap, account, &batch->done, &problem)) return true;
  if (!error_is(problem, ERROR_INVALID)) return g_propagate_error(error, g_steal_pointer(&problem)), false;
  note_problem(batch->session, arena_printf(batch->arena, "Mail that was taken cannot be %s%s: %s", wishes[account->after],
                                            account->after_folder ? account->after_folder : "", problem->message));
  return true;
}

static bool take_batch(FetchSession *session, const IntList *uids, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Batch batch = {.session = session, .uids = uids, .arena = arena, .group = arena_make_array(arena, ReceivedInput, GROUP_MOST)};
  arena_reset(session->mail_arena);
  if (!fetch_mails(&batch, error) || !mark_at_server(&batch, error)) return false;
  if (contains(uids, session->memory->suspect)) *session->memory = (FetchMemory){0};
  return true;
}

// ——— all of them

static bool is_wanted(const FetchSession *session, const ImapMail *mail) {
  if (mail->uid >= session->reached.found_uid || session->account->begin == FETCH_ALL) return true;
  bool is_old = mail->arrived_at < session->known_since;
  return !is_old || (session->account->begin == FETCH_UNREAD && !mail->is_seen);
}

// The next batch, and the UID it reaches to. The suspect has one to itself.
static size_t next_batch(const FetchSession *session, Arena *arena, const ImapMailList *mails, size_t from, IntList *out,
                         int64_t *out_reaches) {
  for (; from < mails->count && out->count < BATCH_MOST; from++) {
    const ImapMail *mail = &mails->items[from];
    bool is_suspect = mail->uid == session->memory->suspect;
    if (is_suspect && out->count > 0) break;
    *out_reaches = mail->uid;
    if (is_wanted(session, mail)) *list_add(arena, out) = mail->uid;
    if (is_suspect) return from + 1;
  }
  return from;
}

static bool advance(FetchSession *session, int64_t uid, GError **error) {
  session->reached.uid = uid;
  return channel_advance(session->desk, session->report, session->place, session->reached, error);
}

static void note_fetching(FetchSession *session, int64_t backlog) {
  g_autoptr(GError) problem = NULL;
  bool is_worth_it = backlog > BATCH_MOST && session->report->state != CHANNEL_FETCHING; // a mail or two are there at once
  session->report->backlog = backlog;
  bool is_noted = !is_worth_it || channel_note_state(session->desk, session->report, CHANNEL_FETCHING, 0, &problem);
  fetch_noted(is_noted, problem);
}

static bool take_listed(FetchSession *session, const ImapMailList *mails, int64_t beyond, GError **error) {
  for (size_t at = 0; at < mails->count;) {
    g_autoptr(Arena) arena = arena_new();
    IntList uids = {0};
    int64_t reaches = session->reached.uid;
    size_t next = next_batch(session, arena, mails, at, &uids, &reaches);
    if (uids.count > 0) note_fetching(session, (int64_t)(mails->count - at) + beyond);
    if (imap_is_stopped(session->imap)) return error_set(error, ERROR_UNAVAILABLE, "The fetching of mail was stopped.");
    if (!take_batch(session, &uids, error)) return false;
    at = next;
    session->report->backlog = (int64_t)(mails->count - at) + beyond;
    if (!advance(session, reaches, error)) return false;
  }
  return true;
}

bool fetch_all(FetchSession *session, GError **error) {
  for (int64_t beyond = 1; beyond > 0;) {
    g_autoptr(Arena) arena = arena_new();
    ImapMailList mails = {0};
    bool with_details = session->account->begin != FETCH_ALL && session->reached.uid + 1 < session->reached.found_uid;
    if (!imap_list(session->imap, arena, session->reached.uid, with_details, LIST_MOST, &mails, &beyond, error) ||
        !take_listed(session, &mails, beyond, error))
      return false;
  }
  return true;
}
