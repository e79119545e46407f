import { expect, it } from "vitest";
import { parseBedLabels } from "./bed-labels";

it.each([
  ["A, B ,C", ["A", "B", "C"]],
  ["1\n2;3,", ["1", "2", "3"]],
  ["  by  the window ", ["by the window"]],
])("reads %j as beds", (typed, labels) => {
  expect(parseBedLabels(typed)).toEqual({ ok: true, value: labels });
});

it.each([
  ["", "no-label"],
  [" , ;\n", "no-label"],
  ["A, B, A", "label-twice"],
  ["x".repeat(21), "label-too-long"],
  [Array.from({ length: 13 }, (_, at) => at).join(), "too-many"],
])("refuses %j: %s", (typed, error) => {
  expect(parseBedLabels(typed)).toEqual({ ok: false, error });
});
