/** The words of records, loaded with their screens: the first screen does not carry them. */
import { useI18n } from "vue-i18n";
import chinese from "@/records/messages/zh-CN";
import english from "@/records/messages/en";

/** Join the words of records to the page's; call it in the setup of a screen that shows records. */
export function joinRecordTexts(): void {
  const { mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", chinese as never);
  mergeLocaleMessage("en", english as never);
}
