export default {
  check_in: {
    title: "定时报平安（全组，出发到完毕）", off: "不用", minutes: "{count} 分", due: "应于 {time} 前报平安", asks: "到时了，请报平安", missed: "到时未报平安", told: "指挥中心已收到警报", safe: "我平安", hold: "按住报平安",
  },
};
