// Web: an HTTP server with routes, forms, cookies, CSRF tokens and live streams. It knows no product words.
//
// A request is read whole (up to its route's limit), matched against the route tables, admitted by the application, checked
// for its CSRF token when it is a form, and handed to its handler on one of the server's threads with an arena of its own.
// A handler fills the response and returns true, or fails with an error, which the application's `fail` turns into a page.
// ERROR_BUSY runs the handler again from the start, three times at most. A handler contains no clean-up.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/list.h"
#include "base/random.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct WebServer WebServer;
typedef struct WebExchange WebExchange; // the server's own side of a request
typedef struct WebRequest WebRequest;
typedef struct WebResponse WebResponse;

typedef bool WebHandler(WebRequest *request, WebResponse *response, GError **error);

typedef enum WebMethod { WEB_GET, WEB_POST } WebMethod; // GET answers HEAD too

#define WEB_UPLOAD INT64_C(-1)
typedef struct WebRoute {
  WebMethod method;
  const char *pattern; // "/conversations/:number/reply": a name after ":" matches one path segment
  int permission;      // the application's meaning; required, and 0 is refused at start: a route without one does not run
  WebHandler *handler;
  int64_t body_limit; // bytes of a POST body; 0: 64 KiB; WEB_UPLOAD: what the server's limits say of uploads
} WebRoute;
LIST_DEFINE(WebRoute)

typedef struct WebField { // of a form: a text (value), or an uploaded file (bytes) when file_name is not NULL
  const char *name, *value;
  const char *file_name, *file_type;
  Bytes bytes;
} WebField;
LIST_DEFINE(WebField)

struct WebRequest {
  Arena *arena;
  WebMethod method;
  const char *path;      // decoded, begins with "/", valid UTF-8
  const WebRoute *route; // NULL when none matched
  const char *refused;   // why no handler is asked: a text of the program, to say in the reader's language; or NULL
  const char *address;   // the peer, "127.0.0.1"; for rate limits
  int64_t now;
  void *application;     // WebConfig.application
  void *visit;           // set by WebConfig.admit for its handlers: who this is
  WebExchange *exchange; // the server's
};

const char *web_path_text(const WebRequest *request, const char *name); // ":name", decoded; never NULL for a name in the pattern
// ERROR_NOT_FOUND when it is no number.
bool web_path_int(const WebRequest *request, const char *name, int64_t *out, GError **error);
const char *web_query(const WebRequest *request, const char *name);  // NULL when absent
const char *web_query_text(const WebRequest *request);               // all of it, as it came; "" when there is none
const char *web_header(const WebRequest *request, const char *name); // NULL when absent
const char *web_cookie(const WebRequest *request, const char *name); // NULL when absent
const char *web_form(const WebRequest *request, const char *name);   // text field of a POST; NULL when absent
const WebFieldList *web_form_fields(const WebRequest *request);      // all of them, files too, in order
// Path and query as they were asked for, not decoded.
const char *web_target(const WebRequest *request);
// The same of the page that this request came from, when it is one of this server's that GET answers; NULL otherwise.
const char *web_came_from(const WebRequest *request);
Bytes web_body(const WebRequest *request); // the body of a POST as it came, for what is not a form
// All texts above are valid UTF-8 with "\n" line ends. A file input in which nothing was chosen gives no field.

struct WebResponse {
  int status;            // 200 unless set
  GString *body;         // what templates write to; owned by the server
  const char *type;      // "text/html; charset=utf-8" unless set
  Bytes bytes;           // sent instead of `body` when data is set (attachments); in the request's arena
  WebExchange *exchange; // the server's
};

// Replaces a header of the same name, the server's own ones below included. One with a control character is a bug: logged, not sent.
void web_add_header(WebResponse *response, const char *name, const char *value);
typedef struct WebCookie {
  const char *name, *value; // value "" deletes it; "__Host-…" where the server is reached over https
  int64_t lifetime;         // microseconds; 0: until the browser closes
} WebCookie;
// HttpOnly, SameSite=Lax, Path=/, and Secure when the server is reached over https.
void web_set_cookie(WebResponse *response, const WebCookie *cookie);
void web_redirect(WebResponse *response, const char *path); // 303; a `path` that leaves this server leads to "/" instead
// For a page in a frame that holds markup of strangers: nothing runs in it and it has no origin; links open new windows.
void web_sandbox(WebResponse *response, bool allow_remote_images);
// Content-Disposition with a safe name, nosniff, and a policy under which nothing in it can run. Shown inline only when asked for
// and an image or plain text.
void web_download(WebResponse *response, const char *file_name, const char *type, Bytes bytes, bool show_inline);

// CSRF: a token is bound to the session's secret and good as long as that; forms carry it in the field "csrf", scripts in
// the header X-CSRF-Token. Checked in constant time for every POST before the handler runs.
const char *web_csrf_token(Arena *arena, const char *secret);
// The token for any form of the page that answers `request`. Without a session the secret is a cookie that this call sets.
const char *web_csrf(WebRequest *request);

typedef struct WebLimits { // 0 in any of them: the default
  int64_t header_time;     // microseconds for a request line and its headers; 30 s
  int64_t idle_time;       // that a connection may wait for its next request; 75 s
  int64_t transfer_time;   // for a body or an answer, and 1 s more for each 8 KiB; 30 s
  int64_t stop_time;       // for what is running when the server stops; 5 s
  int64_t beat_time;       // between the comments that keep streams open; 25 s
  int64_t upload_memory;   // bytes of all bodies that are being received at once; 256 MiB
  int64_t upload;          // bytes of one body on a route with WEB_UPLOAD; 40 MB
  int connections;         // in all; 4,000 or what the open-file limit allows
  int connections_of_one;  // from one address; 1,000
} WebLimits;

typedef struct WebConfig {
  const char *listen;            // "127.0.0.1:8700", "[::1]:0"; port 0 takes a free one
  bool is_https;                 // the desk is reached over https (a proxy in front): cookies are Secure, HSTS is sent
  int threads;                   // at least 4
  const WebRoute *const *tables; // NULL-terminated; each table ends with an empty row
  void *application;
  const Clock *clock; // NULL: the system's
  const char *origin; // "https://desk.example.org", what forms must come from; NULL: compared with the request's Host
  WebLimits limits;
  // Says who is asking and whether they may: sets request->visit, or fills the response (sign-in page) and returns false without
  // error, or fails. `out_csrf_secret` is what the tokens of this session are bound to; NULL when there is no session.
  bool (*admit)(WebRequest *request, WebResponse *response, const char **out_csrf_secret, GError **error);
  // Makes the page for an error; the status is set. NULL, or a page left empty: the server's plain one.
  void (*fail)(WebRequest *request, WebResponse *response, const GError *error);
} WebConfig;

WebServer *web_server_start(const WebConfig *config, GError **error); // ERROR_UNAVAILABLE when the port is taken
int web_server_port(const WebServer *server);
void web_server_stop(WebServer *server); // finishes what is running, ends streams; NULL is fine
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WebServer, web_server_stop)

// Live streams (server-sent events). A handler turns its response into a stream on a topic; whoever publishes on that topic,
// on any thread, wakes all its streams. Slow readers lose events rather than hold memory: after 64 KiB waiting they get one
// "resync" event. A comment line every 25 s keeps connections open.
void web_stream(WebResponse *response, const char *topic);
void web_stream_resync(WebResponse *response); // this stream begins with "resync": its page has missed something already
// Whoever watches over a stream hears of its beginning and end. `opened` runs when the stream has joined its topic, so that nothing
// that is published from then on passes it by; it must not publish itself. It gives what `closed` is called with, on another thread
// perhaps, and the text (g_free) that the stream is sent first as `event`; NULL: nothing.
typedef struct WebStreamWatch {
  void *about; // in the request's arena
  const char *event;
  char *(*opened)(void *about, void **out_guest);
  void (*closed)(void *guest);
} WebStreamWatch;
void web_stream_watch(WebResponse *response, const WebStreamWatch *watch);
void web_publish(WebServer *server, const char *topic, const char *event, const char *data); // data: any text, lines are framed
int64_t web_stream_count(const WebServer *server);

// Assets: embedded by tools/embed, precompressed, served under /assets/<name>-<hash>.<ending> for a year.
typedef struct WebAsset {
  const char *name;          // "desk.css"
  const char *path;          // "/assets/desk-1a2b3c4d5e6f.css"
  const char *type;          // "text/css; charset=utf-8"
  Bytes plain, gzip, brotli; // gzip, brotli {NULL, 0} when not smaller
} WebAsset;
void web_serve_assets(const WebAsset *assets, size_t count); // before web_server_start; needs no session
const char *web_asset_path(const char *name);                // the hashed path; aborts for an unknown name

// The headers on every response: Content-Security-Policy default-src 'self' with frame-ancestors, form-action and base-uri, nosniff,
// Referrer-Policy same-origin, Permissions-Policy, Cross-Origin-Opener-Policy, Cache-Control no-store for pages.
