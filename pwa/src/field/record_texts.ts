/** The words of records, loaded with their screens: the first screen does not carry them. */
import { useI18n } from "vue-i18n";
import type { RecordShape } from "@/api/types";
import chinese from "@/records/messages/zh-CN";
import english from "@/records/messages/en";

/** Join the words of records to the page's; call it in the setup of a screen that shows records. */
export function joinRecordTexts(): void {
  const { mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", chinese as never);
  mergeLocaleMessage("en", english as never);
}

/** How a record stands for one person: released says all, whatever became of it for the others. */
export function recordState(record: RecordShape, userId: string, t: (key: string) => string): string {
  if (record.people.some((one) => one.user.id === userId && one.released_at)) return t("records.released");
  return record.decision ? t(`records.decision.${record.decision}`) : t(`records.state.${record.state}`);
}
