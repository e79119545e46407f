import { expect, it } from "vitest";
import { FairQueue } from "./fair-queue";

const LIMITS = { mostForKey: 3, mostInAll: 5 };

function drained(queue: FairQueue<string>): readonly string[] {
  const taken: string[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
}

it("takes turns between keys, and keeps the order within one", () => {
  const queue = new FairQueue<string>(LIMITS);
  for (const item of ["a1", "a2", "a3", "b1", "c1"]) queue.add(item.slice(0, 1), item);
  expect(drained(queue)).toEqual(["a1", "b1", "c1", "a2", "a3"]);
  expect(queue.isEmpty).toBe(true);
});

it("refuses one key's fourth, and lets another key in", () => {
  const queue = new FairQueue<string>(LIMITS);
  expect(["a1", "a2", "a3", "a4"].map((item) => queue.add("a", item))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(queue.add("b", "b1")).toBe(true);
});

it("refuses everybody when it is full, until one has been taken", () => {
  const queue = new FairQueue<string>(LIMITS);
  for (const key of ["a", "b", "c", "d", "e"]) queue.add(key, key);
  expect(queue.add("f", "f")).toBe(false);
  expect(queue.take()).toBe("a");
  expect(queue.add("f", "f")).toBe(true);
  expect(drained(queue)).toEqual(["b", "c", "d", "e", "f"]);
});

it("gives nothing when nothing waits", () => {
  expect(new FairQueue<string>(LIMITS).take()).toBeUndefined();
});
