export default {
  roster: {
    title: "排班", week_of: "{first} 至 {last}", before: "‹ 上周", now: "本周", after: "下周 ›", today: "今天", mine: "我的班", nobody: "未排", plan_here: "在 {day} 排班",
    as_of: "连不上服务器，这是 {time} 的排班，只能查看。", not_kept: "连不上服务器，本机没有保存这一周的排班。", none: "这一周还没有排班。", none_plan: "这一周还没有排班。可以排一个班次，或者按规律排。",
    post: { A: "A 岗", B: "B 岗", week: "带班" }, function: { leader: "带班领导", officer: "值班干警", technician: "技术人员", standby: "备勤" },
    short: { leader: "带班", officer: "值班", technician: "技术", standby: "备勤" },
    span: "{begin} – {end}", for_hours: "{begin} 起 {hours} 小时", for_days: "{begin} 起 {days} 天", on_day: "{day} 日 {time}", swapped: "{name} 的班由 {other} 替",
    state: {
      planned: "已排", on_post: "在岗", handed_over: "已交班", absent: "无人到岗", overdue: "应于 {time} 交班，尚未交", missed: "到点没有接班", on_post_since: "在岗，{time} 接班", handed_over_at: "{time} 已交班",
    },
    line: { nobody: "现在没有人在岗", people: "{count} 人", overdue: "{post} 应于 {time} 交班，尚未交", next: "{time} 交接", open: "打开交接班" },
    panel: {
      planned: "计划", on_post: "接班", off_post: "交班", slip_in: "打印接班时的交接表", slip_out: "打印交班时的交接表", change: "修改", relieve: "安排替班", relieve_why: "在岗人员不能坚持到下班时用，从现在起替换。", absent: "记无人到岗", delete: "删除", delete_sure: "删除后，这一班就没有人了。确定删除吗？",
    },
    form: {
      one: "排一个班次", change: "修改班次", pattern: "按规律排", pattern_help: "几组人轮流，一班接一班；要么全部排上，要么一个不排。", post: "岗位", begin: "开始", end: "结束", choose: "输入姓名查找", desk_needed: "至少要有一名带班领导或值班干警。",
      first_day: "自", last_day: "至", hand_over: "交接时间", hours: "每班小时", crew: "第 {number} 组", add_crew: "再加一组", drop_crew: "去掉这一组", makes: "共 {count} 个班次", plan_all: "排 {count} 个班次",
    },
    swap: {
      title: "换班", what: "{asker} 请 {substitute} 替 {post} {time} 的班", of_deleted: "{asker} 请 {substitute} 替班（该班次已删除）", who: "请谁替", ask: "请人替班", why_not: "写明理由",
      approve: "批准", decline: "不批准", decline_with: "不批准…", agree: "我来替", refuse: "替不了", withdraw: "撤回",
      waits: { leader: "{name} 已同意，待带班领导批准", substitute: "待 {name} 答复" },
      state: { asked: "待答复", agreed: "待批准", refused: "对方替不了", approved: "已批准", declined: "未批准", withdrawn: "已撤回" },
    },
  },
};
