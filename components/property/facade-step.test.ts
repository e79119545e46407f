import { expect, test } from "vitest";
import { type Step, stepTo } from "./facade-step";

// Three windows under the roof, two below them:   0 1 2
//                                                 3 4
const places = [
  { row: 0, column: 0 },
  { row: 0, column: 1 },
  { row: 0, column: 2 },
  { row: 1, column: 0 },
  { row: 1, column: 1 },
];

test.each<[number, Step, number]>([
  [0, "right", 1],
  [1, "left", 0],
  [1, "down", 4],
  [4, "up", 1],
  [2, "down", 4],
  [1, "last", 2],
  [4, "first", 3],
])("from window %i one step %s is window %i", (from, step, to) => {
  expect(stepTo(places, from, step)).toBe(to);
});

test.each<[number, Step]>([
  [0, "left"],
  [2, "right"],
  [0, "up"],
  [4, "down"],
])("at the edge window %i stays where it is on %s", (from, step) => {
  expect(stepTo(places, from, step)).toBe(from);
});
