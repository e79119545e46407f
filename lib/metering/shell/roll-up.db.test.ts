import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { inScope, inWorkerScope } from "@/lib/access";
import { closePools } from "@/lib/platform/databases";
import { makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { decideQuarantined, listQuarantined } from "./quarantine";
import { recordReadings } from "./record-readings";
import { rollUpUsage } from "./roll-up";

const NOW = new Date("2026-06-01T00:00:00Z");
const LATER = new Date("2026-06-28T00:00:00Z");
const HOUR_MS = 3_600_000;

afterAll(closePools);

it("works out from the day that changed what it works out from the first", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: -300, max: 300 })), {
          minLength: 1,
          maxLength: 12,
        }),
        { minLength: 2, maxLength: 6 },
      ),
      async (batches) => {
        const flat = await makeFlat(NOW);
        const { scope, meterId, installationId } = flat;
        const manager = await makeMember(scope.organizationId, { role: "manager", now: NOW });
        const days = () =>
          inScope(scope, (tx) =>
            tx.db.usageDay.findMany({
              where: { organizationId: scope.organizationId },
              orderBy: { day: "asc" },
            }),
          );
        for (const batch of batches) {
          // About 500 Wh an hour, so that most are taken and some wait for a person.
          const readings = batch.map(([hour, off]) => ({
            ...{ meterId, quantity: "register" as const },
            at: new Date(NOW.getTime() + hour * HOUR_MS),
            value: BigInt(hour * 500 + off),
          }));
          await recordReadings(scope, readings, LATER);
          for (const { id } of (await listQuarantined(manager)).slice(0, 1)) {
            await decideQuarantined(manager, { id, decision: "kept", now: LATER });
          }
          await rollUpUsage(scope, installationId);
          const inSteps = await days();
          await inWorkerScope(scope, (tx) =>
            tx.db.meterInstallation.updateMany({
              where: { organizationId: scope.organizationId, id: installationId },
              data: { staleFrom: null },
            }),
          );
          await rollUpUsage(scope, installationId);
          expect(inSteps).toEqual(await days());
        }
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);
