import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCreditToken } from "./credit-token";
import type { KeyType } from "./decoder-key";
import { encodeKeyChange } from "./key-change";
import { encodeManagementToken, encodeTestToken } from "./management-token";
import { enterToken, type MeterState, type NewMeter, newMeter } from "./meter";
import { USUAL_LOCKOUT } from "./meter-lockout";
import { SecretKey } from "./secret-key";
import { tokenCipher } from "./token-cipher";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const hexOf = (key: SecretKey) => key.use((bytes) => Buffer.from(bytes).toString("hex"));
const KEYS = {
  7: { old: "0abc12def3456789", next: "89674523f1de2bc0" },
  11: { old: "00112233445566778899aabbccddeeff", next: "0123456789abcdeffedcba9876543210" },
} as const;
const MADE = 6_000_000;

function meter(ea: 7 | 11, changes: Partial<NewMeter> = {}): MeterState {
  return newMeter({
    ...{ decoderKey: keyOf(KEYS[ea].old), keyType: 2, keyExpiryNumber: 255, subclass: 0 },
    ...{ manufacturedAtMinutes: MADE, functions: "all" },
    ...changes,
  });
}

function keyChange(
  ea: 7 | 11,
  { size = 4, rollOver = false, keyType = 2 as KeyType }: Partial<Change> = {},
): readonly string[] {
  const newKey = {
    ...{ decoderKey: keyOf(KEYS[ea].next), keyExpiryNumber: 200, keyRevisionNumber: 4 },
    ...{ keyType, tariffIndex: 99, supplyGroupCode: "912345" },
  };
  const made = encodeKeyChange(tokenCipher(keyOf(KEYS[ea].old)), newKey, { size, rollOver });
  if (!made.ok) throw new Error(made.error);
  return made.value;
}
type Change = { size: 2 | 3 | 4; rollOver: boolean; keyType: KeyType };

function credit(hex: string, tokenIdMinutes: number): string {
  const key = { decoderKey: keyOf(hex), keyType: 2, tokenCarrierType: 2 } as const;
  const made = encodeCreditToken({ ...key, subclass: 0, random: 5, tokenIdMinutes, units: 100n });
  if (!made.ok) throw new Error(made.error);
  return made.value.token;
}

function enterAll(start: MeterState, tokens: readonly string[], everySeconds = 10) {
  let state = start;
  const results = tokens.map((digits, index) => {
    const answer = enterToken(state, digits, index * everySeconds);
    state = answer.state;
    return answer.result;
  });
  return { state, results };
}

describe("a key change", () => {
  it.each([
    [7, 2, "000000"],
    [7, 3, "912345"],
    [11, 4, "912345"],
  ] as const)("of EA%i takes %i tokens in any order", (ea, size, sgc) => {
    const tokens = keyChange(ea, { size });
    const anyOrder = fc.shuffledSubarray([...tokens], { minLength: size, maxLength: size });
    const changes = fc.property(anyOrder, (shuffled) => {
      const { state, results } = enterAll(meter(ea), shuffled);
      expect(results).toEqual([...Array(size - 1).fill("KctPending"), "Accept"]);
      expect(hexOf(state.decoderKey)).toBe(KEYS[ea].next);
      expect(state).toMatchObject({
        ...{ keyRevisionNumber: 4, keyExpiryNumber: 200, tariffIndex: 99, keyType: 2 },
        ...{ supplyGroupCode: sgc, pendingKeyChange: null },
      });
    });
    fc.assert(changes, { numRuns: 30 });
  });

  it("is forgotten more than ten minutes after its first token", () => {
    const [first = "", second = ""] = keyChange(7, { size: 2 });
    expect(enterAll(meter(7), [first, second], 600).results).toEqual(["KctPending", "Accept"]);
    const late = enterAll(meter(7), [first, second], 601);
    expect(late.results).toEqual(["KctPending", "KctPending"]);
    expect(hexOf(late.state.decoderKey)).toBe(KEYS[7].old);
  });

  it("with roll-over forgets the token ids, and without it keeps them", () => {
    const before = enterToken(meter(11), credit(KEYS[11].old, MADE + 10)).state;
    const rolled = enterAll(before, keyChange(11, { rollOver: true })).state;
    expect(new Set(rolled.tokenIdMemory)).toEqual(new Set([0]));
    expect(rolled.creditUnits).toBe(100n);
    expect(enterToken(rolled, credit(KEYS[11].next, 5_000)).result).toBe("Accept");
    const kept = enterAll(before, keyChange(11)).state;
    expect(enterToken(kept, credit(KEYS[11].next, 5_000)).result).toBe("OldError");
    expect(enterToken(kept, credit(KEYS[11].old, MADE + 20)).result).toBe("CRCError");
  });

  it("to an initial or a common key is refused on a keypad, and the old key stays", () => {
    for (const keyType of [0, 3] as const) {
      const { state, results } = enterAll(meter(11), keyChange(11, { keyType }));
      expect(results.at(-1)).toBe("KeyTypeError");
      expect(hexOf(state.decoderKey)).toBe(KEYS[11].old);
      expect(state.pendingKeyChange).toBeNull();
    }
  });
});

describe("a meter with management", () => {
  const manage = (subclass: 0 | 1 | 5, value: number, tokenIdMinutes: number) => {
    const cipher = tokenCipher(keyOf(KEYS[11].old));
    const made = encodeManagementToken(cipher, { subclass, random: 5, tokenIdMinutes, value });
    if (!made.ok) throw new Error(made.error);
    return made.value;
  };

  it("clears its own register and no other, and takes a token once", () => {
    const before = enterToken(meter(11), credit(KEYS[11].old, MADE + 10)).state;
    expect(enterToken(before, manage(1, 1, MADE + 20)).state.creditUnits).toBe(100n);
    const cleared = enterToken(before, manage(1, 0, MADE + 20));
    expect(cleared.state.creditUnits).toBe(0n);
    expect(enterToken(cleared.state, manage(1, 0, MADE + 20)).result).toBe("UsedError");
  });

  it("takes tests of its manufacturer and of all, and again", () => {
    const state = meter(11, { manufacturerCode: 1 });
    const test = (manufacturerCode: number) => {
      const made = encodeTestToken({ subclass: 0, control: 1, manufacturerCode });
      return made.ok ? enterToken(state, made.value).result : made.error;
    };
    expect([test(1), test(0), test(1), test(2)]).toEqual([
      ...["Accept", "Accept", "Accept", "MfrCodeError"],
    ]);
  });

  it("rests after five wrong entries, but for tests, and listens again", () => {
    const wrong = "00000000000000000000";
    const start = meter(11, { lockout: USUAL_LOCKOUT });
    const { state, results } = enterAll(start, Array(6).fill(wrong), 1);
    expect(results).toEqual([...Array(5).fill("CRCError"), "LockoutError"]);
    const test = encodeTestToken({ subclass: 0, control: 1, manufacturerCode: 0 });
    expect(test.ok && enterToken(state, test.value, 6).result).toBe("Accept");
    const good = credit(KEYS[11].old, MADE + 10);
    expect(enterToken(state, good, 30).result).toBe("LockoutError");
    expect(enterToken(state, good, 4 + 60).result).toBe("Accept");
  });
});
