import { inScope, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { freshMeterNumber } from "./flat";
import { makePayablePurchase } from "./payable-purchase";

/** For database tests: a purchase for an organization's unit that waits for its payment. */
export async function beginPurchase(
  { organizationId }: OrgScope,
  { unit: label, now }: { readonly unit: string; readonly now: Date },
): Promise<void> {
  const by = systemScope(organizationId, "test");
  const endpointId = newId();
  const flat = await inScope(by, async (tx) => {
    await tx.db.paymentEndpoint.createMany({
      data: [{ id: endpointId, belongsTo: organizationId, provider: "practice" }],
    });
    const unit = await tx.db.unit.findFirstOrThrow({
      where: { organizationId, label },
      select: {
        id: true,
        buildingId: true,
        leases: { select: { id: true } },
        occupancies: { select: { id: true } },
        installations: { select: { id: true, meterId: true } },
        building: { select: { tariff: { select: { id: true, versions: true } } } },
      },
    });
    const [installation] = unit.installations;
    return {
      scope: by,
      tariffId: unit.building.tariff.id,
      tariffVersionId: unit.building.tariff.versions[0]?.id ?? "",
      vendingKeyId: "",
      buildingId: unit.buildingId,
      unitId: unit.id,
      meterId: installation?.meterId ?? "",
      meterNumber: freshMeterNumber(),
      installationId: installation?.id ?? "",
      leaseId: unit.leases[0]?.id ?? "",
      occupancyId: unit.occupancies[0]?.id ?? "",
    };
  });
  await makePayablePurchase(flat, endpointId, now);
}
