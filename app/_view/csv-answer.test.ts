import { expect, it } from "vitest";
import { csvAnswer } from "./csv-answer";

it.each([
  [["A-101", "-1.5", "12"], "A-101,-1.5,12"],
  [["Otieno, Amina", 'the "big" room', ""], '"Otieno, Amina","the ""big"" room",'],
  [["=HYPERLINK(1)", "+1", "@x", "-", "\t1"], "'=HYPERLINK(1),'+1,'@x,'-,'\t1"],
  [["two\nlines"], '"two\nlines"'],
])("writes %j", async (row, line) => {
  const answer = csvAnswer("a.csv", [row]);
  expect(await answer.text()).toBe(`${line}\r\n`);
  expect(answer.headers.get("Content-Type")).toContain("text/csv");
});
