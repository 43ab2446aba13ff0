// The bell: its page, and what a browser is told while nobody looks.
#pragma once

#include "desk/notify/notice.h"
#include "pages/shell/shell.h"

typedef struct NoticesPage {
  Shell shell;
  NoticeList notices;
  int64_t next; // 0: no more
} NoticesPage;

typedef struct NoticeNews { // for a browser
  const Visit *visit;
  NoticeList notices;
  int64_t last;
} NoticeNews;

WebHandler notices_page, notices_post_see, notices_news;
