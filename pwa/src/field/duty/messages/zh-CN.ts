export default {
  phone_duty: {
    now: "现在值班", mine: "我的班", none_mine: "三十天内没有排您的班。", night: "近 24 小时", quiet_night: "近 24 小时没有记录。", more: "看更多", as_of: "这是 {time} 的情况，联网后更新。", not_loaded: "还没有读到值班情况，联网后自动读取。",
    as: "{post} · {function}", waits_swap: "{asker} 请您替 {post} {time} 的班", why: "理由：{reason}", swap_state: "已请 {substitute} 替班 · {state}",
    ask_title: "请谁替您？", ask_hint: "对方同意后，由带班领导批准，排班才会改。", ask_reason: "为什么", ask_send: "发出请求", nobody_to_ask: "排班上没有可替您的人，请联系带班领导。", choose_first: "请选一个人，写明理由。",
    sign: "有一份交接等您签字", sign_as: { outgoing: "您是交班人", incoming: "您是接班人" }, sign_do: { outgoing: "交班，签字", incoming: "接班，签字" }, pending: "待办 {count} 项", signed_by: "{name} {time} 已签字", look: "看清单", hide: "收起清单", sign_offline: "联网后才能看到清单并签字。",
    refuse: "替不了",
  },
};
