/** Also where practice does not exist: a production installation has no such page. */
export type DecideCheckoutError = "checkout-not-found";

export type EnterTokenError = "practice-meter-not-found";

export type SetLoadError = "practice-meter-not-found" | "load-out-of-range";
