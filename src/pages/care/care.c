// The page of one's own. Every call takes the number of who asks, and notes open only with the key of their session.
#include "pages/care.html.h"

#include "base/words.h"

#include "pages/pages.h"

#include <string.h>

static const char *form_text(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool render(const Visit *visit, WebResponse *response, CarePage page, GError **error) {
  Shell shell;
  const Vault *vault = visit_vault(visit);
  page.visit = visit;
  page.shield = visit_shield(visit);
  page.is_open = vault != NULL;
  if (!shell_open(visit, RAIL_ACCOUNT, "plain", &shell, error) ||
      !break_load(visit->arena, visit->desk, visit->staff->id, &page.rest, error) ||
      (vault && !exposure_own(visit->desk, vault, visit->staff->id, &page.exposure, error)) ||
      (vault && !trigger_list(visit->arena, visit->desk, vault, visit->staff->id, &page.notes, error)))
    return false;
  shell.title = "Looking after myself";
  render_care(response->body, &shell, &page);
  return true;
}

bool care_page(WebRequest *request, WebResponse *response, GError **error) {
  return render(visit_of(request), response, (CarePage){.changed = web_query(request, "changed")}, error);
}

bool care_post_shield(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ShieldSetting setting;
  if (!shield_setting_from_word(web_form(request, "shield"), &setting))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!shield_choose(visit->desk, visit->staff->id, setting, error)) return false;
  web_redirect(response, "/care?changed=shield#shield");
  return true;
}

bool care_post_offer(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *offer = web_form(request, "offer");
  if (!offer || (strcmp(offer, "on") != 0 && strcmp(offer, "off") != 0))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!break_offer(visit->desk, visit->staff->id, strcmp(offer, "on") == 0, error)) return false;
  web_redirect(response, "/care?changed=break#break");
  return true;
}

static bool shut(GError **error) {
  return error_set(error, ERROR_CONFLICT,
                   "What you keep for yourself is not open in this session. Sign in again, or see \"Looking after myself\".");
}

bool care_post_note(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const Vault *vault = visit_vault(visit);
  g_autoptr(GError) refusal = NULL;
  TriggerNote note = {.id = visit_form_int(visit, "id"),
                      .text = form_text(visit, "text"),
                      .words = form_text(visit, "words"),
                      .behaviour = form_text(visit, "behaviour"),
                      .emotion = form_text(visit, "emotion")};
  if (!vault) return shut(error);
  if (trigger_keep(visit->desk, vault, visit->staff->id, &note, &refusal)) {
    web_redirect(response, "/care?changed=note#triggers");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID)) {
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  response->status = 422;
  return render(visit, response, (CarePage){.draft = &note, .problem = arena_strdup(visit->arena, refusal->message)}, error);
}

bool care_post_forget(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "id", &id, error) || !trigger_forget(visit->desk, visit->staff->id, id, error)) return false;
  web_redirect(response, "/care?changed=forgotten#triggers");
  return true;
}

static const char *too_many(const Visit *visit, int64_t wait) {
  return arena_say(visit->arena, "There were too many tries. The next one counts in %s.",
                   clock_span(visit->arena, MAX(wait, CLOCK_MINUTE)));
}

// The password of now is asked for in both, since a key is made of it; as limited as signing in.
static const char *refused(const Visit *visit, GError **error) {
  SignInOutcome outcome;
  int64_t wait = 0;
  if (!staff_check_password(visit->arena, visit->desk, visit->staff->id, form_text(visit, "password"), &outcome, &wait, error))
    return NULL;
  if (outcome == SIGN_IN_DONE) return "";
  return outcome == SIGN_IN_NO_MATCH ? "The password you have now does not match." : too_many(visit, wait);
}

static bool still_shut(const Visit *visit, WebResponse *response, const char *problem, GError **error) {
  response->status = 422;
  return render(visit, response, (CarePage){.shut_problem = problem}, error);
}

bool care_post_recover(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *problem = refused(visit, error), *token = visit_session_token(visit);
  bool is_open = false;
  int64_t wait = 0;
  if (!problem) return false;
  if (*problem) return still_shut(visit, response, problem, error);
  if (!vault_recover(visit->desk, visit->staff->id, visit->session, token, form_text(visit, "old_password"),
                     form_text(visit, "password"), &is_open, &wait, error))
    return false;
  if (wait > 0) return still_shut(visit, response, too_many(visit, wait), error);
  if (!is_open) return still_shut(visit, response, "It does not open with that old password.", error);
  web_redirect(response, "/care?changed=opened#triggers");
  return true;
}

bool care_post_anew(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *problem = refused(visit, error), *token = visit_session_token(visit);
  if (!problem) return false;
  if (*problem) return still_shut(visit, response, problem, error);
  if (!vault_begin_anew(visit->desk, visit->staff->id, visit->session, token, form_text(visit, "password"), error)) return false;
  web_redirect(response, "/care?changed=anew#triggers");
  return true;
}

bool care_is_of(const TriggerNote *note, const char *kind, const char *word) {
  const char *chosen = !note ? "" : strcmp(kind, "behaviour") == 0 ? note->behaviour : note->emotion;
  return strcmp(chosen, word) == 0;
}

const char *care_when_words(Arena *arena, const TriggerNote *note) {
  const char *read = *note->behaviour && *note->emotion ? arena_say(arena, "%s or %s", note->behaviour, note->emotion)
                     : *note->behaviour                 ? note->behaviour
                                                        : note->emotion;
  if (!*read) return arena_say(arena, "Shown at: %s", text_one_line(arena, note->words));
  if (text_is_blank(note->words)) return arena_say(arena, "Shown at what reads as %s", read);
  return arena_say(arena, "Shown at: %s; and at what reads as %s", text_one_line(arena, note->words), read);
}

const char *care_exposure_words(Arena *arena, const Exposure *exposure) {
  if (exposure->fortnight == 0) return "None in the last 14 days.";
  return arena_say(arena, "%jd in the last 7 days, %jd in the last 14.", exposure->week, exposure->fortnight);
}

const WebRoute care_routes[] = {
  {WEB_GET, "/care", PERMISSION_OWN, care_page, 0},
  {WEB_POST, "/care/shield", PERMISSION_OWN, care_post_shield, 0},
  {WEB_POST, "/care/offer", PERMISSION_OWN, care_post_offer, 0},
  {WEB_POST, "/care/notes", PERMISSION_OWN, care_post_note, 0},
  {WEB_POST, "/care/notes/:id/forget", PERMISSION_OWN, care_post_forget, 0},
  {WEB_POST, "/care/recover", PERMISSION_OWN, care_post_recover, 0},
  {WEB_POST, "/care/anew", PERMISSION_OWN, care_post_anew, 0},
  {WEB_POST, "/break", PERMISSION_OWN, care_post_break, 0},
  {WEB_POST, "/break/end", PERMISSION_OWN, care_post_back, 0},
  {WEB_POST, "/conversations/:number/hand-on", PERMISSION_ANSWER, care_post_hand_on, 0},
  {0},
};
