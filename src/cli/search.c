// `rapport search rebuild`: makes what search knows anew, for when `rapport check` finds that it is not in step.
#include "desk/search/search.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

int cli_search(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  if (argc != 2 || strcmp(argv[1], "rebuild") != 0) return cli_wrong_call("search", "say what to do.");
  Desk *desk = cli_open_desk(cli, false, &error);
  if (!desk || !search_rebuild(desk, &error)) return cli_fail("search", error);
  for (bool more = true; more;)
    if (!search_catch_up(desk, &more, &error)) return cli_fail("search", error);
  printf("Search knows every conversation again.\n");
  return 0;
}
