/** The words of the duty, which only its screen needs: joined to the phone's when it is first opened. */
import { useI18n } from "vue-i18n";
import deskEnglish from "@/desk/messages/en";
import deskChinese from "@/desk/messages/zh-CN";
import handoverEnglish from "@/duty/handover/messages/en";
import handoverChinese from "@/duty/handover/messages/zh-CN";
import logEnglish from "@/duty/log/messages/en";
import logChinese from "@/duty/log/messages/zh-CN";
import rosterEnglish from "@/duty/roster/messages/en";
import rosterChinese from "@/duty/roster/messages/zh-CN";
import english from "./messages/en";
import chinese from "./messages/zh-CN";

let joined = false;

/** Call in the setup of the screen, before anything is said. */
export function joinDutyWords(): void {
  if (joined) return;
  const { mergeLocaleMessage } = useI18n({ useScope: "global" });
  for (const area of [deskChinese, rosterChinese, handoverChinese, logChinese, chinese]) mergeLocaleMessage("zh-CN", area);
  for (const area of [deskEnglish, rosterEnglish, handoverEnglish, logEnglish, english]) mergeLocaleMessage("en", area);
  joined = true;
}
