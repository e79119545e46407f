import type { EditorFields } from "@/components/tariffs/editor-state";

const NEW_LEVY = { code: "", kind: "kwh", amount: "", taxable: "yes" };
const NEW_FIXED = {
  code: "",
  amount: "",
  per: "month",
  whenUnpaid: "accumulate",
  most: "100",
  taxable: "yes",
};

const without = <Row>(rows: readonly Row[], index: number) =>
  rows.filter((_, each) => each !== index);

/** Adds or takes a row, as a button says ("add-steps", "remove-levies-2"); null for others. */
export function editRows(fields: EditorFields, intent: string): EditorFields | null {
  if (intent === "add-steps") return { ...fields, steps: withStep(fields.steps) };
  if (intent === "add-levies") return { ...fields, levies: [...fields.levies, NEW_LEVY] };
  if (intent === "add-fixed") return { ...fields, fixed: [...fields.fixed, NEW_FIXED] };
  const [, list, at] = /^remove-(steps|levies|fixed)-(\d{1,2})$/.exec(intent) ?? [];
  const index = Number(at);
  if (list === "levies") return { ...fields, levies: without(fields.levies, index) };
  if (list === "fixed") return { ...fields, fixed: without(fields.fixed, index) };
  if (list !== "steps" || fields.steps.length < 2) return list ? fields : null;
  const left = without(fields.steps, index);
  // The last step has no end, also when the one that was last is taken.
  const steps = left.map((step, each) =>
    each === left.length - 1 ? { ...step, upToKwh: "" } : step,
  );
  return { ...fields, steps };
}

/** A step more stands at the end; the one that was last gets an end to be typed. */
function withStep(steps: EditorFields["steps"]): EditorFields["steps"] {
  const last = steps.at(-1);
  return [...steps, { upToKwh: "", price: last?.price ?? "" }];
}
