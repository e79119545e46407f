import { inScope } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { civilDayAt } from "@/lib/property";
import { parseMeterNumber } from "@/lib/sts/shared";
import { type SampleName, sampleRows } from "../core/samples";
import { sheetOfRows } from "../core/sheet-row";

const NO_PLACE = { currency: "KES", timeZone: "Africa/Nairobi", locale: "en-KE", tariff: "" };

/** A sample sheet in the organization's own money, zone and keys: it can be sent back as it is. */
export async function sampleSheet(
  scope: OrgScope | SystemScope,
  name: SampleName,
  now: Date,
): Promise<readonly (readonly string[])[]> {
  const { organizationId } = scope;
  const { place, key } = await inScope(scope, async (tx) => {
    const building = await tx.db.building.findFirst({
      where: { organizationId },
      select: {
        currency: true,
        timeZone: true,
        locale: true,
        tariff: { select: { name: true } },
      },
      orderBy: { createdAt: "asc" },
    });
    const tariff = await tx.db.tariff.findFirst({
      where: { organizationId },
      select: { name: true, currency: true },
      orderBy: { name: "asc" },
    });
    const found = await tx.db.vendingKey.findFirst({
      where: { organizationId },
      select: { supplyGroupCode: true, keyRevisionNumber: true },
      orderBy: [{ supplyGroupCode: "asc" }, { keyRevisionNumber: "desc" }],
    });
    const unplaced = tariff
      ? { ...NO_PLACE, currency: tariff.currency, tariff: tariff.name }
      : NO_PLACE;
    return {
      key: found,
      place: building ? { ...building, tariff: building.tariff.name } : unplaced,
    };
  });
  const setting = {
    ...place,
    supplyGroup: key ? `${key.supplyGroupCode}/${key.keyRevisionNumber}` : "",
    meterNumber: (at: number) => numberOf(organizationId, at),
    month: `${civilDayAt(now, place.timeZone).slice(0, 7)}-01`,
  };
  return sheetOfRows(sampleRows(name, setting));
}

/** An 11-digit number out of an organization's id, so that two organizations' samples differ. */
function numberOf(organizationId: string, place: number): string {
  const seed = BigInt(`0x${organizationId.replaceAll("-", "").slice(-10)}`) % 100_000_000n;
  const payload = `${seed.toString().padStart(8, "0")}${String(place).padStart(2, "0")}`;
  const digits = Array.from({ length: 10 }, (_, digit) => `${payload}${digit}`);
  return digits.find((number) => parseMeterNumber(number).ok) ?? payload;
}
