import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMS_LENGTH, type SmsFacts, smsTexts } from "./sms-texts";

const ONE = "12345678901234567890";
const FACTS: SmsFacts = {
  tokens: [ONE],
  energyText: "17.2 kWh",
  amountText: "KES 500.00",
  meterNumber: "01000000017",
  receiptNumber: "WA-000123",
  sellerName: "Acacia Court Ltd",
  contactText: "+254 20 555 0100",
};
const ONE_SEPTET = /^[A-Za-z0-9 .,:;!?()+\-/%&*#<>='"\n@]*$/;

describe("the text message of a token", () => {
  it("has the digits first, in groups of four, and what they are for", () => {
    expect(smsTexts(FACTS)).toEqual([
      [
        "1234 5678 9012 3456 7890",
        "17.2 kWh",
        "Meter 01000000017",
        "Paid KES 500.00",
        "Receipt WA-000123",
        "Acacia Court Ltd",
        "+254 20 555 0100",
      ].join("\n"),
    ]);
  });

  it("numbers several tokens in the order of typing", () => {
    const [text = ""] = smsTexts({ ...FACTS, tokens: [ONE, "0".repeat(20)] });
    const lines = text.split("\n").slice(0, 2);
    expect(lines).toEqual(["1) 1234 5678 9012 3456 7890", "2) 0000 0000 0000 0000 0000"]);
  });

  it("leaves out whole facts that do not fit, and a name that the alphabet has not", () => {
    const [text = ""] = smsTexts({ ...FACTS, sellerName: "A".repeat(120) });
    expect(text).not.toContain("AAAA");
    expect(text).toContain("+254 20 555 0100");
    expect(smsTexts({ ...FACTS, sellerName: "شركة النور" })[0]).not.toContain("\n\n");
    expect(smsTexts({ ...FACTS, sellerName: "Café Zürich" })[0]).toContain("Cafe Zurich");
  });

  it("takes another message only for digits: eight tokens need two", () => {
    const texts = smsTexts({ ...FACTS, tokens: Array.from({ length: 8 }, () => ONE) });
    expect(texts).toHaveLength(2);
    expect(texts.join("\n").match(/1234 5678 9012 3456 7890/g)).toHaveLength(8);
  });

  it("refuses what is no token", () => {
    expect(() => smsTexts({ ...FACTS, tokens: ["123"] })).toThrow("20 digits");
  });

  it("never cuts a token, never is longer than a message, never leaves the alphabet", () => {
    const anyText = fc.string({ unit: "grapheme", maxLength: 200 });
    const token = fc.stringMatching(/^[0-9]{20}$/);
    fc.assert(
      fc.property(
        fc.array(token, { minLength: 1, maxLength: 8 }),
        fc.array(anyText, { minLength: 6, maxLength: 6 }),
        (tokens, texts) => {
          const [energyText = "", amountText = "", meterNumber = ""] = texts;
          const [, , , receiptNumber = "", sellerName = "", contactText = ""] = texts;
          const bill = { energyText, amountText, meterNumber, receiptNumber };
          const messages = smsTexts({ tokens, ...bill, sellerName, contactText });
          for (const message of messages) {
            expect(message.length).toBeLessThanOrEqual(SMS_LENGTH);
            expect(message).toMatch(ONE_SEPTET);
          }
          const lines = messages.join("\n").split("\n").slice(0, tokens.length);
          const digits = lines.map((line) => line.replace(/^\d\) /, "").replaceAll(" ", ""));
          expect(digits).toEqual(tokens);
        },
      ),
    );
  });
});
