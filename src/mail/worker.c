// The process that parses: it fetches what it needs from files, shuts itself in, says so, and then for each mail reads a length and
// the bytes from descriptor 0 and writes a length and a Mail (wire.c) back. When the other side is gone it ends.
//
// `parse-apart try WHAT` does one forbidden thing after shutting itself in, and ends with status 0 when it could: the tests of
// the release program, and a doubtful administrator, see by it that the sandbox holds.
#include "mail/apart.h"
#include "mail/preload.h"
#include "mail/sandbox.h"
#include "mail/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static bool is_offered;
bool mail_apart_is_offered(void) { return is_offered; }

static bool read_all(void *out, size_t size) {
  for (char *at = out; size > 0;) {
    ssize_t count = read(STDIN_FILENO, at, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += count;
    size -= (size_t)count;
  }
  return true;
}

static bool write_all(const void *data, size_t size) {
  for (const char *at = data; size > 0;) {
    ssize_t count = write(STDIN_FILENO, at, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += count;
    size -= (size_t)count;
  }
  return true;
}

// No memory, most often; the process has nobody to tell but by its end.
static void end_on_fatal(const char *domain, GLogLevelFlags level, const char *message, gpointer unused) {
  if (level & G_LOG_FLAG_FATAL) _exit(APART_NO_MEMORY);
}

// One mail. The length's place stays free at the front of the answer, so that it goes out in one write.
static bool serve_one(Arena *arena, ApartParse *parse, GByteArray *answer) {
  uint64_t size = 0;
  if (!read_all(&size, sizeof size)) return false;
  g_autofree char *raw = g_malloc(size + 1);
  if (!read_all(raw, size)) return false;
  g_byte_array_set_size(answer, sizeof size);
  wire_write(answer, parse(arena, bytes_of(raw, size)));
  size = answer->len - sizeof size;
  memcpy(answer->data, &size, sizeof size);
  return write_all(answer->data, answer->len);
}

static G_GNUC_NORETURN void serve(ApartParse *parse) {
  Arena *arena = arena_new();
  GByteArray *answer = g_byte_array_new();
  while (serve_one(arena, parse, answer)) {
    arena_reset(arena);
    if (answer->len < 1024 * 1024) continue;
    g_byte_array_unref(answer); // a large one is not kept
    answer = g_byte_array_new();
  }
  _exit(APART_DONE);
}

static int try_execute(void) { return execl("/bin/true", "true", NULL); }
static int try_open(void) { return open("/etc/passwd", O_RDONLY); }
static int try_write(void) { return open("/tmp/rapport-was-here", O_WRONLY | O_CREAT, 0600); }
static int try_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int try_kill(void) { return kill(getppid(), 0); }
static int try_fork(void) { return fork(); }
static int try_code(void) {
  return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}
static int try_memory(void) {
  return mmap(NULL, APART_MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

static const struct {
  const char *name;
  int (*act)(void); // negative when it was refused
} tries[] = {
  {"execute", try_execute}, {"open", try_open}, {"write", try_write}, {"socket", try_socket},
  {"kill", try_kill},       {"fork", try_fork}, {"code", try_code},   {"memory", try_memory},
};

static G_GNUC_NORETURN void try_one(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(tries); i++)
    if (strcmp(tries[i].name, name) == 0) _exit(tries[i].act() < 0 ? 1 : 0);
  _exit(64);
}

void mail_apart_if_asked_with(int argc, char **argv, ApartParse *parse) {
  is_offered = true;
  if (argc < 2 || strcmp(argv[1], APART_VERB) != 0) return;
  setlocale(LC_ALL, "C.UTF-8");
  g_log_set_default_handler(end_on_fatal, NULL);
  mail_preload();
  if (!sandbox_enter(APART_MEMORY, APART_SECONDS)) _exit(APART_NO_SANDBOX);
  if (argc >= 4 && strcmp(argv[2], "try") == 0) try_one(argv[3]);
  if (!write_all(APART_HELLO, strlen(APART_HELLO))) _exit(APART_DONE);
  serve(parse);
}

void mail_apart_if_asked(int argc, char **argv) { mail_apart_if_asked_with(argc, argv, mail_parse); }
