import { expect, it } from "vitest";
import { parseKwh } from "./parse-kwh";

it.each([
  ["0", 0n],
  [" 1204.5 ", 1_204_500n],
  ["1204,75", 1_204_750n],
  ["7.001", 7_001n],
  ["999999999.999", 999_999_999_999n],
])("reads %j as %s Wh", (typed, wh) => {
  expect(parseKwh(typed)).toMatchObject({ ok: true, value: wh });
});

it.each(["", "-1", "1.", ".5", "1.2345", "1 204", "1e3", "1234567890", "١٢", "kWh"])(
  "takes %j for no number",
  (typed) => {
    expect(parseKwh(typed)).toMatchObject({ ok: false, error: "not-a-number" });
  },
);
