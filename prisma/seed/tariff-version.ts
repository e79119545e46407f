import { inScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import type { Flat } from "./flat";

/** For database tests: another price of the flat's tariff, in force from an instant on. */
export async function addTariffVersion(
  { scope, tariffId }: Flat,
  version: {
    readonly pricePerKwh: string;
    readonly startsAt: Date;
    /** What the version says beside its price and 16 % of tax, or in their place. */
    readonly more?: Readonly<Record<string, object>>;
  },
): Promise<string> {
  const { organizationId } = scope;
  const { pricePerKwh, startsAt, more } = version;
  const id = newId();
  const definition = {
    pricesIncludeTax: false,
    tax: { code: "VAT", percent: "16" },
    steps: [{ upToKwh: null, price: pricePerKwh }],
    ...more,
  };
  await inScope(scope, (tx) =>
    tx.db.tariffVersion.createMany({
      data: [{ organizationId, id, tariffId, startsAt, definition, createdAt: startsAt }],
    }),
  );
  return id;
}
