/** What went wrong, in the language of the screen: the server's own sentence, or an honest one of ours. */
import { useI18n } from "vue-i18n";
import { ProblemError } from "@/api/client";
import { inLanguage } from "@/i18n";
import { sessionEnded } from "./session";

/** A function that turns any failure into one sentence; a 401 also opens sign-in over the page. */
export function useProblems(): (error: unknown) => string {
  const { t, locale } = useI18n();
  return (error) => {
    if (!(error instanceof ProblemError)) return t("common.unreachable");
    if (error.status === 401) sessionEnded();
    return error.problem ? inLanguage(error.problem, locale.value) : t("common.failed");
  };
}
