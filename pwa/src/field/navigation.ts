/** One tap to the navigation app an officer already has: WGS-84 is turned into what each app expects, and only here. */
import gcoord from "gcoord";

export type NavigationApp = "amap" | "baidu" | "tencent" | "other";
export type Platform = "android" | "ios" | "desktop";
export interface Destination { longitude: number; latitude: number; name: string }

export const navigationApps: NavigationApp[] = ["amap", "baidu", "tencent", "other"];

export function platformOf(userAgent: string): Platform {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "ios";
  return /Android|HarmonyOS|OpenHarmony/.test(userAgent) ? "android" : "desktop";
}

type Pair = [longitude: number, latitude: number];
const rounded = ([longitude, latitude]: Pair): Pair => [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))];

/** GCJ-02, which Amap and Tencent show; the same point outside China. */
export function toGcj02({ longitude, latitude }: Destination): Pair {
  return rounded(gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.GCJ02) as Pair);
}

/** BD-09, which Baidu shows. */
export function toBd09({ longitude, latitude }: Destination): Pair {
  return rounded(gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.BD09) as Pair);
}

/** The address that opens driving navigation: the app itself on a phone, its web page on a desk. */
export function navigationAddress(app: NavigationApp, platform: Platform, place: Destination): string {
  const name = encodeURIComponent(place.name);
  if (app === "baidu") {
    const [longitude, latitude] = toBd09(place);
    if (platform === "desktop") {
      return `https://api.map.baidu.com/marker?location=${latitude},${longitude}&title=${name}&content=${name}&output=html&src=lingda`;
    }
    const scheme = platform === "ios" ? "baidumap" : "bdapp";
    return `${scheme}://map/navi?location=${latitude},${longitude}&query=${name}&coord_type=bd09ll&src=lingda`;
  }
  if (app === "other") return `geo:${place.latitude},${place.longitude}?q=${place.latitude},${place.longitude}(${name})`;
  const [longitude, latitude] = toGcj02(place);
  if (app === "tencent") {
    const way = `type=drive&to=${name}&tocoord=${latitude},${longitude}&referer=lingda`;
    return platform === "desktop" ? `https://apis.map.qq.com/uri/v1/routeplan?${way}` : `qqmap://map/routeplan?${way}`;
  }
  if (platform === "desktop") {
    return `https://uri.amap.com/navigation?to=${longitude},${latitude},${name}&mode=car&coordinate=gaode&src=lingda`;
  }
  const scheme = platform === "ios" ? "iosamap" : "androidamap";
  return `${scheme}://navi?sourceApplication=lingda&poiname=${name}&lat=${latitude}&lon=${longitude}&dev=0&style=2`;
}
