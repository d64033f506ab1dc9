export default {
  common: {
    product: "令达",
    save: "保存", cancel: "取消", confirm: "确定", back: "返回", close: "关闭", retry: "重试", loading: "正在载入…",
    sign_in: "登录", sign_out: "退出登录", account: "账号", password: "密码",
    online: "在线", offline: "未连接", connecting: "正在连接",
    unreachable: "连不上服务器，请检查网络后重试。", failed: "操作没有成功，请重试。",
    first_password_why: "这是别人给的初始密码，请先改成只有您知道的密码。", new_password: "新密码",
    new_password_help: "至少 {count} 个字符，几个词连起来最好记。", repeat_password: "再输一次", passwords_differ: "两次输入的密码不同。", save_password: "保存并登录",
    language: "语言", chinese: "中文", english: "English",
  },
  directive: {
    kind: { dispatch: "派出令", verify: "核查", superior: "上级指令", assistance: "协助执行", instruction: "指示" },
    state: {
      drafted: "草拟", issued: "已下达", delivered: "已送达", acknowledged: "已签收", reported_to_leader: "已报告领导",
      dispatched: "已派出", on_scene: "已到场", completed: "已完毕", feedback_submitted: "已反馈", accepted: "已认可",
      returned: "已退回", objected: "有异议", withdrawn: "已撤回", superseded: "已被替代", cancelled: "已取消",
    },
    urgency: { urgent: "紧急", normal: "普通" },
    result: { completed: "全部完成", partly: "部分完成", not_possible: "未能完成" },
    answer: { pending: "未答复", accepted: "已接令", declined: "不能前往" },
    basis: { lead: "线索", directive: "上级指令", case: "案件", instruction: "指挥长指示" },
    step: {
      on_behalf: "值班台代记", told: "值班台代记 · {channel} · {name}", reported: "报告给 {name}（{channel}）", by_child: "由 {name} 执行", by_some_child: "由下级令的小组执行",
      recorded: "{time} 记入", channel: { in_person: "当面", phone: "电话", message: "信息", radio: "对讲机", fax: "传真", letter: "公函" }, came: "{channel} · {name}", sent: "以{channel}送出 · 凭据：{proof}",
    },
    fetches_debtor: "提解被执行人",
    gap: { officers: "还差 {count} 名执行干警", woman: "还差一名女干警" },
  },
};
