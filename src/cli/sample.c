// `rapport sample` fills an empty desk with a small firm's last month, through the same verbs that real work takes, under a clock that
// stands where each step happened. No mail leaves: what the sample's agents wrote counts as sent. A second call finds the workspace
// and tells the sign-in again.
#include "cli/cli.h"

#include "base/text.h"
#include "cli/sample_mail.h"
#include "cli/sample_story.h"
#include "cli/sample_work.h"
#include "desk/conversation/verbs.h"
#include "desk/mailbox/mailbox.h"
#include "desk/message.sql.h"
#include "desk/outbox/outbox.h"
#include "desk/received/received.h"
#include "desk/remedy/limit.h"
#include "desk/search/search.h"
#include "desk/setting.sql.h"
#include "desk/staff/staff.h"
#include "desk/view/view.h"

#include <stdio.h>

extern const EmbeddedFile sample_files[];
extern const size_t sample_files_count;

#define SIGN_IN_FILE "sample-sign-in.txt"
#define PEOPLE_MOST 20

typedef struct Person {
  const char *handle;
  Staff staff;
} Person;

typedef struct Sample {
  Arena *arena;
  const Cli *cli;
  Desk *desk;
  Clock clock; // stands where the step happens
  SampleFiles files;
  Person people[PEOPLE_MOST];
  size_t people_count;
  int64_t *numbers; // of the conversations, by file
  GString *sign_in;
} Sample;

static const char *text_of(Sample *sample, const char *name, GError **error) {
  Bytes bytes;
  if (sample_file(&sample->files, name, &bytes)) return arena_strndup(sample->arena, bytes.data, bytes.size);
  error_set(error, ERROR_BROKEN, "The file sample/%s is missing from this build.", name);
  return NULL;
}

// "a | b | c" lines; empty ones and # comments are passed over.
typedef bool RowReader(Sample *sample, char **fields, size_t count, GError **error);
static bool each_row(Sample *sample, const char *text, RowReader *reader, GError **error) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (text_is_blank(*line) || **line == '#') continue;
    g_auto(GStrv) fields = g_strsplit(*line, "|", -1);
    for (char **field = fields; *field; field++) g_strstrip(*field);
    if (!reader(sample, fields, g_strv_length(fields), error)) return false;
  }
  return true;
}

static bool add_person(Sample *sample, char **fields, size_t count, GError **error) {
  Arena *arena = sample->arena;
  Person *person = &sample->people[sample->people_count];
  StaffDraft draft = {.email = count > 2 ? fields[2] : "",
                      .name = count > 1 ? fields[1] : "",
                      .password = random_token(arena, sample->desk->random, 9)};
  if (count != 4 || sample->people_count == PEOPLE_MOST || !role_from_word(fields[3], &draft.role))
    return error_set(error, ERROR_INVALID, "sample/staff.txt: a line is handle | name | e-mail | role.");
  person->handle = arena_strdup(arena, fields[0]);
  person->staff = (Staff){
    .email = arena_strdup(arena, draft.email), .name = arena_strdup(arena, draft.name), .role = draft.role, .is_active = true};
  if (!staff_add(sample->desk, &draft, &person->staff.id, error)) return false;
  g_string_append_printf(sample->sign_in, "  %-14s %-28s %s\n", fields[3], draft.email, draft.password);
  sample->people_count++;
  return true;
}

static bool add_desk_line(Sample *sample, char **fields, size_t count, GError **error) {
  const char *first = fields[0];
  int64_t id;
  if (g_str_has_prefix(first, "name:")) return desk_rename(sample->desk, text_trim(sample->arena, first + 5), error);
  if (g_str_has_prefix(first, "mailbox:") && count == 3)
    return mailbox_add(sample->desk, text_trim(sample->arena, first + 8), fields[1], fields[2], &id, error);
  return error_set(error, ERROR_INVALID, "sample/desk.txt: a line is name: … or mailbox: address | name | signature.");
}

static const Staff *person_of(Sample *sample, const SampleStep *step, GError **error) {
  for (size_t i = 0; i < sample->people_count; i++)
    if (strcmp(sample->people[i].handle, step->who) == 0) return &sample->people[i].staff;
  error_set(error, ERROR_INVALID, "%s: nobody in sample/staff.txt is called \"%s\".", step->file, step->who);
  return NULL;
}

// Nothing of the sample is sent to anybody.
static bool count_as_sent(Sample *sample, GError **error) {
  OutboxMail *mail = NULL;
  int64_t next_at;
  do {
    if (!outbox_claim(sample->arena, sample->desk, &mail, &next_at, error)) return false;
    if (mail && !outbox_settle_sent(sample->desk, mail, "Part of the sample: it counts as sent.", error)) return false;
  } while (mail);
  return true;
}

static bool receive(Sample *sample, const SampleStep *step, GError **error) {
  Arena *arena = sample->arena;
  int64_t *number = &sample->numbers[step->conversation];
  TextList newest_first = {0};
  if (*number && !message_select_last_ids(arena, sample->desk->db, *number, &newest_first, error)) return false;
  const char *mail_id = arena_printf(arena, "%s@mail.example", random_token(arena, sample->desk->random, 9));
  Bytes raw;
  if (!sample_mail(arena, step, &sample->files, mail_id, &newest_first, &raw, error)) return false;
  ReceivedInput input = {.raw = raw, .mail = mail_parse(arena, raw), .envelope_to = step->mailbox};
  ReceivedResult result;
  if (!received_take(arena, sample->desk, &input, &result, error)) return false;
  if (!*number) *number = result.number;
  return true;
}

static bool answer(Sample *sample, const SampleStep *step, const Staff *person, GError **error) {
  ReplyDraft draft = {.number = sample->numbers[step->conversation], .text = step->body};
  ReplyOutcome outcome;
  int64_t id;
  bool done = step->kind == STEP_NOTE ? conversation_note(sample->arena, sample->desk, person, &draft, &outcome, &id, error)
                                      : conversation_reply(sample->arena, sample->desk, person, &draft, &outcome, &id, error);
  if (!done) return false;
  return outcome == REPLY_KEPT ||
         error_set(error, ERROR_INVALID, "%s: an entry by %s could not be written.", step->file, step->who);
}

static bool play(Sample *sample, const SampleStep *step, GError **error) {
  sample->clock.set_to = step->happens_at;
  if (step->kind == STEP_CUSTOMER) return receive(sample, step, error) && count_as_sent(sample, error);
  const Staff *person = person_of(sample, step, error);
  int64_t number = sample->numbers[step->conversation];
  if (!person) return false;
  SampleScene scene = {.arena = sample->arena, .desk = sample->desk, .person = person, .number = number};
  if (step->kind >= STEP_COMPLAINT) return sample_story_play(&scene, step, error) && count_as_sent(sample, error);
  if (step->kind == STEP_ASSIGN) return conversation_assign(sample->desk, person, number, person->id, error);
  if (step->kind == STEP_SOLVE) return conversation_solve(sample->desk, person, number, error);
  if (step->kind == STEP_REOPEN) return conversation_reopen(sample->desk, person, number, error);
  return answer(sample, step, person, error) && count_as_sent(sample, error);
}

static bool play_all(Sample *sample, int64_t now, GError **error) {
  SampleStepList steps = {0};
  sample->numbers = arena_make_array(sample->arena, int64_t, sample->files.count);
  for (size_t i = 0; i < sample->files.count; i++) {
    const EmbeddedFile *file = &sample->files.files[i];
    if (!g_ascii_isdigit(*file->name) || !g_str_has_suffix(file->name, ".txt")) continue; // 07-a-creak.txt is a conversation
    const char *text = arena_strndup(sample->arena, file->bytes.data, file->bytes.size);
    if (!sample_script_add(sample->arena, file->name, text, i, now, &steps, error)) return false;
  }
  sample_script_sort(&steps);
  list_each(const SampleStep, step, &steps)
    if (!play(sample, step, error)) return false;
  return true;
}

// "role | scope | amount | currency | days": how far a role may go with remedies, set by the first person of staff.txt.
static bool add_limit(Sample *sample, char **fields, size_t count, GError **error) {
  RemedyLimit limit = {.kind = LIMIT_ANY_KIND};
  if (count != 5 || sample->people_count == 0 || !role_from_word(fields[0], &limit.role) ||
      !limit_scope_from_word(fields[1], &limit.scope))
    return error_set(error, ERROR_INVALID, "sample/limits.txt: a line is role | scope | amount | currency | days.");
  limit.currency = fields[3];
  limit.days = g_ascii_strtoll(fields[4], NULL, 10);
  return money_read(sample->arena, fields[2], fields[3], &limit.amount, error) &&
         limit_set(sample->desk, &sample->people[0].staff, &limit, error);
}

static bool find_person(const void *data, const char *handle, int64_t *out) {
  const Sample *sample = data;
  for (size_t i = 0; i < sample->people_count; i++)
    if (strcmp(sample->people[i].handle, handle) == 0) {
      *out = sample->people[i].staff.id;
      return true;
    }
  return false;
}

static bool share_out(Sample *sample, char **fields, size_t count, GError **error) {
  SampleWork work = {.arena = sample->arena,
                     .desk = sample->desk,
                     .actor = &sample->people[MIN(1, sample->people_count - 1)].staff,
                     .find_person = find_person,
                     .sample = sample};
  return sample_work_line(&work, fields, count, error);
}

// Mails that the script's format cannot tell: a bounce, a broken one.
static bool take_raw_mails(Sample *sample, int64_t now, GError **error) {
  sample->clock.set_to = now - 20 * CLOCK_MINUTE;
  for (size_t i = 0; i < sample->files.count; i++) {
    const EmbeddedFile *file = &sample->files.files[i];
    if (!g_str_has_suffix(file->name, ".eml")) continue;
    ReceivedInput input = {.raw = file->bytes, .mail = mail_parse(sample->arena, file->bytes)};
    ReceivedResult result;
    if (!received_take(sample->arena, sample->desk, &input, &result, error)) return false;
  }
  return count_as_sent(sample, error);
}

// Views for everybody, and all of it can be searched at once.
static bool add_views(Sample *sample, GError **error) {
  static const char *const views[][2] = {{"New complaints", "is:open is:complaint is:unassigned"},
                                         {"With pictures", "is:open with:attachment"}};
  for (size_t i = 0; i < G_N_ELEMENTS(views) && sample->people_count; i++) {
    const char *problem;
    int64_t id;
    if (!view_make(sample->arena, sample->desk, &sample->people[0].staff, views[i][0], views[i][1], true, &id, &problem, error))
      return false;
  }
  for (bool more = true; more;)
    if (!search_catch_up(sample->desk, &more, error)) return false;
  return true;
}

static bool keep_sign_in(Sample *sample, GError **error) {
  fputs(sample->sign_in->str, stdout);
  if (sample->cli->database) return true;
  const char *path = arena_printf(sample->arena, "%s/" SIGN_IN_FILE, sample->cli->data);
  g_autoptr(GError) problem = NULL;
  if (g_file_set_contents_full(path, sample->sign_in->str, (gssize)sample->sign_in->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                               &problem))
    return true;
  return error_set(error, ERROR_UNAVAILABLE, "%s", problem->message);
}

static bool fill(Sample *sample, GError **error) {
  int64_t now = clock_now(sample->cli->clock);
  const char *staff = text_of(sample, "staff.txt", error), *desk = staff ? text_of(sample, "desk.txt", error) : NULL;
  const char *limits = desk ? text_of(sample, "limits.txt", error) : NULL;
  const char *work = limits ? text_of(sample, "work.txt", error) : NULL;
  if (!work) return false;
  sample->clock = clock_standing_at(now - 60 * CLOCK_DAY);
  sample->desk->clock = &sample->clock;
  g_string_append(sample->sign_in, "Sign in with one of these:\n");
  return setting_set(sample->desk->db, "sample", "filling", error) && each_row(sample, desk, add_desk_line, error) &&
         each_row(sample, staff, add_person, error) && each_row(sample, limits, add_limit, error) &&
         play_all(sample, now, error) && take_raw_mails(sample, now, error) && each_row(sample, work, share_out, error) &&
         add_views(sample, error) && keep_sign_in(sample, error) && setting_set(sample->desk->db, "sample", "filled", error);
}

static bool tell_again(const Cli *cli) {
  g_autofree char *path = g_build_filename(cli->data, SIGN_IN_FILE, NULL), *text = NULL;
  if (!cli->database && g_file_get_contents(path, &text, NULL, NULL)) fputs(text, stdout);
  return true;
}

static bool fill_or_tell(const Cli *cli, Desk *desk, GError **error) {
  const char *state = NULL;
  DeskCounts counts;
  if (!setting_select(cli->arena, desk->db, "sample", &state, error) || !desk_count(desk, &counts, error)) return false;
  if (state && strcmp(state, "filled") == 0) return tell_again(cli);
  if (state || counts.conversations > 0)
    return error_set(error, ERROR_CONFLICT,
                     state ? "Filling this workspace was interrupted; remove %s and start again."
                           : "The desk in %s has conversations already; name an empty folder with --data.",
                     cli->data);
  g_autoptr(GString) sign_in = g_string_new(NULL);
  Sample sample = {
    .arena = cli->arena, .cli = cli, .desk = desk, .files = {sample_files, sample_files_count}, .sign_in = sign_in};
  return fill(&sample, error);
}

int cli_sample(const Cli *cli, int argc, char **argv) {
  GError *error = NULL;
  if (argc > 1) return cli_wrong_call("sample", "it takes no arguments.");
  Desk *desk = cli_open_desk(cli, true, &error);
  return desk && fill_or_tell(cli, desk, &error) ? 0 : cli_fail("sample", error);
}
