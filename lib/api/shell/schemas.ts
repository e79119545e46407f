import { z } from "zod";
import { LINE_KINDS } from "../core/price-lines";
import { PROBLEM_CODES } from "../core/problems";
import { API_STATES } from "../core/purchase-state";

// What comes in is checked by these, what goes out has their form, and the OpenAPI document is made
// of them: there is no second description to fall behind.

const minor = z
  .string()
  .regex(/^[1-9][0-9]{0,15}$/)
  .describe("Minor units of the currency, as a string of digits: “50000” is KSh 500.00.");
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe("ISO 4217, the currency of the meter’s building.");
const meter = z.string().min(11).max(24).describe("A meter number: 11 or 13 digits.");
const quoteId = z.string().min(1).max(64).describe("The id of a quote that has not expired.");
const reference = (what: string) =>
  z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/)
    .describe(`${what} 1 to 64 visible ASCII characters.`);

const amount = z.strictObject({ minor, currency });
const clientReference = reference("Your own name for this purchase, used once.");
const paymentReference = reference("The payment by which you took the money, used once.");
const references = { client_reference: clientReference, payment_reference: paymentReference };

export const quoteRequest = z.strictObject({ meter, amount });
export const purchaseByQuote = z.strictObject({ quote: quoteId, ...references });
export const purchaseByMeter = z.strictObject({ meter, amount, ...references });
export const purchaseRequest = z.union([purchaseByQuote, purchaseByMeter]);
export const reprintRequest = z.strictObject({});
export const referenceQuery = z.strictObject({ client_reference: clientReference });

// ── Answers ──────────────────────────────────────────────────────────────────────────────────

const money = z.object({ minor: z.string().regex(/^[0-9]+$/), currency });
const energyWh = z
  .string()
  .regex(/^[0-9]+$/)
  .describe("Watt-hours, as a string of digits.");
const instant = z.iso.datetime({ precision: 3 }).describe("An instant in UTC.");
const lineAmount = z.object({ minor: z.string().regex(/^-?[0-9]+$/), currency });
const lines = z
  .array(
    z.object({
      kind: z.enum(LINE_KINDS),
      name: z.string().nullable().describe("Which fixed charge or levy."),
      amount: lineAmount.describe("Below zero for money kept from before, which is spent first."),
    }),
  )
  .describe("What the amount is made up of; the lines add up to it.");
const priced = {
  meter,
  amount: money,
  energy_wh: energyWh.describe("What the tokens carry, in watt-hours."),
  lines,
  included_tax: money.nullable().describe("Tax that is part of the energy line, where it is."),
};

export const meterAnswer = z.object({
  meter,
  holder: z.string().nullable().describe("The holder’s initials; null where nobody is named."),
  unit: z.string().describe("The unit, masked."),
  seller: z.string(),
  currency,
  least: money.describe("The smallest amount of one purchase."),
  greatest: money.describe("The largest amount of one purchase."),
});

export const quoteAnswer = z.object({ id: quoteId, ...priced, expires_at: instant });

export const purchaseAnswer = z.object({
  id: z.string(),
  state: z
    .enum(API_STATES)
    .describe(
      "pending: the money is booked and the tokens are on their way; issued: here they are; " +
        "refund_due, refunded: no token can be had, give the payer the money back; " +
        "expired: no money was booked.",
    ),
  client_reference: z.string(),
  payment_reference: z.string(),
  ...priced,
  is_repriced: z.boolean().describe("The price was made anew, for its basis had changed."),
  receipt_number: z.string().nullable(),
  paid_at: instant.nullable(),
  issued_at: instant.nullable(),
  tokens: z.array(z.string().regex(/^[0-9]{20}$/)).describe("To be typed in this order."),
});

export const reprintAnswer = purchaseAnswer.extend({
  is_reprint: z.literal(true),
  reprinted_at: instant,
});

export const problemAnswer = z.object({
  type: z.string().describe("urn:voltlet:problem: and the code; the same for ever."),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(PROBLEM_CODES),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  scope: z.string().optional(),
  currency: currency.optional(),
  least: money.optional(),
  greatest: money.optional(),
  purchase: z.string().optional(),
  state: z.enum(API_STATES).optional(),
});

export type AmountRequest = z.infer<typeof amount>;
export type QuoteRequest = z.infer<typeof quoteRequest>;
export type PurchaseRequest = z.infer<typeof purchaseRequest>;
export type MeterAnswer = z.infer<typeof meterAnswer>;
export type QuoteAnswer = z.infer<typeof quoteAnswer>;
export type PurchaseAnswer = z.infer<typeof purchaseAnswer>;
export type ReprintAnswer = z.infer<typeof reprintAnswer>;
