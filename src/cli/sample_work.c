// See sample_work.h. A conversation is named by its file's number: 18 is #1018.
#include "cli/sample_work.h"

#include "desk/conversation/work.h"
#include "desk/field/field.h"
#include "desk/mailbox/mailbox.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"

#define FIRST_NUMBER 1000

static int64_t number_of(const char *file) { return FIRST_NUMBER + g_ascii_strtoll(file, NULL, 10); }

static bool wrong(GError **error) {
  return error_set(error, ERROR_INVALID,
                   "sample/work.txt: a line is team, field, tag, priority or fill with what belongs to it.");
}

static bool add_team(const SampleWork *work, char **fields, GError **error) {
  int64_t team = 0;
  IntList members = {0};
  MailboxList mailboxes = {0};
  g_auto(GStrv) handles = g_strsplit(fields[2], ",", -1);
  for (char **handle = handles; *handle; handle++)
    if (!work->find_person(work->sample, g_strstrip(*handle), list_add(work->arena, &members))) return wrong(error);
  if (!team_make(work->desk, NULL, fields[1], false, &team, error) ||
      !team_set_members(work->desk, NULL, team, &members, error) || !mailbox_list(work->arena, work->desk, &mailboxes, error))
    return false;
  list_each(const Mailbox, mailbox, &mailboxes)
    if (strcmp(mailbox->address, fields[3]) == 0) return team_take_mailbox(work->desk, NULL, team, mailbox->id, error);
  return wrong(error);
}

static bool add_field(const SampleWork *work, char **fields, size_t count, GError **error) {
  FieldKind kind;
  int64_t id = 0;
  g_autofree char *choices = g_strdelimit(g_strdup(count > 3 ? fields[3] : ""), ";", '\n');
  if (!field_kind_from_word(fields[2], &kind)) return wrong(error);
  return field_make(work->desk, NULL, fields[1], kind, choices, &id, error);
}

static bool fill(const SampleWork *work, char **fields, GError **error) {
  FieldList known = {0};
  FieldEntryList entries = {0};
  bool has_problem = false;
  if (!field_list(work->arena, work->desk, &known, error)) return false;
  list_each(const Field, field, &known)
    if (strcmp(field->name, fields[2]) == 0) *list_add(work->arena, &entries) = (FieldEntry){.id = field->id, .text = fields[3]};
  return field_fill(work->arena, work->desk, work->actor, number_of(fields[1]), &entries, &has_problem, error) &&
         (entries.count == 1 && !has_problem ? true : wrong(error));
}

bool sample_work_line(const SampleWork *work, char **fields, size_t count, GError **error) {
  Priority priority;
  if (count == 4 && strcmp(fields[0], "team") == 0) return add_team(work, fields, error);
  if (count >= 3 && strcmp(fields[0], "field") == 0) return add_field(work, fields, count, error);
  if (count == 3 && strcmp(fields[0], "tag") == 0)
    return tag_add(work->desk, work->actor, number_of(fields[1]), fields[2], error);
  if (count == 3 && strcmp(fields[0], "priority") == 0 && priority_from_word(fields[2], &priority))
    return conversation_set_priority(work->desk, work->actor, number_of(fields[1]), priority, error);
  if (count == 4 && strcmp(fields[0], "fill") == 0) return fill(work, fields, error);
  return wrong(error);
}
