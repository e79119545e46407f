import { expect, it, vi } from "vitest";
import { retryOverlap } from "./retry-overlap";

const refusedWith = (originalCode: string) =>
  Object.assign(new Error("refused"), {
    meta: { driverAdapterError: { cause: { originalCode } } },
  });

it.each(["23P01", "40P01"])("who lost with %s looks again", async (code) => {
  const work = vi.fn().mockRejectedValueOnce(refusedWith(code)).mockResolvedValueOnce("taken");
  expect(await retryOverlap(work)).toBe("taken");
});

it("gives up after three tries", async () => {
  const work = vi.fn().mockRejectedValue(refusedWith("23P01"));
  await expect(retryOverlap(work)).rejects.toThrow("refused");
  expect(work).toHaveBeenCalledTimes(3);
});

it("does not repeat what failed for another reason", async () => {
  const work = vi.fn().mockRejectedValue(refusedWith("23503"));
  await expect(retryOverlap(work)).rejects.toThrow("refused");
  expect(work).toHaveBeenCalledTimes(1);
});
