// The page of channels in the mail room: each way in which mail comes, and how it fares.
#pragma once

#include "desk/channel/channel.h"
#include "pages/shell/shell.h"

const char *channel_title(const Channel *channel);                     // "help", "rapport deliver"
const char *channel_kind_title(const Channel *channel);                // "an account that mail is fetched from"
const char *channel_class(const Visit *visit, const Channel *channel); // "late", "due", ""
const char *channel_icon(const Visit *visit, const Channel *channel);

WebHandler channel_page;
