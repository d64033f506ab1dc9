import { expect, test } from "vitest";
import { clauseName } from "./clauses";

test.each([
  ["BSS-8", "第八条", "Article 8"], ["BSS-7(2)", "第七条（二）", "Article 7(2)"], ["DL-12", "第十二条", "Article 12"], ["DL-20(1)", "第二十条（一）", "Article 20(1)"], ["X", "X", "X"],
])("names clause %s", (clause, chinese, english) => {
  expect([clauseName(clause, "zh-CN"), clauseName(clause, "en")]).toEqual([chinese, english]);
});
