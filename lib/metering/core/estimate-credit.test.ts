import { expect, it } from "vitest";
import { type CreditFacts, estimateCredit } from "./estimate-credit";

const HOUR = 3_600_000;
const NOW = new Date("2026-06-30T12:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);
const topUp = (hours: number, energyWh: bigint) => ({ at: ago(hours), energyWh });
const read = (hours: number, value: bigint) => ({ at: ago(hours), value });

const NOTHING: CreditFacts = {
  ...{ purchases: [], bought: [], servesSince: ago(24 * 90), remaining: null, registers: [] },
  ...{ dailyUseWh: null, now: NOW },
};
const told = (facts: Partial<CreditFacts>) => {
  const estimate = estimateCredit({ ...NOTHING, ...facts });
  if (estimate.basis === "unknown") return "unknown";
  return [estimate.basis, estimate.remainingWh, estimate.daysLeft, estimate.basisAt] as const;
};

it("is what a reading said, with what was bought since, less what is used in a day", () => {
  const facts = { remaining: read(48, 20_000n), bought: [topUp(24, 10_000n)], dailyUseWh: 4_000n };
  expect(told(facts)).toEqual(["measured", 22_000n, 5, ago(48)]);
});

it("counts no purchase twice that the reading has in it already", () => {
  const facts = { remaining: read(24, 20_000n), bought: [topUp(25, 10_000n)], dailyUseWh: 4_000n };
  expect(told(facts)).toEqual(["measured", 16_000n, 4, ago(24)]);
});

it("is measured for three days after the reading, and estimated from then on", () => {
  const at = (hours: number) =>
    told({ remaining: read(hours, 90_000n), dailyUseWh: 1_000n })[0] ?? "";
  expect([at(72), at(72.1)]).toEqual(["measured", "estimated"]);
});

it("is never less than nothing, also where it ran out between two purchases", () => {
  const facts = { remaining: read(240, 1_000n), bought: [topUp(24, 9_000n)], dailyUseWh: 3_000n };
  expect(told(facts)).toEqual(["estimated", 6_000n, 2, ago(240)]);
});

it("says what is left, and not for how long, while no use is known", () => {
  const facts = { remaining: read(24, 20_000n) };
  expect(told(facts)).toEqual(["measured", 20_000n, Number.MAX_SAFE_INTEGER, ago(24)]);
});

it("is carried on by the register that was read beside the credit left", () => {
  const facts = {
    remaining: read(240, 20_000n),
    registers: [read(239.5, 100_000n), read(24, 112_000n)],
    bought: [topUp(100, 5_000n)],
    dailyUseWh: 2_000n,
  };
  expect(told(facts)).toEqual(["measured", 11_000n, 5, ago(24)]);
});

it("is estimated from a register and what was bought where nobody read what is left", () => {
  const facts = {
    registers: [read(240, 100_000n), read(24, 112_000n)],
    bought: [topUp(230, 20_000n)],
    dailyUseWh: 2_000n,
  };
  expect(told(facts)).toEqual(["estimated", 6_000n, 3, ago(24)]);
  expect(told({ registers: [read(24, 112_000n)] })).toBe("unknown");
});

it("begins with nothing on a meter that came after another, at the rate of before", () => {
  const purchases = [topUp(720, 24_000n), topUp(480, 24_000n), topUp(24, 9_000n)];
  const facts = { purchases, servesSince: ago(36), bought: [topUp(24, 9_000n)] };
  expect(told({ ...facts, dailyUseWh: 2_400n })).toEqual(["estimated", 6_600n, 2, null]);
});

it("is estimated from purchases alone while nothing was read", () => {
  const purchases = [topUp(240, 24_000n), topUp(24, 10_000n)];
  expect(told({ purchases })).toMatchObject(["estimated", 7_333n, 2, null]);
  expect(told({ purchases: [] })).toBe("unknown");
});
