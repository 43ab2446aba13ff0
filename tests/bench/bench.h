// The bench: a desk of many conversations, the real program over HTTP, and beside each figure its floor: the same statements stepped
// by bare SQLite, and as many bytes answered by bare libmicrohttpd. What is compared is processor time, so a busy machine disturbs
// little; what is quoted is the ratio.
#pragma once

#include "desk/desk.h"
#include "desk/staff/staff.h"

#include <sys/types.h>

#define BENCH_FIRST_ORDER 2000000 // conversation i is about the order after this by i: numbers of one length at every size
// Fills the desk with `count` conversations; every tenth has eight messages from its customer and an agent, the others two.
bool fill_desk(Desk *desk, int64_t count, GError **error);

// Records the statements that run on connections opened after record_start, with their values, in order.
typedef struct Recording {
  GPtrArray *statements; // char *
} Recording;
void record_install(void); // once, before any connection
void record_start(Recording *recording);
void record_stop(void);
// Nanoseconds of processor time that bare SQLite needs to step through the recording on the file, prepared beforehand; each row's columns
// are read.
int64_t replay(const char *database, const Recording *recording);

// An HTTP/1.1 client on one connection.
typedef struct Client Client;
Client *client_open(int port, const char *cookie);
void client_close(Client *client);
int64_t client_get(Client *client, const char *path); // reads the whole answer; the size of its body, or -1 when it is not 200

typedef struct Child {
  pid_t pid;
  int port;
  int64_t first_line_after; // microseconds from start to "listening"
} Child;
Child child_serve(const char *program, const char *data); // `rapport serve` on a free port
Child child_static(int64_t body_size);                    // bare libmicrohttpd, four threads, one fixed body
int64_t child_cpu(const Child *child);                    // nanoseconds so far
int64_t child_family_cpu(const Child *child);             // with the processes it has started
int64_t child_resident(const Child *child);               // bytes
void child_end(const Child *child);
int64_t thread_cpu(void); // of the calling thread, nanoseconds

// A desk of many conversations in a folder of its own, and who looks at it.
typedef struct Bench {
  Arena *arena;
  const char *program, *folder, *database;
  int64_t count;
  Staff mira;
  const char *cookie;
} Bench;
typedef const char *BenchPath(const Bench *bench, Arena *arena, int64_t i); // of the i-th request

void bench_check(GError *error); // ends the program with what it says
Bench bench_prepare(Arena *arena, int64_t count);
void bench_remove(const Bench *bench);
Desk *bench_open_desk(const Bench *bench, Arena *arena);
// Processor time of the server for one request, nanoseconds; the mean size of the answer.
int64_t bench_cost(const Child *child, const Bench *bench, BenchPath *path_of, const char *cookie, int64_t requests,
                   int64_t *out_size);
