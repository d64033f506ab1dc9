/** The duty desk: `/duty`. */
import "@/style/tokens.css";
import "@/desk/desk.css";
import { createApp } from "vue";
import { createTranslations } from "@/i18n";
import deskChinese from "@/desk/messages/zh-CN";
import deskEnglish from "@/desk/messages/en";
import deliveryChinese from "@/desk/delivery/messages/zh-CN";
import deliveryEnglish from "@/desk/delivery/messages/en";
import { keepPage } from "@/desk/kept_page";
import sosChinese from "@/desk/sos/messages/zh-CN";
import sosEnglish from "@/desk/sos/messages/en";
import mapChinese from "@/map/messages/zh-CN";
import mapEnglish from "@/map/messages/en";
import { startClock } from "@/time";
import recordsChinese from "@/records/messages/zh-CN";
import recordsEnglish from "@/records/messages/en";
import handoverChinese from "./handover/messages/zh-CN";
import handoverEnglish from "./handover/messages/en";
import logChinese from "./log/messages/zh-CN";
import logEnglish from "./log/messages/en";
import rosterChinese from "./roster/messages/zh-CN";
import rosterEnglish from "./roster/messages/en";
import DutyApp from "./DutyApp.vue";
import clocksEnglish from "./clocks/messages/en";
import clocksChinese from "./clocks/messages/zh-CN";
import english from "./messages/en";
import chinese from "./messages/zh-CN";
import statisticsEnglish from "./statistics/messages/en";
import statisticsChinese from "./statistics/messages/zh-CN";
import dutyRecordsChinese from "./records/messages/zh-CN";
import dutyRecordsEnglish from "./records/messages/en";
import reachEnglish from "./reach/messages/en";
import reachChinese from "./reach/messages/zh-CN";
import outsideEnglish from "./outside/messages/en";
import outsideChinese from "./outside/messages/zh-CN";

startClock();
const areas = [
  { "zh-CN": deskChinese, en: deskEnglish }, { "zh-CN": deliveryChinese, en: deliveryEnglish }, { "zh-CN": sosChinese, en: sosEnglish }, { "zh-CN": mapChinese, en: mapEnglish }, { "zh-CN": chinese, en: english },
  { "zh-CN": clocksChinese, en: clocksEnglish }, { "zh-CN": statisticsChinese, en: statisticsEnglish },
  { "zh-CN": recordsChinese, en: recordsEnglish }, { "zh-CN": dutyRecordsChinese, en: dutyRecordsEnglish },
  { "zh-CN": rosterChinese, en: rosterEnglish }, { "zh-CN": handoverChinese, en: handoverEnglish }, { "zh-CN": logChinese, en: logEnglish },
  { "zh-CN": outsideChinese, en: outsideEnglish }, { "zh-CN": reachChinese, en: reachEnglish },
];
createApp(DutyApp).use(createTranslations(...areas)).mount("#app");
void keepPage("/duty");
