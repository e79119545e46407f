import type { MarkKind } from "@/components/ui/state-mark";

/** The meter's own answers, by the standard's names; each has a sentence and a short word. */
export type MeterResultCode =
  | "Accept"
  | "FormatError"
  | "CRCError"
  | "UsedError"
  | "OldError"
  | "OverflowError"
  | "FunctionError"
  | "KeyExpiredError"
  | "DDTKError"
  | "RangeError";

export type MeterResultView = {
  readonly code: MeterResultCode;
  /** What was added, such as "20.4 kWh"; empty unless accepted. */
  readonly energyText: string;
};

/** What a seven-segment display can write of an answer. Not translated: meters do not. */
export const DISPLAY_WORDS: Record<MeterResultCode, string> = {
  Accept: "ACCEPt",
  FormatError: "Err For",
  CRCError: "Err CrC",
  UsedError: "USEd",
  OldError: "OLd",
  OverflowError: "FULL",
  FunctionError: "Err Fun",
  KeyExpiredError: "Err EHP",
  DDTKError: "Err dEF",
  RangeError: "Err rAn",
};

/** Whether an answer is told with a tick or a cross. */
export function markOf(code: MeterResultCode): MarkKind {
  return code === "Accept" ? "ok" : "refused";
}
