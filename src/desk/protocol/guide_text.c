// The text of a guide: its head and its words, the checks that steps may name, and what one version says against another.
//
// Comparing is by lines: what both begin and end with is the same; between, a longest common subsequence (a table of at most
// LINES_MOST squared), and beyond that all old lines before all new ones.
#include "desk/protocol/guide.h"

#include "base/text.h"

#define LINES_MOST 400

static const struct {
  const char *word, *title;
} checks[CHECK_COUNT] = {
  [CHECK_NONE] = {"", "nothing; a person looks"},
  [CHECK_RESTATE] = {"restate", "says back what the customer wrote"},
  [CHECK_EMPATHY] = {"empathy", "shows empathy"},
  [CHECK_OPTIONS] = {"options", "offers two options"},
  [CHECK_NEXT_STEP] = {"next_step", "names a next step with a date"},
  [CHECK_AGREEMENT] = {"agreement", "asks whether that is agreed"},
  [CHECK_ACKNOWLEDGE_HOSTILITY] = {"acknowledge_hostility", "acknowledges the hostility"},
  [CHECK_WANT_TO_SOLVE] = {"want_to_solve", "says \xE2\x80\x9CI want to solve this\xE2\x80\x9D"},
  [CHECK_HARD_TO_FOCUS] = {"hard_to_focus", "says how hard it is to focus"},
  [CHECK_RETURN_TO_PROBLEM] = {"return_to_problem", "returns to the problem"},
  [CHECK_ON_YOUR_TEAM] = {"on_your_team", "stands on the customer\xE2\x80\x99s side"},
  [CHECK_INSTEAD] = {"instead", "says what can be done instead"},
  [CHECK_WHO_DECIDES] = {"who_decides", "names who can decide more"},
};

const char *step_check_word(StepCheck check) { return check < CHECK_COUNT ? checks[check].word : ""; }
const char *step_check_title(StepCheck check) { return check < CHECK_COUNT ? checks[check].title : ""; }

bool step_check_from_word(const char *word, StepCheck *out) {
  for (unsigned check = 0; check < CHECK_COUNT; check++)
    if (word && strcmp(checks[check].word, word) == 0) {
      *out = check;
      return true;
    }
  return false;
}

static const char *value_of(Arena *arena, const char *line, const char *name) {
  size_t length = strlen(name);
  if (strncmp(line, name, length) != 0 || line[length] != ':') return NULL;
  return text_trim(arena, arena_strndup(arena, line + length + 1, strcspn(line + length + 1, "\n")));
}

static void read_line(Arena *arena, const char *line, GuideHead *out) {
  const char *value;
  if ((value = value_of(arena, line, "Title"))) out->title = value;
  if ((value = value_of(arena, line, "Situation"))) out->situation = value;
  if ((value = value_of(arena, line, "Behaviour"))) behaviour_from_word(value, &out->behaviour);
  if ((value = value_of(arena, line, "Need"))) need_from_word(value, &out->need);
  if ((value = value_of(arena, line, "Language"))) out->language = value;
  if ((value = value_of(arena, line, "Step"))) step_check_from_word(value, &out->step);
}

void guide_read(Arena *arena, const char *content, GuideHead *out, const char **out_words) {
  *out = (GuideHead){.title = "", .situation = "", .language = "", .behaviour = BEHAVIOUR_COUNT, .need = NEED_UNCLEAR};
  const char *at = content;
  while (*at && *at != '\n') {
    read_line(arena, at, out);
    at += strcspn(at, "\n");
    if (*at) at++;
  }
  if (out_words) *out_words = *at ? at + 1 : at;
}

static void add_head(GString *out, const char *name, const char *value) {
  if (value && *value) g_string_append_printf(out, "%s: %s\n", name, value);
}

const char *guide_write(Arena *arena, const GuideHead *head, const char *words) {
  g_autoptr(GString) out = g_string_new(NULL);
  add_head(out, "Title", text_one_line(arena, head->title));
  add_head(out, "Behaviour", head->behaviour < BEHAVIOUR_COUNT ? behaviour_word(head->behaviour) : "");
  add_head(out, "Need", head->need < NEED_COUNT ? need_word(head->need) : "");
  add_head(out, "Situation", text_one_line(arena, head->situation));
  add_head(out, "Language", text_one_line(arena, head->language));
  add_head(out, "Step", step_check_word(head->step));
  g_string_append_printf(out, "\n%s\n", text_trim(arena, words));
  return arena_strndup(arena, out->str, out->len);
}

static void lines_of(Arena *arena, const char *text, TextList *out) {
  for (const char *at = text; *at;) {
    size_t length = strcspn(at, "\n");
    *list_add(arena, out) = arena_strndup(arena, at, length);
    at += length + (at[length] == '\n');
  }
}

static void add(Arena *arena, GuideChangeList *out, ChangeKind kind, const TextList *lines, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) *list_add(arena, out) = (GuideChange){kind, lines->items[i]};
}

// The lines old[a…b) and new[c…d), of which the first and the last differ.
typedef struct Middle {
  const TextList *old, *new;
  size_t a, b, c, d;
} Middle;

static void add_middle(Arena *arena, const Middle *m, GuideChangeList *out) {
  size_t rows = m->b - m->a, columns = m->d - m->c, width = columns + 1;
  if (rows > LINES_MOST || columns > LINES_MOST) {
    add(arena, out, CHANGE_GONE, m->old, m->a, m->b);
    add(arena, out, CHANGE_NEW, m->new, m->c, m->d);
    return;
  }
  uint16_t *common = arena_make_array(arena, uint16_t, (rows + 1) * width); // of what follows row i and column j
  for (size_t i = rows; i-- > 0;)
    for (size_t j = columns; j-- > 0;)
      common[i * width + j] = strcmp(m->old->items[m->a + i], m->new->items[m->c + j]) == 0
                                ? (uint16_t)(common[(i + 1) * width + j + 1] + 1)
                                : MAX(common[(i + 1) * width + j], common[i * width + j + 1]);
  size_t i = 0, j = 0;
  while (i < rows || j < columns) {
    bool is_same = i < rows && j < columns && strcmp(m->old->items[m->a + i], m->new->items[m->c + j]) == 0;
    if (is_same)
      add(arena, out, CHANGE_SAME, m->old, m->a + i, m->a + i + 1), i++, j++;
    else if (j == columns || (i < rows && common[(i + 1) * width + j] >= common[i * width + j + 1]))
      add(arena, out, CHANGE_GONE, m->old, m->a + i, m->a + i + 1), i++;
    else
      add(arena, out, CHANGE_NEW, m->new, m->c + j, m->c + j + 1), j++;
  }
}

void guide_changes(Arena *arena, const char *before, const char *after, GuideChangeList *out) {
  TextList old = {0}, new = {0};
  lines_of(arena, before, &old);
  lines_of(arena, after, &new);
  size_t head = 0, tail = 0, least = MIN(old.count, new.count);
  while (head < least && strcmp(old.items[head], new.items[head]) == 0) head++;
  while (tail < least - head && strcmp(old.items[old.count - 1 - tail], new.items[new.count - 1 - tail]) == 0) tail++;
  Middle middle = {&old, &new, head, old.count - tail, head, new.count - tail};
  add(arena, out, CHANGE_SAME, &old, 0, head);
  add_middle(arena, &middle, out);
  add(arena, out, CHANGE_SAME, &old, old.count - tail, old.count);
}
