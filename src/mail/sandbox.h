// Sandbox: a process gives up everything but computing, and can never have it back.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Limits of memory and time, no new privileges, Landlock where the kernel has it, and a seccomp list of the calls that are left:
// reading and writing what stands open as 0 (and 2 in a program with sanitizers), memory, locks, time, and the end. Opening a
// file is refused with EACCES, because libraries try at times and can do without; anything else ends the process with SIGSYS.
// `memory` is the most address space in bytes, `seconds` the most processor time. False when the kernel will not have it.
bool sandbox_enter(size_t memory, unsigned seconds);
