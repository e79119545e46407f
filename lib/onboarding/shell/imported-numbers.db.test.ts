import { afterAll, beforeEach, expect, it } from "vitest";
import { decideInstallationMode, findGuestScopeByMeter, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { closePools } from "@/lib/platform/databases";
import { makeEmptyOrganization } from "@/prisma/seed/empty-organization";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { overruleInstallationMode } from "@/prisma/seed/roles/overrule-mode";
import { sheetOfRows } from "../core/sheet-row";
import { applyImport } from "./apply-import";
import { findSheetPage } from "./import-views";
import { startImport, uploadSheet } from "./imports";
import { undoImport } from "./undo-import";
import { writeSheet } from "./write-sheet";

// Whose a number is after an import: docs/decisions/015 and 025.

const NOW = new Date("2026-06-10T09:00:00Z");
const HOUSE = { currency: "KES", timeZone: "Africa/Nairobi" } as const;

let scope: OrgScope;
beforeEach(async () => {
  await decideInstallationMode("practice", NOW);
  scope = await makeEmptyOrganization(NOW);
});
afterAll(async () => {
  await overruleInstallationMode("practice");
  await closePools();
});

async function bringIn(building: string, meters: readonly string[]): Promise<string> {
  const rows = meters.map((meter, place) => ({ ...HOUSE, building, unit: `A-${place}`, meter }));
  const bytes = writeSheet(sheetOfRows(rows), "csv");
  const batchId = granted(await uploadSheet(scope, { name: "houses.csv", bytes, now: NOW }));
  granted(await startImport(scope, { batchId, now: NOW }));
  const worker = systemScope(scope.organizationId, "sweep: import.apply");
  expect(await applyImport(worker, batchId, NOW)).toBe("applied");
  return batchId;
}

async function unprovedOf(batchId: string) {
  const asked = { batchId, onlyFaulty: true, skip: 0, take: 9, row: null };
  const page = await findSheetPage(scope, asked);
  return page?.unproved.meters.map(({ number }) => number);
}

it("in production numbers are claimed, sell inside alone, and are named for proof", async () => {
  await overruleInstallationMode("production");
  const meters = [freshMeterNumber(), freshMeterNumber()];
  const batchId = await bringIn("New Court", meters);
  expect(await unprovedOf(batchId)).toEqual(meters.toSorted());
  expect(await Promise.all(meters.map(findGuestScopeByMeter))).toEqual([null, null]);
});

it("in practice none is left to prove: they sell to all, and can be taken out", async () => {
  await overruleInstallationMode("practice");
  const meters = [freshMeterNumber(), freshMeterNumber()];
  const batchId = await bringIn("Yard", meters);
  expect(await unprovedOf(batchId)).toEqual([]);
  expect((await Promise.all(meters.map(findGuestScopeByMeter))).every(Boolean)).toBe(true);
  granted(await undoImport(scope, { batchId, now: NOW }));
  expect(await Promise.all(meters.map(findGuestScopeByMeter))).toEqual([null, null]);
});
