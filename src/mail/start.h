// Start: everything that reading a mail needs from outside, fetched once.
#pragma once

// Opens what mail_parse would otherwise open while it works: GMime's tables, the patterns of topic.c, OpenSSL's configuration and the
// certificates that this system trusts, libical's settings. mail_parse calls it by itself. A process that is going to take its own
// rights to open files away calls it before; afterwards parsing opens nothing, asks no network and needs no more than memory, the time
// and iconv's tables (see mail_preload). It may be called from any thread, and costs nothing after the first time.
//
// Which certificates are trusted is what OpenSSL's defaults say: the file that SSL_CERT_FILE names, else /etc/ssl/certs/ca-certificates.crt.
// A change is seen by processes that start after it. Revocation is not asked for: that would tell strangers which mail was read.
void mail_start(void);
