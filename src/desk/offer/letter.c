// The words below an answer that offers something: the question, the options as a numbered list with a link each, how to choose, and
// until when. In the customer's language where the desk writes in it. Titles are an agent's words in an agent's Markdown; links are
// made of digits and hexadecimal letters, so that no mail program breaks them.
//
// What UK firms under the FCA's DISP rules must say with a summary resolution communication (DISP 1.5.4R) and a final response
// (DISP 1.6.2R, with the standard wording of DISP 1 Annex 3R for complaints that are in time) is in English, as the rules are.
#include "desk/offer/letter.h"

#include "desk/hours/deadline.h"

#include <string.h>

typedef struct Phrases {
  const char *language;
  const char *question, *one_question; // for several options; for one
  const char *by_link, *by_answer;     // %s: the last day
} Phrases;

// clang-format off: a language a block
static const Phrases phrases[] = {
  {"en", "**Which of these suits you best?**", "**Does this suit you?**",
   "Open the link of your choice and confirm it there, or simply answer this mail. The links work until %s.",
   "Answer this mail with the number that you choose, or tell us what would suit you better."},
  {"de", "**Was passt Ihnen am besten?**", "**Passt Ihnen das so?**",
   "Öffnen Sie den Link Ihrer Wahl und bestätigen Sie dort, oder antworten Sie einfach auf diese Mail. Die Links gelten bis %s.",
   "Antworten Sie auf diese Mail mit der Nummer Ihrer Wahl, oder sagen Sie uns, was Ihnen besser passt."},
  {"fr", "**Laquelle de ces solutions vous convient le mieux ?**", "**Cela vous convient-il ?**",
   "Ouvrez le lien de votre choix et confirmez-le, ou répondez simplement à ce message. Les liens sont valables jusqu’au %s.",
   "Répondez à ce message avec le numéro de votre choix, ou dites-nous ce qui vous conviendrait mieux."},
  {"es", "**¿Cuál de estas opciones le conviene más?**", "**¿Le parece bien?**",
   "Abra el enlace que elija y confírmelo allí, o responda a este correo. Los enlaces valen hasta el %s.",
   "Responda a este correo con el número que elija, o díganos qué le vendría mejor."},
  {"it", "**Quale di queste soluzioni preferisce?**", "**Le va bene così?**",
   "Apra il link che preferisce e confermi lì, oppure risponda a questa e-mail. I link valgono fino a %s.",
   "Risponda a questa e-mail con il numero che sceglie, o ci dica che cosa Le andrebbe meglio."},
  {"pt", "**Qual destas opções lhe convém mais?**", "**Isto convém-lhe?**",
   "Abra o link da sua escolha e confirme, ou responda simplesmente a este e-mail. Os links são válidos até %s.",
   "Responda a este e-mail com o número da sua escolha, ou diga-nos o que lhe conviria mais."},
  {"nl", "**Wat past u het beste?**", "**Past dit u?**",
   "Open de link van uw keuze en bevestig daar, of beantwoord gewoon deze mail. De links werken tot %s.",
   "Beantwoord deze mail met het nummer van uw keuze, of zeg ons wat u beter past."},
  {"pl", "**Które rozwiązanie najbardziej Państwu odpowiada?**", "**Czy to Państwu odpowiada?**",
   "Proszę otworzyć wybrany link i potwierdzić, albo po prostu odpowiedzieć na tę wiadomość. Linki działają do: %s.",
   "Proszę odpowiedzieć na tę wiadomość, podając wybrany numer, albo napisać, co odpowiadałoby Państwu bardziej."},
};

static const char *const disp[OFFER_KIND_COUNT] = {
  [OFFER_SUMMARY] =
    "You made a complaint to us, and we now consider it resolved. Should you find later that you are not satisfied with how it was "
    "resolved, you can come back to us, and you may be able to refer it to the Financial Ombudsman Service. There is more about the "
    "service at <https://www.financial-ombudsman.org.uk>.",
  [OFFER_FINAL] =
    "This is our final response to your complaint. You have the right to refer your complaint to the Financial Ombudsman Service, "
    "free of charge, but you must do so within six months of the date of this letter. If you do not refer your complaint in time, "
    "the Ombudsman will not have our permission to consider your complaint and so will only be able to do so in very limited "
    "circumstances, for example if it believes that the delay was as a result of exceptional circumstances. "
    "<https://www.financial-ombudsman.org.uk>",
};
// clang-format on

static const Phrases *phrases_of(const Language *language) {
  for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++)
    if (strcmp(phrases[i].language, language_code(language)) == 0) return &phrases[i];
  return &phrases[0];
}

static void add_options(Arena *arena, const Desk *desk, const OfferLetter *letter, GString *out) {
  const Offer *offer = letter->offer;
  const Phrases *words = phrases_of(letter->language);
  g_string_append_printf(out, "\n\n%s\n\n", offer->options.count == 1 ? words->one_question : words->question);
  for (size_t i = 0; i < offer->options.count; i++) {
    g_string_append_printf(out, "%zu. %s\n", i + 1, offer->options.items[i]);
    if (letter->origin)
      g_string_append_printf(out, "   <%s/choose/%s>\n", letter->origin,
                             offer_token(arena, desk, offer->id, (int64_t)i + 1, offer->expires_at));
  }
  g_string_append_c(out, '\n');
  if (!letter->origin) {
    g_string_append(out, words->by_answer);
    return;
  }
  g_auto(GStrv) halves = g_strsplit(words->by_link, "%s", 2);
  g_string_append_printf(out, "%s%s%s", halves[0], language_day(arena, letter->language, offer->expires_at, letter->zone),
                         halves[1]);
}

const char *offer_words(Arena *arena, const Desk *desk, const OfferLetter *letter) {
  g_autoptr(GString) out = g_string_new(NULL);
  const Offer *offer = letter->offer;
  if (offer->options.count) add_options(arena, desk, letter, out);
  int64_t profile = letter->complaint ? letter->complaint->profile : PROFILE_NONE;
  bool is_disp = profile == PROFILE_FCA_DISP || profile == PROFILE_FCA_PAYMENT;
  if (is_disp && disp[offer->kind]) g_string_append_printf(out, "\n\n%s", disp[offer->kind]);
  return arena_strndup(arena, out->str, out->len);
}
