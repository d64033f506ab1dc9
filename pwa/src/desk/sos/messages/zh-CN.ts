export default {
  check_in: { title: "定时报平安", off: "不用", every: "每 {count} 分钟", by: "{name} 定", due: "应于 {time} 前", missed: "到时未报", last: "上次 {time}", waits: "出发后开始计时" },
  emergency: {
    title: "求助", drill: "演练", kind: { sos: "求助 SOS", missed_check_in: "到时未报平安" },
    muted: "浏览器还没有放行声音：请点一下页面任意处，警报就会响。", answer: "应答", answered: "{name} {time} 已应答", unanswered: "还没有人应答", theirs: "{court}还没有应答",
    pressed: "{time} 按下", pressed_before: "{minutes} 分钟前按下，{received} 才收到", place_age: "位置{age}", to_map: "看地图", no_place: "没有位置", no_place_hint: "手机没有给出位置",
    battery: "电量", order: "手上的指令", no_order: "无", nearest: "最近的小组（直线，{age}）", says_safe: "本人 {time} 报平安", more: "经过、结束", less: "收起", words: "在做什么、结果如何，写一句",
    note: "记一笔", close: "结束", result: { safe: "本人平安", helped: "已救援", false_alarm: "误触", drill: "演练结束", on_time: "按时报过" }, came: "{time} 收到",
    line: {
      raise: "{name} 按下求助", press_again: "{name} 再次按下", safe: "{name} 报平安", answer: "{name} 应答", note: "{name} 记", tell_leaders: "30 秒无人应答，已通知带班领导和指挥长", tell_superior: "60 秒无人应答，已报上级：{court}",
      close: "{name} 结束", miss: "到时未报平安", withdraw: "后来收到按时的报平安，撤回警报",
    },
  },
};
