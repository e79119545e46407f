import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import { type Decimal, parseDecimal } from "@/lib/money";
import type { TariffDefinition } from "../core/tariff-definition";

const decimalText = z
  .string()
  .max(40)
  .transform((text, context): Decimal => {
    const parsed = parseDecimal(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: "custom", message: "not a decimal" });
    return z.NEVER;
  });

const percentText = decimalText;
const code = z.string().min(1).max(20);
const levyForm = z.union([
  z.strictObject({ code, taxable: z.boolean(), perKwh: decimalText }),
  z.strictObject({
    code,
    taxable: z.boolean(),
    percentOf: z.literal("energy"),
    percent: percentText,
  }),
]);
const fixedForm = z.strictObject({
  code,
  taxable: z.boolean(),
  maxPercentOfPurchase: percentText,
  amount: decimalText.nullable().default(null),
  per: z.enum(["month", "day"]).nullable().default(null),
  whenUnpaid: z.enum(["drop", "accumulate"]).nullable().default(null),
});
const NOTHING: Decimal = { digits: 0n, scale: 0 };

/** The stored form. */
const definitionForm = z.strictObject({
  pricesIncludeTax: z.boolean(),
  tax: z.strictObject({ code, percent: percentText }),
  fee: z
    .strictObject({
      percent: percentText,
      fixed: decimalText,
      bearer: z.enum(["owner", "resident"]),
    })
    .default({ percent: NOTHING, fixed: NOTHING, bearer: "owner" }),
  arrears: z.strictObject({ maxPercent: percentText }).default({ maxPercent: NOTHING }),
  fixed: z.array(fixedForm).default([]),
  steps: z
    .array(z.strictObject({ upToKwh: decimalText.nullable(), price: decimalText }))
    .min(1)
    .max(20),
  levies: z.array(levyForm).default([]),
  energyTaxable: z.boolean().default(true),
});

/** A stored or given definition as unknown JSON; an error names the path of the first fault. */
export function parseDefinition(
  value: unknown,
): Result<TariffDefinition, { readonly code: "tariff-invalid"; readonly path: string }> {
  const parsed = definitionForm.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err({ code: "tariff-invalid", path: parsed.error.issues[0]?.path.join(".") ?? "" });
}
