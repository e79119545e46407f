import { expect, test } from "vitest";
import { densityOf } from "./facade-density";

test.each([
  [4, 6, "roomy"],
  [6, 8, "roomy"],
  [8, 15, "close"],
  [20, 20, "dense"],
  [3, 30, "dense"],
])("a building of %i units to a floor and %i floors is drawn %s", (columns, floors, name) => {
  expect(densityOf(columns, floors).name).toBe(name);
});
