import { stringify } from "csv-stringify/sync";
import type { FormState } from "@/components/ui/form-state";
import type { MessageKey, Translate } from "@/components/ui/translate";
import type { BatchOutcome } from "@/lib/metering";

type Raw = {
  readonly meter: string;
  readonly quantity: string;
  readonly at: string;
  readonly value: string;
};

/** So many are shown; all of them stand in the sheet that is downloaded. */
const SHOWN = 200;
const HEAD = ["row", "meter", "kind", "value", "at", "outcome", "why"] as const;

/** What became of each row of a sheet, counted, in words, and as a sheet again. */
export function batchReport(
  rows: readonly Raw[],
  outcomes: readonly BatchOutcome[],
  t: Translate,
): FormState {
  const count = (which: BatchOutcome["outcome"]) =>
    outcomes.filter(({ outcome }) => outcome === which).length;
  const message = t("readings.done", {
    accepted: count("accepted"),
    nothing: count("nothing"),
    quarantined: count("quarantined"),
    refused: count("refused"),
  });
  const told = outcomes.map((outcome, place) => {
    const raw = rows[place];
    // The head of a sheet is its first row.
    return { row: String(place + 2), raw, outcome, why: whyText(outcome, t) };
  });
  const kept = told.filter(({ outcome }) => outcome.outcome !== "accepted");
  const lines = told.map(({ row, raw, outcome, why }) => [
    row,
    ...(raw ? [raw.meter, raw.quantity, raw.value, raw.at] : ["", "", "", ""]),
    outcome.outcome,
    why,
  ]);
  return {
    status: "done",
    message,
    report: {
      title: t("readings.notAccepted"),
      columns: [
        { key: "row", label: t("readings.row"), isNumber: true },
        { key: "meter", label: t("readings.meter") },
        { key: "value", label: t("readings.value"), isNumber: true },
        { key: "at", label: t("readings.at"), isWideOnly: true },
        { key: "why", label: t("readings.why") },
      ],
      rows: kept.slice(0, SHOWN).map(({ row, raw, why }) => ({
        key: row,
        cells: {
          ...{ row, meter: raw?.meter ?? "", value: raw?.value ?? "", at: raw?.at ?? "", why },
        },
      })),
      more: kept.length > SHOWN ? t("readings.more", { count: kept.length - SHOWN }) : "",
      download: {
        label: t("readings.download"),
        name: "readings-answered.csv",
        // A cell that a spreadsheet would take for a formula is written as text.
        text: stringify([[...HEAD], ...lines], { escape_formulas: true, record_delimiter: "\r\n" }),
      },
    },
  };
}

function whyText(outcome: BatchOutcome, t: Translate): string {
  const code = "reason" in outcome ? outcome.reason : outcome.outcome;
  return t(`readingWhy.${code}` as MessageKey);
}
