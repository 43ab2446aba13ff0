// Lets a test program parse apart: before its main is reached, it sees whether it was started to be that process. Linked whole.
#include "mail/apart.h"

__attribute__((constructor)) static void become_parser_if_asked(int argc, char **argv) { mail_apart_if_asked(argc, argv); }
