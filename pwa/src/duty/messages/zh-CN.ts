export default {
  duty: {
    title: "值班台", sections: "值班台各部分", section: { desk: "值班台", calls: "呼叫清单", terminals: "终端", handover: "交接班", roster: "排班", log: "值班日志", records: "待说明", clocks: "时限", statistics: "统计" }, to_command: "打开指挥页", pick_up: "接听", pick_up_help: "电话一响就按 F2：从摘机起计时，随后再填。断网也能登记。", call: "接听登记", call_tab: "通话 {time}",
    running: "{time} 起已计时", received_rule: "摘机时间即接报时间；断网也会保存。", draft_kept: "草稿已存本机", draft_keeping: "正在存草稿…", call_kind: "来电种类",
    inquiry: "咨询", lead: "线索", directive: "上级指令", content: "内容（按来电人的原话）", content_example: "什么财产或什么人、在哪里、正在发生什么", point: "地图上的位置", point_pick: "在地图上标", point_again: "重新标",
    point_clear: "去掉标记", point_how: "写地名，再在地图上标位置。", point_set: "已标：北纬 {latitude}，东经 {longitude}", case_number: "案号", case_number_example: "（2026）云2924执118号",
    case_number_reading: { empty: "未填", current: "执行案号", other_type: "不是执行类型代字，请再核对；可以照存", legacy: "旧式或自编案号，照原样保存", unfinished: "还没有写完；可以照存" },
    debtor: "被执行人", identity_tail: "证件末四到六位", grounds: "紧急情形（至少一项，{clause}）", kind: "种类", channel: "来源", chance_from: "时机自", chance_until: "时机至",
    summary: "问什么、怎么答", caller: "来电人（可不填）",
    reporter: {
      title: "举报人身份 · 单独保管", why: "不进指令、不上手机、不导出；以后查看须有权限并留下记录。", name: "姓名", phone: "电话", phone_wrong: "电话只能有数字、空格和 + - * ( )", relation: "与案件关系",
      relation_example: "申请执行人、邻居、民警…", anonymous: "要求保密", reply: "要求答复", look: "查看举报人身份（将记录是谁何时查看）", hide: "收起",
    },
    problem: { content: "请写内容。", place: "请给这个位置写个地名。", identity_tail: "四到六位数字或 X。", chance: "结束早于开始。", grounds: "登记为紧急，至少要选一项紧急情形。" },
    register: "登记线索，稍后分流", register_urgent: "登记为紧急", register_later: "先登记，稍后分流", register_non_urgent: "登记为不紧急", register_inquiry: "登记咨询",
    drop: "放弃这通来电", drop_sure: "草稿会从本机删除，确定吗？", must_answer: "须回应", answer_now: "应立即接听", tonight: "今夜", to_triage: "待分流", quiet_night: "今天还没有来电。",
    triage: "分流", triage_again: "改分流", triage_reason: "理由（不属本院必填）", triage_help: "紧急须有至少一项情形；不紧急两个工作日内安排核查；不属本院要写明理由。",
    merge: { act: "与另一条线索合并…", with: "哪一条是同一件事", rule: "时限按最早接报的一条计算；各举报人都保留；不能撤销。", sure: "是同一件事，合并", of: "并入的线索" },
    lead_act: { report: "报告领导", close: "办结线索" }, result: "结果", reply: "给举报人的答复", order_from_lead: "给谁下令", gone: "这一条已不在列表里。",
    outbox: {
      store_dead: "本机存储坏了，请立刻重开浏览器；未送达的内容请另纸记下。", store_full: "本机存储已满，没有保存。请清理磁盘。", waiting: "{count} 条已存本机，待送达", delivered: "最近一条已送达",
      stuck: "服务器处理不了，已记录；仍在每五分钟重试", try_now: "立即重试", export: "导出这一条",
      refused: "服务器没有接受", put_aside: "知道了", given_up: "多次没有送成（{told}）", needs_look: "需处理", kept_here: "已存本机", kept_long: "已存本机，还没有送达服务器；一连上就送。",
      other_user: "这个浏览器现在登录的是别人，您的登记不会以别人名义送出。请重新登录。",
    },
    phones: {
      title: "手机绑定", bind: "绑定一部手机", whose: "选择干警（可输入姓名）", make_code: "生成一次性绑定码", qr_alt: "绑定二维码", expires: "{left} 后失效", expired: "绑定码已过期，请重新生成。",
      how: "用本人手机扫码，或打开 {url}", list: "已绑定的手机", revoke: "注销", revoked: "已注销", revoke_sure: "确定注销，立即失效", since: "{day} 绑定", none: "还没有绑定的手机。",
    },
  },
};
