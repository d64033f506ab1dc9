/** 导航 to 彩凤村: every app gets the place in its own coordinates, never a shifted one. */
import { describe, expect, test } from "vitest";
import { distance } from "@/positions/sampling";
import { navigationAddress, platformOf, toBd09, toGcj02 } from "./navigation";

const village = { longitude: 100.62, latitude: 25.86, name: "彩凤村 & 王某某仓库" };
const point = ([longitude, latitude]: [number, number]) => ({ longitude, latitude });

describe("coordinates", () => {
  // Published test vectors of the GCJ-02 transformation (WGS-84 → GCJ-02).
  test.each([[121.5272106, 31.1774276, 121.531541859215, 31.17530398364597], [113.912316, 22.543847, 113.9171764808363, 22.540796131694766],
    [116.377817, 39.911954, 116.38404722455657, 39.91334545536069]])("%f, %f becomes GCJ-02", (longitude, latitude, east, north) => {
    const [x, y] = toGcj02({ longitude, latitude, name: "" });
    expect(distance({ longitude: x, latitude: y }, { longitude: east, latitude: north })).toBeLessThan(1);
  });

  test("in 宾川 the shift is some hundred metres, and Baidu's about a kilometre more", () => {
    const shift = distance(village, point(toGcj02(village)));
    expect(shift).toBeGreaterThan(200);
    expect(shift).toBeLessThan(800);
    expect(distance(point(toGcj02(village)), point(toBd09(village)))).toBeGreaterThan(500);
  });

  test("outside China nothing is shifted", () => expect(toGcj02({ longitude: 139.7, latitude: 35.7, name: "東京" })).toEqual([139.7, 35.7]));
});

describe("addresses", () => {
  const [east, north] = toGcj02(village);
  const [bdEast, bdNorth] = toBd09(village);
  const name = encodeURIComponent(village.name);

  test("Amap by its own scheme on Android and on iOS, told that the point is already GCJ-02", () => {
    const way = `navi?sourceApplication=lingda&poiname=${name}&lat=${north}&lon=${east}&dev=0&style=2`;
    expect([navigationAddress("amap", "android", village), navigationAddress("amap", "ios", village)]).toEqual([`androidamap://${way}`, `iosamap://${way}`]);
  });

  test("Baidu in BD-09, and told so", () => {
    expect(navigationAddress("baidu", "android", village)).toBe(`bdapp://map/navi?location=${bdNorth},${bdEast}&query=${name}&coord_type=bd09ll&src=lingda`);
    expect(navigationAddress("baidu", "ios", village)).toMatch(/^baidumap:\/\//);
  });

  test("Tencent in GCJ-02, latitude first", () => {
    expect(navigationAddress("tencent", "android", village)).toContain(`tocoord=${north},${east}`);
  });

  test("any other app by the common scheme, in WGS-84", () => {
    expect(navigationAddress("other", "android", village)).toBe(`geo:25.86,100.62?q=25.86,100.62(${name})`);
  });

  test("a place name cannot change the address", () => {
    for (const app of ["amap", "baidu", "tencent", "other"] as const) expect(navigationAddress(app, "android", village)).not.toContain("& ");
  });
});

test.each([["Mozilla/5.0 (Linux; Android 13; V2001A)", "android"], ["Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1", "android"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)", "ios"], ["Mozilla/5.0 (X11; Linux x86_64)", "desktop"]])("%s is %s", (agent, platform) => expect(platformOf(agent)).toBe(platform));
