// One table. A rule is tried when its proof is there: a header that only this system writes, or a word in the name or address of its
// sender; rules without a proof have a subject that no person writes. It holds when all its patterns fit. The first that holds decides.
// Adding a system is adding rules. The patterns have no nested repeats, and are tried on one subject, a short text or a few headers.
#include "mail/topic.h"

#include "base/text.h"

#define TEXT_READ (size_t)8192 // bytes of the text that patterns are tried on
#define HEADERS_READ (size_t)16384
#define TAKEN_MOST 4
#define TOPIC_LONGEST 200 // characters

typedef enum Where { NOWHERE, SUBJECT, TEXT, HEADERS } Where; // HEADERS: one "Name: value" a line

typedef struct TopicRule {
  const char *header; // proof; NULL when the system writes none
  const char *sender; // proof, lower case; NULL when the sender's name proves nothing
  struct {
    Where where;
    const char *pattern; // its groups are what is taken
  } take[2];
  const char *topic; // "{1}" is the first group of all patterns
} TopicRule;

static const TopicRule rules[] = {
  {"X-JIRA-FingerPrint", "jira", {{SUBJECT, "\\b([A-Z][A-Z0-9_]{1,30}-[0-9]{1,9})\\b"}}, "jira:{1}"},
  {"X-ServiceNow-Generated",
   "service-now.com",
   {{SUBJECT, "\\b((?:INC|RITM|REQ|CHG|PRB|SCTASK|TASK|CS)[0-9]{5,12})\\b"}},
   "servicenow:{1}"},
  {NULL, "icinga", {{SUBJECT, "Service Alert: ([^/]+)/(.+) is [A-Z]"}}, "icinga:{1}/{2}"},
  {NULL, "icinga", {{SUBJECT, "Host Alert: (\\S+) is [A-Z]"}}, "icinga:{1}"},
  {NULL, "icinga", {{SUBJECT, "^\\[[A-Za-z]+\\] Host (\\S+) is [A-Z]"}}, "icinga:{1}"},
  {NULL, "icinga", {{SUBJECT, "^\\[[A-Za-z]+\\] (.+) on (\\S+) is [A-Z]"}}, "icinga:{2}/{1}"},
  {NULL, NULL, {{SUBJECT, "^\\*\\* [A-Z]+ Service Alert: ([^/]+)/(.+) is [A-Z]+ \\*\\*$"}}, "nagios:{1}/{2}"},
  {NULL, NULL, {{SUBJECT, "^\\*\\* [A-Z]+ Host Alert: (\\S+) is [A-Z]+ \\*\\*$"}}, "nagios:{1}"},
  {NULL, NULL, {{SUBJECT, "^(?i:Check_?MK): ([^/]+)/(.+) (?:OK|WARN|CRIT|UNKN?OWN|PEND) -> [A-Z]"}}, "checkmk:{1}/{2}"},
  {NULL, NULL, {{SUBJECT, "^(?i:Check_?MK): (\\S+) - [A-Z]+ -> [A-Z]"}}, "checkmk:{1}"},
  {NULL, "monit", {{TEXT, "^\\s*Host:\\s+(\\S+)"}, {TEXT, " Service (\\S+)\\s*$"}}, "monit:{1}/{2}"},
  {NULL, "zabbix", {{TEXT, "^\\s*Original (?:problem|event) ID: ([0-9]{1,20})"}}, "zabbix:{1}"},
  {NULL, NULL, {{SUBJECT, "^\\[(?:FIRING:[0-9]{1,6}|RESOLVED)\\] (.+)$"}}, "alertmanager:{1}"},
  {"X-GitHub-Reason", NULL, {{SUBJECT, "\\[([^\\]/\\s]+/[^\\]\\s]+)\\] .*#([0-9]{1,9})\\)"}}, "github:{1}#{2}"},
  {"X-GitLab-Project",
   NULL,
   {{HEADERS, "^X-GitLab-Project-Path: (\\S+)"}, {HEADERS, "^X-GitLab-Issue-IID: ([0-9]{1,9})"}},
   "gitlab:{1}#{2}"},
  {"X-GitLab-Project",
   NULL,
   {{HEADERS, "^X-GitLab-Project-Path: (\\S+)"}, {HEADERS, "^X-GitLab-MergeRequest-IID: ([0-9]{1,9})"}},
   "gitlab:{1}!{2}"},
  {"X-Redmine-Issue-Id", NULL, {{HEADERS, "^X-Redmine-Issue-Id: ([0-9]{1,9})"}}, "redmine:{1}"},
};

static GRegex *compiled[G_N_ELEMENTS(rules)][2];

void topic_start(void) {
  for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
    for (int take = 0; take < 2; take++)
      if (rules[i].take[take].pattern)
        compiled[i][take] = g_regex_new(rules[i].take[take].pattern, G_REGEX_MULTILINE, (GRegexMatchFlags)0, NULL);
}

typedef struct Taken {
  const char *items[TAKEN_MOST];
  int count;
} Taken;

static bool has_proof(Arena *arena, const TopicRule *rule, const MailHeaderList *headers, const char *sender) {
  if (!rule->header && !rule->sender) return true;
  return (rule->header && header_value(arena, headers, rule->header)) || (rule->sender && strstr(sender, rule->sender));
}

// The headers of a machine, a line each. Most mails never come here.
static const char *headers_text(Arena *arena, const MailHeaderList *headers) {
  g_autoptr(GString) text = g_string_new(NULL);
  list_each(const MailHeader, header, headers)
    if (text->len < HEADERS_READ && (header->name[0] | 0x20) == 'x')
      g_string_append_printf(text, "%s: %.300s\n", header->name, header_unfold(arena, header->raw));
  return text_make_valid(arena, bytes_of(text->str, text->len));
}

static const char *text_at(Arena *arena, Where where, const MailHeaderList *headers, const Mail *mail) {
  if (where == SUBJECT) return mail->subject;
  if (where == HEADERS) return headers_text(arena, headers);
  return text_make_valid(arena, bytes_of(mail->text, strnlen(mail->text, TEXT_READ)));
}

static bool take(Arena *arena, const GRegex *pattern, const char *text, Taken *taken) {
  g_autoptr(GMatchInfo) match = NULL;
  if (!g_regex_match(pattern, text, (GRegexMatchFlags)0, &match)) return false;
  for (int group = 1; group < g_match_info_get_match_count(match) && taken->count < TAKEN_MOST; group++)
    taken->items[taken->count++] = text_one_line(arena, arena_take(arena, g_match_info_fetch(match, group)));
  return true;
}

static const char *fill_in(Arena *arena, const char *topic, const Taken *taken) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (const char *at = topic; *at; at++) {
    int number = *at == '{' ? at[1] - '1' : -1;
    if (number >= 0 && number < taken->count) {
      g_string_append(text, taken->items[number]);
      at += 2;
    } else {
      g_string_append_c(text, *at);
    }
  }
  return text_clamp(arena, text->str, TOPIC_LONGEST);
}

const char *machine_topic(Arena *arena, const MailHeaderList *headers, const Mail *mail) {
  const char *sender = arena_printf(arena, "%s <%s>", mail->from.name, mail->from.address);
  sender = arena_take(arena, g_utf8_strdown(sender, -1));
  for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
    Taken taken = {.count = 0};
    bool holds = has_proof(arena, &rules[i], headers, sender);
    for (int part = 0; holds && part < 2; part++)
      if (compiled[i][part])
        holds = take(arena, compiled[i][part], text_at(arena, rules[i].take[part].where, headers, mail), &taken);
    if (holds) return fill_in(arena, rules[i].topic, &taken);
  }
  return NULL;
}
