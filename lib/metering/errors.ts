/** Why a reading was not taken at all. */
export type ReadingRefusal =
  /** No such meter for whoever asks, at that time. */
  | "unknown-meter"
  /** Further back than the months that are kept, or further ahead. */
  | "beyond-reach"
  | "not-a-value";

export type RecordError = { readonly code: "too-many"; readonly most: number };

export type DecideError = "not-found" | "decided-already";
