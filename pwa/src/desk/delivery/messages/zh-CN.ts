export default {
  delivery: {
    covert: "隐蔽", covert_rule: "手机暗屏、不响铃、只轻震；不打语音电话，推送无声。蹲守、抓捕前用。", covert_no_call: "隐蔽：电话铃声会暴露，不要拨打。",
    now: "现在：{rung}", next: "下一步：{rung} {left}", at_once: "马上",
    rung: { socket: "手机在线送达", push: "推送", message: "短信", voice: "电话", leader: "报组长和值班台", commander: "报指挥长", hand: "等人工拨打" },
    stage: { emitted: "已发出", pushed: "已推送", device_received: "手机收到", displayed: "已显示", opened: "已打开", accepted: "已接令" }, nothing_yet: "还没有到任何手机", path: "送达经过", not_yet: "未到",
    trouble: {
      no_phone: "未绑定手机", no_push: "手机未开推送", push_gone: "手机的推送已失效", push_forbidden: "推送服务不认本院密钥", push_later: "推送服务没有应答，正在重试", push_refused: "推送被拒收", push_unset: "本院没有配置推送",
      push_too_large: "推送内容过长", push_failed: "推送没有送成",
    },
    channel: { push: "推送", recall: "撤回推送", sms: "短信", voice: "语音电话", wecom: "企业微信", socket: "在线页面", poll: "轮询" },
    sending: { waiting: "等待发送", retried: "重试中（已试 {tries} 次，{reason}）", taken: "正在发送", sent: "已交出", failed: "没有发成：{reason}", moot: "已不必再发" },
    reason: {
      no_answer: "对方服务没有应答", busy: "对方服务太忙", ended: "手机已不再接收推送", key: "密钥或账号不对，请找系统管理员", address: "地址不对，请找系统管理员", nowhere: "没有可发的号码或通道", stopped: "系统正在重启", broken: "对方服务出了故障", refused: "对方服务拒绝",
    },
    resend: "再发一次", resent: "已再响一次", called: "电话已拨…", acknowledge_for: "代为接令", more: "各部手机", less: "收起", calls: "拨打过", sent: "发送过", devices: "各部手机", by: "{outcome}（{name}）",
    outcome: { told: "已告知", no_answer: "无人接", busy: "占线", off: "关机", wrong_number: "号码错" },
    unanswered: "已收到，无人应答", unanswered_next: "{left} 后报指挥长", unanswered_told: "已报指挥长", has_it: "{people} 已收到",
    settled: { accepted: "已接令", declined: "不能前往", on_behalf: "已代为接令", under_way: "小组已出发", called_off: "令已撤回", received: "手机已收", closed: "测试结束" },
  },
};
