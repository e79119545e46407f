import { textIn, textsIn } from "@/app/_form/form-answers";
import type { EditorFields } from "@/components/tariffs/editor-state";
import type { StoredDefinition, TariffDefinition } from "@/lib/tariffs";

const MOST_ROWS = 40;

/** Rows of fields that share their names: the n-th of each belongs to the n-th row. */
function rowsIn<Name extends string>(
  form: FormData,
  prefix: string,
  names: readonly Name[],
): readonly Readonly<Record<Name, string>>[] {
  const columns = names.map((name) => textsIn(form, `${prefix}.${name}`));
  const count = Math.min(MOST_ROWS, Math.max(0, ...columns.map((column) => column.length)));
  return Array.from({ length: count }, (_, index) => {
    const cells = names.map((name, at) => [name, (columns[at]?.[index] ?? "").slice(0, 200)]);
    return Object.fromEntries(cells) as Readonly<Record<Name, string>>;
  });
}

/** What stands in the editor's fields. */
export function fieldsIn(form: FormData): EditorFields {
  return {
    pricesIncludeTax: textIn(form, "pricesIncludeTax"),
    taxCode: textIn(form, "taxCode"),
    taxPercent: textIn(form, "taxPercent"),
    energyTaxable: textIn(form, "energyTaxable"),
    steps: rowsIn(form, "steps", ["upToKwh", "price"]),
    levies: rowsIn(form, "levies", ["code", "kind", "amount", "taxable"]),
    fixed: rowsIn(form, "fixed", ["code", "amount", "per", "whenUnpaid", "most", "taxable"]),
    feePercent: textIn(form, "feePercent"),
    feeFixed: textIn(form, "feeFixed"),
    feeBearer: textIn(form, "feeBearer"),
    arrearsPercent: textIn(form, "arrearsPercent"),
    reference: textIn(form, "reference"),
    startsAt: textIn(form, "startsAt"),
    reason: textIn(form, "reason"),
    tryAmount: textIn(form, "tryAmount"),
    tryMonthKwh: textIn(form, "tryMonthKwh"),
  };
}

const orNothing = (text: string) => text.trim() || "0";

/** The fields as a stored version; what is wrong with them `parseDefinition` says. */
export function definitionOfFields(fields: EditorFields): StoredDefinition {
  return {
    pricesIncludeTax: fields.pricesIncludeTax === "yes",
    tax: { code: fields.taxCode.trim(), percent: orNothing(fields.taxPercent) },
    fee: {
      percent: orNothing(fields.feePercent),
      fixed: orNothing(fields.feeFixed),
      bearer: fields.feeBearer === "resident" ? "resident" : "owner",
    },
    arrears: { maxPercent: orNothing(fields.arrearsPercent) },
    fixed: fields.fixed.map((charge) => ({
      code: charge.code.trim(),
      taxable: charge.taxable === "yes",
      maxPercentOfPurchase: charge.most.trim() || "100",
      amount: charge.amount.trim(),
      per: charge.per === "day" ? "day" : "month",
      whenUnpaid: charge.whenUnpaid === "drop" ? "drop" : "accumulate",
    })),
    steps: fields.steps.map(({ upToKwh, price }) => ({
      upToKwh: upToKwh.trim() || null,
      price: price.trim(),
    })),
    levies: fields.levies.map(({ code, kind, amount, taxable }) => {
      const common = { code: code.trim(), taxable: taxable === "yes" };
      return kind === "percent"
        ? { ...common, percentOf: "energy", percent: amount.trim() }
        : { ...common, perKwh: amount.trim() };
    }),
    energyTaxable: fields.energyTaxable !== "no",
  };
}

/** Where the editor has the field that a definition's path names. */
export function fieldOfPath(path: string): string {
  return path
    .replace(/^(levies\.\d+)\.(?:perKwh|percent)$/, "$1.amount")
    .replace(/^(fixed\.\d+)\.maxPercentOfPurchase$/, "$1.most");
}

const NO_TRY = { tryAmount: "", tryMonthKwh: "0", startsAt: "", reason: "" };
const yesNo = (is: boolean) => (is ? "yes" : "no");

/** The fields for a version that follows another. */
export function fieldsOfDefinition(
  definition: TariffDefinition,
  written: (decimal: TariffDefinition["tax"]["percent"]) => string,
  reference: string,
): EditorFields {
  const { tax, fee } = definition;
  return {
    ...NO_TRY,
    pricesIncludeTax: yesNo(definition.pricesIncludeTax),
    taxCode: tax.code,
    taxPercent: written(tax.percent),
    energyTaxable: yesNo(definition.energyTaxable),
    steps: definition.steps.map(({ upToWh, price }) => ({
      upToKwh: upToWh === null ? "" : kwhText(upToWh),
      price: written(price),
    })),
    levies: definition.levies.map((levy) => ({
      code: levy.code,
      kind: "perKwh" in levy ? "kwh" : "percent",
      amount: written("perKwh" in levy ? levy.perKwh : levy.percent),
      taxable: yesNo(levy.taxable),
    })),
    fixed: definition.fixed.map((charge) => ({
      code: charge.code,
      amount: charge.amount ? written(charge.amount) : "",
      per: charge.per ?? "month",
      whenUnpaid: charge.whenUnpaid ?? "accumulate",
      most: written(charge.maxPercentOfPurchase),
      taxable: yesNo(charge.taxable),
    })),
    feePercent: written(fee.percent),
    feeFixed: written(fee.fixed),
    feeBearer: fee.bearer,
    arrearsPercent: written(definition.arrears.maxPercent),
    reference,
  };
}

/** Watt-hours as plain kWh: "0.5", "50". */
function kwhText(energyWh: bigint): string {
  const rest = (energyWh % 1_000n).toString().padStart(3, "0").replace(/0+$/, "");
  return `${energyWh / 1_000n}${rest && `.${rest}`}`;
}

/** An empty editor: one step, nothing else. */
export const EMPTY_FIELDS: EditorFields = {
  ...NO_TRY,
  pricesIncludeTax: "no",
  taxCode: "VAT",
  taxPercent: "0",
  energyTaxable: "yes",
  steps: [{ upToKwh: "", price: "" }],
  levies: [],
  fixed: [],
  feePercent: "0",
  feeFixed: "0",
  feeBearer: "owner",
  arrearsPercent: "0",
  reference: "",
};
