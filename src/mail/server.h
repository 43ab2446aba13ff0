// What SMTP and IMAP ask of a server's address alike.
#pragma once

#include <stdbool.h>

// Whether "smtp://localhost:25", "imap://127.0.0.1" and the like name the machine that we run on: what is said to it passes no network.
bool server_is_this_machine(const char *url);
