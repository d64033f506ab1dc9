/** What a phone last found of itself, in one short line; how long an answer took. */
import { useI18n } from "vue-i18n";
import type { PhoneReadiness } from "@/api/types";
import { currentTime } from "@/time";
import { momentText } from "@/time/format";

export interface ReachWords { check: (phone: PhoneReadiness) => string; seconds: (milliseconds: number) => string }

export function useReachWords(): ReachWords {
  const { t } = useI18n();
  return {
    check: ({ report, checked_at }) => {
      if (!report || !checked_at) return t("reach.never_checked");
      const parts = [
        t(`reach.check.push.${report.push}`), t(`reach.check.position.${report.position}`),
        report.battery_percent === null ? "" : t("desk.team.battery", { percent: report.battery_percent }),
        report.round_trip_ms === null ? "" : t("reach.check.round_trip", { seconds: (report.round_trip_ms / 1000).toFixed(1) }),
      ];
      return t("reach.checked", { time: momentText(checked_at, currentTime.value), what: parts.filter(Boolean).join(" · ") });
    },
    seconds: (milliseconds) => t("reach.seconds", { seconds: (milliseconds / 1000).toFixed(1) }),
  };
}
