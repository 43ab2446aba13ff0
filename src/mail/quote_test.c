// Reply and quote apart (case 42), by language and by program.
#include "mail/mail.h"

static void expect(const char *text, const char *reply) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(mail_split(arena, text, NULL).reply, ==, reply);
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
    "Den 4. jan. 2026 kl. 19.03 skrev Jens Hansen <jens@example.org>:",
    "Den mån 4 jan. 2026 kl 19:03 skrev Anna Lind <anna@example.org>:",
    "man. 4. jan. 2026 kl. 19:03 skrev Ola Nordmann <ola@example.org>:",
    "po 4. 1. 2026 v 19:03 odesílatel Jan Novák <jan@example.org> napsal:",
    "Ayşe Demir <ayse@example.org>, 4 Oca 2026 Pzt, 19:03 tarihinde şunu yazdı:",
    "2026년 1월 4일 (일) 오후 7:03, 홍길동 <hong@example.org>님이 작성:",
    "4 січня 2026 р. о 19:03 <anna@example.org> написав:",
    "2026/1/4 Ann Lee <ann@example.org>"};
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
    "寄件者： 王芳\n收件者： 客服\n主旨： 包裹",
    "Från: Anna Lind\nSkickat: den 4 januari 2026 19:03\nTill: Hjälp\nÄmne: Paket",
    "Fra: Jens Hansen\nSendt: 4. januar 2026 19:03\nTil: Hjælp\nEmne: Pakke",
    "Od: Jan Novák\nOdesláno: pondělí 4. ledna 2026 19:03\nKomu: Pomoc\nPředmět: Balík",
    "Kimden: Ayşe Demir\nGönderildi: 4 Ocak 2026 Pazar 19:03\nKime: Yardım\nKonu: Paket",
    "보낸 사람: 홍길동\n보낸 날짜: 2026년 1월 4일 일요일 19:03\n받는 사람: 고객센터\n제목: 소포",
    "Date: Sun, 4 Jan 2026 19:03:00 +0100\nTo: help@example.org"};
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

static void expect_parts(const char *text, const char *reply, const char *closing, const char *signature) {
  g_autoptr(Arena) arena = arena_new();
  MailSplit split = mail_split(arena, text, NULL);
  g_assert_cmpstr(split.reply, ==, reply);
  g_assert_cmpstr(split.closing, ==, closing);
  g_assert_cmpstr(split.signature, ==, signature);
}

// What is folded as signature is named as such, apart from the quote below it.
static void names_the_signature(void) {
  expect_parts("Thank you.\n\n-- \nAnn Lee\nLee & Sons\n", "Thank you.", "", "-- \nAnn Lee\nLee & Sons");
  expect_parts("Thank you.\n\nSent from my iPhone\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> What?\n", "Thank you.",
               "", "Sent from my iPhone");
  expect_parts("Thank you.\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> What?\n\n-- \nAnn Lee\n", "Thank you.", "",
               "-- \nAnn Lee");
  expect_parts("Thank you.\n\n-----\nAnn Lee\nTel. 0123 456789\nann@example.org\n", "Thank you.", "",
               "-----\nAnn Lee\nTel. 0123 456789\nann@example.org");
  expect_parts("Thank you.\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> What?\n", "Thank you.", "", "");
}

// "Regards, Ann" is said to the reader and stays; the visiting card under it is folded.
static void keeps_the_closing_with_the_reply(void) {
  static const char *const closings[] = {"Best regards,\nAnn Lee",
                                         "Thanks!",
                                         "Thanks, Ann",
                                         "-Ann",
                                         "/Ann Lee",
                                         "Mit freundlichen Grüßen\n\nMax Müller",
                                         "MfG Max Müller",
                                         "Cordialement,\nAnne",
                                         "Je vous prie d’agréer, Madame, mes salutations distinguées.\nAnne Lenoir",
                                         "Un saludo\nAna",
                                         "Cordiali saluti\nAnna",
                                         "Atenciosamente,\nAna",
                                         "Met vriendelijke groet,\nJan",
                                         "Pozdrawiam,\nJan",
                                         "С уважением,\nИван Петров",
                                         "Med vänlig hälsning\nAnna",
                                         "Mvh\nHanne",
                                         "Vennlig hilsen\nOla",
                                         "S pozdravem\nJan Novák",
                                         "Saygılarımla,\nAyşe",
                                         "よろしくお願いいたします。\n田中",
                                         "谢谢！\n王芳",
                                         "감사합니다.\n홍길동 드림"};
  for (size_t i = 0; i < G_N_ELEMENTS(closings); i++) {
    g_autofree char *text = g_strdup_printf("It has not come.\n\n%s\n", closings[i]);
    g_autofree char *reply = g_strdup_printf("It has not come.\n\n%s", closings[i]);
    expect_parts(text, reply, closings[i], "");
    g_autofree char *carded = g_strdup_printf("%s\nLee & Sons\nTel. 0123 456789\nann@example.org\n", text);
    g_autoptr(Arena) arena = arena_new();
    MailSplit split = mail_split(arena, carded, NULL);
    bool signs_alone = closings[i][0] == '-' || closings[i][0] == '/';
    if (signs_alone) continue;
    g_assert_true(g_str_has_prefix(split.reply, "It has not come."));
    g_assert_null(strstr(split.reply, "ann@example.org"));
    g_assert_true(g_str_has_suffix(split.signature, "Lee & Sons\nTel. 0123 456789\nann@example.org"));
  }
  expect_parts("Answer.\n\nOn 1 May 2026 10:00, Help <h@example.org> wrote:\n> What?\n\nRegards, Ann\n",
               "Answer.\n\nRegards, Ann", "Regards, Ann", "");
}

// What customers add below "Thanks" is theirs to say.
static void keeps_what_is_added_below_the_closing(void) {
  static const char *const texts[] = {
    "Please send it.\n\nThanks,\nAnn Lee\nOrder 100234567\nCustomer 4711\n",
    "Please send it.\n\nThanks\nred shoes\nblue hat\nsize 40\n",
    "Please send it.\n\nThanks!\nPlease call me at +49 30 1234567 tomorrow.\nI need it.\nAnn\n",
    "Please send it.\n\nThanks\nAnn\nMy number has changed, it is +49 30 1234567 now.\nBye\n",
    "Please send it.\n\nThanks\n100234567\n100234568\n100234569\n",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *whole = g_strchomp(g_strdup(texts[i]));
    expect_parts(texts[i], whole, "", "");
  }
  const char *card =
    "Max Müller\n\nMüller GmbH\nTel. 030/123456\nSitz der Gesellschaft ist Berlin, Geschäftsführer sind Max und Moritz.";
  g_autofree char *text = g_strdup_printf("Danke.\n\nMit freundlichen Grüßen\n%s\n", card);
  expect_parts(text, "Danke.\n\nMit freundlichen Grüßen", "Mit freundlichen Grüßen", card);
}

static void does_not_take_words_for_a_signature(void) {
  expect_parts("Thanks,\nit came. But the second one is broken, and the third is missing.\nWhat now?\nPlease tell me.\n",
               "Thanks,\nit came. But the second one is broken, and the third is missing.\nWhat now?\nPlease tell me.", "", "");
  expect_parts("My orders:\n-----\n100234567\n100234568\n100234569\n", "My orders:\n-----\n100234567\n100234568\n100234569", "",
               "");
  expect_parts("Thanks", "Thanks", "", "");
  expect_parts("Buy\n- Milk\n- Bread\n", "Buy\n- Milk\n- Bread", "", "");
}

static void cuts_inside_a_line(void) {
  expect("Fine. On Wed, Apr 4, 2026 at 3:59 PM, ann@example.org wrote:\n> Well?\n", "Fine.");
  expect("Fine--- On Wed, Apr 4, 2026 at 3:59 PM, ann@example.org wrote:\n> Well?\n", "Fine");
  expect("You know what they say. On Monday we wrote:\nnothing.", "You know what they say. On Monday we wrote:\nnothing.");
}

static void expect_html(const char *html, const char *reply, const char *signature) {
  g_autoptr(Arena) arena = arena_new();
  MailSplit split = mail_split(arena, mail_html_to_text(arena, html), html);
  g_assert_cmpstr(split.reply, ==, reply);
  g_assert_cmpstr(split.signature, ==, signature);
}

// No word of the quote says that it is one, only the mark in the HTML.
static void reads_marks_in_html(void) {
  static const char *const marks[] = {
    "<div class=\"gmail_quote gmail_quote_container\">Zitat</div>",
    "<blockquote type=\"cite\">Zitat</blockquote>",
    "<hr><div id=\"divRplyFwdMsg\">Zitat</div><div>mehr</div>",
    "<hr><div id=\"x_x_divRplyFwdMsg\">Zitat</div><div>mehr</div>",
    "<div id=\"appendonsend\"></div><div>Zitat</div>",
    "<span id=\"OLK_SRC_BODY_SECTION\"><div>Zitat</div></span>",
    "<div id=\"yahoo_quoted_123\" class=\"yahoo_quoted\">Zitat</div>",
    "<div class=\"protonmail_quote\">Zitat</div>",
    "<div class=\"zmail_extra\">Zitat</div>",
    "<div id=\"isReplyContent\">Zitat</div>",
    "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">Zitat</div>",
    "<div class=\"moz-cite-prefix\">X:<br></div><blockquote>Zitat</blockquote>"};
  for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
    g_autofree char *html = g_strdup_printf("<div>Danke.</div>%s", marks[i]);
    expect_html(html, "Danke.", "");
    g_autofree char *signed_html = g_strdup_printf("<div>Danke.</div><div id=Signature>Max<br>Chef</div>%s", marks[i]);
    expect_html(signed_html, "Danke.", "Max\nChef");
  }
  expect_html("<div>Danke.</div><div class=gmail_signature>Max</div><div>Noch etwas.</div>", "Danke.\nMax\nNoch etwas.", "");
  expect_html("<p>Danke.</p><p>29. január 2026, Anna napíše:</p><blockquote type=cite>Otázka</blockquote>", "Danke.", "");
  expect_html("<blockquote type=cite>Otázka</blockquote><p>Odpoveď</p>", "Odpoveď", "");
  expect_html("<p>Danke.</p><blockquote type=cite>Eins</blockquote><p>Ja.</p><blockquote type=cite>Zwei</blockquote><p>Nein.</p>",
              "Danke.\n\n> Eins\n\nJa.\n\n> Zwei\n\nNein.", "");
}

// A text part says the same in other lines; the mark is carried over by its letters. One that says something else has none.
static void carries_marks_to_the_text_part(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *html = "<p>Danke für <b>alles</b>, wirklich.</p><div class=gmail_quote>Zitat eins zwei</div>";
  g_assert_cmpstr(mail_split(arena, "Danke für *alles*,\nwirklich.\n\nZitat\neins zwei\n", html).reply, ==,
                  "Danke für *alles*,\nwirklich.");
  g_assert_cmpstr(mail_split(arena, "Ganz anderes.\n\nZitat eins zwei\n", html).reply, ==, "Ganz anderes.\n\nZitat eins zwei");
  g_assert_cmpstr(mail_split(arena, "Danke für alles, wirklich. Zitat eins zwei\n", html).reply, ==,
                  "Danke für alles, wirklich. Zitat eins zwei");
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
                                       "Regards\n",
                                       "-Ann\n",
                                       "> q\nRegards\n",
                                       "x On Mon ",
                                       "x On Mon, 1 May 2026 10:00 a@b wrote:\n",
                                       "On 1 May 2026 10:00 a@b wrote:\n> q\nanswer\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 1000000) g_string_append(text, pieces[i]);
    gint64 start = g_get_monotonic_time();
    mail_split(arena, text->str, text->str);
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
                                       "answer with more than four words here\n",
                                       "Regards, Ann\n",
                                       "-Ann\n",
                                       "Tel. 012345 a@b\n",
                                       "Fine. On Wed, Apr 4, 2026 at 3:59 PM, a@b wrote:\n"};
  g_autoptr(GRand) rand = g_rand_new_with_seed(11);
  for (int round = 0; round < 3000; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = g_rand_int_range(rand, 0, 14); i > 0; i--)
      g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
    MailSplit split = mail_split(arena, text->str, NULL);
    int64_t before[256] = {0}, after[256] = {0};
    count_letters(text->str, before);
    count_letters(split.reply, after);
    count_letters(split.quoted, after);
    g_assert_nonnull(strstr(split.quoted, split.signature));
    g_assert_true(g_str_has_suffix(split.reply, split.closing));
    g_assert_cmpmem(before, sizeof before, after, sizeof after);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/quote/case-42-knows-attributions", knows_attributions);
  g_test_add_func("/mail/quote/case-42-knows-header-blocks", knows_header_blocks);
  g_test_add_func("/mail/quote/case-42-knows-separators", knows_separators);
  g_test_add_func("/mail/quote/folds-signatures", folds_signatures);
  g_test_add_func("/mail/quote/names-the-signature", names_the_signature);
  g_test_add_func("/mail/quote/keeps-the-closing-with-the-reply", keeps_the_closing_with_the_reply);
  g_test_add_func("/mail/quote/keeps-what-is-added-below-the-closing", keeps_what_is_added_below_the_closing);
  g_test_add_func("/mail/quote/does-not-take-words-for-a-signature", does_not_take_words_for_a_signature);
  g_test_add_func("/mail/quote/case-42-cuts-inside-a-line", cuts_inside_a_line);
  g_test_add_func("/mail/quote/case-42-reads-marks-in-html", reads_marks_in_html);
  g_test_add_func("/mail/quote/case-42-carries-marks-to-the-text-part", carries_marks_to_the_text_part);
  g_test_add_func("/mail/quote/case-42-keeps-answers-between-quotes", keeps_answers_between_quotes);
  g_test_add_func("/mail/quote/takes-an-answer-below-the-quote", takes_an_answer_below_the_quote);
  g_test_add_func("/mail/quote/is-not-fooled", is_not_fooled);
  g_test_add_func("/mail/quote/takes-linear-time", takes_linear_time);
  g_test_add_func("/mail/quote/loses-nothing", loses_nothing);
  return g_test_run();
}
