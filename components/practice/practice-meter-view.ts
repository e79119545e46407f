import type { HiddenField } from "@/components/ui/hidden-fields";
import type { EnteredTokenView } from "./meter-history";
import type { MeterResultView } from "./meter-result";

/** What the practice meter's page draws. */
export type PracticeMeterView = {
  /** Posts `digits` and `key`: a digit, "delete" or "enter". */
  readonly tokenAction: string;
  /** Posts `load`: "on" or "off". */
  readonly loadAction: string;
  readonly fields: readonly HiddenField[];
  readonly meterNumberText: string;
  readonly unitText: string;
  readonly remainingWh: bigint;
  /** What the load takes from the display in an hour of the clock; zero while nothing runs. */
  readonly drainWhPerHour: bigint;
  readonly isSupplyOn: boolean;
  readonly isLoadOn: boolean;
  readonly loadText: string;
  /** Typed so far, kept over every answer but an accepted token. */
  readonly digits: string;
  readonly lastResult: MeterResultView | null;
  readonly registers: readonly { readonly label: string; readonly valueText: string }[];
  readonly entered: readonly EnteredTokenView[];
  readonly buyHref: string;
};
