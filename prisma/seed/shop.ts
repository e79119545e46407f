import { decideInstallationMode } from "@/lib/access";
import { newId } from "@/lib/platform";
import { practiceProvider } from "@/lib/practice";
import type { PracticeSigner, TokenIssuer } from "@/lib/signer";
import { makeFlat } from "./flat";
import type { SaleTools } from "./practice-sale";
import { makeSellingMeter, type SellingMeter } from "./reservation";

/** An organization that sells: a let flat, its meter under a key that the signer holds. */
export type Shop = {
  readonly meter: SellingMeter;
  readonly vendingKeyId: string;
  readonly tools: SaleTools;
};

const PRACTICE_KEY = {
  supplyGroupCode: "123457",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
} as const;

/** For database tests: a shop of its own, in a practice installation, open since `now`. */
export async function openShop(issuer: TokenIssuer & PracticeSigner, now: Date): Promise<Shop> {
  await decideInstallationMode("practice", now);
  const flat = await makeFlat(now);
  const { organizationId } = flat.scope;
  const { vendingKeyId } = await issuer.generatePracticeKey({ organizationId, ...PRACTICE_KEY });
  const meter = await makeSellingMeter(flat, { vendingKeyId, now });
  const tools = { issuer, provider: practiceProvider(), addressKey: newId() };
  return { meter, vendingKeyId, tools };
}
