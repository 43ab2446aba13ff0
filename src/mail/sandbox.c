// Shutting oneself in. Order matters: what needs files or descriptors comes first, the list of allowed calls last.
//
// The address sanitizer keeps terabytes of addresses reserved and looks at itself through more calls; in such a build the memory
// limit is left out and those calls are allowed. The release program has neither.
#include "mail/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

static bool limit(int what, rlim_t most) { return setrlimit((__rlimit_resource_t)what, &(struct rlimit){most, most}) == 0; }

static bool set_limits(size_t memory, unsigned seconds) {
#ifndef HAS_SANITIZER
  if (!limit(RLIMIT_AS, memory)) return false;
#endif
  const struct rlimit cpu = {seconds, seconds + 1}; // the first says so (SIGXCPU), the second ends it
  return setrlimit(RLIMIT_CPU, &cpu) == 0 && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0);
}

// No file, wherever it is. Kernels before 5.13 have no Landlock; the list of calls holds there by itself.
static bool forbid_files(void) {
#ifdef SYS_landlock_create_ruleset
  struct landlock_ruleset_attr everything = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
  int rules = (int)syscall(SYS_landlock_create_ruleset, &everything, sizeof everything, 0);
  if (rules < 0) return errno == ENOSYS || errno == EOPNOTSUPP;
  bool is_on = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return is_on;
#else
  return true;
#endif
}

static const int allowed[] = {
  SCMP_SYS(munmap),
  SCMP_SYS(mremap),
  SCMP_SYS(madvise),
  SCMP_SYS(brk),
  SCMP_SYS(futex),
  SCMP_SYS(clock_gettime),
  SCMP_SYS(clock_getres),
  SCMP_SYS(time),
  SCMP_SYS(gettimeofday),
  SCMP_SYS(getrandom),
  SCMP_SYS(sched_yield),
  SCMP_SYS(exit),
  SCMP_SYS(exit_group),
  SCMP_SYS(rt_sigreturn),
  SCMP_SYS(restart_syscall),
#ifdef HAS_SANITIZER
  SCMP_SYS(sigaltstack),
  SCMP_SYS(getpid),
  SCMP_SYS(gettid),
  SCMP_SYS(getrlimit),
  SCMP_SYS(prlimit64),
  SCMP_SYS(rt_sigaction),
  SCMP_SYS(sched_getaffinity),
  SCMP_SYS(rt_sigprocmask),
  SCMP_SYS(getuid),
  SCMP_SYS(nanosleep),
#endif
};

static const int refused[] = {
  SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
  SCMP_SYS(stat), SCMP_SYS(lstat),  SCMP_SYS(statx),   SCMP_SYS(newfstatat), SCMP_SYS(readlink),  SCMP_SYS(readlinkat),
};

static const int mapping[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};

static bool add_rules(scmp_filter_ctx filter) {
  int wrong = 0;
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
  for (size_t i = 0; i < sizeof mapping / sizeof *mapping; i++) // memory, but none that can be run
    wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, mapping[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO));
  wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO));
#ifdef HAS_SANITIZER
  wrong |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
#endif
  return wrong == 0;
}

static bool allow_only_computing(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (!filter) return false;
  bool is_on = add_rules(filter) && seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return is_on;
}

bool sandbox_enter(size_t memory, unsigned seconds) {
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && forbid_files() &&
         set_limits(memory, seconds) && allow_only_computing();
}
