// The house: what is set once and looked at now and then, on one page, so that the rail holds only the day's work; administration is
// its second half.
#pragma once

#include "pages/shell/shell.h"

typedef struct HouseRoom {
  const char *href, *icon, *title, *words;
  Permission permission;
  bool is_administration;
} HouseRoom;
LIST_DEFINE(HouseRoom)

typedef struct HousePage {
  Shell shell;
  HouseRoomList rooms, administration; // those that this person may enter
} HousePage;
