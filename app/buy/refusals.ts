import type { MessageKey, Translate } from "@/components/ui/translate";
import { formatMoney } from "@/lib/money";
import type { OpenPurchaseError } from "@/lib/vending";
import type { MeterPlace } from "./meter-place";

/** Sentences for the fields of the buy form; null where a field is well. */
export type Refusals = {
  readonly meter: string | null;
  readonly amount: string | null;
  readonly form: string | null;
};

export const NO_REFUSAL: Refusals = { meter: null, amount: null, form: null };

const onMeter = (t: Translate, key: MessageKey): Refusals => ({ ...NO_REFUSAL, meter: t(key) });
const onAmount = (sentence: string): Refusals => ({ ...NO_REFUSAL, amount: sentence });

/** Every refusal in words, at the field that can mend it. */
export function refusalsOf(error: OpenPurchaseError, place: MeterPlace, t: Translate): Refusals {
  const money = (amountMinor: bigint) =>
    formatMoney({ amountMinor, currency: place.currency }, place.locale, { isShort: true });
  switch (error.code) {
    case "meter-not-found":
    case "meter-blocked":
    case "meter-contested":
    case "meter-not-in-use":
    case "no-price-in-force":
      return onMeter(t, `errors.${error.code}`);
    case "amount-invalid":
      return onAmount(t(`errors.${error.fault}`, { example: money(50_000n) }));
    case "amount-too-small":
      return onAmount(t("errors.amount-too-small", { minimum: money(error.minimumMinor) }));
    case "energy-too-large":
      return onAmount(t("errors.energy-too-large", { maximum: money(error.maximumMinor) }));
    case "sales-closed":
      return { ...NO_REFUSAL, form: t("errors.sales-closed") };
    case "request-key-reused":
      return { ...NO_REFUSAL, form: t("errors.request-key-reused") };
  }
}
