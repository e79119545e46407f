import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CreditSubclass } from "./credit-block";
import { encodeCreditToken } from "./credit-token";
import type { KeyType } from "./decoder-key";
import { enterToken, type MeterState, type NewMeter, newMeter } from "./meter";
import { SecretKey } from "./secret-key";
import { isReservedMinute } from "./token-id";
import vectors from "./vectors/meter-scenario.json";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const decoderKey = keyOf("00112233445566778899aabbccddeeff");
const otherKey = keyOf("ffeeddccbbaa99887766554433221100");
const MADE = 6_000_000;

function meter(changes: Partial<NewMeter> = {}): MeterState {
  return newMeter({
    decoderKey,
    keyType: 2,
    keyExpiryNumber: 255,
    subclass: 0,
    manufacturedAtMinutes: MADE,
    ...changes,
  });
}

function tokenAt(
  tokenIdMinutes: number,
  changes: { units?: bigint; subclass?: CreditSubclass; decoderKey?: SecretKey } = {},
): string {
  const key = { keyType: 2, tokenCarrierType: 2, decoderKey, random: 5 } as const;
  const made = encodeCreditToken({ ...key, subclass: 0, units: 204n, tokenIdMinutes, ...changes });
  if (!made.ok) throw new Error(made.error);
  return made.value.token;
}

function resultsOf(start: MeterState, tokens: readonly string[]): string[] {
  let state = start;
  return tokens.map((digits) => {
    const answer = enterToken(state, digits);
    state = answer.state;
    return answer.result;
  });
}

describe("a meter", () => {
  it.each(vectors)("$id: answers as the reference meter does", (vector) => {
    const start = meter({
      decoderKey: keyOf(vector.decoderKey),
      keyType: vector.kt as KeyType,
      keyExpiryNumber: vector.ken,
      tokenIdMemorySize: vector.tidMemory,
      manufacturedAtMinutes: vector.tidFill,
    });
    const tokens = vector.steps.map((step) => step.token);
    expect(resultsOf(start, tokens)).toEqual(vector.steps.map((step) => step.result));
  });

  it("adds what a token carries, once", () => {
    const first = enterToken(meter(), tokenAt(MADE + 10));
    expect(first).toMatchObject({ result: "Accept", token: { units: 204n } });
    expect(first.state.creditUnits).toBe(204n);
    const second = enterToken(first.state, tokenAt(MADE + 10));
    expect(second.result).toBe("UsedError");
    expect(second.state).toBe(first.state);
  });

  it("takes tokens in another order than they were bought in", () => {
    const tokens = [tokenAt(MADE + 30), tokenAt(MADE + 10), tokenAt(MADE + 20)];
    expect(resultsOf(meter(), tokens)).toEqual(["Accept", "Accept", "Accept"]);
  });

  it("refuses what is older than the oldest it remembers", () => {
    const start = meter({ tokenIdMemorySize: 2 });
    const tokens = [MADE + 20, MADE + 30, MADE + 10, MADE + 20, MADE + 25].map((at) => tokenAt(at));
    expect(resultsOf(start, tokens)).toEqual([
      "Accept",
      "Accept",
      "OldError",
      "UsedError",
      "Accept",
    ]);
  });

  it("refuses tokens from before it was made", () => {
    expect(enterToken(meter(), tokenAt(MADE - 1)).result).toBe("OldError");
    expect(enterToken(meter(), tokenAt(MADE)).result).toBe("UsedError");
    expect(enterToken(meter(), tokenAt(MADE + 2)).result).toBe("Accept");
  });

  it("refuses credit under a default key", () => {
    expect(enterToken(meter({ keyType: 1 }), tokenAt(MADE + 2)).result).toBe("DDTKError");
  });

  it("refuses a TID past the expiry of its key", () => {
    const start = meter({ keyExpiryNumber: (MADE + 10) >> 16 });
    const beyond = (((MADE + 10) >> 16) + 1) << 16;
    expect(resultsOf(start, [tokenAt(beyond), tokenAt(beyond - 1)])).toEqual([
      "KeyExpiredError",
      "Accept",
    ]);
  });

  it("refuses what would not fit its register, and takes the token once there is room", () => {
    const full: MeterState = { ...meter({ creditLimitUnits: 300n }), creditUnits: 97n };
    const token = tokenAt(MADE + 2);
    const refused = enterToken(full, token);
    expect(refused.result).toBe("OverflowError");
    expect(enterToken({ ...refused.state, creditUnits: 96n }, token).result).toBe("Accept");
  });

  it("refuses another meter's token, and less than a token", () => {
    const foreign = tokenAt(MADE + 2, { decoderKey: otherKey });
    expect(enterToken(meter(), foreign).result).toBe("CRCError");
    expect(enterToken(meter(), "123").result).toBe("FormatError");
  });

  it("credits nothing for a token with a wrong digit", () => {
    const token = tokenAt(MADE + 2);
    const start = meter();
    for (let index = 0; index < token.length; index++) {
      const wrong = (Number(token[index]) + 1) % 10;
      const answer = enterToken(start, token.slice(0, index) + wrong + token.slice(index + 1));
      expect(["CRCError", "FormatError"]).toContain(answer.result);
      expect(answer.state).toBe(start);
    }
  });

  it("refuses credit for another utility", () => {
    const water = tokenAt(MADE + 2, { subclass: 1 });
    expect(enterToken(meter(), water).result).toBe("FunctionError");
    expect(enterToken(meter({ subclass: 1 }), water).result).toBe("Accept");
  });

  it("is made with values in their range", () => {
    expect(() => meter({ manufacturedAtMinutes: 2 ** 24 })).toThrow("24 bits");
    expect(() => meter({ keyExpiryNumber: 256 })).toThrow("8 bits");
    expect(() => meter({ tokenIdMemorySize: 0 })).toThrow("remembers a TID");
    expect(() => meter({ creditLimitUnits: 0n })).toThrow("holds something");
    expect(meter().tokenIdMemory).toEqual(Array(50).fill(MADE));
  });
});

describe("a meter, whatever is typed into it", () => {
  const typed = fc.array(
    fc.record({
      minutes: fc.integer({ min: MADE - 5, max: MADE + 40 }).filter((at) => !isReservedMinute(at)),
      units: fc.bigInt({ min: 0n, max: 400n }),
    }),
    { maxLength: 40 },
  );

  it("credits each TID at most once and never more than it was sold", () => {
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 6 }), (tokens, tokenIdMemorySize) => {
        let state = meter({ tokenIdMemorySize, creditLimitUnits: 3000n });
        const accepted: number[] = [];
        let sum = 0n;
        for (const { minutes, units } of tokens) {
          const before = state;
          const answer = enterToken(state, tokenAt(minutes, { units }));
          state = answer.state;
          // The model: the newest TIDs of all that were accepted, the minute of manufacture behind.
          const newest = [...Array(tokenIdMemorySize).fill(MADE), ...accepted]
            .sort((a, b) => a - b)
            .slice(-tokenIdMemorySize);
          const overflows = sum + units > 3000n;
          if (newest.includes(minutes)) expect(answer.result).toBe("UsedError");
          else if (minutes < (newest[0] ?? 0)) expect(answer.result).toBe("OldError");
          else expect(answer.result).toBe(overflows ? "OverflowError" : "Accept");
          if (answer.result === "Accept") {
            accepted.push(minutes);
            sum += units;
          } else expect(state).toBe(before);
        }
        expect(state.creditUnits).toBe(sum);
        expect(new Set(accepted).size).toBe(accepted.length);
        expect(state.tokenIdMemory).toHaveLength(tokenIdMemorySize);
      }),
    );
  });
});
