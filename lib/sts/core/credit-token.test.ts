import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAXIMUM_AMOUNT_UNITS } from "./amount";
import type { CreditSubclass } from "./credit-block";
import { type CreditTokenInput, encodeCreditToken, mayCarryCredit } from "./credit-token";
import { decodeToken } from "./decode-token";
import { deriveDecoderKey, type KeyType } from "./decoder-key";
import { parseMeterNumber } from "./meter-pan";
import { SecretKey } from "./secret-key";
import { type BaseDate, isReservedMinute, ordinaryTokenId } from "./token-id";
import vectors from "./vectors/credit.json";
import endToEnd from "./vectors/end-to-end.json";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const UNIQUE_KEY_ON_KEYPAD = { keyType: 2, tokenCarrierType: 2 } as const;

type Vector = { time: string; baseDate: number; subclass: number; rnd: number; units: number };

function inputOf(decoderKey: SecretKey, vector: Vector): CreditTokenInput {
  const tokenId = ordinaryTokenId(new Date(`${vector.time}:00Z`), vector.baseDate as BaseDate);
  if (!tokenId.ok) throw new Error(tokenId.error);
  return {
    ...UNIQUE_KEY_ON_KEYPAD,
    decoderKey,
    subclass: vector.subclass as CreditSubclass,
    random: vector.rnd,
    tokenIdMinutes: tokenId.value,
    units: BigInt(vector.units),
  };
}

const input: CreditTokenInput = {
  ...UNIQUE_KEY_ON_KEYPAD,
  decoderKey: keyOf("00112233445566778899aabbccddeeff"),
  subclass: 0,
  random: 5,
  tokenIdMinutes: 6_400_000,
  units: 204n,
};

describe("a credit token", () => {
  it.each(vectors)("$id: has the digits $token and comes apart again", (vector) => {
    const decoderKey = keyOf(vector.decoderKey);
    const asked = inputOf(decoderKey, vector);
    expect(asked.tokenIdMinutes).toBe(vector.tid);
    const made = encodeCreditToken(asked);
    expect(made).toMatchObject({
      ok: true,
      value: { token: vector.token, amountField: vector.amountField },
    });
    expect(decodeToken(vector.token, decoderKey)).toEqual({
      ok: true,
      value: {
        kind: "credit",
        tokenClass: 0,
        subclass: vector.subclass,
        random: vector.rnd,
        tokenIdMinutes: vector.tid,
        amountField: vector.amountField,
        units: made.ok ? made.value.carriedUnits : null,
      },
    });
  });

  it.each(endToEnd)("$id: is $token from the vending key on", (vector) => {
    const meterNumber = parseMeterNumber(vector.pan);
    if (!meterNumber.ok) throw new Error(meterNumber.error);
    const decoderKey = deriveDecoderKey(keyOf(vector.vendingKey), {
      meterNumber: meterNumber.value,
      keyType: vector.kt as KeyType,
      supplyGroupCode: vector.sgc,
      tariffIndex: vector.ti,
      keyRevisionNumber: vector.krn,
      baseDate: vector.baseDate as BaseDate,
      encryptionAlgorithm: 11,
    });
    const made = encodeCreditToken(inputOf(decoderKey, vector));
    expect(made).toMatchObject({ ok: true, value: { token: vector.token } });
    expect(decodeToken(vector.token, decoderKey)).toMatchObject({
      ok: true,
      value: { subclass: vector.subclass, random: vector.rnd },
    });
  });

  it("carries whatever was asked for, and the same question gives the same digits", () => {
    const asked = fc.record({
      decoderKey: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((b) => new SecretKey(b)),
      subclass: fc.constantFrom<CreditSubclass>(0, 1, 2, 3),
      random: fc.integer({ min: 0, max: 15 }),
      tokenIdMinutes: fc
        .integer({ min: 0, max: 2 ** 24 - 1 })
        .filter((minutes) => !isReservedMinute(minutes)),
      units: fc.bigInt({ min: 0n, max: MAXIMUM_AMOUNT_UNITS }),
    });
    fc.assert(
      fc.property(asked, (wanted) => {
        const made = encodeCreditToken({ ...UNIQUE_KEY_ON_KEYPAD, ...wanted });
        if (!made.ok) throw new Error(made.error);
        const { decoderKey, units, ...fields } = wanted;
        const { token, amountField, carriedUnits } = made.value;
        expect(carriedUnits >= units).toBe(true);
        expect(decodeToken(token, decoderKey)).toEqual({
          ok: true,
          value: { kind: "credit", tokenClass: 0, ...fields, amountField, units: carriedUnits },
        });
        expect(encodeCreditToken({ ...UNIQUE_KEY_ON_KEYPAD, ...wanted })).toEqual(made);
      }),
    );
  });
});

describe("key types and credit", () => {
  it.each([
    ["a default key", 1, 1, false],
    ["a default key on a keypad", 1, 2, false],
    ["a unique key on a keypad", 2, 2, true],
    ["a unique key on a card", 2, 1, true],
    ["a common key on a keypad", 3, 2, false],
    ["a common key on a virtual carrier", 3, 7, false],
    ["a common key on a magnetic card", 3, 1, true],
  ] as const)(
    "%s: credit is issued or refused as the rules say",
    (_, keyType, carrier, allowed) => {
      const key = { keyType, tokenCarrierType: carrier };
      expect(mayCarryCredit(key)).toBe(allowed);
      const made = encodeCreditToken({ ...input, ...key });
      if (allowed) expect(made.ok).toBe(true);
      else expect(made).toEqual({ ok: false, error: "KeyTypeError" });
    },
  );
});

describe("an input out of its range", () => {
  it.each<[string, Partial<CreditTokenInput>]>([
    ["random fits into 4 bits", { random: 16 }],
    ["tokenIdMinutes fits into 24 bits", { tokenIdMinutes: 2 ** 24 }],
    ["tokenIdMinutes fits into 24 bits", { tokenIdMinutes: -5 }],
    ["the reserved minute", { tokenIdMinutes: 1440 * 4000 + 1 }],
    ["SubClass 4 and up", { subclass: 4 as CreditSubclass }],
    ["18,201,624 units", { units: MAXIMUM_AMOUNT_UNITS + 1n }],
    ["18,201,624 units", { units: -1n }],
    ["64 or 128 bits", { decoderKey: keyOf("00112233445566") }],
  ])("is a bug and not a masked token: %s", (rule, wrong) => {
    expect(() => encodeCreditToken({ ...input, ...wrong })).toThrow(rule);
  });
});
