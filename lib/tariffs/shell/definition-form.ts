import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import { type Decimal, parseDecimal } from "@/lib/money";
import type { FixedCharge, Levy, Step, TariffDefinition } from "../core/tariff-definition";

/** Prices may have any length that a person could mean; a very long one must not cost us time. */
const LONGEST_DECIMAL = 200;
const MOST_STEPS = 20;
const MOST_CHARGES = 20;
const LONGEST_CODE = 40;
const WH_DIGITS_OF_KWH = 3;
const HUNDRED: Decimal = { digits: 100n, scale: 0 };
const THOUSAND: Decimal = { digits: 1_000n, scale: 0 };
const ZERO: Decimal = { digits: 0n, scale: 0 };

export type DefinitionFault = { readonly code: "tariff-invalid"; readonly path: string };

const decimal = z
  .string()
  .max(LONGEST_DECIMAL)
  .transform((text, context): Decimal => {
    const parsed = parseDecimal(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: "custom", message: "not a decimal" });
    return z.NEVER;
  });
const isAbove = (value: Decimal, limit: Decimal) =>
  value.digits * 10n ** BigInt(limit.scale) > limit.digits * 10n ** BigInt(value.scale);
const atMost = (limit: Decimal) =>
  decimal.refine((value) => !isAbove(value, limit), "more than it may be");
const percent = atMost(HUNDRED);
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 _.-]*$/)
  .max(LONGEST_CODE);

/** A kWh limit as whole watt-hours: more digits than that nobody meters. */
const limit = decimal
  .refine(({ digits, scale }) => isWholeWh(digits, scale), "not in whole watt-hours")
  .transform(({ digits, scale }) => (digits * 1_000n) / 10n ** BigInt(scale))
  .refine((upToWh) => upToWh > 0n, "a limit is above zero");
const isWholeWh = (digits: bigint, scale: number) =>
  scale <= WH_DIGITS_OF_KWH || (digits * 1_000n) % 10n ** BigInt(scale) === 0n;

const step = z
  .strictObject({ upToKwh: limit.nullable(), price: decimal })
  .transform(({ upToKwh, price }): Step => ({ upToWh: upToKwh, price }));

const levy = z
  .strictObject({
    code,
    taxable: z.boolean(),
    perKwh: decimal.optional(),
    percentOf: z.literal("energy").optional(),
    percent: atMost(THOUSAND).optional(),
  })
  .transform((given, context): Levy => {
    const { code: name, taxable, perKwh, percentOf, percent: share } = given;
    const fault = (path: string) => {
      context.addIssue({ code: "custom", path: [path], message: "one of the two kinds of levy" });
      return z.NEVER;
    };
    if (perKwh) {
      if (percentOf) return fault("percentOf");
      return share ? fault("percent") : { code: name, taxable, perKwh };
    }
    if (!percentOf) return fault(share ? "percentOf" : "perKwh");
    return share ? { code: name, taxable, percentOf, percent: share } : fault("percent");
  });

const fixedCharge = z
  .strictObject({
    code,
    taxable: z.boolean(),
    maxPercentOfPurchase: percent,
    amount: decimal.nullable().default(null),
    per: z.enum(["month", "day"]).nullable().default(null),
    whenUnpaid: z.enum(["drop", "accumulate"]).nullable().default(null),
  })
  .superRefine((charge: FixedCharge, context) => {
    const isTimed = charge.amount !== null;
    for (const path of ["per", "whenUnpaid"] as const) {
      if ((charge[path] !== null) === isTimed) continue;
      context.addIssue({ code: "custom", path: [path], message: "an amount falls due in time" });
    }
  });

/** The members of a stored version; what older versions do not have stands for nothing. */
const members = {
  pricesIncludeTax: z.boolean(),
  tax: z.strictObject({ code, percent }),
  fee: z
    .strictObject({
      percent: percent.refine((share) => isAbove(HUNDRED, share), "a fee leaves something"),
      fixed: decimal,
      bearer: z.enum(["owner", "resident"]),
    })
    .default({ percent: ZERO, fixed: ZERO, bearer: "owner" }),
  arrears: z.strictObject({ maxPercent: percent }).default({ maxPercent: ZERO }),
  fixed: z.array(fixedCharge).max(MOST_CHARGES).default([]),
  steps: z.array(step).min(1).max(MOST_STEPS),
  levies: z.array(levy).max(MOST_CHARGES).default([]),
  energyTaxable: z.boolean().default(true),
};

type Issue = (path: readonly (string | number)[], message: string) => void;

function checkSteps({ steps, levies }: TariffDefinition, issue: Issue): void {
  let reachedWh = 0n;
  for (const [index, { upToWh }] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (isLast !== (upToWh === null) || (upToWh !== null && upToWh <= reachedWh)) {
      issue(["steps", index, "upToKwh"], "limits rise, and the last step has none");
      return;
    }
    reachedWh = upToWh ?? reachedWh;
  }
  const hasLevy = levies.some((each) => "perKwh" in each && each.perKwh.digits > 0n);
  if (!hasLevy && steps.at(-1)?.price.digits === 0n) {
    issue(["steps", steps.length - 1, "price"], "the last step costs something");
  }
}

function checkCodes(definition: TariffDefinition, issue: Issue): void {
  for (const list of ["fixed", "levies"] as const) {
    const codes = definition[list].map((each) => each.code);
    const twice = codes.findIndex((each, index) => codes.indexOf(each) !== index);
    if (twice >= 0) issue([list, twice, "code"], "a code stands once");
  }
}

function checkWhole(definition: TariffDefinition, context: z.RefinementCtx): void {
  const issue: Issue = (path, message) =>
    context.addIssue({ code: "custom", path: [...path], message });
  checkSteps(definition, issue);
  checkCodes(definition, issue);
}

const definitionForm = z.strictObject(members).superRefine(checkWhole);
const statedForm = z
  .strictObject({
    currency: z.string().min(1).max(LONGEST_CODE),
    minorDigits: z.int().min(0).max(4),
    ...members,
  })
  .superRefine(checkWhole);

/** A stored or given definition as unknown JSON; an error names the path of the first fault. */
export function parseDefinition(value: unknown): Result<TariffDefinition, DefinitionFault> {
  const parsed = definitionForm.safeParse(value);
  return parsed.success ? ok(parsed.data) : err(faultOf(parsed.error));
}

/** A tariff that states its currency, as the command line reads it. */
export function parseStatedTariff(
  value: unknown,
): Result<
  { readonly definition: TariffDefinition; readonly minorDigits: number },
  DefinitionFault
> {
  const parsed = statedForm.safeParse(value);
  if (!parsed.success) return err(faultOf(parsed.error));
  const { currency: _, minorDigits, ...definition } = parsed.data;
  return ok({ definition, minorDigits });
}

function faultOf({ issues }: z.ZodError): DefinitionFault {
  const [first] = issues;
  const unknownMember = first?.code === "unrecognized_keys" ? first.keys.slice(0, 1) : [];
  return { code: "tariff-invalid", path: [...(first?.path ?? []), ...unknownMember].join(".") };
}
