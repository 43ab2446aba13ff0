// A path is a socket in the file system: one that a dead server left behind is removed, one that answers is not. Anything else is an
// address and a port; without an address it is this machine alone.
#include "mailroom/lmtp_listen.h"

#include "base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 128

static int tell(const char *wanted, int socket, GError **error) {
  error_set(error, ERROR_UNAVAILABLE, "LMTP cannot listen on %s: %s.", wanted, g_strerror(errno));
  if (socket >= 0) close(socket);
  return -1;
}

static bool answers(const struct sockaddr_un *address) {
  int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool does = probe >= 0 && connect(probe, (const struct sockaddr *)address, sizeof *address) == 0;
  if (probe >= 0) close(probe);
  return does;
}

static int listen_on_path(Arena *arena, const char *path, const char **out_place, GError **error) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct stat about;
  if (strlen(path) >= sizeof address.sun_path) {
    error_set(error, ERROR_INVALID, "%s is too long for a socket's path.", path);
    return -1;
  }
  memcpy(address.sun_path, path, strlen(path));
  if (answers(&address)) {
    error_set(error, ERROR_UNAVAILABLE, "Somebody else listens on %s already.", path);
    return -1;
  }
  if (lstat(path, &about) == 0 && S_ISSOCK(about.st_mode)) unlink(path);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || chmod(path, 0666) != 0 ||
      listen(listener, BACKLOG) != 0)
    return tell(path, listener, error);
  *out_place = arena_strdup(arena, path);
  return listener;
}

static const char *place_of(Arena *arena, int listener) {
  struct sockaddr_storage bound;
  socklen_t size = sizeof bound;
  char host[100] = "", port[20] = "";
  if (getsockname(listener, (struct sockaddr *)&bound, &size) != 0 ||
      getnameinfo((struct sockaddr *)&bound, size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "";
  return arena_printf(arena, bound.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

static bool is_this_machine(const struct addrinfo *found) {
  if (found->ai_family == AF_INET)
    return ntohl(((const struct sockaddr_in *)(const void *)found->ai_addr)->sin_addr.s_addr) >> 24 == 127;
  return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)found->ai_addr)->sin6_addr);
}

static int listen_on_port(Arena *arena, const char *wanted, const char **out_place, GError **error) {
  const char *colon = strrchr(wanted, ':'), *port = colon ? colon + 1 : wanted;
  const char *host = colon ? arena_strndup(arena, wanted, (size_t)(colon - wanted)) : "";
  size_t length = strlen(host);
  if (length > 2 && host[0] == '[' && host[length - 1] == ']') host = arena_strndup(arena, host + 1, length - 2);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV}, *found = NULL;
  guint64 number = 0; // getaddrinfo takes 99999 for a port too
  if (!g_ascii_string_to_unsigned(port, 10, 0, 65535, &number, NULL) ||
      getaddrinfo(*host ? host : "127.0.0.1", port, &hints, &found) != 0) {
    error_set(error, ERROR_INVALID, "LMTP cannot listen on \"%s\": write a path, or an address and a port as in 127.0.0.1:24.",
              wanted);
    return -1;
  }
  if (!is_this_machine(found)) log_warning("lmtp", "Whoever reaches %s can hand in mail: LMTP knows no passwords.", wanted);
  int listener = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  bool is_bound = listener >= 0 && setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                  bind(listener, found->ai_addr, found->ai_addrlen) == 0 && listen(listener, BACKLOG) == 0;
  freeaddrinfo(found);
  if (!is_bound) return tell(wanted, listener, error);
  *out_place = place_of(arena, listener);
  return listener;
}

int lmtp_listen(Arena *arena, const char *wanted, const char **out_place, GError **error) {
  if (g_str_has_prefix(wanted, "unix:")) wanted += strlen("unix:");
  return strchr(wanted, '/') ? listen_on_path(arena, wanted, out_place, error) : listen_on_port(arena, wanted, out_place, error);
}

void lmtp_unlisten(const char *place) {
  if (strchr(place, '/')) unlink(place);
}
