import { expect, it } from "vitest";
import { type ApprovalTerms, approvalHash } from "./approval-hash";

const terms: ApprovalTerms = {
  organizationId: "o",
  kind: "free-issue",
  subjectKind: "meter",
  subjectId: "m",
  buildingId: null,
  request: { energyWh: "5000", meterId: "m" },
  reason: "the old meter broke",
};
const hex = (changed: Partial<ApprovalTerms>) =>
  Buffer.from(approvalHash({ ...terms, ...changed })).toString("hex");

it("does not depend on the order in which values were named", () => {
  expect(hex({ request: { meterId: "m", energyWh: "5000" } })).toBe(hex({}));
});

it.each([
  ["organization", { organizationId: "p" }],
  ["kind", { kind: "refund" }],
  ["subject", { subjectId: "n" }],
  ["kind of subject", { subjectKind: "unit" }],
  ["building", { buildingId: "" }],
  ["reason", { reason: "" }],
  ["a value", { request: { energyWh: "5001", meterId: "m" } }],
  ["a value's kind", { request: { energyWh: 5000, meterId: "m" } }],
  ["a name", { request: { energyWH: "5000", meterId: "m" } }],
  ["a value more", { request: { energyWh: "5000", meterId: "m", more: "" } }],
  ["where a name ends", { request: { energyWhmeterId: "5000", m: "" } }],
] as const)("changes with the %s", (_name, changed) => {
  expect(hex(changed as Partial<ApprovalTerms>)).not.toBe(hex({}));
});
