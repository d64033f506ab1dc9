/** A notice in one line: which clock of what, how it stands, by when, under which clause. */
import { useI18n } from "vue-i18n";
import type { Notice } from "@/api/types";
import { momentText } from "@/time/format";
import { clauseName } from "./clocks";

export interface NoticeWords { what: string; how: string }

export function useNoticeWords(): (notice: Notice, now: number) => NoticeWords {
  const { t, locale } = useI18n();
  return (notice, now) => ({
    what: notice.clock ? `${t(`desk.clock.name.${notice.clock}`)} ${notice.title}` : notice.title,
    how: [
      notice.matter ? t(`desk.notice.matter.${notice.matter}`) : t(`desk.notice.${notice.kind}`),
      notice.passed ? t("desk.clock.passed", { clause: clauseName(notice.passed, locale.value) }) : "",
      notice.due_at ? t("desk.clock.due", { time: momentText(notice.due_at, now) }) : "",
      notice.clause ? clauseName(notice.clause.id, locale.value) : "",
    ].filter(Boolean).join(" · "),
  });
}
