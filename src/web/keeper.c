// The keeper: one thread that sleeps until a moment comes or a socket speaks, and never looks in between. It
//   - ends connections past their deadline: those that trickle a request in, take an answer too slowly, or only wait;
//   - sends the comments that keep streams open (stream.c says when);
//   - notices when the reader of a suspended stream hangs up, which libmicrohttpd cannot see;
//   - lets connections linger that were answered while they still sent: it reads what comes, for a while and up to a bound,
//     because closing a socket with unread bytes makes the other side lose the answer.
#include "web/exchange.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINGER_MOST 64
#define LINGER_TIME (5 * CLOCK_SECOND)
#define LINGER_BYTES (INT64_C(16) * 1024 * 1024)
#define GRACE_TIME CLOCK_SECOND // between asking a late connection to stop and cutting it

// What an event of epoll is about: the kind in the upper bits, a stream's number or the index of a lingering socket below.
#define KIND_SHIFT 62
enum { KIND_WAKE, KIND_STREAM, KIND_LINGER };

typedef struct Linger {
  int socket; // 0: free
  int64_t deadline, left;
} Linger;

struct Keeper {
  WebServer *server;
  int poll, alarm;
  pthread_t thread;
  _Atomic int64_t due; // when it will wake by itself
  atomic_bool is_ending;
  pthread_mutex_t lock; // of `lingering`
  Linger lingering[LINGER_MOST];
};

int64_t keeper_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return now.tv_sec * CLOCK_SECOND + now.tv_nsec / 1000;
}

static bool lower(_Atomic int64_t *value, int64_t limit) {
  int64_t old = atomic_load(value);
  while (limit < old)
    if (atomic_compare_exchange_weak(value, &old, limit)) return true;
  return false;
}

static void ring(Keeper *keeper) {
  uint64_t one = 1;
  ssize_t written = write(keeper->alarm, &one, sizeof one);
  (void)written; // full means that it rings already
}

void keeper_expect(Keeper *keeper, int64_t moment) {
  if (lower(&keeper->due, moment)) ring(keeper);
}

// Both return the earliest deadline that is left, INT64_MAX for none.
static int64_t end_late_peers(WebServer *server, int64_t now) {
  int64_t next = INT64_MAX;
  pthread_mutex_lock(&server->lock);
  for (Peer *peer = server->peers; peer; peer = peer->next) {
    int64_t deadline = atomic_load(&peer->deadline);
    if (deadline && deadline <= now) {
      bool is_first = !atomic_load(&peer->is_late);
      int64_t then = is_first ? now + GRACE_TIME : 0;
      if (!atomic_compare_exchange_strong(&peer->deadline, &deadline, then)) continue; // it moved on in this moment
      atomic_store(&peer->is_late, true);
      shutdown(peer->socket, is_first ? SHUT_RD : SHUT_RDWR);
      deadline = then;
    }
    if (deadline && deadline < next) next = deadline;
  }
  pthread_mutex_unlock(&server->lock);
  return next;
}

static void linger_end(Linger *linger) {
  close(linger->socket); // leaves epoll by itself
  linger->socket = 0;
}

static int64_t end_late_lingering(Keeper *keeper, int64_t now) {
  int64_t next = INT64_MAX;
  pthread_mutex_lock(&keeper->lock);
  for (int i = 0; i < LINGER_MOST; i++) {
    Linger *linger = &keeper->lingering[i];
    if (linger->socket && linger->deadline <= now)
      linger_end(linger);
    else if (linger->socket && linger->deadline < next)
      next = linger->deadline;
  }
  pthread_mutex_unlock(&keeper->lock);
  return next;
}

static void linger_read(Keeper *keeper, Linger *linger) {
  char nowhere[16 * 1024];
  pthread_mutex_lock(&keeper->lock);
  for (int turn = 0; turn < 16 && linger->socket; turn++) {
    ssize_t count = recv(linger->socket, nowhere, sizeof nowhere, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) break;
    linger->left -= count;
    if (count <= 0 || linger->left <= 0) linger_end(linger);
  }
  pthread_mutex_unlock(&keeper->lock);
}

static void handle(Keeper *keeper, uint64_t what) {
  uint64_t number = what & ((UINT64_C(1) << KIND_SHIFT) - 1), rings;
  switch (what >> KIND_SHIFT) {
  case KIND_STREAM: stream_hub_hang_up(keeper->server->streams, number); return;
  case KIND_LINGER: linger_read(keeper, &keeper->lingering[number]); return;
  default: {
    ssize_t count = read(keeper->alarm, &rings, sizeof rings);
    (void)count;
  }
  }
}

static void *keep(void *data) {
  Keeper *keeper = data;
  while (!atomic_load(&keeper->is_ending)) {
    atomic_store(&keeper->due, INT64_MAX); // what is expected from here on rings
    int64_t now = keeper_now();
    int64_t beat = stream_hub_beat(keeper->server->streams, now);
    lower(&keeper->due, end_late_peers(keeper->server, now));
    lower(&keeper->due, end_late_lingering(keeper, now));
    if (beat) lower(&keeper->due, beat);
    int64_t due = atomic_load(&keeper->due);
    int64_t wait = (due - now) / CLOCK_MILLISECOND + 1;
    struct epoll_event events[64];
    int count = epoll_wait(keeper->poll, events, G_N_ELEMENTS(events), due == INT64_MAX ? -1 : (int)CLAMP(wait, 1, 600000));
    for (int i = 0; i < count; i++) handle(keeper, events[i].data.u64);
  }
  return NULL;
}

static bool add(Keeper *keeper, int socket, uint32_t events, uint64_t what) {
  struct epoll_event event = {.events = events, .data.u64 = what};
  return epoll_ctl(keeper->poll, EPOLL_CTL_ADD, socket, &event) == 0;
}

void keeper_watch(Keeper *keeper, int socket, uint64_t stream) {
  add(keeper, socket, EPOLLRDHUP | EPOLLONESHOT, (uint64_t)KIND_STREAM << KIND_SHIFT | stream);
}

void keeper_forget(Keeper *keeper, int socket) { epoll_ctl(keeper->poll, EPOLL_CTL_DEL, socket, NULL); }

void keeper_linger(Keeper *keeper, int socket) {
  pthread_mutex_lock(&keeper->lock);
  for (uint64_t i = 0; i < LINGER_MOST; i++) {
    Linger *linger = &keeper->lingering[i];
    if (linger->socket) continue;
    int copy = dup(socket);
    if (copy < 0) break;
    *linger = (Linger){.socket = copy, .deadline = keeper_now() + LINGER_TIME, .left = LINGER_BYTES};
    shutdown(copy, SHUT_WR);
    if (!add(keeper, copy, EPOLLIN | EPOLLRDHUP, (uint64_t)KIND_LINGER << KIND_SHIFT | i))
      linger_end(linger);
    else
      keeper_expect(keeper, linger->deadline);
    break;
  }
  pthread_mutex_unlock(&keeper->lock);
}

Keeper *keeper_new(WebServer *server, GError **error) {
  Keeper *keeper = g_new0(Keeper, 1);
  keeper->server = server;
  pthread_mutex_init(&keeper->lock, NULL);
  keeper->poll = epoll_create1(EPOLL_CLOEXEC);
  keeper->alarm = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (keeper->poll >= 0 && keeper->alarm >= 0 && add(keeper, keeper->alarm, EPOLLIN, KIND_WAKE) &&
      pthread_create(&keeper->thread, NULL, keep, keeper) == 0)
    return keeper;
  error_set(error, ERROR_UNAVAILABLE, "The web server cannot start its clock: %s.", g_strerror(errno));
  if (keeper->poll >= 0) close(keeper->poll);
  if (keeper->alarm >= 0) close(keeper->alarm);
  pthread_mutex_destroy(&keeper->lock);
  g_free(keeper);
  return NULL;
}

void keeper_free(Keeper *keeper) {
  if (!keeper) return;
  atomic_store(&keeper->is_ending, true);
  ring(keeper);
  pthread_join(keeper->thread, NULL);
  for (int i = 0; i < LINGER_MOST; i++)
    if (keeper->lingering[i].socket) linger_end(&keeper->lingering[i]);
  close(keeper->poll);
  close(keeper->alarm);
  pthread_mutex_destroy(&keeper->lock);
  g_free(keeper);
}
