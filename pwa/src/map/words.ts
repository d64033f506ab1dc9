/** Words of the map in the language of the screen. */
import { useI18n } from "vue-i18n";
import { serialOf, shortNumber } from "@/desk/numbers";
import { ageMs, coarseAge, type Age } from "./ages";
import { readableDistance } from "./distance";
import type { MapWords } from "./features";

export interface PositionWords extends MapWords {
  /** "4 分钟前", or null when never heard of. */
  ageOf(fixedAt: string | null | undefined, now: number): string | null;
  distance(metres: number): string;
}

export function useMapWords(): PositionWords {
  const { t } = useI18n();
  const age = (value: Age): string => t(`map.age.${value.unit}`, { count: value.count });
  return {
    age,
    ageOf: (fixedAt, now) => {
      const milliseconds = ageMs(fixedAt, now);
      return milliseconds === null ? null : age(coarseAge(milliseconds));
    },
    distance: (metres) => {
      const { unit, text } = readableDistance(metres);
      return t(`map.${unit}`, { text });
    },
    teamState: (state) => t(`desk.team.state.${state}`),
    lead: (number) => t("desk.lead.numbered", { number: serialOf(number) }),
    directive: shortNumber,
  };
}
