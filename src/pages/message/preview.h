// A mail that came as an attachment, the ways by which a message came, and what its HTML would load from elsewhere.
#pragma once

#include "desk/received/received.h"
#include "mail/mail.h"
#include "pages/shield/shield.h"

typedef struct PreviewPage {
  const Attachment *attachment;
  const Mail *mail;
  ShieldView words;
  int64_t number; // of the conversation it is in
  IntList named;  // conversations that it seems to belong to
} PreviewPage;

typedef struct WaysPage {
  int64_t number, message_id;
  ReceivedCopyList copies;
} WaysPage;

typedef struct PicturesPage { // what a mail's HTML would load from elsewhere
  int64_t number, message_id;
  int64_t pictures; // that can be loaded; trackers are not among them
  int64_t trackers;
  TextList hosts; // of the trackers
} PicturesPage;

WebHandler preview_page, ways_page, ways_original, pictures_page;
