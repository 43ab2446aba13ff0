// The table of rules, and its way to the rows of `setting`. A value that a newer or older program would not accept is passed over
// with its default: a mail must never wait because of a setting.
#include "desk/policy/policy.h"

#include "base/log.h"
#include "desk/policy/stored.h"
#include "desk/remedy/money.h"
#include "desk/setting.sql.h"

#include <stddef.h>
#include <string.h>

#define AT(field) offsetof(Policy, field)

static const Setting table[] = {
  {"reopen-within", SETTING_SPAN, AT(reopen_within), "30 days", 0, 3650 * CLOCK_DAY,
   "an answer to a conversation solved longer ago opens a new one, linked to it"},
  {"answers-an-hour", SETTING_INT, AT(answers_an_hour), "5", 0, 1000, "automatic mails to one address"},
  {"mailbox-answers-an-hour", SETTING_INT, AT(mailbox_answers_an_hour), "500", 0, 1000000, "automatic mails from one mailbox"},
  {"mails-an-hour", SETTING_INT, AT(mails_an_hour), "100", 1, 1000000, "mails from one sender; more wait in quarantine"},
  {"conversations-an-hour", SETTING_INT, AT(conversations_an_hour), "50", 1, 1000000,
   "conversations that one sender opens; more wait in quarantine"},
  {"unusable-an-hour", SETTING_INT, AT(unusable_an_hour), "50", 1, 1000000,
   "mails whose sender has no usable address; more wait in quarantine"},
  {"reopens-a-day", SETTING_INT, AT(reopens_a_day), "10", 1, 1000,
   "times that mail reopens one conversation; more wait in quarantine"},
  {"quarantine-keeps", SETTING_SPAN, AT(quarantine_keeps), "30 days", 0, 3650 * CLOCK_DAY,
   "the desk itself dismisses what waited longer in quarantine; 0: never"},
  {"notices-an-hour", SETTING_INT, AT(notices_an_hour), "60", 0, 1000, "notices by mail to one of the staff"},
  {"notices-after", SETTING_SPAN, AT(notices_after), "3 min", 0, CLOCK_DAY,
   "how long a notice by mail waits for more to go with it, and to be seen in the desk first"},
  {"notices-keep", SETTING_SPAN, AT(notices_keep), "90 days", CLOCK_DAY, 3650 * CLOCK_DAY,
   "how long the bell keeps what it told"},
  {"rule-log-keeps", SETTING_SPAN, AT(rule_log_keeps), "365 days", CLOCK_DAY, 3650 * CLOCK_DAY,
   "how long it is known what rules did"},
  {"notice-answer-within", SETTING_SPAN, AT(notice_answer_within), "14 days", CLOCK_HOUR, 365 * CLOCK_DAY,
   "how long staff may answer a notice by mail"},
  {"approval-within", SETTING_SPAN, AT(approval_within), "24 h", CLOCK_HOUR, 30 * CLOCK_DAY,
   "how long an approval of a remedy may take, when whoever asks does not say"},
  {"currency", SETTING_TEXT, AT(currency), "EUR", 0, 0, "the desk's currency, three letters of ISO 4217"},
  {"emergency-number", SETTING_TEXT, AT(emergency_number), "112", 0, 0,
   "what to call when somebody is in danger where the desk is"},
  {"helpline", SETTING_TEXT, AT(helpline), "", 0, 0, "name and number of a helpline for people who do not want to live"},
  {"safety-contact", SETTING_TEXT, AT(safety_contact), "", 0, 0, "name and number of who in the house sees to threats"},
  {"outside-body", SETTING_TEXT, AT(outside_body), "", 0, 0,
   "the body outside the house that letters about conduct point to, with how to reach it"},
  {"trusted-servers", SETTING_TEXT, AT(trusted_servers), "", 0, 0,
   "names of mail servers whose Authentication-Results are believed, with spaces between them; each must remove those that "
   "come from outside under its name"},
};

const SettingsTable policy_table = {table, G_N_ELEMENTS(table)};

static const Setting *find_rule(const char *name) {
  for (size_t i = 0; i < policy_table.count; i++)
    if (strcmp(table[i].name, name) == 0) return &table[i];
  return NULL;
}

bool policy_load(Arena *arena, Desk *desk, Policy *out, GError **error) {
  SettingRowList rows = {0};
  settings_defaults(arena, &policy_table, out);
  if (!setting_select_all(arena, desk->db, &rows, error)) return false;
  list_each(const SettingRow, row, &rows) {
    g_autoptr(GError) problem = NULL;
    if (find_rule(row->name) && !settings_set(arena, &policy_table, row->name, row->value, "setting", out, &problem))
      log_warning("policy", "%s The default is used.", problem->message);
  }
  return true;
}

bool policy_set(Desk *desk, const char *name, const char *value, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (!find_rule(name)) return error_set(error, ERROR_NOT_FOUND, "There is no setting \"%s\"; see `rapport set`.", name);
  if (!value) return setting_delete(desk->db, name, error);
  if (strcmp(name, "currency") == 0 && !currency_find(value, NULL))
    return error_set(error, ERROR_INVALID, "There is no currency \"%s\"; give three letters such as EUR.", value);
  Policy scratch = {0};
  return settings_set(arena, &policy_table, name, value, "the new value", &scratch, error) &&
         setting_set(desk->db, name, value, error);
}

bool policy_list(Arena *arena, Desk *desk, PolicyRuleList *out, GError **error) {
  SettingRowList rows = {0};
  if (!setting_select_all(arena, desk->db, &rows, error)) return false;
  for (size_t i = 0; i < policy_table.count; i++) {
    PolicyRule *rule = list_add(arena, out);
    *rule = (PolicyRule){.name = table[i].name, .value = table[i].otherwise, .help = table[i].help, .is_default = true};
    list_each(const SettingRow, row, &rows)
      if (strcmp(row->name, rule->name) == 0) rule->value = row->value, rule->is_default = false;
  }
  return true;
}
