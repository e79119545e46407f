import { expect, it } from "vitest";
import { judgeReading, USUAL_RATING_W } from "./judge-reading";
import type { Quantity } from "./reading";

const NOW = new Date("2026-03-10T12:00:00Z");
const HOUR_MS = 3_600_000;
const hours = (ago: number, value: bigint) => ({
  at: new Date(NOW.getTime() - ago * HOUR_MS),
  value,
});
const nobody = { before: null, same: null, after: null, bought: [], now: NOW } as const;
const register = { ...nobody, quantity: "register" as Quantity };
const remaining = { ...nobody, quantity: "remaining" as Quantity };
const quarantine = (reason: string) => ({ verdict: "quarantine", reason });

it("accepts the first reading of a meter", () => {
  expect(judgeReading(hours(1, 5_000n), register)).toEqual({ verdict: "accept" });
});

it("takes the same value of the same instant for nothing, and another for a question", () => {
  const same = hours(1, 5_000n);
  expect(judgeReading(hours(1, 5_000n), { ...register, same })).toEqual({ verdict: "nothing" });
  expect(judgeReading(hours(1, 5_001n), { ...register, same })).toEqual(quarantine("other-value"));
});

it("holds what is more than five minutes in the future", () => {
  const in4 = { at: new Date(NOW.getTime() + 4 * 60_000), value: 1n };
  const in6 = { at: new Date(NOW.getTime() + 6 * 60_000), value: 1n };
  expect(judgeReading(in4, register)).toEqual({ verdict: "accept" });
  expect(judgeReading(in6, register)).toEqual(quarantine("in-the-future"));
});

it("holds a register that falls, towards the reading before and towards the one after", () => {
  const before = hours(10, 5_000n);
  const after = hours(1, 9_000n);
  const judge = (value: bigint) => judgeReading(hours(5, value), { ...register, before, after });
  expect(judge(4_999n)).toEqual(quarantine("lower-than-before"));
  expect(judge(5_000n)).toEqual({ verdict: "accept" });
  expect(judge(9_000n)).toEqual({ verdict: "accept" });
  expect(judge(9_001n)).toEqual(quarantine("higher-than-after"));
});

it("holds more than the rating lets through, a tenth forgiven", () => {
  const before = hours(3, 0n);
  const most = (USUAL_RATING_W * 2n * 11n) / 10n;
  const judge = (value: bigint) => judgeReading(hours(1, value), { ...register, before });
  expect(judge(most)).toEqual({ verdict: "accept" });
  expect(judge(most + 1n)).toEqual(quarantine("impossible-slope"));
  const small = { ...register, before, ratingW: 1_000n };
  expect(judgeReading(hours(1, 2_201n), small)).toEqual(quarantine("impossible-slope"));
});

it("holds a credit above what remained and was bought since", () => {
  const before = hours(10, 5_000n);
  const bought = [{ at: hours(5, 0n).at, energyWh: 20_000n }];
  const context = { ...remaining, before, bought };
  expect(judgeReading(hours(1, 25_000n), context)).toEqual({ verdict: "accept" });
  expect(judgeReading(hours(1, 25_001n), context)).toEqual(quarantine("more-than-bought"));
  const notYetBought = judgeReading(hours(6, 5_001n), context);
  expect(notYetBought).toEqual(quarantine("more-than-bought"));
});

it("holds a late credit that the next reading contradicts", () => {
  const after = hours(1, 5_000n);
  expect(judgeReading(hours(5, 4_999n), { ...remaining, after })).toEqual(
    quarantine("more-than-bought"),
  );
});

it("takes it that a token of the last 14 days was typed in after the reading before", () => {
  const before = hours(10, 5_000n);
  const judge = (boughtHoursAgo: number, value: bigint) =>
    judgeReading(hours(5, value), {
      ...{ ...remaining, before },
      bought: [{ at: hours(boughtHoursAgo, 0n).at, energyWh: 20_000n }],
    });
  expect(judge(20, 24_000n)).toEqual({ verdict: "accept" });
  expect(judge(20, 25_001n)).toEqual(quarantine("more-than-bought"));
  expect(judge(15 * 24, 24_000n)).toEqual(quarantine("more-than-bought"));
});
