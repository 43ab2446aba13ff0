// Exchange: one request and its answer, from the request line to the last byte sent, and the server it runs in. Private to web/.
//
// An exchange belongs to the one server thread that serves its connection. It is held twice, by the request and by the answer
// that is being sent out of its memory, and goes back to the server's store when both have let go.
#pragma once

#include "web/route.h"
#include "web/web.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct AssetShelf AssetShelf;
typedef struct StreamHub StreamHub;
typedef struct Keeper Keeper;

typedef struct Peer { // one connection
  struct Peer *next, *previous;
  WebServer *server;
  int socket;
  _Atomic int64_t deadline; // on the monotonic clock, when the keeper ends what it waits for; 0: never
  atomic_bool is_late;      // the keeper has ended it
  bool should_linger;       // closed while the other side still sends: let it read the answer first
  char address[48];
} Peer;

typedef struct Facts { // what the server itself reads in the headers; NULL: absent
  const char *host, *cookie, *content_type, *csrf_token, *origin, *fetch_site, *accept_encoding, *if_none_match;
  int64_t content_length; // -1: not said
  bool is_chunked, expects_continue;
  const char *problem; // why the headers are refused, a sentence
} Facts;

typedef struct Header {
  const char *name, *value;
} Header;
LIST_DEFINE(Header)

typedef struct Refusal { // an answer that is certain before the handler runs
  int status;            // 0: none
  RapportError code;
  const char *message;
} Refusal;

struct WebExchange {
  WebRequest request;
  WebResponse response;
  WebServer *server;
  Peer *peer;
  struct MHD_Connection *connection;
  WebExchange *next; // in the server's store
  int holders;
  bool has_begun, is_answering, is_head, is_other_method, has_hung_up;
  GString *target;        // path and query as they came
  size_t path_length;     // of the path in it
  const char *target_end; // where the target ended in the buffer of libmicrohttpd
  Facts facts;
  RouteMatch match;
  Refusal refusal;
  int64_t received;   // bytes of the body
  bool keeps_nothing; // of a large body, because whoever sends it is not admitted
  GString *upload;    // the body, as far as it is kept
  WebFieldList query, form;
  bool has_query; // `query` is filled
  HeaderList headers;
  unsigned replaced;        // bits of the server's own headers that the handler has replaced
  const char *form_secret;  // of the session, NULL when there is none
  const char *fresh_secret; // made for this visitor without a session, as a cookie
  const char *stream_topic; // the answer is a stream
  bool stream_resyncs;      // and begins with "resync"
  WebStreamWatch stream_watch;
};

struct WebServer {
  WebConfig config;
  Arena *arena;
  RouteTree *routes;
  AssetShelf *assets;
  StreamHub *streams;
  Keeper *keeper;
  struct MHD_Daemon *daemon;
  int port;
  pthread_mutex_t lock; // of the store and the peers
  pthread_cond_t quiet; // signalled under `lock` when the last answer is out during a stop
  WebExchange *store;
  int stored;
  Peer *peers;
  atomic_int answering;      // answers and streams that are not out yet
  _Atomic int64_t uploading; // bytes of bodies in memory
  atomic_bool is_stopping;
};

// exchange.c: what libmicrohttpd calls
void *exchange_open(void *server, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_continue(void *server, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **context);
void exchange_completed(void *server, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why);
void exchange_release(void *exchange);     // by one of its holders
void exchange_answered(WebServer *server); // one of `answering` is out
void exchange_empty_store(WebServer *server);
const char *exchange_path(Arena *arena, RouteSlice raw); // decoded; NULL when it cannot be

// answer.c
void answer_make(WebExchange *exchange); // fills the response, whatever happens
bool answer_may(WebExchange *exchange);  // asks the application whether this request may be made at all, before its body is kept

// response.c
void response_reset(WebExchange *exchange);
enum MHD_Result response_send(WebExchange *exchange);
// The headers of every answer but a stream's own type; `replaced` as in WebExchange.
void response_put_standard(struct MHD_Response *response, const WebServer *server, unsigned replaced);
#define RESPONSE_CACHE_CONTROL 1u // its bit in `replaced`

// cookie.c, csrf.c, origin.c
const char *cookie_find(Arena *arena, const char *header, const char *name);
bool csrf_check(WebExchange *exchange, GError **error);
bool origin_is_ours(const WebExchange *exchange, const char *origin); // "https://desk.example.org"

// asset.c
AssetShelf *asset_shelf_new(const WebServer *server);
void asset_shelf_free(AssetShelf *shelf);
// The answer for this path, to be queued with `*out_status`; NULL when there is no such asset. Belongs to the shelf.
struct MHD_Response *asset_answer(const AssetShelf *shelf, RouteSlice path, const Facts *facts, unsigned *out_status);

// stream.c
StreamHub *stream_hub_new(WebServer *server);
void stream_hub_free(StreamHub *hub);
void stream_hub_end(StreamHub *hub); // ends all streams, and those to come
enum MHD_Result stream_start(WebExchange *exchange);
int64_t stream_hub_beat(StreamHub *hub, int64_t now); // sends the comments that are due; when the next ones are, 0 for never
void stream_hub_hang_up(StreamHub *hub, uint64_t number);

// keeper.c: the one thread that watches the clock and the silent sockets
Keeper *keeper_new(WebServer *server, GError **error);
void keeper_free(Keeper *keeper);                   // ends the thread
int64_t keeper_now(void);                           // the monotonic clock, microseconds
void keeper_expect(Keeper *keeper, int64_t moment); // wakes it at `moment` at the latest
void keeper_watch(Keeper *keeper, int socket, uint64_t stream);
void keeper_forget(Keeper *keeper, int socket);
void keeper_linger(Keeper *keeper, int socket); // reads what still comes, on a duplicate, then closes that

// listen.c
// A listening socket for "host:port"; ERROR_UNAVAILABLE names what is wrong. -1 on failure.
int listen_open(const char *address, int *out_port, GError **error);
void listen_peer_name(const struct sockaddr *address, char *out, size_t size);
