import { expect, it } from "vitest";
import { secondsToWait } from "./rate-limit";

it("lets in as many a minute as are allowed, and says how long the others wait", async () => {
  const caller = { id: "a gateway", perMinute: 3 };
  const waits = [];
  for (let call = 0; call < 5; call += 1) waits.push(await secondsToWait(caller));
  expect(waits.slice(0, 3)).toEqual([null, null, null]);
  for (const wait of waits.slice(3)) {
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
  }
});

it("counts each caller alone", async () => {
  const perMinute = 1;
  expect(await secondsToWait({ id: "one", perMinute })).toBeNull();
  expect(await secondsToWait({ id: "other", perMinute })).toBeNull();
  expect(await secondsToWait({ id: "one", perMinute })).not.toBeNull();
});
