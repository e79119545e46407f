import type { PaymentFilter } from "@/lib/payments";
import {
  ACCOUNT_PROVIDERS,
  PAYMENT_STATUSES,
  type PaymentStatus,
  parsePaymentStatus,
} from "@/lib/payments/shared";
import { isId } from "@/lib/platform";
import { startOfCivilDay } from "@/lib/property";
import { dayAfter, parseCivilDay } from "@/lib/property/shared";

/** The choice as the address bar holds it. */
export type PaymentsQuery = {
  readonly state: PaymentStatus | null;
  readonly provider: string | null;
  readonly reference: string | null;
  /** Civil days, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** The payment after which the page begins. */
  readonly before: string | null;
};

export const PROVIDER_WORDS = [...ACCOUNT_PROVIDERS, "practice", "cash"] as const;
export const STATE_WORDS = PAYMENT_STATUSES;
const LONGEST = 200;

/** Reads the address bar; what is no such value is left out, for a list refuses nobody. */
export function readPaymentsQuery(
  given: Readonly<Record<string, string | string[] | undefined>>,
): PaymentsQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, LONGEST) : null;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== null && parseCivilDay(value).ok ? value : null;
  };
  const before = text("before");
  return {
    state: parsePaymentStatus(text("state") ?? ""),
    provider: PROVIDER_WORDS.find((word) => word === given.provider) ?? null,
    reference: text("reference"),
    from: day("from"),
    to: day("to"),
    before: before !== null && isId(before) ? before : null,
  };
}

/** What the list asks for; days are those of a zone. */
export function paymentFilterOf(query: PaymentsQuery, timeZone: string): PaymentFilter {
  const { state: status, provider, reference, from, to } = query;
  return {
    ...{ status, provider, reference },
    from: from === null ? null : startOfCivilDay(from, timeZone),
    until: to === null ? null : startOfCivilDay(dayAfter(to), timeZone),
  };
}

export function paymentsHref(path: string, query: PaymentsQuery): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const search = new URLSearchParams(pairs).toString();
  return search === "" ? path : `${path}?${search}`;
}
