// `rapport set`: the desk's own rules, which stand in its database and hold for every process that works on it.
#include "cli/cli.h"

#include "base/json.h"
#include "desk/audit/audit.h"
#include "desk/policy/policy.h"

#include <stdio.h>
#include <string.h>

static void print_rule(const PolicyRule *rule) {
  printf("%-26s %-12s %s%s\n", rule->name, *rule->value ? rule->value : "(none)", rule->help,
         rule->is_default ? "" : " [changed]");
}

static int list(const Cli *cli, Desk *desk, const char *only, bool as_json) {
  GError *error = NULL;
  PolicyRuleList rules = {0};
  bool found = false;
  if (!policy_list(cli->arena, desk, &rules, &error)) return cli_fail("set", error);
  g_autoptr(Json) json = json_array();
  list_each(const PolicyRule, rule, &rules) {
    if (only && strcmp(only, rule->name) != 0) continue;
    found = true;
    if (as_json)
      json_array_append_new(
        json, json_pack("{s:s, s:s, s:b}", "name", rule->name, "value", rule->value, "is_default", (int)rule->is_default));
    else
      print_rule(rule);
  }
  if (!found) {
    error_set(&error, ERROR_NOT_FOUND, "There is no setting \"%s\"; see `rapport set`.", only);
    return cli_fail("set", error);
  }
  if (!as_json) return 0;
  json_dumpf(json, stdout, JSON_COMPACT);
  putchar('\n');
  return 0;
}

static bool set_rule(Desk *desk, const char *name, const char *value, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && policy_set(desk, name, value, error) &&
         audit_add(desk, NULL, "desk.rule", name, value ? value : "back to its default", error) && db_commit(&tx, error);
}

int cli_set(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  bool as_json = cli_flag(&argc, argv, "json"), to_default = cli_flag(&argc, argv, "default");
  bool changes = argc == 3 || to_default;
  if (argc > 3 || (to_default && argc != 2)) return cli_wrong_call("set", "give one name, and its value.");
  Desk *desk = cli_open_desk(cli, false, &error);
  if (!desk) return cli_fail("set", error);
  if (changes && !set_rule(desk, argv[1], to_default ? NULL : argv[2], &error)) return cli_fail("set", error);
  return list(cli, desk, argc > 1 ? argv[1] : NULL, as_json);
}
