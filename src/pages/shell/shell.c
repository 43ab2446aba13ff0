// What pages share: the shell with its counts, the addresses of assets, and sizes in words.
#include "pages/shell/shell.h"

#include "base/words.h"
#include "desk/boundary/boundary.h"
#include "desk/channel/channel.h"
#include "desk/notify/notice.h"
#include "desk/remedy/remedy.h"
#include "desk/search/search.h"
#include "pages/parts.html.h"

#include <string.h>

int64_t shell_today_ends(const Visit *visit) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
  g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, visit->zone);
  int year, month, day;
  g_date_time_get_ymd(local, &year, &month, &day);
  g_autoptr(GDateTime) midnight = g_date_time_new(visit->zone, year, month, day, 0, 0, 0);
  g_autoptr(GDateTime) tomorrow = g_date_time_add_days(midnight, 1);
  return g_date_time_to_unix(tomorrow) * CLOCK_SECOND;
}

static bool load_conduct(const Visit *visit, Shell *out, GError **error) {
  return !role_may(visit->staff->role, PERMISSION_SUPERVISE) || (safety_open(visit->arena, visit->desk, &out->alerts, error) &&
                                                                 boundary_count(visit->desk, visit->staff, &out->conduct, error));
}

bool shell_open(const Visit *visit, RailPlace place, const char *layout, Shell *out, GError **error) {
  *out = (Shell){.visit = visit, .title = visit->desk->name, .layout = layout, .place = place, .view = VIEW_OPEN};
  out->today_ends = shell_today_ends(visit);
  return conversation_last_change(visit->desk, &out->last_event, error) && search_changes(visit->desk, &out->index, error) &&
         complaint_counts(visit->arena, visit->desk, out->today_ends, &out->complaints, error) &&
         conversation_counts(visit->arena, visit->desk, visit->staff->id, &out->counts, error) &&
         conversation_count_due(visit->desk, out->today_ends, &out->counts.views[VIEW_DUE], error) &&
         view_list(visit->arena, visit->desk, visit->staff->id, &out->saved, error) &&
         notice_count_unseen(visit->desk, visit->staff->id, &out->notices, error) &&
         notice_last(visit->desk, visit->staff->id, &out->last_notice, error) &&
         remedy_approvals_count(visit->desk, visit->staff, &out->approvals, error) && load_conduct(visit, out, error) &&
         channel_count_failing(visit->desk, &out->channels_failing, error);
}

const char *shell_view_title(View view) {
  static const char *const titles[VIEW_COUNT] = {[VIEW_MINE] = "Mine",
                                                 [VIEW_UNASSIGNED] = "Unassigned",
                                                 [VIEW_OPEN] = "Open",
                                                 [VIEW_UPSET] = "Upset now",
                                                 [VIEW_SNOOZED] = "Snoozed",
                                                 [VIEW_SOLVED] = "Solved",
                                                 [VIEW_WAITING] = "Waiting on us",
                                                 [VIEW_DUE] = "Due today",
                                                 [VIEW_MENTIONS] = "Mentions",
                                                 [VIEW_FOLLOWING] = "Following",
                                                 [VIEW_DRAFTS] = "My drafts"};
  if (view == (View)VIEW_FOUND) return "Results";
  return view < VIEW_COUNT ? titles[view] : "The view";
}

const char *shell_view_icon(View view) {
  switch (view) {
  case VIEW_DUE: return "hours";
  case VIEW_MENTIONS: return "mention";
  case VIEW_FOLLOWING: return "follow";
  case VIEW_DRAFTS: return "edit";
  case VIEW_MINE:
  case VIEW_UNASSIGNED:
  case VIEW_OPEN:
  case VIEW_UPSET:
  case VIEW_SNOOZED:
  case VIEW_SOLVED:
  case VIEW_WAITING: return view_word(view);
  case VIEW_COUNT: break;
  }
  return "search";
}

View shell_saved_view(const SavedView *saved) { return (View)(VIEW_SAVED + saved->id); }

bool shell_view_is_bounded(View view) {
  return view == VIEW_DUE || view == VIEW_MENTIONS || view == VIEW_FOLLOWING || view == VIEW_DRAFTS;
}

bool shell_view_is_often(const Shell *shell, View view) { return shell->counts.views[view] > 0; }

bool shell_view_is_folded(const Shell *shell) {
  View view = shell->view;
  bool is_foldable = view == VIEW_DUE || view == VIEW_MENTIONS || view == VIEW_DRAFTS;
  return shell->place == RAIL_VIEW && (view == VIEW_WAITING || view == VIEW_SNOOZED || view == VIEW_FOLLOWING ||
                                       (is_foldable && !shell_view_is_often(shell, view)));
}

const char *shell_line(const Visit *visit, const char *text) { return shield_plain(visit->arena, visit_shield(visit), text); }

int64_t shell_mailroom_count(const Shell *shell) {
  return shell->counts.quarantined + shell->counts.failed + shell->counts.outbox_failed + shell->channels_failing;
}

bool shell_panel_is_folded(const Visit *visit) { return g_strcmp0(web_cookie(visit->request, "panel"), "folded") == 0; }

// Without what it said was done just now.
static const char *without_news(Arena *arena, const char *address) {
  const char *query = address ? strchr(address, '?') : NULL;
  if (!query) return address;
  g_autoptr(GString) out = g_string_new_len(address, query - address);
  g_auto(GStrv) fields = g_strsplit(query + 1, "&", -1);
  char before = '?';
  for (char **field = fields; *field; field++) {
    if (g_str_has_prefix(*field, "kept=")) continue;
    g_string_append_c(out, before);
    g_string_append(out, *field);
    before = '&';
  }
  return arena_strndup(arena, out->str, out->len);
}

const char *shell_shown_at(const Shell *shell) {
  const WebRequest *request = shell->visit->request;
  if (request->method == WEB_GET || shell->shown_at) return shell->shown_at;
  return visit_is_refused(shell->visit) ? without_news(shell->visit->arena, web_came_from(request)) : NULL;
}

const char *shell_kept(const Visit *visit) {
  static const struct {
    const char *word, *says;
  } words[] = {{"removed", "It is removed."},
               {"retired", "It is retired. Below it can be brought back."},
               {"restored", "It is back."},
               {"made", "It is made."},
               {"united", "They are one now."}};
  const char *kept = web_query(visit->request, "kept");
  for (size_t i = 0; kept && i < G_N_ELEMENTS(words); i++)
    if (strcmp(words[i].word, kept) == 0) return words[i].says;
  return kept ? "It is kept." : NULL;
}

const char *shell_icons(void) { return web_asset_path("icons.svg") + strlen("/assets/"); }

const char *shell_words(void) {
  int language = words_language();
  if (language == 0 || words_is_pseudo(language)) return NULL;
  g_autofree char *name = g_strdup_printf("words.%s.js", words_code(language));
  return web_asset_path(name);
}

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
    return arena_say(arena, "%jd%s%jd %s", tenths / 10, words_decimal_point(), tenths % 10, units[i].word);
  }
  return words_count_said(arena, NN_("{} byte", "{} bytes"), bytes);
}
