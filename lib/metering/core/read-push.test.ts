import { expect, it } from "vitest";
import { readPush } from "./read-push";

const ROW = { meter: "01000000017", quantity: "register", at: "2026-11-03T14:05Z", value: "12.5" };

it("reads rows of text, and as nothing what is no text: a number's digits are lost already", () => {
  const body = { readings: [ROW, { ...ROW, value: 12.5 }, null, "x", [1]] };
  const read = readPush(body);
  expect(read).toMatchObject({ value: [ROW, { ...ROW, value: "" }, { meter: "" }, {}, {}] });
});

it.each([null, 1, "x", [], {}, { readings: {} }])("refuses %o, which is no push", (body) => {
  expect(readPush(body)).toEqual({ ok: false, error: "not-readings" });
});
