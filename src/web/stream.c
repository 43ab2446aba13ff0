// Live streams. A stream is a connection whose answer never ends; while it has nothing to say it is suspended and costs no thread.
// Publishing makes one frame, hangs it into the queue of every stream of the topic and wakes those that sleep; the server thread
// of the connection then sends what is queued. One lock guards it all: whoever holds it may suspend or resume a connection, and
// a stream leaves the tables before its connection is freed, so nobody wakes what is gone.
//
// A queue over WAITING_MOST is thrown away but for a frame that is partly sent, and "resync" takes its place: the page then
// loads itself anew instead of following.
#include "web/exchange.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define WAITING_MOST ((size_t)64 * 1024)
#define AGE_MOST                                                                                                                 \
  (5 * CLOCK_MINUTE)          // then the browser asks again, and is admitted again: who has signed out hears nothing any more
#define SILENT_PEER_MS 60000u // unanswered bytes for longer: the other side is gone
#define FALLBACK_BLOCK 1024   // buffer for HTTP/1.0, which has no chunks

typedef struct Stream {
  StreamHub *hub;
  struct MHD_Connection *connection;
  uint64_t number;
  int socket;
  char *topic;
  struct Stream *next, *previous; // of the topic
  GQueue frames;                  // GBytes
  size_t waiting, sent;           // bytes in the queue; of those, what of the first frame is sent
  bool is_suspended, is_gone, has_overflowed, begins_anew, is_old;
  int64_t ends_at;
  WebStreamWatch watch;
  void *guest; // of the watch
} Stream;

struct StreamHub {
  WebServer *server;
  pthread_mutex_t lock;
  GHashTable *topics;  // text to the first stream of it
  GHashTable *numbers; // number to stream
  uint64_t last_number;
  int64_t next_beat; // 0: no streams
  bool has_ended;
  GBytes *hello, *beat, *resync;
};

static GBytes *frame_of(const char *text) { return g_bytes_new_static(text, strlen(text)); }

StreamHub *stream_hub_new(WebServer *server) {
  StreamHub *hub = g_new0(StreamHub, 1);
  hub->server = server;
  pthread_mutex_init(&hub->lock, NULL);
  hub->topics = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  hub->numbers = g_hash_table_new(g_int64_hash, g_int64_equal);
  hub->hello = frame_of("retry: 2000\n\n");
  hub->beat = frame_of(":\n\n");
  hub->resync = frame_of("event: resync\ndata: resync\n\n");
  return hub;
}

void stream_hub_free(StreamHub *hub) {
  if (!hub) return;
  g_assert(g_hash_table_size(hub->numbers) == 0);
  g_hash_table_destroy(hub->topics);
  g_hash_table_destroy(hub->numbers);
  g_bytes_unref(hub->hello);
  g_bytes_unref(hub->beat);
  g_bytes_unref(hub->resync);
  pthread_mutex_destroy(&hub->lock);
  g_free(hub);
}

static void wake(Stream *stream) {
  if (!stream->is_suspended) return;
  stream->is_suspended = false;
  MHD_resume_connection(stream->connection);
}

static void push(Stream *stream, GBytes *frame) {
  g_queue_push_tail(&stream->frames, g_bytes_ref(frame));
  stream->waiting += g_bytes_get_size(frame);
  wake(stream);
}

static void drop_first(Stream *stream) {
  GBytes *frame = g_queue_pop_head(&stream->frames);
  stream->waiting -= g_bytes_get_size(frame);
  stream->sent = 0;
  g_bytes_unref(frame);
}

static void drop_last(Stream *stream) {
  GBytes *frame = g_queue_pop_tail(&stream->frames);
  stream->waiting -= g_bytes_get_size(frame);
  g_bytes_unref(frame);
}

static void offer(Stream *stream, GBytes *frame) {
  if (stream->has_overflowed) return; // "resync" is on its way and covers this one too
  if (stream->waiting + g_bytes_get_size(frame) <= WAITING_MOST) {
    push(stream, frame);
    return;
  }
  stream->has_overflowed = true;
  while (g_queue_get_length(&stream->frames) > (stream->sent > 0)) drop_last(stream);
  push(stream, stream->hub->resync);
}

// Called by the connection's own thread when it could send.
static ssize_t read_frames(void *data, uint64_t position, char *out, size_t room) {
  Stream *stream = data;
  StreamHub *hub = stream->hub;
  size_t filled = 0;
  ssize_t result;
  pthread_mutex_lock(&hub->lock);
  while (filled < room && stream->frames.length) {
    size_t size;
    const char *bytes = g_bytes_get_data(stream->frames.head->data, &size);
    size_t part = MIN(size - stream->sent, room - filled);
    memcpy(out + filled, bytes + stream->sent, part);
    filled += part;
    stream->sent += part;
    if (stream->sent == size) drop_first(stream);
  }
  if (!stream->frames.length) stream->has_overflowed = false;
  if (stream->is_gone) {
    result = MHD_CONTENT_READER_END_WITH_ERROR;
  } else if (filled) {
    result = (ssize_t)filled;
  } else if (hub->has_ended || stream->is_old) {
    result = MHD_CONTENT_READER_END_OF_STREAM;
  } else {
    MHD_suspend_connection(stream->connection);
    stream->is_suspended = true;
    result = 0;
  }
  pthread_mutex_unlock(&hub->lock);
  return result;
}

static GBytes *frame_new(const char *event, const char *data);

static void greet(Stream *stream) {
  if (!stream->watch.opened) return;
  g_autofree char *first = stream->watch.opened(stream->watch.about, &stream->guest);
  if (!first) return;
  GBytes *frame = frame_new(stream->watch.event, first);
  push(stream, frame);
  g_bytes_unref(frame);
}

static void enter(StreamHub *hub, Stream *stream) {
  pthread_mutex_lock(&hub->lock);
  stream->number = ++hub->last_number;
  stream->ends_at = keeper_now() + AGE_MOST;
  stream->next = g_hash_table_lookup(hub->topics, stream->topic);
  if (stream->next) stream->next->previous = stream;
  g_hash_table_replace(hub->topics, g_strdup(stream->topic), stream);
  g_hash_table_insert(hub->numbers, &stream->number, stream);
  push(stream, hub->hello);
  greet(stream);
  if (stream->begins_anew) push(stream, hub->resync);
  int64_t beat = hub->next_beat ? 0 : keeper_now() + hub->server->config.limits.beat_time;
  if (beat) hub->next_beat = beat;
  pthread_mutex_unlock(&hub->lock);
  if (beat) keeper_expect(hub->server->keeper, beat);
}

static void leave(void *data) {
  Stream *stream = data;
  StreamHub *hub = stream->hub;
  WebServer *server = hub->server;
  keeper_forget(server->keeper, stream->socket);
  pthread_mutex_lock(&hub->lock);
  g_hash_table_remove(hub->numbers, &stream->number);
  if (stream->next) stream->next->previous = stream->previous;
  if (stream->previous)
    stream->previous->next = stream->next;
  else if (stream->next)
    g_hash_table_replace(hub->topics, g_strdup(stream->topic), stream->next);
  else
    g_hash_table_remove(hub->topics, stream->topic);
  while (stream->frames.length) drop_first(stream);
  pthread_mutex_unlock(&hub->lock);
  if (stream->watch.opened) stream->watch.closed(stream->guest);
  g_free(stream->topic);
  g_free(stream);
  exchange_answered(server);
}

void web_stream(WebResponse *response, const char *topic) {
  response->exchange->stream_topic = arena_strdup(response->exchange->request.arena, topic);
}

void web_stream_resync(WebResponse *response) { response->exchange->stream_resyncs = true; }

void web_stream_watch(WebResponse *response, const WebStreamWatch *watch) { response->exchange->stream_watch = *watch; }

enum MHD_Result stream_start(WebExchange *exchange) {
  WebServer *server = exchange->server;
  Stream *stream = g_new0(Stream, 1);
  *stream = (Stream){.hub = server->streams,
                     .connection = exchange->connection,
                     .socket = exchange->peer->socket,
                     .begins_anew = exchange->stream_resyncs,
                     .watch = exchange->stream_watch};
  stream->topic = g_strdup(exchange->stream_topic);
  struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, FALLBACK_BLOCK, read_frames, stream, leave);
  if (!response) g_error("out of memory for a stream");
  MHD_add_response_header(response, "Content-Type", "text/event-stream");
  MHD_add_response_header(response, "X-Accel-Buffering", "no"); // a proxy must not collect events
  response_put_standard(response, server, exchange->replaced);
  list_each(Header, header, &exchange->headers) MHD_add_response_header(response, header->name, header->value);
  unsigned limit = SILENT_PEER_MS;
  setsockopt(stream->socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
  atomic_fetch_add(&server->answering, 1);
  enter(server->streams, stream);
  keeper_watch(server->keeper, stream->socket, stream->number);
  enum MHD_Result result = MHD_queue_response(exchange->connection, MHD_HTTP_OK, response);
  MHD_destroy_response(response);
  return result;
}

// One line of the stream, without what would end it.
static void append_line(GString *frame, const char *field, const char *text, size_t length) {
  g_string_append(frame, field);
  for (size_t i = 0; i < length; i++)
    if (text[i] != '\r' && text[i] != '\n') g_string_append_c(frame, text[i]);
  g_string_append_c(frame, '\n');
}

static GBytes *frame_new(const char *event, const char *data) {
  GString *frame = g_string_new(NULL);
  if (event && *event) append_line(frame, "event: ", event, strlen(event));
  for (const char *at = data ? data : "";;) {
    size_t length = strcspn(at, "\r\n");
    append_line(frame, "data: ", at, length);
    at += length;
    if (!*at) break;
    at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
  }
  g_string_append_c(frame, '\n');
  return g_string_free_to_bytes(frame);
}

void web_publish(WebServer *server, const char *topic, const char *event, const char *data) {
  StreamHub *hub = server->streams;
  GBytes *frame = NULL;
  pthread_mutex_lock(&hub->lock);
  for (Stream *stream = g_hash_table_lookup(hub->topics, topic); stream; stream = stream->next) {
    if (!frame) frame = frame_new(event, data);
    offer(stream, frame);
  }
  if (frame) g_bytes_unref(frame);
  pthread_mutex_unlock(&hub->lock);
}

int64_t web_stream_count(const WebServer *server) {
  pthread_mutex_lock(&server->streams->lock);
  int64_t count = g_hash_table_size(server->streams->numbers);
  pthread_mutex_unlock(&server->streams->lock);
  return count;
}

int64_t stream_hub_beat(StreamHub *hub, int64_t now) {
  pthread_mutex_lock(&hub->lock);
  if (hub->next_beat && hub->next_beat <= now) {
    GHashTableIter each;
    void *value;
    g_hash_table_iter_init(&each, hub->numbers);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
      Stream *stream = value;
      stream->is_old = stream->ends_at <= now;
      if (stream->is_old)
        wake(stream);
      else if (!stream->frames.length)
        push(stream, hub->beat);
    }
    hub->next_beat = g_hash_table_size(hub->numbers) ? now + hub->server->config.limits.beat_time : 0;
  }
  int64_t next = hub->next_beat;
  pthread_mutex_unlock(&hub->lock);
  return next;
}

void stream_hub_hang_up(StreamHub *hub, uint64_t number) {
  pthread_mutex_lock(&hub->lock);
  Stream *stream = g_hash_table_lookup(hub->numbers, &number);
  if (stream) {
    stream->is_gone = true;
    wake(stream);
  }
  pthread_mutex_unlock(&hub->lock);
}

void stream_hub_end(StreamHub *hub) {
  pthread_mutex_lock(&hub->lock);
  hub->has_ended = true;
  GHashTableIter each;
  void *stream;
  g_hash_table_iter_init(&each, hub->numbers);
  while (g_hash_table_iter_next(&each, NULL, &stream)) wake(stream);
  pthread_mutex_unlock(&hub->lock);
}
