export default {
  reach: {
    calls: "呼叫清单", to_ring: "{count} 人须打电话", open_calls: "打开呼叫清单", see: "看原因", waited: "已等 {time}", number_of: "{name}的手机号", number_form: "数字，可带 +、空格和短横", number_saved: "号码已存", account: "企业微信账号（可不填）", no_number: "没有号码",
    leader: "组长 {name}", covert_by_leader: "隐蔽：电话铃声会暴露，不要拨打；用约定的方式告知组长{name}。", keys: "打完按数字键 1 至 5，自动到下一人。无人接的两分钟后再排上来。", after: "接下来", told: "{name}已口头告知，已记下。", gone: "手机刚刚收到了，或令已有人应答，不必再打。",
    next: "下一位", done: "知道了", nobody: "没有须打电话的人。", as_of: "连不上服务器，清单停在 {time}；可以拨打，结果等连上再记。", not_kept: "连不上服务器，本机没有保存清单。",
    dark: "{count} 部手机叫不醒", none_dark: "{count} 部手机都叫得醒", no_phones: "本院还没有绑定手机", heard: "最后联系 {time}", never_heard: "从未联系", never_checked: "从未自检", checked: "自检 {time}：{what}",
    obstacle: {
      no_push: "没有开推送", push_gone: "推送已失效", push_forbidden: "推送服务不认本院密钥", never_checked: "从未自检", notifications_denied: "通知被禁止", position_denied: "定位被禁止", clock_off: "手机时间不准", no_certificate: "没有信任本院证书", storage_not_kept: "系统可能清除存储",
      battery_saver: "省电限制未解除", check_is_old: "自检已过 31 天",
    },
    remedy: {
      self_check: "请本人打开令达页面，点“一键自检”。", permission: "请本人在手机设置里允许令达的通知和定位，再点“一键自检”。", administrator: "请系统管理员核对推送密钥。", certificate: "请本人按绑定说明安装并信任证书。", clock: "请本人把手机时间设为自动。", battery: "请本人把浏览器加入不受省电限制的名单。",
      install: "请本人把令达添加到主屏幕后再打开。",
    },
    check: {
      push: { ok: "推送正常", denied: "推送被拒", unsupported: "不支持推送", timeout: "推送没有到", failed: "推送失败", none: "没有推送" }, position: { granted: "定位允许", denied: "定位被禁", prompt: "定位未问", unsupported: "无定位", unknown: "定位不明" }, round_trip: "推送往返 {seconds} 秒",
    },
    test: "终端连通测试", test_why: "每月测试一次：给本院每部手机发一条测试，看哪部不应答、谁没有手机。不响警报，不惊动人。", test_sure: "将给本院所有手机发一条测试，十分钟内收应答。", start: "开始测试", start_now: "现在开始", runs_until: "正在测试，{time} 后才能再测",
    last_test_today: "上次测试：{day}，不到一天", last_test: "上次测试：{day}，已过 {days} 天", last_test_overdue: "上次测试：{day}，已过 {days} 天，本月还没有测试", no_test: "本院还没有测试过", answered: "{received}/{phones} 部已应答", still_open: "还等 {left}", print: "打印报告", printed: "{court}终端连通测试报告", waits: "等待应答", no_answer: "未应答",
    without: "{count} 人没有手机", seconds: "{seconds} 秒", column: { person: "干警", phone: "手机", channel: "经由", time: "用时" }, earlier: "历次测试",
  },
};
