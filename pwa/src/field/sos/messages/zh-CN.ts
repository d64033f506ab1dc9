export default {
  sos: {
    key: "求助：按住两秒", key_drill: "演练：按住两秒", press: "长按", again: "再按", drill: "演练", hold: "继续按住，松开就取消", let_go: "松开了，没有发出",
    title: { waiting: "求助已存手机，正在送出", received: "指挥中心已收到", answered: "{name} 已应答", closed: "指挥中心已结束求助", not_sent: "求助没有发出" },
    saved: "已存手机", received: "指挥中心已收到", not_received: "还没有送到指挥中心", answered_by: "{name} 已应答", not_answered: "还没有人应答",
    not_saved: "手机没能存下求助，请立即打电话或发短信。", is_drill: "这是演练",
    place: "每 3 秒记一次位置 · 精度 {metres} 米 · {age}前", no_place: "手机还没有位置；短信里请写明在哪里。", seconds: "{count} 秒", minutes: "{count} 分钟",
    meanwhile: "现在就可以：", send_sms: "发短信给指挥中心", send_sms_any: "发求助短信", call_police: "打 110", call_desk: "打指挥中心",
    safe: "我安全了", said_safe: "已告诉指挥中心您安全，由指挥中心结束。", read: "知道了", fold: "收起，继续办事",
    sms: {
      head: "【令达求助】{name}（{court}）{time} 求助", head_drill: "【演练·不是真求助】令达：{name}（{court}）{time} 演练求助", place: "位置 WGS-84（纬度, 经度）{coordinates}，精度 {metres} 米，{time} 测得",
      no_place: "位置未知", battery: "电量 {percent}%", order: "正在执行 {number}", joint: "；",
    },
    drill_title: "SOS 求助", how: "任何页面右下方的红圈按住两秒，或在屏幕最上边连点五下：无声报给指挥中心。按住时手指滑动、短暂脱开都不要紧，松开就取消。",
    drill_begin: "演练一次", drill_on: "请在一分钟内长按：这次是演练",
  },
};
