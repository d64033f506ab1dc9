export default {
  duty_log: {
    title: "值班日志", note: "记事", write: "记一笔", save: "记下", example: "看到什么、听到什么、做了什么；按人、时、事写清楚", about: "关于什么", which: "看哪一类", all: "全部", more: "更早的", print: "打印",
    kind: { note: "记事", lead: "线索", directive: "指令", clock: "时限", duty: "值班", emergency: "求助" }, category: { weather: "天气", kit: "装备", visitor: "来访", phone: "电话", other: "记事" },
    last_day: "近 24 小时", this_shift: "本班", one_day: "看某一天", printed: "{court} 值班日志（{begin} 至 {end}）", as_of: "连不上服务器，日志停在 {time}；仍可记事，先存本机。",
    none: "这段时间没有记录。", none_of_kind: "这段时间没有这一类记录。", not_kept: "连不上服务器，本机没有保存日志；仍可记事。", by_clock: "系统", from_phone: "手机", came_late: "{time} 记入", not_for_you: "（内容不在您的权限内）",
    correct: "更正", correcting: "更正：写下正确的内容，原来的一条仍保留。", corrects: "更正前一条", corrected: "已由后一条更正", faulty: "有故障：{parts}", late_answer: "超过 15 分钟", out_of_contact: "手机失联", covert: { true: "改为隐蔽", false: "解除隐蔽" }, kept_only: "仅留存",
    line: {
      lead: { register: "登记线索 {number}", triage: "线索 {number} 分流为“{triage}”", report: "线索 {number} 报告领导", close: "线索 {number} 办结" },
      directive: {
        issue: "下达指令 {number}", acknowledge: "签收指令 {number}", acknowledge_for: "代小组签收指令 {number}", report: "指令 {number} 报告领导", object: "对指令 {number} 提出异议", confirm: "维持指令 {number}", accept: "接令 {number}",
        decline: "答复不能前往，指令 {number}", take_over: "接手负责指令 {number}", depart: "出发，指令 {number}", arrive: "到场，指令 {number}", complete: "执行完毕，指令 {number}", feedback: "提交书面反馈，指令 {number}", accept_feedback: "认可反馈，指令 {number}",
        return_feedback: "退回反馈，指令 {number}", withdraw: "撤回指令 {number}", cancel: "召回小组，指令 {number}", set_covert: "指令 {number} {covert}",
      },
      delivery: { climb: "指令 {number} 没有送到{person}，转为：{rung}", receive: "{person}的手机收到指令 {number}（{channel}）", resend: "指令 {number} 向{person}再发一次", call: "电话拨打{person}，指令 {number}：{outcome}" },
      link_test: { start: "终端连通测试，{people} 人" },
      clock: {
        start: "{number} “{clock}”时限起算，应于 {due_at} 前（{clause}）", warn: "{number} “{clock}”时限将到，应于 {due_at} 前（{clause}）", unconfirmed: "{number} “{clock}”时限 {due_at} 已过，手机失联，待证实（{clause}）",
        breach: "{number} “{clock}”时限 {due_at} 已过，待说明（{clause}）", disproved: "{number} “{clock}”查明按时，不算超时（{clause}）",
      },
      shift: {
        plan: "排班：{post}，{planned_start} 至 {planned_end}", change: "修改排班：{post}，{planned_start} 至 {planned_end}", delete: "删除排班：{post}，{planned_start} 至 {planned_end}", absent: "{post} 无人到岗", take_over: "{post} 接班（无人交班）", hand_over: "{post} 交接完毕：{outgoing} 交，{incoming} 接",
        ask_swap: "请 {substitute} 替班", answer_swap: "答复替班：{state}", swap: "批准换班：{substitute} 替 {asker}，排班已改", decline_swap: "不批准换班", withdraw_swap: "撤回换班申请",
      },
      handover: { draft: "{post} 开始交接", edit: "{post} 填写交接内容", aim: "{post} 接班班次已改", void: "{post} 交接作废，没有接班班次", sign: "{post} {side}签字", sign_for_outgoing: "{post} 代交班方签字（已注明原因）", send_back: "{post} 交接退回重看" },
      duty_note: { write: "{category}" },
      roll_call: { start: "点名 {people} 人，应于 {due_at} 前应答", answer: "应答点名", unanswered: "{user} 没有应答点名", close: "点名结束：{answered} 人应答，{unanswered} 人没有应答" },
      check_in: { set: "定下每 {minutes} 分钟报一次平安", missed: "{user} 到时未报平安", withdrawn: "{user} 后来收到按时的报平安，警报撤回" },
      sos: {
        raise: "按下求助", press_again: "再次按下求助", safe: "求助后报平安", answer: "应答 {user} 的求助", note: "记 {user} 求助的处置情况", tell_leaders: "{user} 的求助 30 秒无人应答，通知 {people} 人",
        tell_superior: "{user} 的求助 60 秒无人应答，报上级法院，通知 {people} 人", close: "{user} 的求助结束：{ended_as}", refused: "已停用的手机以 {user} 名义求助，已拒绝，请核实",
      },
    },
  },
};
