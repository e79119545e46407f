import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BASE_DATES,
  type BaseDate,
  instantOfTokenId,
  isKeyExpired,
  isReservedMinute,
  LAST_TOKEN_ID_MINUTES,
  lastTokenIdOf,
  minutesSinceBase,
  nextTokenId,
  ordinaryTokenId,
} from "./token-id";
import published from "./vectors/published.json";
import vectors from "./vectors/tid.json";

const utc = (minute: string) => new Date(`${minute}:00Z`);
const outOfRange = { ok: false, error: "token-id-out-of-range" };
const baseDates = fc.constantFrom(...BASE_DATES);
const tokenIds = fc.integer({ min: 0, max: LAST_TOKEN_ID_MINUTES });

describe("minutes since the base date", () => {
  const examples = published.filter((example) => example.kind === "minutesSinceBase");

  it.each(examples)("$id: $time on $baseDate is $minutes, as published", (example) => {
    const baseDate = example.baseDate as BaseDate;
    const instant = utc(example.time ?? "");
    expect(minutesSinceBase(instant, baseDate)).toBe(example.minutes);
    expect(instantOfTokenId(example.minutes ?? -1, baseDate)).toEqual(instant);
  });

  it("drops the seconds, also before the base date", () => {
    expect(minutesSinceBase(new Date("2014-01-01T00:00:59.999Z"), 2014)).toBe(0);
    expect(minutesSinceBase(new Date("2013-12-31T23:59:59.999Z"), 2014)).toBe(-1);
  });

  it("refuses a date that is none", () => {
    expect(() => minutesSinceBase(new Date("never"), 2014)).toThrow("valid date");
  });

  it("comes back from every TID, whatever the seconds", () => {
    fc.assert(
      fc.property(tokenIds, baseDates, fc.nat(59_999), (tokenId, baseDate, lateMs) => {
        const instant = new Date(instantOfTokenId(tokenId, baseDate).getTime() + lateMs);
        expect(minutesSinceBase(instant, baseDate)).toBe(tokenId);
      }),
    );
  });
});

describe("an ordinary token", () => {
  it.each(vectors)("$id: at $time on $baseDate gets the TID $tid", ({ time, baseDate, tid }) => {
    expect(ordinaryTokenId(utc(time), baseDate as BaseDate)).toEqual({ ok: true, value: tid });
  });

  it("never gets the reserved minute 00:01", () => {
    expect(isReservedMinute(minutesSinceBase(utc("2026-03-07T00:01"), 2014))).toBe(true);
    fc.assert(
      fc.property(tokenIds, baseDates, (minutes, baseDate) => {
        const tokenId = ordinaryTokenId(instantOfTokenId(minutes, baseDate), baseDate);
        const expected = minutes % 1440 === 1 ? minutes + 1 : minutes;
        expect(tokenId).toEqual({ ok: true, value: expected });
      }),
    );
  });

  it("is refused before its base date and after the last of its 24 bits", () => {
    expect(ordinaryTokenId(utc("2013-12-31T23:59"), 2014)).toEqual(outOfRange);
    expect(ordinaryTokenId(utc("2045-11-24T20:15"), 2014)).toEqual({ ok: true, value: 16777215 });
    expect(ordinaryTokenId(utc("2045-11-24T20:16"), 2014)).toEqual(outOfRange);
  });
});

describe("the next token of a meter", () => {
  it("takes the minute of now when that is free", () => {
    expect(nextTokenId({ nowMinutes: 5000, lastTokenIdMinutes: null })).toEqual({
      ok: true,
      value: 5000,
    });
    expect(nextTokenId({ nowMinutes: 5000, lastTokenIdMinutes: 4999 })).toEqual({
      ok: true,
      value: 5000,
    });
  });

  it("gives three buyers of one minute three minutes", () => {
    const given: number[] = [];
    for (let buyer = 0; buyer < 3; buyer++) {
      const next = nextTokenId({ nowMinutes: 3, lastTokenIdMinutes: given.at(-1) ?? null });
      if (next.ok) given.push(next.value);
    }
    expect(given).toEqual([3, 4, 5]);
  });

  it("steps over the reserved minute", () => {
    expect(nextTokenId({ nowMinutes: 1439, lastTokenIdMinutes: 1440 })).toEqual({
      ok: true,
      value: 1442,
    });
  });

  it("is refused when the base date has no minute left", () => {
    const last = LAST_TOKEN_ID_MINUTES;
    expect(nextTokenId({ nowMinutes: 9, lastTokenIdMinutes: last })).toEqual(outOfRange);
  });

  it("is always newer than the last one and never reserved", () => {
    fc.assert(
      fc.property(tokenIds, tokenIds, (nowMinutes, lastTokenIdMinutes) => {
        const next = nextTokenId({ nowMinutes, lastTokenIdMinutes });
        fc.pre(next.ok);
        expect(next.value).toBeGreaterThan(lastTokenIdMinutes);
        expect(next.value).toBeGreaterThanOrEqual(nowMinutes);
        expect(isReservedMinute(next.value)).toBe(false);
      }),
    );
  });
});

describe("key expiry", () => {
  it("compares the top eight bits of the TID with the KEN", () => {
    expect(lastTokenIdOf(85)).toBe(0x55ffff);
    expect(isKeyExpired(0x55ffff, 85)).toBe(false);
    expect(isKeyExpired(0x560000, 85)).toBe(true);
    fc.assert(
      fc.property(tokenIds, fc.integer({ min: 0, max: 255 }), (tokenId, ken) => {
        expect(isKeyExpired(tokenId, ken)).toBe(tokenId >> 16 > ken);
      }),
    );
  });

  it("never comes for KEN 255", () => {
    expect(lastTokenIdOf(255)).toBe(16777215);
    expect(isKeyExpired(LAST_TOKEN_ID_MINUTES, 255)).toBe(false);
  });

  it("takes a KEN of eight bits only", () => {
    expect(() => isKeyExpired(0, 256)).toThrow("8 bits");
    expect(() => isKeyExpired(0, -1)).toThrow("8 bits");
  });
});
