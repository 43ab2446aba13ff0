// Where the server listens: "host:port", "[::1]:8700", ":8700" for every address of the machine. Port 0 takes a free one. What
// goes wrong here is the first thing a new user meets, so the messages name the address and what to do.
#include "web/exchange.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

// "host" and "port" of an address; the host is "" for every address.
static bool split(Arena *arena, const char *address, const char **out_host, const char **out_port) {
  const char *colon = strrchr(address, ':');
  if (!colon || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1) || strlen(colon + 1) > 5) return false;
  if (g_ascii_strtoll(colon + 1, NULL, 10) > 65535) return false;
  const char *host = arena_strndup(arena, address, (size_t)(colon - address));
  size_t length = strlen(host);
  if (*host == '[') {
    if (host[length - 1] != ']') return false;
    host = arena_strndup(arena, host + 1, length - 2);
  } else if (strchr(host, ':')) {
    return false; // an IPv6 address without brackets: where would its port begin?
  }
  *out_host = strcmp(host, "*") == 0 ? "" : host;
  *out_port = colon + 1;
  return true;
}

static int open_one(const struct addrinfo *info) {
  int listener = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return -1;
  int on = 1, off = 0;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (info->ai_family == AF_INET6) setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (bind(listener, info->ai_addr, info->ai_addrlen) == 0 && listen(listener, BACKLOG) == 0) return listener;
  int why = errno;
  close(listener);
  errno = why;
  return -1;
}

static int port_of(int listener) {
  struct sockaddr_storage address = {0};
  socklen_t size = sizeof address;
  getsockname(listener, (struct sockaddr *)&address, &size);
  const void *any = &address;
  return ntohs(address.ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)any)->sin6_port
                                             : ((const struct sockaddr_in *)any)->sin_port);
}

static void explain(const char *address, int why, GError **error) {
  if (why == EADDRINUSE)
    error_set(error, ERROR_UNAVAILABLE, "Somebody listens on %s already. Stop that program, or choose another port.", address);
  else if (why == EACCES)
    error_set(error, ERROR_UNAVAILABLE, "This user may not listen on %s. Choose a port above 1023.", address);
  else if (why == EADDRNOTAVAIL)
    error_set(error, ERROR_UNAVAILABLE, "This machine has no address for %s. Choose 127.0.0.1 or one of its own.", address);
  else
    error_set(error, ERROR_UNAVAILABLE, "Listening on %s is not possible: %s.", address, g_strerror(why));
}

int listen_open(const char *address, int *out_port, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *host, *port;
  if (!address || !split(arena, address, &host, &port)) {
    error_set(error, ERROR_INVALID, "\"%s\" is no address to listen on. Write it as 127.0.0.1:8700 or [::1]:8700.",
              address ? address : "");
    return -1;
  }
  struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM}, *found = NULL;
  int result = getaddrinfo(*host ? host : NULL, port, &hints, &found);
  if (result != 0) {
    error_set(error, ERROR_UNAVAILABLE, "The host of %s is not known here: %s.", address, gai_strerror(result));
    return -1;
  }
  int listener = -1, why = EADDRNOTAVAIL;
  for (const struct addrinfo *info = found; info && listener < 0; info = info->ai_next) {
    listener = open_one(info);
    if (listener < 0) why = errno;
  }
  freeaddrinfo(found);
  if (listener < 0)
    explain(address, why, error);
  else
    *out_port = port_of(listener);
  return listener;
}

void listen_peer_name(const struct sockaddr *address, char *out, size_t size) {
  const void *any = address;
  g_strlcpy(out, "?", size);
  if (!address) return;
  if (address->sa_family == AF_INET) inet_ntop(AF_INET, &((const struct sockaddr_in *)any)->sin_addr, out, (socklen_t)size);
  if (address->sa_family != AF_INET6) return;
  const struct in6_addr *six = &((const struct sockaddr_in6 *)any)->sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(six))
    inet_ntop(AF_INET, six->s6_addr + 12, out, (socklen_t)size);
  else
    inet_ntop(AF_INET6, six, out, (socklen_t)size);
}
