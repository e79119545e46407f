import { describe, expect, it } from "vitest";
import { translatorFor } from "@/app/_document/translator";
import { parseDefinition } from "@/lib/tariffs";
import { answerEditor, scheduleErrors } from "./answer-editor";
import { decimalText } from "./decimal-text";
import { editRows } from "./edit-rows";
import { definitionOfFields, EMPTY_FIELDS, fieldsIn, fieldsOfDefinition } from "./read-editor-form";
import { tariffSentences } from "./tariff-sentence";

const t = translatorFor("en");
const stored = {
  pricesIncludeTax: false,
  tax: { code: "VAT", percent: "16" },
  fee: { percent: "2.5", fixed: "10", bearer: "resident" },
  arrears: { maxPercent: "30" },
  fixed: [
    {
      code: "standing",
      taxable: true,
      maxPercentOfPurchase: "50",
      amount: "150",
      per: "month",
      whenUnpaid: "accumulate",
    },
  ],
  steps: [
    { upToKwh: "50.5", price: "2.5" },
    { upToKwh: null, price: "13.68" },
  ],
  levies: [
    { code: "fuel", taxable: true, perKwh: "5.71" },
    { code: "rep", taxable: false, percentOf: "energy", percent: "5" },
  ],
  energyTaxable: true,
};
const parsed = parseDefinition(stored);
if (!parsed.ok) throw new Error(parsed.error.path);
const fields = fieldsOfDefinition(parsed.value, decimalText, "");
const given = { currency: "KES", locale: "en", references: [], t } as const;

describe("the editor's fields", () => {
  it("hold a version whole: what is read from them is what was written", () => {
    expect(definitionOfFields(fields)).toEqual(stored);
  });

  it("are read from a form in the order of its rows", () => {
    const form = new FormData();
    for (const [upTo, price] of [
      ["50", "2"],
      ["", "3"],
    ] as const) {
      form.append("steps.upToKwh", upTo);
      form.append("steps.price", price);
    }
    expect(fieldsIn(form).steps).toEqual([
      { upToKwh: "50", price: "2" },
      { upToKwh: "", price: "3" },
    ]);
  });

  it.each(["add-steps", "add-levies", "add-fixed", "remove-levies-1", "remove-fixed-0"])(
    "change by a row at %s",
    (intent) => {
      const edited = editRows(fields, intent);
      const [, list = ""] = /-(steps|levies|fixed)/.exec(intent) ?? [];
      const rows = edited?.[list as "steps"] ?? [];
      const more = intent.startsWith("add") ? 1 : -1;
      expect(rows).toHaveLength(fields[list as "steps"].length + more);
    },
  );

  it("keep one step, and the last without an end", () => {
    expect(editRows(fields, "remove-steps-1")?.steps).toEqual([{ upToKwh: "", price: "2.5" }]);
    expect(editRows(EMPTY_FIELDS, "remove-steps-0")).toEqual(EMPTY_FIELDS);
    expect(editRows(fields, "try")).toBeNull();
    expect(editRows(fields, "remove-steps-x")).toBeNull();
  });
});

describe("the editor's answer", () => {
  it("says what an amount buys, block by block, and the lines add up", () => {
    const answer = answerEditor({ ...fields, tryAmount: "1,000", tryMonthKwh: "40" }, given);
    expect(answer.errors).toEqual({});
    expect(answer.simulation?.headline).toMatch(/^KSh\s1,000\.00 buys \d+\.\d{3} kWh$/);
    expect(answer.simulation?.because).toHaveLength(2);
    const sum = answer.simulation?.lines
      .map(({ amountText }) => BigInt(amountText.replace(/\D/g, "")))
      .reduce((a, b) => a + b, 0n);
    expect(sum).toBe(100_000n);
  });

  it.each([
    [
      "steps.0.upToKwh",
      {
        steps: [
          { upToKwh: "x", price: "1" },
          { upToKwh: "", price: "1" },
        ],
      },
    ],
    [
      "steps.1.price",
      {
        steps: [
          { upToKwh: "5", price: "1" },
          { upToKwh: "", price: "1,5" },
        ],
      },
    ],
    ["levies.0.amount", { levies: [{ code: "a", kind: "percent", amount: "", taxable: "no" }] }],
    ["levies.0.code", { levies: [{ code: "", kind: "kwh", amount: "1", taxable: "no" }] }],
    ["fixed.0.most", { fixed: [{ ...(fields.fixed[0] ?? {}), most: "101" }] }],
    ["fixed.0.amount", { fixed: [{ ...(fields.fixed[0] ?? {}), amount: "" }] }],
    ["tax.percent", { taxPercent: "-1" }],
    ["fee.percent", { feePercent: "100" }],
    ["tryAmount", { tryAmount: "0.001" }],
    ["tryMonthKwh", { tryMonthKwh: "-1" }],
  ])("names a fault at %s", (field, change) => {
    const answer = answerEditor({ ...fields, tryAmount: "10", ...change } as never, given);
    expect(Object.keys(answer.errors)).toEqual([field]);
    expect(answer.simulation).toBeNull();
  });

  it("says at which field a version was refused", () => {
    const tried = answerEditor(fields, given);
    const at = (code: "start-taken" | "reason-missing" | "reference-unknown") =>
      Object.keys(scheduleErrors({ code }, tried, t).errors);
    expect([at("start-taken"), at("reason-missing"), at("reference-unknown")]).toEqual([
      ["startsAt"],
      ["reason"],
      ["reference"],
    ]);
  });
});

it("a tariff is said in sentences", () => {
  const said = tariffSentences({ definition: parsed.value, currency: "KES", locale: "en", t });
  expect(said[0]).toBe(
    "A kWh costs KES 2.50 up to 50.500 kWh in a month, then KES 13.68 above that.",
  );
  expect(said).toHaveLength(7);
});
