// What a channel tells of itself. Counting is done in memory; a write takes along everything that was counted, and what could not be
// written stays counted for the next one.
#include "desk/channel/channel.h"

#include "base/text.h"
#include "desk/channel.sql.h"

#define WORDS_MOST 500

static const char *clean(Arena *arena, const char *words) {
  return text_clamp(arena, text_one_line(arena, text_make_valid(arena, bytes_of_text(words))), WORDS_MOST);
}

bool channel_begin(Arena *arena, Desk *desk, ChannelKind kind, const char *name, const char *mailbox, ChannelReport *out,
                   Channel **out_channel, GError **error) {
  Channel *channel = NULL;
  if (!channel_insert_once(desk->db, kind, name, mailbox, clock_now(desk->clock), error) ||
      !channel_select(arena, desk->db, kind, name, &channel, error))
    return false;
  if (!channel) return error_set(error, ERROR_BROKEN, "The channel \"%s\" cannot be made.", name);
  if (!channel_update_mailbox(desk->db, channel->id, mailbox, error)) return false;
  *out = (ChannelReport){.id = channel->id, .state = CHANNEL_STARTING, .backlog = channel->backlog};
  if (out_channel) *out_channel = channel;
  return true;
}

static void is_written(Desk *desk, ChannelReport *report) {
  report->mails = report->last_mail_at = 0;
  report->written_at = clock_now(desk->clock);
}

static bool update(Desk *desk, ChannelReport *report, GError **error) {
  return channel_update_report(desk->db, report->id, report->state, report->asks_every, report->mails, report->last_mail_at,
                               report->backlog, clock_now(desk->clock), error) &&
         db_announce(desk->db, error);
}

static bool write_now(Desk *desk, ChannelReport *report, GError **error) {
  if (!update(desk, report, error)) return false;
  is_written(desk, report);
  return true;
}

bool channel_flush(Desk *desk, ChannelReport *report, GError **error) {
  return report->state == CHANNEL_FAILING || report->mails == 0 || write_now(desk, report, error);
}

static bool write_in_time(Desk *desk, ChannelReport *report, GError **error) {
  bool is_time = clock_now(desk->clock) - report->written_at >= CHANNEL_WRITE_EVERY;
  return !is_time || report->state == CHANNEL_FAILING || write_now(desk, report, error);
}

bool channel_note_mail(Desk *desk, ChannelReport *report, GError **error) {
  report->mails++;
  report->last_mail_at = clock_now(desk->clock);
  return write_in_time(desk, report, error);
}

bool channel_note_state(Desk *desk, ChannelReport *report, ChannelState state, int64_t asks_every, GError **error) {
  report->state = state;
  report->asks_every = asks_every;
  return write_now(desk, report, error);
}

bool channel_note_error(Desk *desk, ChannelReport *report, const char *words, int64_t next_try_at, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  report->state = CHANNEL_FAILING;
  if (!channel_update_failed(desk->db, report->id, clean(arena, words), next_try_at, report->mails, report->last_mail_at,
                             clock_now(desk->clock), error) ||
      !db_announce(desk->db, error))
    return false;
  is_written(desk, report);
  return true;
}

bool channel_note_problem(Desk *desk, ChannelReport *report, const char *words, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  return channel_update_problem(desk->db, report->id, clean(arena, words), clock_now(desk->clock), error) &&
         db_announce(desk->db, error);
}

bool channel_count_mail(Desk *desk, ChannelKind kind, const char *name, GError **error) {
  return channel_add_mail(desk->db, kind, name, clock_now(desk->clock), error) && db_announce(desk->db, error);
}

bool channel_place(Arena *arena, Desk *desk, int64_t channel_id, const char *place, ChannelPlace *out, GError **error) {
  ChannelPlace *found = NULL;
  if (!channel_place_select(arena, desk->db, channel_id, place, &found, error)) return false;
  *out = found ? *found : (ChannelPlace){0};
  return true;
}

bool channel_advance(Desk *desk, ChannelReport *report, const char *place, ChannelPlace reached, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !channel_place_set(desk->db, report->id, place, reached.uid_validity, reached.uid, reached.found_uid, error) ||
      !update(desk, report, error) || !db_commit(&tx, error))
    return false;
  is_written(desk, report);
  return true;
}
