import { expect, it } from "vitest";
import { boundTexts } from "./bound-texts";

type Bound = { readonly org: string; readonly unitId: string };

it("gives the texts that were bound, and no others", () => {
  const bound = { org: "acacia", unitId: "1", more: "x" };
  expect(boundTexts<keyof Bound>(bound, "org", "unitId")).toEqual({ org: "acacia", unitId: "1" });
});

it.each([
  null,
  undefined,
  "acacia",
  7,
  [],
  {},
  { org: { not: "" }, unitId: ["1"] },
  { org: 7, unitId: null },
  { org: "x".repeat(10_000), unitId: true },
  Object.create({ org: "acacia", unitId: "1" }),
])("takes %j for nothing", (sent) => {
  expect(boundTexts(sent as Bound, "org", "unitId")).toEqual({ org: "", unitId: "" });
});
