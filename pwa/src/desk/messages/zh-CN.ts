export default {
  desk: {
    pair: "{name}：{value}",
    list_separator: "、",
    sign_in: {
      busy: "正在核对…", ended: "登录已在别处结束或已过期。请重新登录，已填写的内容都还在。",
      code: "动态验证码", code_help: "打开验证器应用，填六位数字。", use_passkey: "用通行密钥登录",
      passkey_refused: "没有完成通行密钥验证，请再试一次或换一种方式。", other_account: "换一个账号",
      setup_why: "值班台和指挥页的账号须有第二道验证。第一次登录请选一种，以后每次登录都要用。",
      setup_totp: "用验证器应用（动态码）", setup_passkey: "用通行密钥（本机或钥匙）", scan: "用验证器应用扫描，再填它显示的六位数字。",
      qr_alt: "验证器二维码", secret: "扫不了码时手工输入：",
    },
    role: {
      officer: "执行干警", team_leader: "小组组长", duty_officer: "值班干警", duty_leader: "带班领导", liaison: "专职联络员", commander: "指挥长",
      records_clerk: "档案员", system_administrator: "系统管理员", security_administrator: "安全保密管理员", audit_administrator: "安全审计员", auditor: "审计",
    },
    duty: { leader: "组长", officer: "干警", driver: "驾驶员" },
    to_light: "换成浅色", to_dark: "换成深色", to_phone: "打开手机页",
    not_for_you: "{name}，您的岗位不使用这个页面。",
    contact: { offline: "连不上服务器", connecting: "正在连接", stands: "画面停在 {time}" },
    offline: {
      stands: "离线 · 数据截至 {time}", stands_since: "离线 · 数据截至 {time}（{minutes} 分钟前）", nothing: "离线 · 本机没有保存的数据", read_only: "只能查看；连上服务器后可以操作。",
      read_only_register: "只能查看和登记来电；登记存本机，一连上就送达。",
    },
    time: {
      zone: "北京时间，已按服务器校正", unsure: "未校准", behind: "服务器时间慢了至少 {seconds} 秒。", ahead: "服务器时间可能快了 {seconds} 秒。",
      off: "请系统管理员校时；时限仍按服务器时间计算。", wrong: "正在计时的时限已标为存疑，超时不作定论；请系统管理员立即校时。",
    },
    clock: {
      past: "时限经过",
      name: { C1: "接听", C2: "登记报告", C3: "下令", C4: "派出", C5: "核查", C6: "派出", C7: "书面反馈", C8: "提解出发" },
      doubt: "待证实", passed: "已过{clause}时限", doubt_why: "手机失联，恢复联系后判定，不计入", late: "已超时，待说明", late_target: "已过目标，只作提醒", days: "{days}天{hours}时", days_late: "超{days}天{hours}时",
      over_a_day: "一天以上", due: "应于 {time} 前", regime: { working: "工作时间", off_hours: "非工作时间", holiday: "节假日" },
      target: "内部目标", provisional: "放假安排未公布，暂按推算",
    },
    notice: {
      title: "提醒", take: "知道了", more: "还有 {count} 条提醒", fewer: "收起", lines: "提醒了谁", noted: "已知悉", not_noted: "未确认", tell: "我已告知…", how: "怎样告知的（电话、当面…）",
      write_down: "记下", told_by: "由{name}告知：{how}", nobody: "没有可提醒的人", clock_warning: "时限将到", clock_breach: "时限已过", clock_unconfirmed: "时限已过，手机失联，待证实",
      clock_disproved: "查明按时办理，不算超时", record: "有一件事请您说明", roll_call: "点名，请应答", emergency: "求助，还没有人应答", refused_call: "已停用的手机发出求助，请立即核实本人是否安全", order_undelivered: "有人的手机没有收到指令", order_unanswered: "指令送达后无人应答",
      matter: { explain: "有一件事请您说明", name: "一条待说明记录尚未确定当事人", look_again: "期限内的办理后来送达，结论需重新核对", decided_again: "与您有关的记录已重新作出结论", released: "已查明与您无关" },
    },
    audience: { duty_officer: "值班干警", standby: "备勤", duty_leader: "带班领导", commander: "指挥长", liaison: "专职联络员", responsible: "负责人", issuer: "下令法院" },
    triage: { urgent: "紧急", non_urgent: "不紧急", inquiry: "咨询", not_ours: "不属本院", none: "待分流" },
    ground: {
      sealed_property_endangered: "查封、扣押财产正被毁损、转移、隐匿", valuable_movables_at_hand: "被执行人随身有可供执行的贵重动产",
      high_consumption_now: "被执行人正在进行高消费活动", other: "其他需要立即执行的情形",
    },
    risk: { weapons: "有凶器", crowd: "人多聚集", illness: "老人病人" },
    channel: { phone: "电话", visit: "来访", web: "网络", police: "公安", grid_worker: "网格员", handler: "承办人" },
    lead: {
      numbered: "线索 {number} 号", untitled: "未写明被执行人", received: "接报", risks: "风险", chance: "时机", reported: "已报告", orders: "已下达的令",
      print: "打印登记表", no_point: "（地图上未标）", kind: { property: "财产线索", whereabouts: "下落线索", both: "财产和下落" },
      state: {
        received: "已接报", registered: "已登记", reported: "已报告", triaged: "已分流", ordered: "已下令", departed: "已出发", on_scene: "已到场", result: "有结果",
        verification_assigned: "已派核查", verified: "已核查", closed: "已办结",
      },
    },
    team: {
      state: { standby: "备勤", ordered: "已接令", moving: "在途", on_scene: "在现场", off: "未备勤" },
      people: "{count} 人", devices: "{count} 部手机", battery: "电量 {percent}%", no_position: "没有位置", position_age: "位置 {age}", standby: "备勤",
      whom: "给谁下令", none: "没有可用的小组。", straight_line: "直线距离，不是路程；位置越旧越不可靠。",
    },
    source: { pwa: "手机页", osmand: "定位应用", owntracks: "定位应用" },
    member: { received: "手机已收 {time}", not_received: "手机未收到", driver: "驾驶员不操作" },
    step: { late: "补传，{time} 收到", superseded: "令已结束，仅留存" },
    order: {
      new: "下达指令", basis: "依据", no_lead: "指挥长指示", from_above: "上级法院指令（第十项）", court: "下级法院", court_help: "可以越级；中间各级法院自动收到抄件。",
      team_optional: "直接给小组（可不选，则给该院）", point: "在地图上标地点", point_again: "在地图上重新标", on_map: "地图所标地点", woman: "须有女干警", officers: "干警人数",
      missing: "还缺：{fields}", issue: "下令", issuing: "正在下达…", delegate: "派本院小组执行", members: "人员", feedback: "反馈", children: "下级令", steps: "经过",
      print: "打印指令单", its_lead: "看线索", fetch_rule: "该院被执行人在外地被控制：{clause}，自接到起 30 分钟内出发，不分昼夜和节假日。",
    },
    slip: {
      untitled: "执行线索", verify: "到现场核查线索是否属实，拍照记录，将情况书面报指挥中心。", rules: "《执行指挥中心工作规则》{clauses}",
      default_basis: "《执行指挥中心工作规则》第五条（三）", superior_basis: "《执行指挥中心运行机制》第十项",
      action: {
        sealed_property_endangered: "立即赶赴现场，制止毁损、转移、隐匿，控制财产和有关人员，全程录像。",
        valuable_movables_at_hand: "立即赶赴现场，控制被执行人，查明并依法扣押可供执行的动产，全程录像。",
        high_consumption_now: "立即赶赴现场，固定高消费证据，控制被执行人，全程录像。", other: "立即赶赴现场处置，全程录像。",
      },
    },
    field: {
      state: "状态", title: "事项", required_action: "要求", facts: "情况", urgency: "紧急程度", target: "给谁", target_team: "小组", target_person: "人员", place: "地点",
      responsible: "负责人", reason: "理由", case_number: "案号", legal_basis: "法律依据", issued_at: "下达",
    },
    form: {
      reason: "理由", reason_by_desk: "为何由值班台代记（例如小组没有手机）", told_by: "与谁联系", told_how: "怎样联系", happened_at: "办理时间（不填即现在）", happened_help: "按小组说的实际时间填，不早于送达、不晚于现在。", note: "说明", reported_to: "报告给", channel: "方式", instruction: "领导指示", choose: "请选择",
      channels: { in_person: "当面", phone: "电话", message: "信息" }, result: "结果", feedback: "执行情况（书面）", next_step: "请上级做什么",
    },
    act: {
      title: "可以做的", acknowledge: "签收", acknowledge_for: "代为签收", report: "报告领导", object: "提出异议",
      confirm: "维持原令", depart: "代记出发", arrive: "代记到场", complete: "代记完毕", note: "加一条说明", feedback: "书面反馈", accept_feedback: "认可反馈",
      return_feedback: "退回补充", withdraw: "撤回", cancel: "召回",
    },
    done: {
      issue: "下达", receive: "手机收到", accept: "接令", decline: "不能前往", take_over: "接手负责", acknowledge: "签收", acknowledge_for: "代为签收", report: "报告领导", object: "提出异议", confirm: "维持原令",
      depart: "出发", arrive: "到场", complete: "完毕", note: "说明", feedback: "书面反馈", accept_feedback: "认可反馈", return_feedback: "退回补充", withdraw: "撤回", cancel: "召回", set_covert: "改为隐蔽", end_covert: "解除隐蔽",
    },
    outside: {
      title: { phone: "电话指令", fax: "传真指令" }, caller: { phone: "来电", fax: "发件" }, call_back: "回拨", no_number: "没有留号码", received: "接到", registered: "登记", issuer_number: "对方文号",
      read_back: { phone: "已复述核对", fax: "已回电核对" }, not_read_back: { phone: "未复述核对", fax: "未回电核对" }, copy: "系统内文号", see_copy: "看系统里的那一道", taken_down: "接到并登记",
      same: "系统里的这道指令是同一道吗？", was_told: "这道指令是不是已经登记过？", same_why: "是同一道就合并：时限仍从接到时起算，不另起第二个；不是就不用管。",
      join_sure: "{copy} 将合并到 {told}，不能撤销。", join: "是同一道，合并", sent_why: "这道指令不是从系统来的，上级在系统里看不到反馈；写明怎样送出、有何凭据，书面反馈时限才停。",
      sent_by: "怎样送出", proof: "凭据", proof_example: "例如：传真回执号、收件人姓名和时间、快递单号。",
    },
    conflict: {
      title: "您看的时候，别人已经动过这道令", nothing: "（空）", go_on: "仍然继续", leave: "知道了，不继续", no_longer: "按现在的状态，这一步已不能做。",
    },
  },
};
