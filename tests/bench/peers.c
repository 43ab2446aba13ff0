// The processes that are measured, and the client that asks them. Servers listen on loopback at a port the system chooses and end with
// the bench.
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct Client {
  int socket;
  const char *cookie;
  GByteArray *answer;
};

Client *client_open(int port, const char *cookie) {
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  Client *client = g_new0(Client, 1);
  client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  client->cookie = cookie;
  client->answer = g_byte_array_new();
  int yes = 1;
  setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(client->socket, (struct sockaddr *)&address, sizeof address) != 0) g_error("connect: %s", g_strerror(errno));
  return client;
}

void client_close(Client *client) {
  close(client->socket);
  g_byte_array_free(client->answer, TRUE);
  g_free(client);
}

static bool receive_more(Client *client) {
  char chunk[65536];
  ssize_t count = recv(client->socket, chunk, sizeof chunk, 0);
  if (count <= 0) return false;
  g_byte_array_append(client->answer, (const guint8 *)chunk, (guint)count);
  return true;
}

int64_t client_get(Client *client, const char *path) {
  g_autofree char *request = g_strdup_printf("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s\r\n\r\n", path,
                                             client->cookie ? "Cookie: " : "X-None: ", client->cookie ? client->cookie : "1");
  if (send(client->socket, request, strlen(request), MSG_NOSIGNAL) < 0) g_error("send: %s", g_strerror(errno));
  g_byte_array_set_size(client->answer, 0);
  const char *end = NULL;
  while (!end) {
    if (!receive_more(client)) return -1;
    end = memmem(client->answer->data, client->answer->len, "\r\n\r\n", 4);
  }
  const char *head = (const char *)client->answer->data;
  size_t head_size = (size_t)(end - head) + 4;
  g_autofree char *lines = g_ascii_strdown(head, (gssize)head_size);
  const char *length = strstr(lines, "content-length:");
  bool is_fine = g_str_has_prefix(lines, "http/1.1 200");
  if (!length) return -1;
  size_t size = (size_t)g_ascii_strtoull(length + 15, NULL, 10);
  while (client->answer->len < head_size + size)
    if (!receive_more(client)) return -1;
  return is_fine ? (int64_t)size : -1;
}

static int64_t now(void) { return g_get_monotonic_time(); }

Child child_serve(const char *program, const char *data) {
  int out[2];
  g_assert(pipe(out) == 0);
  int64_t began = now();
  Child child = {.pid = fork()};
  if (child.pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out[1], STDOUT_FILENO);
    close(out[0]);
    execl(program, program, "serve", "--data", data, "--listen", "127.0.0.1:0", (char *)NULL);
    _exit(127);
  }
  close(out[1]);
  FILE *lines = fdopen(out[0], "r");
  char line[200];
  if (!fgets(line, sizeof line, lines)) g_error("%s serve did not start", program);
  child.first_line_after = now() - began;
  child.port = (int)g_ascii_strtoll(strrchr(line, ':') + 1, NULL, 10);
  return child; // the pipe stays open as long as the bench does
}

static enum MHD_Result answer(void *body, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state) {
  if (!*state) { // the first call, when only the headers are there; an answer now would close the connection
    *state = body;
    return MHD_YES;
  }
  return MHD_queue_response(connection, 200, body);
}

static void serve_static(int64_t body_size, int report) {
  g_autofree char *body = g_malloc((gsize)body_size);
  memset(body, 'x', (size_t)body_size);
  struct MHD_Response *response = MHD_create_response_from_buffer((size_t)body_size, body, MHD_RESPMEM_PERSISTENT);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, response,
                                               MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_POOL_SIZE, 4u, MHD_OPTION_END);
  if (!daemon) _exit(1);
  int port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  if (write(report, &port, sizeof port) != sizeof port) _exit(1);
  pause();
  _exit(0);
}

Child child_static(int64_t body_size) {
  int out[2];
  g_assert(pipe(out) == 0);
  Child child = {.pid = fork()};
  if (child.pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(out[0]);
    serve_static(body_size, out[1]);
  }
  close(out[1]);
  if (read(out[0], &child.port, sizeof child.port) != sizeof child.port) g_error("the static server did not start");
  close(out[0]);
  return child;
}

int64_t child_cpu(const Child *child) {
  clockid_t id;
  struct timespec used;
  g_assert(clock_getcpuclockid(child->pid, &id) == 0 && clock_gettime(id, &used) == 0);
  return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

// User and system time of the children that a process has waited for, nanoseconds: fields 16 and 17 of its stat, in ticks.
static int64_t waited_for(pid_t pid) {
  g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid), *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL)) return 0;
  g_auto(GStrv) fields = g_strsplit(strrchr(text, ')') + 2, " ", -1); // from field 3 on
  return (g_ascii_strtoll(fields[13], NULL, 10) + g_ascii_strtoll(fields[14], NULL, 10)) * (1000000000 / sysconf(_SC_CLK_TCK));
}

int64_t child_family_cpu(const Child *child) {
  int64_t all = child_cpu(child) + waited_for(child->pid);
  g_autofree char *tasks = g_strdup_printf("/proc/%d/task", child->pid);
  g_autoptr(GDir) names = g_dir_open(tasks, 0, NULL);
  for (const char *name; names && (name = g_dir_read_name(names));) {
    g_autofree char *path = g_build_filename(tasks, name, "children", NULL), *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) continue;
    g_auto(GStrv) pids = g_strsplit(text, " ", -1);
    for (char **pid = pids; *pid; pid++)
      if (**pid) all += child_cpu(&(Child){.pid = (pid_t)g_ascii_strtoll(*pid, NULL, 10)});
  }
  return all;
}

int64_t child_resident(const Child *child) {
  g_autofree char *path = g_strdup_printf("/proc/%d/status", child->pid), *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL)) return 0;
  const char *line = strstr(text, "VmRSS:");
  return line ? g_ascii_strtoll(line + 6, NULL, 10) * 1024 : 0;
}

void child_end(const Child *child) {
  kill(child->pid, SIGTERM);
  waitpid(child->pid, NULL, 0);
}
