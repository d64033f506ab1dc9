/** Texts of a slip in the language of the screen. */
import { useI18n } from "vue-i18n";
import type { SlipWords } from "./slip";

export function useSlipWords(): () => SlipWords {
  const { t, te, locale } = useI18n();
  return () => ({
    title: (debtor, place) => [place, debtor].filter(Boolean).join(" ") || t("desk.slip.untitled"),
    action: (ground) => (te(`desk.slip.action.${ground}`) ? t(`desk.slip.action.${ground}`) : t("desk.slip.action.other")),
    verifyAction: t("desk.slip.verify"),
    rules: (clauses) => t("desk.slip.rules", { clauses }),
    language: locale.value,
  });
}
