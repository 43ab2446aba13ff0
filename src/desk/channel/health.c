// How channels fare, for people: the list, the sentence about each, and what needs somebody.
#include "base/words.h"
#include "desk/channel/channel.h"

#include "desk/channel.sql.h"

static const char *const kinds[] = {
  [CHANNEL_IMAP] = "imap", [CHANNEL_LMTP] = "lmtp", [CHANNEL_DELIVER] = "deliver", [CHANNEL_IMPORT] = "import"};
static const char *const states[] = {
  [CHANNEL_STOPPED] = "stopped",   [CHANNEL_STARTING] = "starting", [CHANNEL_WAITING] = "waiting",
  [CHANNEL_FETCHING] = "fetching", [CHANNEL_FAILING] = "failing",   [CHANNEL_RETIRED] = "retired"};

const char *channel_kind_word(ChannelKind kind) { return kind < G_N_ELEMENTS(kinds) ? kinds[kind] : ""; }
const char *channel_state_word(ChannelState state) { return state < G_N_ELEMENTS(states) ? states[state] : ""; }

bool channel_list(Arena *arena, Desk *desk, ChannelList *out, GError **error) {
  return channel_select_all(arena, desk->db, out, error);
}

// Only a running server is expected to be heard of; `deliver` and `import` come and go.
bool channel_is_silent(const Channel *channel, int64_t now) {
  bool lives = channel->state != CHANNEL_STOPPED && channel->state != CHANNEL_RETIRED;
  bool is_server = channel->kind == CHANNEL_IMAP || channel->kind == CHANNEL_LMTP;
  return lives && is_server && now - channel->checked_at > MAX(CHANNEL_SILENCE, 3 * channel->asks_every);
}

bool channel_needs_person(const Channel *channel, int64_t now) {
  return channel->state == CHANNEL_FAILING && now - channel->failing_since >= CHANNEL_PATIENCE;
}

static const char *failing_words(Arena *arena, const Channel *channel, int64_t now) {
  const char *since = now - channel->failing_since < CLOCK_MINUTE
                        ? "It fails just now"
                        : arena_say(arena, "It has failed for %s", clock_span(arena, now - channel->failing_since));
  int64_t wait = channel->next_try_at - now;
  if (channel->next_try_at == 0) return since;
  return wait < CLOCK_MINUTE ? arena_say(arena, "%s; it tries again in a moment", since)
                             : arena_say(arena, "%s; it tries again in %s", since, clock_span(arena, wait));
}

static const char *waiting_words(Arena *arena, const Channel *channel) {
  if (channel->kind == CHANNEL_DELIVER) return "Takes what a mail server hands over";
  if (channel->kind == CHANNEL_IMPORT) return "Takes mail when somebody imports it";
  if (channel->asks_every == 0) return "Waiting for mail, which comes in at once";
  return channel->asks_every < CLOCK_MINUTE ? "Asks for mail every few seconds"
                                            : arena_say(arena, "Asks for mail every %s", clock_span(arena, channel->asks_every));
}

const char *channel_words(Arena *arena, const Channel *channel, int64_t now) {
  if (channel_is_silent(channel, now))
    return arena_say(arena, "Not heard of for %s", clock_span(arena, now - channel->checked_at));
  switch (channel->state) {
  case CHANNEL_STARTING: return "Connecting to its mail server";
  case CHANNEL_WAITING: return waiting_words(arena, channel);
  case CHANNEL_FETCHING: return "Fetching mail";
  case CHANNEL_FAILING: return failing_words(arena, channel, now);
  case CHANNEL_RETIRED: return "Not set up any more";
  case CHANNEL_STOPPED: break;
  }
  return "Not running";
}

bool channel_count_failing(Desk *desk, int64_t *out, GError **error) {
  return channel_failing_before(desk->db, clock_now(desk->clock) - CHANNEL_PATIENCE, out, error);
}

bool channel_changes(Desk *desk, int64_t *out, GError **error) { return channel_sum_changes(desk->db, out, error); }

bool channel_retire_others(Desk *desk, ChannelKind kind, const TextList *names, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  ChannelList channels = {0};
  list_each(const Text, name, names) g_hash_table_add(known, (gpointer)(uintptr_t)*name);
  if (!channel_list(arena, desk, &channels, error)) return false;
  list_each(const Channel, channel, &channels) {
    if (channel->kind != kind || channel->state == CHANNEL_RETIRED || g_hash_table_contains(known, channel->name)) continue;
    if (!channel_update_retired(desk->db, channel->id, clock_now(desk->clock) - CHANNEL_SILENCE, error)) return false;
  }
  return db_announce(desk->db, error);
}
