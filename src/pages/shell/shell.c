// What pages share: the shell with its counts, the addresses of assets, and sizes in words.
#include "pages/shell/shell.h"

#include "desk/channel/channel.h"
#include "desk/notify/notice.h"
#include "desk/remedy/remedy.h"
#include "pages/parts.html.h"

#include <string.h>

static int64_t end_of_today(const Visit *visit) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
  g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, pages_zone(visit->pages));
  int year, month, day;
  g_date_time_get_ymd(local, &year, &month, &day);
  g_autoptr(GDateTime) midnight = g_date_time_new(pages_zone(visit->pages), year, month, day, 0, 0, 0);
  g_autoptr(GDateTime) tomorrow = g_date_time_add_days(midnight, 1);
  return g_date_time_to_unix(tomorrow) * CLOCK_SECOND;
}

bool shell_open(const Visit *visit, RailPlace place, const char *layout, Shell *out, GError **error) {
  *out = (Shell){.visit = visit, .title = visit->desk->name, .layout = layout, .place = place, .view = VIEW_OPEN};
  out->today_ends = end_of_today(visit);
  return conversation_last_change(visit->desk, &out->last_event, error) &&
         complaint_counts(visit->arena, visit->desk, out->today_ends, &out->complaints, error) &&
         conversation_counts(visit->arena, visit->desk, visit->staff->id, &out->counts, error) &&
         notice_count_unseen(visit->desk, visit->staff->id, &out->notices, error) &&
         notice_last(visit->desk, visit->staff->id, &out->last_notice, error) &&
         remedy_approvals_count(visit->desk, visit->staff, &out->approvals, error) &&
         channel_count_failing(visit->desk, &out->channels_failing, error);
}

const char *shell_view_title(View view) {
  static const char *const titles[VIEW_COUNT] = {[VIEW_MINE] = "Mine",
                                                 [VIEW_UNASSIGNED] = "Unassigned",
                                                 [VIEW_OPEN] = "Open",
                                                 [VIEW_UPSET] = "Upset now",
                                                 [VIEW_SNOOZED] = "Snoozed",
                                                 [VIEW_SOLVED] = "Solved"};
  return view < VIEW_COUNT ? titles[view] : "";
}

int64_t shell_mailroom_count(const Shell *shell) {
  return shell->counts.quarantined + shell->counts.failed + shell->counts.outbox_failed + shell->channels_failing;
}

bool shell_panel_is_folded(const Visit *visit) { return g_strcmp0(web_cookie(visit->request, "panel"), "folded") == 0; }

const char *shell_icons(void) { return web_asset_path("icons.svg") + strlen("/assets/"); }

Url shell_asset(const char *name) { return url_checked(web_asset_path(name)); }

const char *size_words(Arena *arena, int64_t bytes) {
  static const struct {
    int64_t unit;
    const char *word;
  } units[] = {{1000000000, "GB"}, {1000000, "MB"}, {1000, "KB"}};
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
    if (bytes < units[i].unit) continue;
    int64_t tenths = bytes / (units[i].unit / 10);
    if (tenths >= 100) return arena_printf(arena, "%" G_GINT64_FORMAT " %s", tenths / 10, units[i].word);
    return arena_printf(arena, "%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " %s", tenths / 10, tenths % 10, units[i].word);
  }
  return arena_printf(arena, "%" G_GINT64_FORMAT " %s", bytes, bytes == 1 ? "byte" : "bytes");
}
