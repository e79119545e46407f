/** A receipt in the reader's words, as every form of it is drawn. */
export type ReceiptView = {
  readonly titleText: string;
  readonly sellerName: string;
  /** Building, tax number: a line each. */
  readonly sellerDetails: readonly string[];
  readonly receiptNumberText: string;
  readonly dateText: string;
  /** Which copy it is, who handed it out and when; null on the buyer's own. */
  readonly reprintText: string | null;
  readonly energyText: string;
  /** In the order of typing, in groups of four digits; empty where they are not shown. */
  readonly tokens: readonly ReceiptTokenView[];
  /** Said where several are typed one after the other, or where none is shown. */
  readonly tokensNote: string | null;
  readonly sections: readonly ReceiptSectionView[];
  readonly practiceText: string | null;
};

export type ReceiptTokenView = {
  readonly key: string;
  /** Which of several it is; null for the only one. */
  readonly label: string | null;
  readonly groups: readonly string[];
};

export type ReceiptSectionView = {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly ReceiptRowView[];
};

export type ReceiptRowView = {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Runs from left to right in every language: a number, a reference. */
  readonly isCode: boolean;
  /** Somebody's own words: may be long, and breaks where it must. */
  readonly isProse: boolean;
  /** The sum of the lines above it. */
  readonly isTotal: boolean;
};
