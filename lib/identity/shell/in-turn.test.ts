import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { inTurn } from "./in-turn";

it("never does more at once than half the cores, and does all of it, in order", async () => {
  const most = Math.max(1, Math.floor(availableParallelism() / 2));
  const begun: number[] = [];
  let now = 0;
  let highest = 0;
  const works = Array.from({ length: 50 }, (_, number) =>
    inTurn(async () => {
      begun.push(number);
      now += 1;
      highest = Math.max(highest, now);
      await new Promise((done) => setImmediate(done));
      now -= 1;
      return number;
    }),
  );
  expect(await Promise.all(works)).toEqual(Array.from({ length: 50 }, (_, number) => number));
  expect(begun).toEqual(begun.toSorted((a, b) => a - b));
  expect(highest).toBe(most);
});

it("goes on after work that failed, and tells who asked for it", async () => {
  const failing = Array.from({ length: 20 }, () =>
    inTurn(async () => {
      throw new Error("no");
    }),
  );
  const ends = await Promise.allSettled(failing);
  expect(ends.every(({ status }) => status === "rejected")).toBe(true);
  expect(await inTurn(async () => "yes")).toBe("yes");
});
