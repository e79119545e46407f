import { setTimeout as delay } from "node:timers/promises";
import { findOrgScope } from "@/lib/access";
import { findSheetPage, startImport, uploadSheet, writeSheet } from "@/lib/onboarding";
import { systemClock } from "@/lib/platform";
import { meterNumberOfSerial } from "@/prisma/seed/meter-numbers";

const A_BUILDING = 400;
const A_FLOOR = 20;
const FIRST_SERIAL = 80_000_000;
const LONGEST_MS = 300_000;

const HEADINGS = ["Building", "Address", "Currency", "Time zone", "Unit", "Floor"];
const MORE = ["Meter number", "Resident", "Lease from"];

/** A sheet of flats, each with a meter and a lease, as an office would send it. */
function sheetOf(units: number): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: units }, (_, place) => {
    const house = Math.floor(place / A_BUILDING) + 1;
    const floor = String(Math.floor((place % A_BUILDING) / A_FLOOR));
    const where = [`Import House ${house}`, `Street ${house}, Nairobi`, "KES", "Africa/Nairobi"];
    const meter = meterNumberOfSerial(FIRST_SERIAL + place);
    return [...where, `I${house}-${place}`, floor, meter, `Resident ${place}`, "2026-01-01"];
  });
  return writeSheet([[...HEADINGS, ...MORE], ...rows], "csv");
}

/** Seconds from sending a sheet until it was judged, and until the worker has made all of it. */
export async function timeImport(
  userId: string,
  units: number,
): Promise<{ readonly checkedS: number; readonly wholeS: number }> {
  const now = systemClock.now();
  const scope = await findOrgScope({ userId, slug: "acacia" }, "property:manage", now);
  if (!scope) throw new Error("the landlord does not manage the demo's houses");
  const bytes = sheetOf(units);
  const start = performance.now();
  const uploaded = await uploadSheet(scope, { name: "houses.csv", bytes, now });
  if (!uploaded.ok) throw new Error(`the sheet is refused: ${uploaded.error}`);
  const batchId = uploaded.value;
  const checkedS = (performance.now() - start) / 1_000;
  const started = await startImport(scope, { batchId, now: systemClock.now() });
  if (!started.ok) throw new Error(`the import is refused: ${started.error}`);
  const asked = { batchId, onlyFaulty: true, skip: 0, take: 1, row: null };
  while (performance.now() - start < LONGEST_MS) {
    const page = await findSheetPage(scope, asked);
    if (page?.batch.state === "applied") {
      return { checkedS, wholeS: (performance.now() - start) / 1_000 };
    }
    if (page?.batch.state !== "applying") throw new Error(`the import is ${page?.batch.state}`);
    await delay(50);
  }
  throw new Error("the import takes too long");
}
