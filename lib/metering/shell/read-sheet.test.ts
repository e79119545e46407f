import { expect, it } from "vitest";
import { readSheet } from "./read-sheet";

const row = { meter: "01000000017", quantity: "register", at: "2026-11-03 14:05", value: "12.5" };
const TEXT = "Meter number;Kind;Reading;Read at\r\n01000000017;register;12.5;2026-11-03 14:05\r\n";
const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));

it("reads semicolons, tabs and commas, with Excel's mark and without, in UTF-8 and UTF-16", () => {
  const sheets = [
    bytes(TEXT),
    bytes(`\uFEFF${TEXT}`),
    bytes(TEXT.replaceAll(";", ",")),
    bytes(TEXT.replaceAll(";", "\t")),
    utf16(`\uFEFF${TEXT}`),
    utf16(TEXT),
  ];
  for (const sheet of sheets) expect(readSheet(sheet)).toEqual({ ok: true, value: [row] });
});

it("takes the columns in any order, and skips rows with nothing in them", () => {
  const sheet = bytes("at,value,meter\n\n,,\n2026-11-03 14:05,12.5,01000000017\n");
  expect(readSheet(sheet)).toEqual({ ok: true, value: [{ ...row, quantity: "" }] });
});

it.each([
  ["no-head", bytes("a,b\n1,2\n")],
  ["empty", bytes("")],
  ["empty", bytes("meter,value,at\n")],
  ["not-a-sheet", bytes('meter,value,at\n"never closed')],
  ["not-a-sheet", new Uint8Array([0x6d, 0xff, 0xff, 0xff])],
  ["too-many-rows", bytes(`meter,value,at\n${"1,1,1\n".repeat(50_001)}`)],
  ["too-large", new Uint8Array(9 * 1_024 * 1_024)],
])("says %s of what is no sheet of readings", (fault, sheet) => {
  expect(readSheet(sheet)).toEqual({ ok: false, error: fault });
});
