export default {
  map: {
    title: "地图", no_webgl: "这台电脑不能显示地图（没有 WebGL）。其余功能照常。", base_missing: "没有底图，位置照常显示。",
    pick: "在地图上点一下，标出地点",
    zoom_in: "放大", zoom_out: "缩小", sources: "地图数据来源",
    age: { now: "刚刚", second: "{count} 秒前", minute: "{count} 分钟前", hour: "{count} 小时前", day: "{count} 天前" },
    metre: "{text} 米", kilometre: "{text} 公里",
  },
};
