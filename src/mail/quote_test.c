// Reply and quote apart (case 42), by language and by program.
#include "mail/mail.h"

static void expect(const char *text, const char *reply) {
  g_autoptr(Arena) arena = arena_new();
  const char *found = NULL, *quoted = NULL;
  mail_split_quote(arena, text, &found, &quoted);
  g_assert_cmpstr(found, ==, reply);
}

// Each attribution stands between an answer and a quote; the answer alone is the reply, with ">" and without.
static void knows_attributions(void) {
  static const char *const attributions[] = {
    "On Mon, Feb 1, 2026 at 6:32 PM, Ann Lee <ann@example.org> wrote:",
    "On Mon, Feb 1, 2026 at 6:32 PM, Ann Lee\n<ann@example.org> wrote:",
    "On Mon, Feb 1, 2026 at 6:32 PM, Ann Lee <ann@example.org>\nwrote:",
    "Ann Lee <ann@example.org> writes:",
    "---- On Tue, 22 Dec 2026 14:17:36 +0530 Ann Lee <ann@example.org> wrote ----",
    "Am 03.02.2026 um 15:35 schrieb Max Müller <max@example.org>:",
    "Max Müller <max@example.org> schrieb am Di., 16. Aug. 2026\num 12:52 Uhr:",
    "Le 4 janv. 2026 à 19:03, \"Anne Lenoir\"\n<anne@example.org>\na écrit :",
    "Le lun. 4 janv. 2026 à 19:03, Anne Lenoir <anne@example.org> a écrit\u00a0:",
    "El lun, 4 ene 2026 a las 19:03, Ana Ruiz (<ana@example.org>) escribió:",
    "Il giorno lun 4 gen 2026 alle ore 19:03 Anna Rossi <anna@example.org> ha\nscritto:",
    "Em seg., 4 de jan. de 2026 às 19:03, Ana Sousa <ana@example.org>\nescreveu:",
    "Op ma 4 jan. 2026 om 19:03 schreef Jan Jansen <jan@example.org>:",
    "Op 4 jan. 2026, om 19:03 heeft Jan Jansen <jan@example.org> het volgende geschreven:",
    "pon., 4 sty 2026 o 19:03 Jan Kowalski <jan@example.org> napisał(a):",
    "W dniu 04.01.2026 o 19:03, Jan Kowalski pisze:",
    "пн, 4 янв. 2026 г. в 19:03, Иван Петров <ivan@example.org>:",
    "4 января 2026 г., 19:03 пользователь Иван <ivan@example.org> написал:",
    "2026年1月4日(月) 19:03 田中太郎 <tanaka@example.org>:",
    "2026年1月4日 19:03、田中太郎 <tanaka@example.org>のメール:",
    "在 2026年1月4日，19:03，王芳 <wang@example.org> 写道：",
    "王芳 <wang@example.org> 於 2026年1月4日 週一 下午7:03寫道：",
    "Den 4. jan. 2026 kl. 19.03 skrev Jens Hansen <jens@example.org>:"};
  for (size_t i = 0; i < G_N_ELEMENTS(attributions); i++) {
    g_autofree char *marked = g_strdup_printf("Thank you.\n\n%s\n\n> The question?\n> Ann\n", attributions[i]);
    expect(marked, "Thank you.");
    g_autofree char *unmarked = g_strdup_printf("Thank you.\n%s\n\nThe question?\n", attributions[i]);
    expect(unmarked, "Thank you.");
  }
}

static void knows_header_blocks(void) {
  static const char *const blocks[] = {
    "From: Ann Lee <ann@example.org>\nSent: Monday, 4 January 2026 19:03\nTo: Help\nSubject: Parcel",
    "*From:* Ann Lee\n*Sent:* Monday\n*To:* Help\n*Subject:* Parcel",
    "Von: Max Müller\nGesendet: Montag, 4. Januar 2026 19:03\nAn: Hilfe\nBetreff: Paket",
    "De : Anne Lenoir\nEnvoyé : lundi 4 janvier 2026 19:03\nÀ : Aide\nObjet : Colis",
    "De: Ana Ruiz\nEnviado el: lunes, 4 de enero de 2026 19:03\nPara: Ayuda\nAsunto: Paquete",
    "Da: Anna Rossi\nInviato: lunedì 4 gennaio 2026 19:03\nA: Aiuto\nOggetto: Pacco",
    "De: Ana Sousa\nEnviada em: segunda-feira, 4 de janeiro de 2026 19:03\nPara: Ajuda\nAssunto: Pacote",
    "Van: Jan Jansen\nVerzonden: maandag 4 januari 2026 19:03\nAan: Hulp\nOnderwerp: Pakket",
    "Od: Jan Kowalski\nWysłano: poniedziałek, 4 stycznia 2026 19:03\nDo: Pomoc\nTemat: Paczka",
    "От: Иван Петров\nОтправлено: 4 января 2026 г. 19:03\nКому: Помощь\nТема: Посылка",
    "差出人: 田中太郎\n送信日時: 2026年1月4日 19:03\n宛先: サポート\n件名: 荷物",
    "发件人: 王芳\n发送时间: 2026年1月4日 19:03\n收件人: 客服\n主题: 包裹",
    "寄件者： 王芳\n收件者： 客服\n主旨： 包裹"};
  for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++) {
    g_autofree char *plain = g_strdup_printf("Thank you.\n\n%s\n\nThe question?\n", blocks[i]);
    expect(plain, "Thank you.");
    g_autofree char *ruled = g_strdup_printf("Thank you.\n\n________________________________\n%s\n\nThe question?\n", blocks[i]);
    expect(ruled, "Thank you.");
  }
}

static void knows_separators(void) {
  static const char *const separators[] = {"-----Original Message-----",
                                           "-------- Original Message --------",
                                           "---------- Forwarded message ---------",
                                           "Begin forwarded message:",
                                           "-----Ursprüngliche Nachricht-----",
                                           "-------- Weitergeleitete Nachricht --------",
                                           "-----Message d'origine-----",
                                           "-----Mensaje original-----",
                                           "-----Messaggio originale-----",
                                           "-----Mensagem original-----",
                                           "-----Oorspronkelijk bericht-----",
                                           "-----Oryginalna wiadomość-----",
                                           "-------- Исходное сообщение --------",
                                           "-----元のメッセージ-----",
                                           "------------------ 原始邮件 ------------------"};
  for (size_t i = 0; i < G_N_ELEMENTS(separators); i++) {
    g_autofree char *text = g_strdup_printf("Thank you.\n\n%s\nThe question?\n", separators[i]);
    expect(text, "Thank you.");
  }
}

static void folds_signatures(void) {
  expect("Thank you.\n\n-- \nAnn Lee\nHead of Everything\n", "Thank you.");
  expect("Thank you.\n\n--\nAnn\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> What?\n", "Thank you.");
  static const char *const devices[] = {"Sent from my iPhone",
                                        "Get Outlook for Android<https://aka.ms/x>",
                                        "Von meinem iPhone gesendet",
                                        "Envoyé de mon iPhone",
                                        "Enviado desde mi iPhone",
                                        "Inviato da iPhone",
                                        "Enviado do meu iPhone",
                                        "Verzonden vanaf mijn iPhone",
                                        "Wysłane z iPhone'a",
                                        "Отправлено с iPhone",
                                        "iPhoneから送信",
                                        "发自我的iPhone"};
  for (size_t i = 0; i < G_N_ELEMENTS(devices); i++) {
    g_autofree char *text = g_strdup_printf("Thank you.\n\n%s\n", devices[i]);
    expect(text, "Thank you.");
  }
}

static void keeps_answers_between_quotes(void) {
  const char *text =
    "On 1 May 2026 10:00, Help <h@example.org> wrote:\n> What is the number?\n\nIt is 1042.\n\n> And the street?\n\nNo idea.\n\n-- \nAnn\n";
  expect(
    text,
    "On 1 May 2026 10:00, Help <h@example.org> wrote:\n> What is the number?\n\nIt is 1042.\n\n> And the street?\n\nNo idea.");
}

static void takes_an_answer_below_the_quote(void) {
  expect("On 1 May 2026 10:00, Help <h@example.org> wrote:\n\n> What is the number?\n> Please.\n\nIt is 1042.\n", "It is 1042.");
  expect("> What is the number?\n\nIt is 1042.\n",
         "> What is the number?\n\nIt is 1042."); // nobody says that this is a quote of ours
  expect("Hello,\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> Number?\n\nIt is the one on the label, 1042.\n",
         "Hello,\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> Number?\n\nIt is the one on the label, 1042.");
}

static void is_not_fooled(void) {
  static const char *const texts[] = {"On Monday I wrote to you:\nnothing came back.",
                                      "Am 3. Mai um 10:15 schrieb ich Ihnen:\nDas Paket fehlt.",
                                      "Am 3. Mai schrieb ich Ihnen wegen folgender Sache:\nDas Paket fehlt.",
                                      "I was told: wait.\nTo: be honest\nI waited.",
                                      "Three points\n--- one\n--- two\nand more",
                                      "From: the first day on it was slow.",
                                      "My original message said otherwise.",
                                      "Sent from my desk, this is easier than the phone.",
                                      "> Email with only a quote.",
                                      "Look:\n-- first\n-- second\nthat is all",
                                      ""};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) expect(texts[i], texts[i]);
}

static void takes_linear_time(void) {
  static const char *const pieces[] = {"> ",
                                       ">\n",
                                       "On \n",
                                       "wrote:\n",
                                       "From:\n",
                                       "From: a\nTo: b\n",
                                       "a@b <\n",
                                       "--\n",
                                       "-----Original Message-----\n",
                                       "a:",
                                       "On 1 May 2026 10:00 a@b wrote:\n> q\nanswer\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 1000000) g_string_append(text, pieces[i]);
    const char *reply, *quoted;
    gint64 start = g_get_monotonic_time();
    mail_split_quote(arena, text->str, &reply, &quoted);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 15 * G_USEC_PER_SEC);
  }
}

static void count_letters(const char *text, int64_t counts[256]) {
  for (; *text; text++)
    if (!g_ascii_isspace(*text)) counts[(unsigned char)*text]++;
}

static void loses_nothing(void) {
  static const char *const pieces[] = {"> quoted line\n",
                                       "a line\n",
                                       "\n",
                                       "On 1 May 2026 10:00, A <a@b> wrote:\n",
                                       "-- \n",
                                       "--\n",
                                       "From: a\nSent: b\nTo: c\nSubject: d\n",
                                       "Sent from my iPhone\n",
                                       "-----Original Message-----\n",
                                       "> wrote:\n",
                                       "Am 1.5.2026 10:00 schrieb A <\n",
                                       "____________________________________\n",
                                       "é:",
                                       " ",
                                       "answer with more than four words here\n"};
  g_autoptr(GRand) rand = g_rand_new_with_seed(11);
  for (int round = 0; round < 3000; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = g_rand_int_range(rand, 0, 14); i > 0; i--)
      g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
    const char *reply, *quoted;
    mail_split_quote(arena, text->str, &reply, &quoted);
    int64_t before[256] = {0}, after[256] = {0};
    count_letters(text->str, before);
    count_letters(reply, after);
    count_letters(quoted, after);
    g_assert_cmpmem(before, sizeof before, after, sizeof after);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/quote/case-42-knows-attributions", knows_attributions);
  g_test_add_func("/mail/quote/case-42-knows-header-blocks", knows_header_blocks);
  g_test_add_func("/mail/quote/case-42-knows-separators", knows_separators);
  g_test_add_func("/mail/quote/folds-signatures", folds_signatures);
  g_test_add_func("/mail/quote/case-42-keeps-answers-between-quotes", keeps_answers_between_quotes);
  g_test_add_func("/mail/quote/takes-an-answer-below-the-quote", takes_an_answer_below_the_quote);
  g_test_add_func("/mail/quote/is-not-fooled", is_not_fooled);
  g_test_add_func("/mail/quote/takes-linear-time", takes_linear_time);
  g_test_add_func("/mail/quote/loses-nothing", loses_nothing);
  return g_test_run();
}
