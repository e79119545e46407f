import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import { formatDecimal, parseDecimal } from "@/lib/money";
import type { PurchaseBasis } from "../core/charges-before-energy";
import { priceInMinorUnits } from "../core/price-of-amount";
import { parseStatedTariff } from "./definition-form";

const LONGEST_NUMBER = 200;
const number = z.string().max(LONGEST_NUMBER);

const requestForm = z.object({
  tariff: z.unknown(),
  purchase: z.object({
    amount: z.unknown(),
    monthToDateWh: number.regex(/^\d+$/).default("0"),
    arrears: number.default("0"),
    fixedDue: z.record(z.string(), number).default({}),
  }),
});

export type PriceAnswer = {
  readonly energyWh: string;
  readonly unspent: string;
  readonly lines: readonly { readonly code: string; readonly amount: string }[];
};

export type PriceRefusal =
  | { readonly code: "bad-request"; readonly path: string }
  | { readonly code: "tariff-invalid"; readonly path: string }
  | { readonly code: "amount-invalid" | "amount-too-small" };

/** A price as other programs ask for it: JSON with every amount as text, in a stated currency. */
export function answerPriceRequest(value: unknown): Result<PriceAnswer, PriceRefusal> {
  const parsed = requestForm.safeParse(value);
  if (!parsed.success) return badRequest(parsed.error.issues[0]?.path.join(".") ?? "");
  const { tariff, purchase } = parsed.data;
  const stated = parseStatedTariff(tariff);
  if (!stated.ok) return err(stated.error);
  const { definition, minorDigits } = stated.value;
  const amountMinor = minorUnits(purchase.amount, minorDigits);
  if (amountMinor === null || amountMinor === 0n) return err({ code: "amount-invalid" });
  const basis = basisOf(purchase, minorDigits);
  if (!basis.ok) return badRequest(basis.error);
  const price = priceInMinorUnits({ definition, minorDigits, amountMinor, basis: basis.value });
  if (!price.ok) return err(price.error);
  const { energyWh, unspentMinor, lines } = price.value;
  const text = (minor: bigint) => formatDecimal({ digits: minor, scale: minorDigits });
  return ok({
    energyWh: energyWh.toString(),
    unspent: text(unspentMinor),
    lines: lines.map((line) => ({ code: line.code, amount: text(line.amountMinor) })),
  });
}

const badRequest = (path: string) => err({ code: "bad-request" as const, path });

type Purchase = z.output<typeof requestForm>["purchase"];

function basisOf(purchase: Purchase, minorDigits: number): Result<PurchaseBasis, string> {
  const arrearsMinor = minorUnits(purchase.arrears, minorDigits);
  if (arrearsMinor === null) return err("purchase.arrears");
  const fixedDueMinor = new Map<string, bigint>();
  for (const [code, text] of Object.entries(purchase.fixedDue)) {
    const due = minorUnits(text, minorDigits);
    if (due === null) return err(`purchase.fixedDue.${code}`);
    fixedDueMinor.set(code, due);
  }
  return ok({ monthToDateWh: BigInt(purchase.monthToDateWh), arrearsMinor, fixedDueMinor });
}

/** A decimal of at most so many digits behind the point, in minor units; null for anything else. */
function minorUnits(value: unknown, minorDigits: number): bigint | null {
  if (typeof value !== "string" || value.length > LONGEST_NUMBER) return null;
  const parsed = parseDecimal(value);
  if (!parsed.ok || parsed.value.scale > minorDigits) return null;
  return parsed.value.digits * 10n ** BigInt(minorDigits - parsed.value.scale);
}
