// The map of one complaint, and its file as JSON and as the signed bundle.
#include "base/words.h"
#include "pages/register/register.h"

#include "base/text.h"
#include "pages/map.html.h"
#include "pages/remedy/remedy.h"

#include <stdlib.h>

const char *map_step_who(const ComplaintStep *step) {
  if (step->by_customer) return "the customer";
  return step->staff_name ? step->staff_name : "the desk";
}

const ShieldView *map_words(const Visit *visit, const FileMessage *message) {
  ShieldView view = message->kind == MESSAGE_CUSTOMER ? shield_view(visit, message->body, NULL, false)
                                                      : shield_plain_view(visit, message->body);
  return arena_copy(visit->arena, &view, sizeof view);
}

const char *map_message_title(const FileMessage *message) {
  if (message->kind == MESSAGE_AUTOMATIC) return "The desk, by itself";
  return text_is_blank(message->author_name) ? "(no name)" : message->author_name;
}

static int compare_ids(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

// The file has its messages in the order of their ids.
const char *map_message_words(const MapPage *page, int64_t message_id) {
  const int64_t *ids = page->said.items, *found = NULL;
  if (page->said.count) found = bsearch(&message_id, ids, page->said.count, sizeof *ids, compare_ids);
  return found ? arena_say(page->shell.visit->arena, "message %td", found - ids + 1) : "a note";
}

static const char *times(Arena *arena, int64_t count, const char *one, const char *many) {
  return count == 1 ? one : arena_printf(arena, "%" G_GINT64_FORMAT " %s", count, many);
}

const char *map_effort_words(Arena *arena, const Effort *effort) {
  g_autoptr(GString) out = g_string_new(NULL);
  if (effort->attempts_before > 0)
    words_append(out, "They say they had tried %s before. ", times(arena, effort->attempts_before, "once", "times"));
  if (effort->before_first_answer)
    words_append(out, "They wrote %s%s. ", times(arena, effort->before_first_answer, "once", "times"),
                 effort->is_answered ? " before a person answered" : ", and nobody has answered yet");
  if (effort->repeats)
    words_append(out, "While they waited they wrote again %s. ", times(arena, effort->repeats, "once", "times"));
  if (effort->hand_overs) words_append(out, "It was handed on %s. ", times(arena, effort->hand_overs, "once", "times"));
  words_append(out, "They waited %s in all, %s at the longest.", clock_span(arena, effort->waited),
               clock_span(arena, effort->longest));
  return arena_strndup(arena, out->str, out->len);
}

// What people wrote as a sentence, whether or not they ended it.
static const char *sentence(Arena *arena, const char *words) {
  size_t size = strlen(words);
  return size && strchr(".!?", words[size - 1]) ? words : arena_printf(arena, "%s.", words);
}

const char *map_remedy_words(const Visit *visit, const Remedy *remedy) {
  Arena *arena = visit->arena;
  const char *what = sentence(arena, remedy_capital(arena, remedy_words(arena, remedy)));
  const char *why = text_is_blank(remedy->reason) ? "" : arena_printf(arena, " %s", sentence(arena, remedy->reason));
  if (remedy->state == REMEDY_WAITING)
    return arena_say(arena, "%s%s It waits for approval since %s.", what, why, moment_exact(visit, remedy->asked_at));
  const char *by = remedy->state == REMEDY_APPROVED ? arena_say(arena, " Approved by %s.", remedy->decided_name) : "";
  if (remedy->carried_out_at)
    return arena_say(arena, "%s%s%s Carried out on %s.", what, why, by, moment_exact(visit, remedy->carried_out_at));
  return arena_printf(arena, "%s%s%s%s", what, why, by, remedy->amount ? tr(" Still to be paid or sent.") : "");
}

const char *map_offer_words(const Visit *visit, const Offer *offer) {
  Arena *arena = visit->arena;
  const char *title = offer->place > 0 && offer->place <= (int64_t)offer->options.count ? offer->options.items[offer->place - 1]
                                                                                        : NULL;
  switch (offer->state) {
  case OFFER_CHOSEN:
    return title ? arena_say(arena, "They chose \xE2\x80\x9C%s\xE2\x80\x9D on %s.", title, moment_exact(visit, offer->settled_at))
                 : arena_say(arena, "They agreed on %s.", moment_exact(visit, offer->settled_at));
  case OFFER_DECLINED: return arena_say(arena, "They said no on %s.", moment_exact(visit, offer->settled_at));
  case OFFER_REPLACED: return "A later answer took its place.";
  case OFFER_WAITING:
  case OFFER_OPEN:
  case OFFER_TAKEN_BACK: break;
  }
  return arena_say(arena, "Offered on %s; they have not chosen yet.", moment_exact(visit, offer->made_at));
}

const char *map_promise_words(const Visit *visit, const Promise *promise) {
  const char *due = moment_exact(visit, promise->due_at);
  Arena *arena = visit->arena;
  if (promise->state == PROMISE_RUNNING)
    return arena_printf(arena, "%s By %s, %s.", sentence(arena, promise->words), due,
                        promise->due_at < visit->now ? "which has passed" : "still to come");
  return arena_printf(arena, "%s By %s. %s%s%s", sentence(arena, promise->words), due,
                      promise->state == PROMISE_KEPT ? "Kept." : "Not kept.", *promise->result ? " " : "", promise->result);
}

static void make_stages(const Visit *visit, MapPage *page) {
  StageLine lines[STAGE_COUNT];
  complaint_stages(&page->file, lines);
  for (unsigned i = 0; i < STAGE_COUNT; i++) {
    bool is_now = page->file.complaint->stage == i;
    // Of agreed and refused, and what follows each, the one that did not happen is left out once the other did.
    bool is_refused = lines[STAGE_REFUSED].step != NULL;
    bool of_agreement = i == STAGE_AGREED || i == STAGE_REMEDIED || i == STAGE_FOLLOWED_UP;
    if (!lines[i].step && !is_now && ((is_refused && of_agreement) || (!is_refused && i == STAGE_REFUSED))) continue;
    *list_add(visit->arena, &page->stages) = (MapStage){
      .line = lines[i],
      .title = stage_title(i),
      .who = lines[i].step ? map_step_who(lines[i].step) : "",
      .state = is_now               ? "now"
               : lines[i].step      ? "reached"
               : lines[i].is_passed ? "passed"
                                    : "ahead",
      .is_now = is_now,
    };
  }
}

static bool load(const Visit *visit, ComplaintFile *out, GError **error) {
  int64_t number;
  return web_path_int(visit->request, "number", &number, error) && conversation_survivor(visit->desk, number, &number, error) &&
         complaint_file(visit->arena, visit->desk, number, out, error);
}

// What was declined or withdrawn gave the customer nothing.
static void choose_remedies(const Visit *visit, MapPage *page) {
  list_each(const Remedy, remedy, &page->file.remedies)
    if (remedy_is_given(remedy) || remedy->state == REMEDY_WAITING) *list_add(visit->arena, &page->remedies) = *remedy;
}

bool map_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  MapPage page = {0};
  if (!shell_open(visit, RAIL_COMPLAINTS, "plain", &page.shell, error) || !load(visit, &page.file, error)) return false;
  choose_remedies(visit, &page);
  make_stages(visit, &page);
  list_each(const FileMessage, message, &page.file.messages)
    if (message->kind != MESSAGE_NOTE) *list_add(visit->arena, &page.said) = message->id;
  list_each(const ComplaintClock, clock, &page.file.clocks)
    *list_add(visit->arena,
              &page.clocks) = (MapClock){.clock = clock,
                                         .name = deadline_name(clock->kind),
                                         .standing = deadline_standing(visit->arena, clock->due_at, clock->met_at, visit->now)};
  page.shell.title = arena_say(visit->arena, "Complaint #%jd", page.file.complaint->number);
  render_map_page(response->body, &page);
  return true;
}

static bool send(const Visit *visit, WebResponse *response, const ComplaintFile *file, const char *kind, const char *text) {
  const char *name = arena_printf(visit->arena, "complaint-%" G_GINT64_FORMAT "%s.json", file->complaint->number, kind);
  web_download(response, name, "application/json", bytes_of_text(text), false);
  return true;
}

bool map_json(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ComplaintFile file;
  return load(visit, &file, error) && send(visit, response, &file, "", complaint_json(visit->arena, visit->desk, &file));
}

bool map_bundle(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ComplaintFile file;
  return load(visit, &file, error) && send(visit, response, &file, "-signed", complaint_bundle(visit->arena, visit->desk, &file));
}
