/** What stands in the editor's fields, as typed. */
export type EditorFields = {
  readonly pricesIncludeTax: string;
  readonly taxCode: string;
  readonly taxPercent: string;
  readonly energyTaxable: string;
  readonly steps: readonly { readonly upToKwh: string; readonly price: string }[];
  readonly levies: readonly {
    readonly code: string;
    readonly kind: string;
    readonly amount: string;
    readonly taxable: string;
  }[];
  readonly fixed: readonly {
    readonly code: string;
    readonly amount: string;
    readonly per: string;
    readonly whenUnpaid: string;
    readonly most: string;
    readonly taxable: string;
  }[];
  readonly feePercent: string;
  readonly feeFixed: string;
  readonly feeBearer: string;
  readonly arrearsPercent: string;
  readonly reference: string;
  readonly startsAt: string;
  readonly reason: string;
  readonly tryAmount: string;
  readonly tryMonthKwh: string;
};

/** What an amount would buy, in sentences. */
export type SimulationView = {
  /** "KSh 200 buys 12.4 kWh". */
  readonly headline: string;
  readonly because: readonly string[];
  readonly lines: readonly {
    readonly key: string;
    readonly label: string;
    readonly amountText: string;
  }[];
  readonly nextText: string;
};

export type ComparisonView = {
  readonly title: string;
  readonly isAbove: boolean;
  readonly text: string;
  /** The heads of its columns. */
  readonly texts: {
    readonly compared: string;
    readonly month: string;
    readonly own: string;
    readonly reference: string;
    readonly difference: string;
  };
  readonly months: readonly {
    readonly key: string;
    readonly energyText: string;
    readonly ownText: string;
    readonly referenceText: string;
    readonly differenceText: string;
    readonly isAbove: boolean;
  }[];
};

export type EditorState = {
  readonly fields: EditorFields;
  /** By the field's place: "steps.1.price". */
  readonly errors: Readonly<Record<string, string>>;
  readonly message: string;
  readonly simulation: SimulationView | null;
  readonly comparison: ComparisonView | null;
  /** Counts the answers whose fields replace what is typed: a row more or less. */
  readonly revision: number;
};
