import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { luhnCheckDigit } from "./luhn";
import {
  formatMeterNumber,
  type MeterNumber,
  panBlock,
  panOf,
  parseMeterNumber,
} from "./meter-pan";
import vectors from "./vectors/pan.json";

const payloads = fc.oneof(fc.stringMatching(/^\d{10}$/), fc.stringMatching(/^\d{12}$/));
const meterNumbers = payloads.map((digits) => `${digits}${luhnCheckDigit(digits)}` as MeterNumber);

function meterNumberOf(text: string): MeterNumber {
  const parsed = parseMeterNumber(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error}`);
  return parsed.value;
}

describe("MeterPAN", () => {
  it.each(vectors)("$id: $pan is taken apart and put together", (vector) => {
    const meterNumber = meterNumberOf(vector.pan);
    expect(meterNumber).toBe(vector.drn);
    expect(meterNumberOf(vector.drn)).toBe(vector.drn);
    expect(panOf(meterNumber)).toBe(vector.pan);
    expect(panOf(meterNumber)).toBe(`${vector.iin}${vector.drn}${vector.checkDigit}`);
    expect(panBlock(meterNumber)).toBe(vector.panBlock);
  });

  it("gives back the number it was made from", () => {
    fc.assert(
      fc.property(meterNumbers, (meterNumber) => {
        expect(meterNumberOf(panOf(meterNumber))).toBe(meterNumber);
      }),
    );
  });

  it("reads a PAN of thirteen digits whose issuer and manufacturer run into one another", () => {
    expect(meterNumberOf("000001000000000082")).toBe("0100000000008");
  });
});

describe("parseMeterNumber", () => {
  it.each(["12345678904", "11111111113"])("refuses %s, whose check digit is wrong", (text) => {
    expect(parseMeterNumber(text)).toEqual({ ok: false, error: "wrong-check-digit" });
  });

  it("refuses a PAN where either check digit is wrong", () => {
    const { pan } = vectors[0] ?? { pan: "" };
    const wrongLast = pan.slice(0, -1) + ((Number(pan.slice(-1)) + 1) % 10);
    expect(parseMeterNumber(wrongLast)).toEqual({ ok: false, error: "wrong-check-digit" });

    // The PAN's own check digit is right here, the one of the meter number inside it is not.
    const payload = "600727" + "12345678904";
    const wrongInside = `${payload}${luhnCheckDigit(payload)}`;
    expect(parseMeterNumber(wrongInside)).toEqual({ ok: false, error: "wrong-check-digit" });
  });

  it.each([
    ["nothing", ""],
    ["blanks", "   "],
    ["ten digits", "0100045127"],
    ["twelve digits", "010004512789"],
    ["a letter", "0100O451278"],
    ["digits of another script", "٠١٠٠٠٤٥١٢٧٨"],
    ["a PAN of another issuer", "411111111111111111"],
    ["a very long text", "0".repeat(100_000)],
  ])("refuses %s as no meter number", (_, text) => {
    expect(parseMeterNumber(text)).toEqual({ ok: false, error: "not-a-meter-number" });
  });

  it("forgives blanks and dashes", () => {
    const typed = formatMeterNumber("01000451278" as MeterNumber);
    expect(typed).toBe("0100 0451 278");
    const valid = `0100045127${luhnCheckDigit("0100045127")}`;
    const grouped = `${valid.slice(0, 4)}-${valid.slice(4, 8)}\u00a0${valid.slice(8)} `;
    expect(meterNumberOf(grouped)).toBe(valid);
  });

  it("reads back every number as it is shown", () => {
    fc.assert(
      fc.property(meterNumbers, (meterNumber) => {
        expect(meterNumberOf(formatMeterNumber(meterNumber))).toBe(meterNumber);
      }),
    );
  });
});
