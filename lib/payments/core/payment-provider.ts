/** One visit to a provider's checkout, as both sides name it. */
export type Attempt = {
  readonly organizationId: string;
  readonly endpointId: string;
  readonly attemptId: string;
};

export type NewCheckout = Attempt & {
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Who is paid, as the payer reads it. */
  readonly payee: string;
  /** Where the checkout sends the payer afterwards: a path of ours. */
  readonly returnPath: string;
  readonly now: Date;
};

export type Receipt = {
  /** The provider's own name for the money; it pays at most one purchase. */
  readonly providerReference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};

/** What a provider says of an attempt. Unknown: it never heard of it, so it holds no money. */
export type ProviderAnswer =
  | { readonly status: "open" | "declined" | "unknown" }
  | ({ readonly status: "paid" | "refunded" } & Receipt);

/** Where money comes from. Each provider is one of these; an outage of it is left to throw. */
export type PaymentProvider = {
  readonly name: string;
  /** Opens a checkout, or gives the one the attempt has: asking twice is one visit. */
  readonly startCheckout: (checkout: NewCheckout) => Promise<{ readonly checkoutPath: string }>;
  readonly findCheckout: (attempt: Attempt & { readonly now: Date }) => Promise<ProviderAnswer>;
  /** Pays an attempt's money back, once. "not-now" is asked again later. */
  readonly refund: (attempt: Attempt & { readonly now: Date }) => Promise<"refunded" | "not-now">;
};
