// The customers: their list, the page of one, who may be the same, organisations; and the card beside a conversation.
#pragma once

#include "desk/customer/organisation.h"
#include "desk/customer/people.h"
#include "desk/customer/same.h"
#include "pages/protocol/guide.h"
#include "pages/shell/shell.h"

typedef struct CustomersPage {
  const char *text;
  CustomerPage page;
  const char *more; // the address of the next page; NULL: this is the last
} CustomersPage;

// Mood over time as one thin line: a point for each conversation at the mean of what the customer wrote, on a stroke from its lowest to its
// best moment; and the same in a sentence and in a table.
#define MOOD_WIDTH 420
#define MOOD_HEIGHT 150
typedef struct MoodMark {
  const MoodPoint *point;
  double x, y, low_y, high_y;
  const char *words; // "upset": of the mean
  bool is_lowest, is_latest;
} MoodMark;
LIST_DEFINE(MoodMark)
typedef struct MoodPicture {
  const char *line, *sentence;
  MoodMarkList marks;
} MoodPicture;
const MoodPicture *mood_picture(Arena *arena, const MoodPointList *points); // NULL for fewer than two

typedef struct CustomerView {
  const Visit *visit;
  const Customer *customer;
  const char *title;
  CustomerStand stand;
  CustomerConversations past;
  const char *more;
  CustomerAddressList addresses;
  CustomerPhoneList phones;
  CustomerNoteList notes, history;
  const MoodPicture *mood; // NULL: too little was read, or readings are switched off
  RemedyList remedies;
  RemedySumList sums;
  PromiseList promises;
  LikenessList likenesses;
  CustomerMergeList merges;
  ChoiceList channels, languages;
  const char *kept;    // which part was changed just now; ""
  const char *part;    // which part `problem` belongs to; ""
  const char *problem; // NULL
  int64_t owner;       // who has the address that was typed; 0
  const char *typed;   // what stood in the field of that part
  CustomerPreferences preferences;
  bool may_change;
} CustomerView;

typedef struct TwinView {
  const Twin *twin;
  const char *reason;
} TwinView;
LIST_DEFINE(TwinView)
typedef struct TwinsPage {
  bool by_phone;
  TwinViewList rows;
  const char *more;
} TwinsPage;

typedef struct Side { // one of two that are looked at side by side
  const Customer *customer;
  const char *title;
  CustomerStand stand;
  CustomerAddressList addresses;
  CustomerPhoneList phones;
  CustomerConversations past;
  RemedySumList sums;
} Side;
typedef struct SamePage {
  const Visit *visit;
  Side left, right;
  TextList reasons;
  const char *problem;
} SamePage;

typedef struct SameChoicePage { // whom somebody means, of several or of nobody
  const Visit *visit;
  const Customer *customer;
  const char *title, *typed;
  CustomerRowList rows;
  bool has_more;
} SameChoicePage;

typedef struct OrganisationsPage {
  OrganisationList rows;
  const char *more, *problem, *typed;
  bool may_change;
} OrganisationsPage;
typedef struct OrganisationView {
  const Visit *visit;
  const Organisation *organisation;
  TextList domains;
  CustomerPage people;
  OrganisationConversations past;
  const MoodPicture *mood; // NULL: too little was read, or readings are switched off
  OrganisationMergeList merges;
  const char *more, *earlier; // the addresses of the next people and the conversations before these; NULL: there are none
  const char *kept, *part, *problem, *typed;
  bool may_change;
} OrganisationView;

typedef struct AlikePage { // which one it may be, for one that seems to be here twice
  const Organisation *organisation;
  const char *text;
  OrganisationList rows;
} AlikePage;
typedef struct House { // one of two that are looked at side by side
  const Organisation *organisation;
  TextList domains;
} House;
typedef struct UnitePage {
  const Visit *visit;
  House left, right;
  const char *problem;
} UnitePage;

// What stands beside a conversation about who it is with.
typedef struct CustomerCard {
  const Customer *customer;
  CustomerPhoneList phones;
  int64_t notes, same; // how many notes there are, and others who may be the same
} CustomerCard;
bool customer_card_load(const Visit *visit, int64_t customer_id, CustomerCard *out, GError **error);

const char *customer_title(const Customer *customer);
const char *customer_reason(int64_t reasons); // the weightiest, a sentence
const char *customer_effort_words(Arena *arena,
                                  const CustomerConversation *row);       // "wrote 3 times, asked again once, waited 2 h in all"
const char *customer_sums_words(Arena *arena, const RemedySumList *sums); // "20.00 EUR and 5.00 GBP"
const char *first_word(Arena *arena, const char *name);                   // "Moor" of "Moor Ltd": how doubles often begin
const char *customer_language_title(const char *code);                    // "German"; the code itself when it has no name
bool customer_render(const Visit *visit, WebResponse *response, int64_t id, CustomerView *view, GError **error);

WebHandler customer_same_page, customer_post_merge, customer_post_unmerge, customer_post_apart, customer_twins_page;
WebHandler customer_post_name, customer_post_address, customer_post_address_remove, customer_post_address_mark,
  customer_post_phone, customer_post_phone_remove, customer_post_preferences, customer_post_organisation, customer_post_note,
  customer_post_note_change;
WebHandler organisations_page, organisations_post, organisation_page, organisation_post, organisation_post_domain,
  organisation_post_domain_remove, organisation_alike_page, organisation_unite_page, organisation_post_merge,
  organisation_post_unmerge;
bool organisation_render(const Visit *visit, WebResponse *response, int64_t id, OrganisationView *view, GError **error);
