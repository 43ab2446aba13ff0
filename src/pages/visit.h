// Visit: one request of one person. Made by the admission of every request, so that a handler knows who asks, what time it is,
// and has a desk to ask. Lives in the request's arena; the desk belongs to the thread.
#pragma once

#include "desk/shield/shield.h"
#include "desk/staff/staff.h"
#include "desk/vault/vault.h"
#include "pages/pages.h"
#include "web/web.h"

typedef struct Visit {
  WebRequest *request;
  Arena *arena; // the request's
  Pages *pages;
  Desk *desk;       // of this thread
  Staff *staff;     // NULL: not signed in
  int64_t session;  // 0: not signed in
  const char *csrf; // for the forms of this visit; NULL: not signed in, see web_csrf
  int64_t now;
  GTimeZone *zone;      // in which this person's times are shown
  bool shows_readings;  // the desk reads messages; else nothing of readings is shown
  struct VisitOwn *own; // what is only looked up when it is asked for
} Visit;

// The session's token, as the browser's cookie has it; NULL: none. Reached over https the cookie is called "__Host-rapport_session", which
// browsers take from this host alone and over https alone; one of the plain name, from before, counts until its session ends.
const char *visit_session_token(const Visit *visit);
void visit_keep_session(const Visit *visit, WebResponse *response, const char *token); // "": signed out

// Where a person sits, for limits and for the list of their sessions: the peer, or, when the desk stands behind a proxy on this machine
// (it has an address of its own), the last address of X-Forwarded-For, which is the one that the proxy itself wrote.
const char *visit_client_address(const Visit *visit);

// How much is folded for whoever asks (SHIELD_HOSTILITY when it cannot be found out), and what they keep for themselves (NULL: it cannot be
// opened in this session). Looked up once.
ShieldSetting visit_shield(const Visit *visit);
const Vault *visit_vault(const Visit *visit);

// What visit_admit made; never NULL in a handler.
Visit *visit_of(const WebRequest *request);
// The number that a field of the form holds, 0 when it is absent or no number.
int64_t visit_form_int(const Visit *visit, const char *name);
// A path of ours to go to after a form: what `text` says when it stays on this server, else "/".
const char *visit_path(const char *text);

// A form is answered by the page on which it stands because it could not be done.
bool visit_is_refused(const Visit *visit);

// WebConfig.admit: finds the session, checks the route's permission, and sends who is not signed in to the sign-in page,
// which leads back to where they were: to the page they asked for, or on which the form stood that they sent.
bool visit_admit(WebRequest *request, WebResponse *response, const char **out_csrf_secret, GError **error);
// For the error page, which is also made for requests that no route answers and that were never admitted: who asks, as far as it
// can be found out. NULL when the database cannot be asked.
const Visit *visit_recover(WebRequest *request);
