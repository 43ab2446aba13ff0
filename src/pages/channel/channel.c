// The page of channels. It only shows; accounts are set up in a file, which the page says how to do.
#include "pages/channel.html.h"
#include "pages/pages.h"

#include <string.h>

const char *channel_title(const Channel *channel) {
  static const char *const titles[] = {[CHANNEL_IMAP] = "Mail account",
                                       [CHANNEL_LMTP] = "LMTP",
                                       [CHANNEL_DELIVER] = "rapport deliver",
                                       [CHANNEL_IMPORT] = "Imports"};
  if (*channel->name) return channel->name;
  return channel->kind < G_N_ELEMENTS(titles) ? titles[channel->kind] : "";
}

const char *channel_kind_title(const Channel *channel) {
  static const char *const titles[] = {[CHANNEL_IMAP] = "fetched by IMAP",
                                       [CHANNEL_LMTP] = "handed over by LMTP",
                                       [CHANNEL_DELIVER] = "handed over by a mail server's pipe",
                                       [CHANNEL_IMPORT] = "taken from archives"};
  return channel->kind < G_N_ELEMENTS(titles) ? titles[channel->kind] : "";
}

const char *channel_class(const Visit *visit, const Channel *channel) {
  if (channel_needs_person(channel, visit->now)) return "late";
  return channel->state == CHANNEL_FAILING || channel_is_silent(channel, visit->now) ? "due" : "soft";
}

const char *channel_icon(const Visit *visit, const Channel *channel) {
  bool is_well = channel->state == CHANNEL_WAITING || channel->state == CHANNEL_FETCHING || channel->state == CHANNEL_STARTING;
  if (channel->state == CHANNEL_FAILING || channel_is_silent(channel, visit->now)) return "warning";
  return is_well ? "solved" : "offline";
}

bool channel_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ChannelList channels = {0};
  Shell shell;
  if (!shell_open(visit, RAIL_MAILROOM, "plain", &shell, error) || !channel_list(visit->arena, visit->desk, &channels, error))
    return false;
  shell.title = "Channels";
  render_channels(response->body, &shell, &channels);
  return true;
}

const WebRoute channel_routes[] = {
  {WEB_GET, "/mailroom/channels", PERMISSION_MAILROOM, channel_page, 0},
  {0},
};
