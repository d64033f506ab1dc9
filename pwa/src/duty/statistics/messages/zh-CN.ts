export default {
  statistics: {
    from: "自", to: "至", all_courts: "全部法院", csv: "下载表格（CSV）", step: "步骤与期限", started: "开始", outcome: "结果", rate: "按时率", times: "用时（深色：中位数 · 浅色：95% · 竖线：期限）",
    took: "中位数 {median} · 95% 在 {p95} 内 · 共 {count} 次", days: "{days} 天 {clock}", none: "这些日子里没有开始的时限。", none_timed: "还没有已完成的",
    how: "截至 {time}。按时率＝按时÷（按时＋超时）；正在计时、待证实、已取消的不计入。用时自开始至停止，取实际发生过的值。只统计法院，不涉及个人，不排名。",
    preset: { this_month: "本月", last_month: "上月", quarter: "近三个月", year: "近一年" },
    state: { met: "按时", breached: "超时", unconfirmed: "待证实", running: "正在计时", cancelled: "取消" },
  },
};
