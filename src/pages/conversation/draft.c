// Drafts as the scripts of the page keep them: saved at each pause and on leaving, files one by one as they are chosen. What another page
// of the same person wrote is offered back. A preview shows the words as the mail will. Without scripts the same forms carry everything.
#include "pages/conversation/draft.h"

#include "base/json.h"
#include "base/text.h"
#include "pages/brand/brand.h"
#include "pages/composer.html.h"
#include "pages/conversation/conversation.h"
#include "pages/conversation/write.h"

#include <string.h>

static DraftKind kind_of(const Visit *visit) {
  return g_strcmp0(web_form(visit->request, "kind"), "note") == 0 ? DRAFT_NOTE : DRAFT_REPLY;
}

static void answer_json(const Visit *visit, WebResponse *response, Json *json) {
  response->type = "application/json";
  web_add_header(response, "Cache-Control", "no-store");
  g_string_append(response->body, json_text(visit->arena, json));
}

static const char *text_field(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

bool draft_post_save(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  OfferKind answers = OFFER_CHOICE;
  offer_kind_from_word(web_form(request, "answers"), &answers);
  DraftSaving saving = {
    .text = text_field(visit, "text"),
    .cc = text_field(visit, "cc"),
    .bcc = text_field(visit, "bcc"),
    .options = text_field(visit, "options"),
    .answers = answers,
    .base = visit_form_int(visit, "base"),
    .writer = text_field(visit, "writer"),
    .seen = visit_form_int(visit, "seen"),
    .is_meant = web_form(request, "meant") != NULL,
  };
  DraftSaved saved;
  int64_t number;
  if (!written_number(visit, &number, error) ||
      !draft_save(visit->arena, visit->desk, visit->staff->id, number, kind_of(visit), &saving, &saved, error))
    return false;
  g_autoptr(Json) json = json_object();
  json_object_set_new(json, "version", json_integer(saved.version));
  json_object_set_new(json, "gone", json_boolean(saved.is_gone));
  json_object_set_new(json, "older", json_integer((json_int_t)saved.older.count));
  answer_json(visit, response, json);
  return true;
}

static bool put_kind(const Visit *visit, int64_t number, DraftKind kind, Json *json, GError **error) {
  Draft *draft = NULL;
  if (!draft_load(visit->arena, visit->desk, visit->staff->id, number, kind, &draft, error)) return false;
  Json *entry = json_object();
  json_object_set_new(entry, "version", json_integer(draft ? draft->version : 0));
  json_object_set_new(entry, "text", json_string(draft ? draft->text : ""));
  json_object_set_new(entry, "cc", json_string(draft ? draft->cc : ""));
  json_object_set_new(entry, "bcc", json_string(draft ? draft->bcc : ""));
  json_object_set_new(entry, "options", json_string(draft ? draft->options : ""));
  json_object_set_new(entry, "answers", json_string(offer_kind_word(draft ? draft->answers : OFFER_CHOICE)));
  json_object_set_new(json, kind == DRAFT_NOTE ? "note" : "reply", entry);
  return true;
}

// A page that is looked at again asks whether its writer went on elsewhere.
bool draft_get(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  g_autoptr(Json) json = json_object();
  if (!written_number(visit, &number, error) || !put_kind(visit, number, DRAFT_REPLY, json, error) ||
      !put_kind(visit, number, DRAFT_NOTE, json, error))
    return false;
  answer_json(visit, response, json);
  return true;
}

static const WebField *first_file(const Visit *visit) {
  list_each(const WebField, field, web_form_fields(visit->request))
    if (field->file_name) return field;
  return NULL;
}

bool draft_post_file(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const WebField *field = first_file(visit);
  g_autoptr(GError) problem = NULL;
  DraftAttachment kept = {0};
  int64_t number;
  if (!field) return error_set(error, ERROR_INVALID, "No file came along.");
  if (!written_number(visit, &number, error)) return false;
  MailAttachment file = {.name = field->file_name, .type = field->file_type, .bytes = field->bytes};
  g_autoptr(Json) json = json_object();
  if (!draft_add_file(visit->arena, visit->desk, visit->staff->id, number, kind_of(visit), &file,
                      pages_attachments_most(visit->pages), &kept, &problem)) {
    if (!error_is(problem, ERROR_INVALID)) {
      g_propagate_error(error, g_steal_pointer(&problem));
      return false;
    }
    response->status = 422;
    json_object_set_new(json, "problem", json_string(problem->message));
  } else {
    json_object_set_new(json, "id", json_integer(kept.id));
    json_object_set_new(json, "size", json_integer(kept.size));
  }
  answer_json(visit, response, json);
  return true;
}

bool draft_post_drop_file(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  g_autoptr(Json) json = json_object();
  if (!written_number(visit, &number, error) ||
      !draft_drop_file(visit->desk, visit->staff->id, number, kind_of(visit), visit_form_int(visit, "file"), error))
    return false;
  answer_json(visit, response, json);
  return true;
}

bool draft_get_file(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number, id;
  MailAttachment file;
  if (!written_number(visit, &number, error) || !web_path_int(request, "file", &id, error) ||
      !draft_file(visit->arena, visit->desk, visit->staff->id, number, id, &file, error))
    return false;
  web_download(response, file.name, file.type, file.bytes, true);
  return true;
}

// "take" puts an older text into the form, where it changes places with what stands there; "away" puts it away.
bool draft_post_older(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number, take = visit_form_int(visit, "take"), away = visit_form_int(visit, "away"), me = visit->staff->id;
  DraftKind kind = kind_of(visit);
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (!written_number(visit, &number, error)) return false;
  Written written = written_read(visit, number);
  if (web_form(request, "text") && !written_keep(visit, &written, kind, true, error)) return false;
  if (take && !draft_swap_older(visit->desk, me, number, kind, take, error)) return false;
  if (away && !draft_drop_older(visit->desk, me, number, kind, away, error)) return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#composer", number,
                                      shell_view_again(visit, view)));
  return true;
}

static const char *show_from(Arena *arena, const char *html, const char *id, const char *path) {
  g_auto(GStrv) parts = g_strsplit(html, arena_printf(arena, "\"cid:%s.preview\"", id), -1);
  return arena_take(arena, g_strjoinv(arena_printf(arena, "\"%s\"", path), parts));
}

// Pictures are shown from the draft; those are the writer's own, and nobody else is sent them.
static const char *show_pictures(const Visit *visit, int64_t number, const char *html, const DraftAttachmentList *files) {
  for (size_t i = 0; i < files->count; i++)
    html = show_from(visit->arena, html, arena_printf(visit->arena, "picture%zu", i + 1),
                     arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "/draft/files/%" G_GINT64_FORMAT, number,
                                  files->items[i].id));
  return show_from(visit->arena, html, "logo", arena_printf(visit->arena, "/branding/logo/%s", brand_head(visit).logo));
}

static bool make_preview(const Visit *visit, int64_t number, const char *text, const char **out, GError **error) {
  Draft *draft = NULL;
  MailAttachmentList files = {0};
  if (!draft_load(visit->arena, visit->desk, visit->staff->id, number, DRAFT_REPLY, &draft, error)) return false;
  static const DraftAttachmentList none = {0};
  const DraftAttachmentList *kept = draft ? &draft->attachments : &none;
  list_each(const DraftAttachment, file, kept)
    *list_add(visit->arena, &files) = (MailAttachment){.name = file->name, .type = file->type};
  if (!conversation_preview(visit->arena, visit->desk, visit->staff, number, text, &files, out, error)) return false;
  *out = show_pictures(visit, number, *out, kept);
  return true;
}

bool draft_post_preview(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Composer composer = {0};
  int64_t number;
  if (!written_number(visit, &number, error)) return false;
  Written written = written_read(visit, number);
  bool is_live = web_header(request, "X-Live") != NULL;
  if (!is_live && !written_keep(visit, &written, DRAFT_REPLY, true, error)) return false;
  if (!make_preview(visit, number, written.draft.text, &composer.preview, error)) return false;
  composer.reply = written.draft.text;
  composer.cc = written.cc;
  composer.bcc = written.bcc;
  composer.offer = (OfferFields){.options = written.options, .kind = written.draft.offer.kind};
  if (!is_live) return conversation_render(visit, response, number, &composer, error);
  web_add_header(response, "Cache-Control", "no-store");
  render_preview_part(response->body, &composer);
  return true;
}

// Those who can be named in a note: everybody who works here.
bool draft_get_colleagues(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  StaffList staff = {0};
  if (!staff_list(visit->arena, visit->desk, &staff, error)) return false;
  g_autoptr(Json) json = json_object();
  Json *people = json_array();
  list_each(const Staff, person, &staff) {
    if (!person->is_active || person->id == visit->staff->id) continue;
    json_array_append_new(people, json_string(person->name));
  }
  json_object_set_new(json, "people", people);
  answer_json(visit, response, json);
  return true;
}

Html composer_preview_html(const Composer *composer) { return html_trusted(composer->preview, strlen(composer->preview)); }
