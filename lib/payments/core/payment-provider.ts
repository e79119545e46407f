import type { Result } from "@/lib/kernel";
import type { CallFault } from "../errors";

/** One visit to a provider's checkout, or one prompt on a phone, as both sides name it. */
export type Attempt = {
  readonly organizationId: string;
  readonly endpointId: string;
  readonly attemptId: string;
};

export type Money = { readonly amountMinor: bigint; readonly currency: string };

export type NewCheckout = Attempt &
  Money & {
    /** Who is paid, as the payer reads it. */
    readonly payee: string;
    /** Where the checkout sends the payer afterwards: a path of ours. */
    readonly returnPath: string;
    /** What an earlier start of this attempt was answered with; absent the first time. */
    readonly checkoutReference?: string | null;
    /** The payer's phone in international form, for a provider that asks for it. */
    readonly payerPhone?: string;
    readonly now: Date;
  };

/** A checkout that the provider refused to open, and of which it is certain that it did not. */
export class CheckoutRefused extends Error {}

/** Where the payer goes now: the provider's page, or a page of ours that waits. */
export type StartedCheckout = {
  readonly checkoutPath: string;
  /** What the provider calls the attempt; it is asked by this name later. */
  readonly checkoutReference?: string;
};

export type AskedAttempt = Attempt & {
  readonly checkoutReference?: string | null;
  /** What was asked for, for a provider that answers without an amount. */
  readonly asked?: Money;
  readonly now: Date;
};

export type Receipt = Money & {
  /** The provider's own name for the money; it pays at most one purchase. */
  readonly providerReference: string;
};

/** What a provider says of an attempt. Unknown: it never heard of it, so it holds no money. */
export type ProviderAnswer =
  | { readonly status: "open" | "declined" | "unknown" }
  | ({ readonly status: "paid" | "refunded" } & Receipt);

export type RefundOrder = Attempt & {
  /** The money that goes back, whole: nothing is ever refunded in part. */
  readonly payment?: Receipt;
  readonly now: Date;
};

/** "not-now" is asked again later; "by-hand" is beyond this provider and waits for a person. */
export type RefundAnswer = "refunded" | "not-now" | "by-hand";

/** A call from outside, exactly as it arrived. */
export type ProviderCall = {
  readonly rawBody: string;
  readonly headers: Pick<Headers, "get">;
  /** What stands in the address behind the endpoint. */
  readonly path: readonly string[];
  readonly now: Date;
};

/** Money on its way by itself: for which account, and how much. */
export type PaybillMoney = Receipt & { readonly account: string; readonly payer?: string };

export type PaybillEvent =
  /** May it come? Nothing has moved yet. */
  | ({ readonly kind: "offer" } & PaybillMoney)
  /** It came, says the call. */
  | ({ readonly kind: "claim" } & PaybillMoney)
  /** What the provider itself says of a claim, when it was asked. */
  | {
      readonly kind: "claim-answer";
      readonly claimId: string;
      readonly answer:
        | ({ readonly status: "confirmed" } & Receipt)
        | { readonly status: "denied" | "unclear" };
    };

/** What a provider's call is about. None of it is believed before the provider was asked. */
export type ProviderEvent =
  | {
      readonly kind: "checkout";
      readonly attemptId: string;
      readonly claim: "paid" | "declined";
      readonly checkoutReference?: string;
      /** What the call says of the money, where it says it. */
      readonly money?: Partial<Receipt>;
    }
  | ({
      readonly kind: "dispute";
      /** The money that is disputed, by the provider's name for it. */
      readonly providerReference: string;
      readonly disputeReference: string;
      readonly state: "open" | "won" | "lost";
    } & Money)
  | PaybillEvent
  /** Read and understood, and nothing to do with us. */
  | { readonly kind: "nothing" };

/** The nearest amounts that a provider takes, where it does not take this one. */
export type NearestAmounts = { readonly belowMinor: bigint; readonly aboveMinor: bigint };

/** Where money comes from. Each provider is one of these; an outage of it is left to throw. */
export type PaymentProvider = {
  readonly name: string;
  /**
   * The payer approves on a phone while our page waits: a typed number as the provider takes it, or
   * null. Providers that have a page of their own ask for none.
   */
  readonly readPhone?: (typed: string) => string | null;
  /** Null where the amount can be asked for as it is. */
  readonly refusedAmount?: (money: Money) => NearestAmounts | null;
  /** Opens a checkout, or gives the one the attempt has: asking twice is one visit. */
  readonly startCheckout: (checkout: NewCheckout) => Promise<StartedCheckout>;
  readonly findCheckout: (attempt: AskedAttempt) => Promise<ProviderAnswer>;
  /** Whether money that came without an attempt can be paid back by the payment's own id. */
  readonly knowsPayments?: true;
  /** Pays an attempt's money back, once, in whole. */
  readonly refund: (order: RefundOrder) => Promise<RefundAnswer>;
  /** Proves a call by this provider's own rule, over the raw body, and only then reads it. */
  readonly readCall?: (call: ProviderCall) => Result<ProviderEvent, CallFault>;
  /** Asks what became of money that came by itself; the answer comes as a call. */
  readonly askClaim?: (claim: {
    readonly claimId: string;
    readonly providerReference: string;
    readonly now: Date;
  }) => Promise<void>;
  /** Asks whether these credentials open anything. */
  readonly testCredentials?: (now: Date) => Promise<"accepted" | "refused">;
};

/** The provider behind an endpoint; null for an endpoint that is switched off or not ours. */
export type Providers = (endpoint: {
  readonly organizationId: string;
  readonly endpointId: string;
}) => Promise<PaymentProvider | null>;
