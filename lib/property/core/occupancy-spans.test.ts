import fc from "fast-check";
import { expect, it } from "vitest";
import { type LeaseDays, occupancySpans } from "./occupancy-spans";

const days = (startsOn: string, endsOn: string | null): LeaseDays => ({ startsOn, endsOn });

it.each([
  [[], []],
  [[days("01", null)], [days("01", null)]],
  [[days("01", "05"), days("03", "09")], [days("01", "09")]],
  [[days("03", "09"), days("01", "05")], [days("01", "09")]],
  [[days("01", "09"), days("02", "04")], [days("01", "09")]],
  [
    [days("01", "05"), days("05", "09")],
    [days("01", "05"), days("05", "09")],
  ],
  [
    [days("01", "05"), days("07", null), days("08", "09")],
    [days("01", "05"), days("07", null)],
  ],
])("occupies %j as %j", (leases, spans) => {
  expect(occupancySpans(leases)).toEqual(spans);
});

it("covers the days that are held, each once, and no others", () => {
  const day = fc.integer({ min: 1, max: 40 });
  const lease = fc.tuple(day, fc.option(fc.integer({ min: 1, max: 20 }))).map(([from, length]) => ({
    startsOn: String(from).padStart(2, "0"),
    endsOn: length === null ? null : String(from + length).padStart(2, "0"),
  }));
  fc.assert(
    fc.property(fc.array(lease, { maxLength: 12 }), (leases) => {
      const spans = occupancySpans(leases);
      const within = (at: string) => (one: LeaseDays) =>
        one.startsOn <= at && (one.endsOn === null || at < one.endsOn);
      for (let at = 0; at < 70; at += 1) {
        const text = String(at).padStart(2, "0");
        const covering = spans.filter(within(text)).length;
        expect(covering).toBe(leases.some(within(text)) ? 1 : 0);
      }
    }),
  );
});
