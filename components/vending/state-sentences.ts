import type { MarkKind } from "@/components/ui/state-mark";
import type { MessageKey } from "@/components/ui/translate";

export type WaitingStatus =
  | "quoted"
  | "expired"
  | "declined"
  | "awaiting_payment"
  | "paid"
  | "reserved"
  | "in_doubt"
  | "refund_due"
  | "refunded";

export type PurchaseStateView = {
  readonly status: WaitingStatus;
  readonly amountText: string;
  readonly providerName: string;
  /** The payer is asked on a phone, and there is no page to go back to. */
  readonly isPrompt?: boolean;
  /** True when a token that is usually there at once is late; then the page says so. */
  readonly isSlow: boolean;
  /** Where the one action leads: the quote, the checkout or a new purchase, as the state asks. */
  readonly actionHref: string;
};

type StateSentences = {
  readonly kind: MarkKind;
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly action: MessageKey | null;
};

const SAFE = { kind: "waiting", title: "state.safeTitle", action: null } as const;

/** `issued` and `delivered` are not here: they have a slip. */
const SENTENCES: Record<WaitingStatus, StateSentences> = {
  quoted: {
    kind: "note",
    title: "state.quotedTitle",
    text: "state.quotedText",
    action: "state.quotedAction",
  },
  expired: {
    kind: "note",
    title: "state.expiredTitle",
    text: "state.expiredText",
    action: "state.expiredAction",
  },
  declined: {
    kind: "refused",
    title: "state.declinedTitle",
    text: "state.declinedText",
    action: "state.declinedAction",
  },
  awaiting_payment: {
    kind: "waiting",
    title: "state.awaitingTitle",
    text: "state.awaitingText",
    action: "state.awaitingAction",
  },
  paid: { ...SAFE, text: "state.issuingText" },
  reserved: { ...SAFE, text: "state.issuingText" },
  in_doubt: { ...SAFE, text: "state.inDoubtText" },
  refund_due: { ...SAFE, text: "state.refundDueText" },
  refunded: {
    kind: "ok",
    title: "state.refundedTitle",
    text: "state.refundedText",
    action: "state.refundedAction",
  },
};

/** The words and the shape of a state. A late token changes the sentence, not the promise. */
export function stateSentences(state: PurchaseStateView): StateSentences {
  const isIssuing = state.status === "paid" || state.status === "reserved";
  if (isIssuing && state.isSlow) return { ...SAFE, text: "state.safeText" };
  const sentences = SENTENCES[state.status];
  return state.isPrompt && state.status === "awaiting_payment"
    ? { ...sentences, text: "state.promptText", action: null }
    : sentences;
}
