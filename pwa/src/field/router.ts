/** Pages of the phone, by hash so that every address works from the one cached page. */
import { createRouter, createWebHashHistory } from "vue-router";
import Attention from "./screens/Attention.vue";
import Order from "./screens/Order.vue";
import Orders from "./screens/Orders.vue";

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: "/", name: "orders", component: Orders },
    { path: "/order/:id", name: "order", component: Order, props: true },
    { path: "/order/:id/feedback", name: "feedback", component: () => import("./screens/Feedback.vue"), props: true },
    { path: "/duty", name: "duty", component: () => import("./screens/Duty.vue") },
    { path: "/attention", name: "attention", component: Attention },
    { path: "/records", name: "records", component: () => import("./screens/Records.vue") },
    { path: "/records/:id", name: "record", component: () => import("./screens/RecordPage.vue"), props: true },
    { path: "/me", name: "me", component: () => import("./screens/SelfCheck.vue") },
    { path: "/sign-in", name: "sign-in", component: () => import("./screens/SignIn.vue") },
    { path: "/enrol/:code?", name: "enrol", component: () => import("./screens/Enrol.vue"), props: true },
    { path: "/:rest(.*)*", redirect: "/" },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});
