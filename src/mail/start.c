// See start.h. Each part makes itself ready; the order does not matter.
#include "mail/start.h"

#include "mail/gmime_start.h"
#include "mail/invite.h"
#include "mail/smime.h"
#include "mail/topic.h"

#include <time.h>

void mail_start(void) {
  static gsize started;
  if (!g_once_init_enter(&started)) return;
  tzset(); // reads /etc/localtime, which even gmtime does at its first call
  gmime_start();
  topic_start();
  smime_start();
  invite_start();
  g_once_init_leave(&started, 1);
}
