import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeToken, deriveDecoderKey, SecretKey } from "@/lib/sts";
import { decoderKeyPartsOf, type Reservation, tokenOf } from "./reservation";

const vendingKey = new SecretKey(Uint8Array.from({ length: 20 }, (_, index) => index));
const facts = {
  meterNumber: "01000451276",
  encryptionAlgorithm: 11,
  tariffIndex: 1,
  supplyGroupCode: "100047",
  keyRevisionNumber: 1,
  keyType: 2,
  baseDateYear: 2014,
};
const decoderKey = deriveDecoderKey(vendingKey, decoderKeyPartsOf(facts));
const reservationOf = (change: Partial<Reservation>): Reservation => ({
  ...facts,
  subclass: 0,
  tokenIdMinutes: 6_527_070,
  randomNibble: 5,
  amountUnits: 204,
  ...change,
});

describe("tokenOf", () => {
  test("makes a token that says what was reserved, and the same one every time", () => {
    const reserved = fc.record({
      tokenIdMinutes: fc.integer({ min: 0, max: 2 ** 24 - 1 }).filter((tid) => tid % 1440 !== 1),
      randomNibble: fc.integer({ min: 0, max: 15 }),
      amountUnits: fc.integer({ min: 1, max: 16_383 }),
    });
    fc.assert(
      fc.property(reserved, (change) => {
        const digits = tokenOf(reservationOf(change), decoderKey);
        expect(tokenOf(reservationOf(change), decoderKey)).toBe(digits);
        expect(decodeToken(digits, decoderKey)).toMatchObject({
          ok: true,
          value: {
            kind: "credit",
            subclass: 0,
            random: change.randomNibble,
            tokenIdMinutes: change.tokenIdMinutes,
            units: BigInt(change.amountUnits),
          },
        });
      }),
    );
  });

  test.each([
    [{ subclass: 1 }, "electricity"],
    [{ keyType: 1 }, "key type"],
    [{ amountUnits: 20_001 }, "exactly what was sold"],
    [{ tokenIdMinutes: 1 }, "reserved minute"],
  ])("makes none of %j", (change, reason) => {
    expect(() => tokenOf(reservationOf(change), decoderKey)).toThrow(reason);
  });
});

test.each([
  [{ meterNumber: "01000451270" }, "check digit"],
  [{ encryptionAlgorithm: 7 }, "EA11"],
  [{ keyType: 4 }, "key type"],
  [{ baseDateYear: 2025 }, "base date"],
])("no decoder key is derived from %j", (change, reason) => {
  expect(() => decoderKeyPartsOf({ ...facts, ...change })).toThrow(reason);
});
