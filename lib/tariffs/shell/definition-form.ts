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

/** The stored form; a flat tariff has exactly one step, without an upper end. */
const definitionForm = z.strictObject({
  pricesIncludeTax: z.boolean(),
  tax: z.strictObject({ code: z.string().min(1).max(20), percent: decimalText }),
  steps: z.tuple([
    z.strictObject({
      upToKwh: z.null(),
      price: decimalText.refine((price) => price.digits > 0n, "a price is above zero"),
    }),
  ]),
});

/** A stored or given definition as unknown JSON; an error names the path of the first fault. */
export function parseDefinition(
  value: unknown,
): Result<TariffDefinition, { readonly code: "tariff-invalid"; readonly path: string }> {
  const parsed = definitionForm.safeParse(value);
  if (!parsed.success) {
    return err({ code: "tariff-invalid", path: parsed.error.issues[0]?.path.join(".") ?? "" });
  }
  const { pricesIncludeTax, tax, steps } = parsed.data;
  return ok({ pricePerKwh: steps[0].price, taxPercent: tax.percent, pricesIncludeTax });
}
