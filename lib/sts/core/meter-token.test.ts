import { describe, expect, it } from "vitest";
import { formatMeterToken, type MeterToken, parseMeterToken } from "./meter-token";

describe("parseMeterToken", () => {
  it("forgives the blanks and dashes of a printed or pasted token", () => {
    const token = { ok: true, value: "12345678901234567890" };
    expect(parseMeterToken("1234 5678 9012 3456 7890")).toEqual(token);
    expect(parseMeterToken("1234-5678-9012-3456-7890\n")).toEqual(token);
    expect(parseMeterToken("1234\u20115678\u00a0901234567890")).toEqual(token);
  });

  it.each([
    ["nothing", ""],
    ["nineteen digits", "1234567890123456789"],
    ["twenty-one digits", "123456789012345678901"],
    ["a letter", "1234567890123456789O"],
    ["digits of another script", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠"],
    ["a very long text", "1".repeat(100_000)],
  ])("refuses %s", (_, text) => {
    expect(parseMeterToken(text)).toEqual({ ok: false, error: "not-twenty-digits" });
  });

  it("accepts 2^66 − 1 and refuses 2^66", () => {
    expect(parseMeterToken("73786976294838206463").ok).toBe(true);
    expect(parseMeterToken("73786976294838206464")).toEqual({
      ok: false,
      error: "beyond-66-bits",
    });
  });
});

describe("formatMeterToken", () => {
  it("shows five groups of four", () => {
    const token = "00345678901234567890" as MeterToken;
    expect(formatMeterToken(token)).toBe("0034 5678 9012 3456 7890");
  });
});
