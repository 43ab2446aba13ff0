// Preload: everything that parsing a mail may need from files, fetched before the sandbox closes (worker.c).
#pragma once

void mail_preload(void);
void charset_preload(void); // keeps open what decodes the charsets we know
