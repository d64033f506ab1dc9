export default {
  outside: {
    court: "上级法院", no_court: "还不知道上级法院：本机须连上服务器一次。", channel: "怎样来的", by: { phone: "电话", fax: "传真" }, faxed_at: "传真时间（不填即从接听起算）",
    caller: { phone: "来电人姓名", fax: "发件或联系人姓名" }, call_back: "回拨电话", issuer_number: "对方文号（有则填）", title: "事项（不填即取要求第一句）", required_action: "指令要求",
    facts: "情况", legal_basis: "法律依据（不填即按下面所示）", default_basis: "《执行指挥中心工作规则》第六条",
    read_back: {
      phone: "已复述核对", fax: "已回电核对", why: { phone: "挂断前逐句复述要求、地点、案号和期限，请对方确认；没有核对也可登记，照实记下。", fax: "按回拨电话核对确有此件、内容无误；没有核对也可登记，照实记下。" },
    },
    fetch: "提解被执行人", fetch_why: "本院被执行人在外地被控制，须去提解。", fetch_rule: "{clause}：自接到起 30 分钟内出发，不分昼夜和节假日。", urgent: "紧急",
    register: "登记上级指令", clocks: "登记后即算已接听；派出时限从接到时起算。",
    problem: {
      caller_name: "请写是谁打来或发来的。", call_back_number: "电话只能有数字、空格和 + - * ( )。", faxed_at: "不晚于现在，不早于三十天前。", required_action: "请写要求做什么。", title: "请写事项。", facts: "请写情况；对方没说就写“未说明”。",
    },
  },
};
