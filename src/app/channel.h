// `rapport channel`: how the ways fare in which mail comes in, and trying one out.
#pragma once

#include "cli/cli.h"

#define APP_CHANNEL_ARGUMENTS "list [--json] | test NAME"

int app_channel(const Cli *cli, int argc, char **argv);
