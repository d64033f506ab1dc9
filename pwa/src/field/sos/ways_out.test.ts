/** The links that a phone without network still opens, as each kind of phone expects them. */
import { expect, test } from "vitest";
import { callLink, coordinates, smsLink } from "./ways_out";

test("a message joins its text by a question mark, on iOS by an ampersand, with nothing lost", () => {
  const text = "【令达求助】赵敏；位置 25.82900, 100.57500；a&b=c?";
  const android = smsLink("0872-000 2924", text, "android");
  expect(android.startsWith("sms:08720002924?body=")).toBe(true);
  expect(decodeURIComponent(android.split("body=")[1]!)).toBe(text);
  expect(smsLink("+86 872", text, "ios").startsWith("sms:+86872&body=")).toBe(true);
  expect(smsLink(null, text, "android").startsWith("sms:?body=")).toBe(true);
});

test("latitude first, as maps take it, to a metre", () => {
  expect(coordinates({ longitude: 100.575, latitude: 25.8290049 })).toBe("25.82900, 100.57500");
  expect(callLink("0872-000 2924")).toBe("tel:08720002924");
});
