/** Why a reading was not taken at all. */
export type ReadingRefusal =
  /** No such meter for whoever asks, at that time. */
  | "unknown-meter"
  /** Further back than the months that are kept, or further ahead. */
  | "beyond-reach"
  | "not-a-value";

export type RecordError = { readonly code: "too-many"; readonly most: number };

/** Why a meter is not taken out, put in or swapped. Nothing was changed then. */
export type LifeError =
  | "meter-not-found"
  | "new-meter-not-found"
  | "unit-not-found"
  | "same-meter"
  /** Water is not swapped for gas. */
  | "other-resource"
  /** It serves no unit, so there is nothing to take it out of. */
  | "meter-not-in"
  | "meter-already-installed"
  | "meter-archived"
  | "meter-number-taken"
  | "reason-missing"
  | "in-the-future"
  | "before-start"
  | "before-last-reading"
  /** A token that was bought after that time is on the meter. */
  | "sold-since"
  | "token-in-issue"
  | "reading-lower"
  /** Another value stands for the same minute. */
  | "reading-other"
  | "reading-refused";

export type DecideError = "not-found" | "decided-already";
