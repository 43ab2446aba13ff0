// What the programs of the bench share: a filled desk in a folder of its own, and what a request costs the server.
#include "bench.h"

#include "desk/mailbox/mailbox.h"

#include <glib/gstdio.h>
#include <stdio.h>

void bench_check(GError *error) {
  if (error) g_error("%s", error->message);
}

Desk *bench_open_desk(const Bench *bench, Arena *arena) {
  GError *error = NULL;
  Desk *desk = desk_open(arena, bench->database, &clock_system, &random_system, &error);
  bench_check(error);
  return desk;
}

static void prepare(Bench *bench) {
  g_autoptr(Arena) arena = arena_new();
  GError *error = NULL;
  Desk *desk = bench_open_desk(bench, arena);
  StaffDraft draft = {
    .email = "mira@godwit.example", .name = "Mira Lindqvist", .password = "a bench password", .role = ROLE_SUPERVISOR};
  int64_t id;
  SignIn sign_in;
  mailbox_add(desk, "help@godwit.example", "Godwit Cycles", "", &id, &error);
  bench_check(error);
  staff_add(desk, &draft, &bench->mira.id, &error);
  bench_check(error);
  int64_t began = g_get_monotonic_time();
  fill_desk(desk, bench->count, &error);
  bench_check(error);
  staff_sign_in(arena, desk, draft.email, draft.password, "127.0.0.1", "bench", &sign_in, &error);
  bench_check(error);
  bench->cookie = arena_printf(bench->arena, "rapport_session=%s", sign_in.token);
  printf("filled with %" G_GINT64_FORMAT " conversations in %.1f s\n", bench->count,
         (double)(g_get_monotonic_time() - began) / 1e6);
}

static void remove_folder(const char *folder) {
  g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
  for (const char *name; files && (name = g_dir_read_name(files));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
  }
  g_rmdir(folder);
}

static const char *program_beside(Arena *arena) {
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL), *folder = g_path_get_dirname(self);
  return arena_printf(arena, "%s/../../rapport", folder);
}

Bench bench_prepare(Arena *arena, int64_t count) {
  Bench bench = {.arena = arena, .program = program_beside(arena), .count = count};
  bench.folder = arena_take(arena, g_dir_make_tmp("rapport-bench-XXXXXX", NULL));
  bench.database = arena_printf(arena, "%s/rapport.db", bench.folder);
  prepare(&bench);
  return bench;
}

void bench_remove(const Bench *bench) { remove_folder(bench->folder); }

int64_t bench_cost(const Child *child, const Bench *bench, BenchPath *path_of, const char *cookie, int64_t requests,
                   int64_t *out_size) {
  g_autoptr(Arena) arena = arena_new();
  Client *client = client_open(child->port, cookie);
  int64_t before = 0, bytes = 0;
  for (int64_t i = -requests / 10; i < requests; i++) { // the first tenth warms up
    if (i == 0) before = child_cpu(child);
    int64_t size = client_get(client, path_of(bench, arena, i + requests));
    if (size < 0) g_error("%s was not answered with 200", path_of(bench, arena, i + requests));
    if (i >= 0) bytes += size;
  }
  int64_t cost = (child_cpu(child) - before) / requests;
  client_close(client);
  *out_size = bytes / requests;
  return cost;
}
