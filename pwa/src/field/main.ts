/** The phone page: `/`. */
import "@/style/tokens.css";
import "@/style/vant.css";
import "vant/lib/style/base.css";
import "vant/lib/button/index.css";
import "vant/lib/loading/index.css";
import "./phone.css";
import { createApp } from "vue";
import { createTranslations } from "@/i18n";
import { startClock } from "@/time";
import App from "./App.vue";
import english from "./messages/en";
import chinese from "./messages/zh-CN";
import { listenToWorker, onWorkerMessage } from "@/push/worker_messages";
import { unlockSoundOnTouch } from "./ringing";
import { router } from "./router";
import { startPhone } from "./start";
import { startTheme } from "./theme";
import { takeWaitingVersion, watchForUpdates } from "./updates";

async function begin(): Promise<void> {
  startTheme();
  listenToWorker();
  onWorkerMessage((message) => {
    if (message.type === "open") void router.push(message.path);
  });
  if (await takeWaitingVersion()) return;
  startClock();
  unlockSoundOnTouch();
  createApp(App).use(createTranslations({ "zh-CN": chinese, en: english })).use(router).mount("#app");
  void startPhone();
  void watchForUpdates();
}

void begin();
