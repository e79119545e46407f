import { amountToJson } from "@/lib/money";

/** Money as the API carries it: minor units in a string, beside their currency. */
export const moneyJson = (amountMinor: bigint, currency: string) => ({
  minor: amountToJson(amountMinor),
  currency,
});
