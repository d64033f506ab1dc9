import { describe, expect, test } from "vitest";
import { completeCaseNumber, normaliseCaseNumber, readCaseNumber } from "./case_number";

describe("a case number while it is typed", () => {
  test.each([
    ["(2026)云2924执118号", "（2026）云2924执118号"], ["〔2026〕云２９２４执１１８号", "（2026）云2924执118号"], [" （2017） 吉7505 执123号 ", "（2017）吉7505执123号"],
    ["(2015)白林执字第12号", "（2015）白林执字第12号"], ["（2026）云29", "（2026）云29"],
  ])("%s becomes %s", (typed, normal) => {
    expect(normaliseCaseNumber(typed)).toBe(normal);
    expect(normaliseCaseNumber(normal)).toBe(normal);
  });

  test.each([["2026云2924执118", "（2026）云2924执118号"], ["（2026）云29执恢7", "（2026）云29执恢7号"], ["老案子12", "老案子12"], ["2026", "2026"], ["", ""]])(
    "%s is completed to %s when the field is left", (typed, whole) => {
      expect(completeCaseNumber(typed)).toBe(whole);
    });
});

describe("how it reads", () => {
  test.each([
    ["", "empty"], ["（2017）吉7505执123号", "current"], ["(2026)云29执恢7号", "current"], ["（2026）最高法执监1号", "current"], ["（2026）云2924执保12号", "current"],
    ["（2026）京73知民终12号", "other_type"], ["（2015）白林执字第12号", "legacy"], ["（2015）云2924执12号", "legacy"], ["宾法执2012-33", "legacy"],
    ["（2026", "unfinished"], ["（2026）云2924", "unfinished"], ["（2026）云2924执118", "unfinished"],
  ])("%s is %s", (text, reading) => {
    expect(readCaseNumber(text)).toBe(reading);
  });
});
