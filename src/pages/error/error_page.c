// What went wrong, as a page: what happened, what is safe, what to do. The error's own sentence stands in the middle; the words
// around it come from one table by status. Inside the desk's shell when somebody is signed in and the database answers, else alone.
#include "pages/error/error_page.h"

#include "pages/error.html.h"

typedef struct ErrorWords {
  int status;
  const char *title, *safe, *do_now;
} ErrorWords;

static const ErrorWords words[] = {
  {400, "This cannot be read", "Nothing was changed.", "Go back and try it again from the page itself."},
  {403, "This is not open to you", "Nothing was changed. What you wrote in a form is kept in this tab until it is sent.",
   "Go back and load the page again, or ask a colleague who may."},
  {404, "This is not here", "Nothing was changed or lost.", "The address may be mistyped, or what it led to was moved."},
  {405, "This address does not take that", "Nothing was changed.", "Go back and use the page itself."},
  {409, "Somebody was faster", "Nothing was changed by you.", "Go back, load the page again, and look at what it says now."},
  {413, "This is too large", "Nothing was sent. What you wrote is kept in this tab until it is sent.",
   "Go back and attach less, or smaller files."},
  {503, "Not possible right now", "Nothing was lost. What you wrote is kept in this tab until it is sent.",
   "Try it again in a moment."},
  {500, "Something is broken", "What was saved before is safe.",
   "Tell whoever runs this desk; its log says what happened."}, // and all others
};

static const ErrorWords *words_of(int status) {
  const ErrorWords *last = &words[G_N_ELEMENTS(words) - 1];
  for (const ErrorWords *at = words; at < last; at++)
    if (at->status == status) return at;
  return last;
}

// A foreign error's text is for the log, not for people. A refusal was put into words before the reader was known.
static const char *message_of(const WebRequest *request, const GError *error) {
  if (request->refused) return request->refused;
  return error->domain == RAPPORT_ERROR ? arena_strdup(request->arena, error->message) : "The desk could not do this.";
}

void error_page(WebRequest *request, WebResponse *response, const GError *error) {
  const ErrorWords *said = words_of(response->status);
  const ErrorPage page = {said->title, message_of(request, error), said->safe, said->do_now};
  const Visit *visit = visit_recover(request);
  Shell shell;
  g_autoptr(GError) further = NULL;
  if (visit && visit->staff && shell_open(visit, RAIL_NOWHERE, "plain", &shell, &further)) {
    shell.title = page.title;
    render_error_inside(response->body, &shell, &page);
  } else {
    render_error_alone(response->body, &page);
  }
}
