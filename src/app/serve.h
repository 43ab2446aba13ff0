// Running the desk as a server.
#pragma once

#include "app/settings.h"
#include "cli/cli.h"

int app_serve(const Cli *cli, const AppSettings *settings, int argc); // until SIGINT or SIGTERM; gives the exit code
