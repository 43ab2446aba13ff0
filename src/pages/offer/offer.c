// What agents see and do about offers: the block below an answer, the composer's part, and noting what a customer chose in other words
// than by the link.
#include "pages/offer/offer.h"
#include "base/words.h"

#include "base/text.h"
#include "pages/offer.html.h"
#include "pages/shell/shell.h"

#include <string.h>

static const Message *latest_from_customer(const Thread *thread, int64_t after) {
  for (size_t i = thread->messages.count; i > 0; i--) {
    const Message *message = &thread->messages.items[i - 1];
    if (message->id <= after) return NULL;
    if (message->kind == MESSAGE_CUSTOMER && message->machine == MAIL_PERSON) return message;
  }
  return NULL;
}

bool offer_views(const Visit *visit, const Thread *thread, const char *view_word, OfferViewList *out, GError **error) {
  OfferList offers = {0};
  if (!offer_list(visit->arena, visit->desk, thread->conversation->number, &offers, error)) return false;
  for (size_t i = 0; i < offers.count; i++) {
    OfferView *view = list_add(visit->arena, out);
    *view = (OfferView){.visit = visit,
                        .offer = &offers.items[i],
                        .view_word = view_word,
                        .customer = thread->conversation->customer_name,
                        .guess = -1};
    const Message *message = offer_can_be_noted(view) ? latest_from_customer(thread, view->offer->message_id) : NULL;
    if (!message) continue;
    view->guess = offer_guess(view->offer, message->body);
    view->guess_message = message->id;
  }
  return true;
}

const OfferView *offer_view_of(const OfferViewList *views, int64_t message_id) {
  list_each(const OfferView, view, views)
    if (view->offer->message_id == message_id) return view;
  return NULL;
}

bool offer_can_be_noted(const OfferView *view) {
  return (view->offer->state == OFFER_OPEN || view->offer->state == OFFER_WAITING) &&
         role_may(view->visit->staff->role, PERMISSION_ANSWER);
}

const char *offer_option_words(const OfferView *view, int64_t place) {
  const TextList *options = &view->offer->options;
  if (place == 0) return options->count > 1 ? "none of these" : "no, it does not suit them";
  return place <= (int64_t)options->count ? options->items[place - 1] : "yes, they agree";
}

static const char *settlement(const OfferView *view) {
  static const char *const ways[] = {
    [OFFER_BY_LINK] = "by the link", [OFFER_BY_ANSWER] = "in an answer", [OFFER_BY_TELEPHONE] = "otherwise"};
  Arena *arena = view->visit->arena;
  const Offer *offer = view->offer;
  const char *how = ways[offer->settled_how], *when = moment_exact(view->visit, offer->settled_at);
  if (offer->state == OFFER_DECLINED) return arena_say(arena, "%s said no %s, %s", view->customer, how, when);
  if (offer->options.count) return arena_say(arena, "%s chose %s, %s", view->customer, how, when);
  return arena_say(arena, "%s agreed %s, %s", view->customer, how, when);
}

static const char *settled_words(const OfferView *view) {
  const Offer *offer = view->offer;
  const char *noted = offer->settled_name ? arena_say(view->visit->arena, "; %s noted it", offer->settled_name) : "";
  bool has_words = offer->settled_name && !text_is_blank(offer->words);
  return arena_printf(view->visit->arena, "%s%s%s%s", settlement(view), noted, has_words ? ": " : ".",
                      has_words ? offer->words : "");
}

static const char *open_words(const OfferView *view) {
  const Offer *offer = view->offer;
  if (view->visit->now >= offer->expires_at) return "They have not chosen, and the links have run out.";
  if (offer->options.count == 0) return "This is our answer to the complaint. They have not said yes or no yet.";
  return arena_say(view->visit->arena, "They have not chosen yet. They can until %s.",
                   moment_exact(view->visit, offer->expires_at));
}

const char *offer_status(const OfferView *view) {
  switch (view->offer->state) {
  case OFFER_WAITING: return "It goes out with this answer.";
  case OFFER_OPEN: return open_words(view);
  case OFFER_CHOSEN:
  case OFFER_DECLINED: return settled_words(view);
  case OFFER_REPLACED: return "A later answer took its place.";
  case OFFER_TAKEN_BACK: break;
  }
  return "It was taken back.";
}

OfferDraft offer_read_form(const Visit *visit, const char **out_options) {
  OfferDraft draft = {.origin = pages_origin(visit->pages)};
  *out_options = web_form(visit->request, "options");
  offer_kind_from_word(web_form(visit->request, "answers"), &draft.kind);
  if (!*out_options) *out_options = "";
  for (const char *at = *out_options; *at;) {
    size_t length = strcspn(at, "\n");
    const char *line = arena_strndup(visit->arena, at, length);
    if (!text_is_blank(line)) *list_add(visit->arena, &draft.options) = line;
    at += length + (at[length] == '\n');
  }
  return draft;
}

static bool post_note(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *words = web_form(request, "words"), *place = web_form(request, "place"), *view = web_form(request, "view");
  OfferNote note = {.evidence_id = visit_form_int(visit, "evidence"), .words = words ? words : ""};
  View list = VIEW_OPEN;
  view_from_word(view, &list);
  if (!place || !g_ascii_string_to_signed(place, 10, 0, OPTIONS_MOST, &note.place, NULL))
    return error_set(error, ERROR_INVALID, "Say which option they chose.");
  if (!web_path_int(request, "offer", &note.offer_id, error) || !offer_note(visit->desk, visit->staff, &note, error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#latest",
                                      visit_form_int(visit, "number"), shell_view_again(visit, list)));
  return true;
}

static bool show(Visit *visit, WebResponse *response, const OfferVisit *offer, const char *words, const char *problem) {
  ChoosePage page = {.visit = visit,
                     .desk_name = visit->desk->name,
                     .token = web_path_text(visit->request, "token"),
                     .offer = offer,
                     .words = words,
                     .problem = problem,
                     .last_day = moment_exact(visit, offer->offer->expires_at),
                     .brand = brand_head(visit)};
  if (!visit->csrf) visit->csrf = web_csrf(visit->request); // nobody is signed in: the form is bound to a cookie of its own
  web_add_header(response, "X-Robots-Tag", "noindex");
  if (problem) response->status = 422;
  if (offer->outcome == OFFER_PAST) response->status = 410;
  render_choose(response->body, &page);
  return true;
}

static bool choose_page(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  OfferVisit offer;
  if (!offer_show(visit->arena, visit->desk, web_path_text(request, "token"), &offer, error)) return false;
  return show(visit, response, &offer, "", NULL);
}

static bool post_choose(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  OfferVisit offer;
  const char *token = web_path_text(request, "token"), *place = web_form(request, "place"), *words = web_form(request, "words");
  int64_t number = 0;
  if (!offer_show(visit->arena, visit->desk, token, &offer, error)) return false;
  if (!place || !g_ascii_string_to_signed(place, 10, 0, MAX((int64_t)offer.offer->options.count, 1), &number, NULL))
    return show(visit, response, &offer, words ? words : "", "Choose one of these first, or say that none suits you.");
  if (!offer_choose(visit->arena, visit->desk, token, number, words ? words : "", &offer, error)) return false;
  return show(visit, response, &offer, "", NULL);
}

const WebRoute offer_routes[] = {
  {WEB_GET, "/choose/:token", PERMISSION_PUBLIC, choose_page, 0},
  {WEB_POST, "/choose/:token", PERMISSION_PUBLIC, post_choose, 0},
  {WEB_POST, "/offers/:offer/note", PERMISSION_ANSWER, post_note, 0},
  {0},
};
