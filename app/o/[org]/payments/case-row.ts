import { formatInstant, type Place } from "@/app/_view/instants";
import { providerText } from "@/app/_view/provider-text";
import type { CaseRowView } from "@/components/payments/case-list";
import type { MessageKey, Translate } from "@/components/ui/translate";
import type { CaseView, ClaimView } from "@/lib/payments";
import type { CaseDecision } from "@/lib/payments/shared";
import { decideCaseAction, decideClaimAction, sellCaseAction } from "./actions";

type Context = {
  readonly t: Translate;
  readonly place: Place;
  readonly moneyText: (amountMinor: bigint, currency: string) => string;
  readonly org: string;
  readonly mayDecide: boolean;
};

const WHY_KEYS: Readonly<Record<string, MessageKey>> = {
  "other-amount": "payments.whyOtherAmount",
  "other-currency": "payments.whyOtherCurrency",
  "told-otherwise": "payments.whyToldOtherwise",
  "calls-differ": "payments.whyCallsDiffer",
};

/** A case in words, with the forms that decide it. */
export function caseRow(one: CaseView, context: Context): CaseRowView {
  const { t, place, moneyText, org, mayDecide } = context;
  const asked =
    one.askedMinor === null || one.askedCurrency === null
      ? ""
      : moneyText(one.askedMinor, one.askedCurrency);
  // What came by itself was asked for by nobody.
  const isAsked = asked !== "" || one.why?.startsWith("other-") === false;
  const whyKey =
    one.kind === "refund-by-hand"
      ? "payments.whyRefund"
      : (isAsked && WHY_KEYS[one.why ?? ""]) || "payments.whyNoPurchase";
  const amount = moneyText(one.amountMinor, one.currency);
  return {
    id: one.id,
    amountText: amount,
    whyText: t(whyKey, { asked, amount, account: one.account ?? "" }),
    sourceText: t("payments.source", {
      provider: providerText(one.provider, t),
      reference: one.providerReference,
      at: formatInstant(one.receivedAt, place),
    }),
    purchaseHref: one.purchaseId === null ? null : `/o/${org}/purchases/${one.purchaseId}`,
    forms: mayDecide ? formsOf(one, context) : [],
  };
}

/** A call that nobody has confirmed, with what somebody can say who has looked. */
export function claimRow(claim: ClaimView, context: Context): CaseRowView {
  const { t, place, moneyText, org, mayDecide } = context;
  const { claimId, providerReference: reference, account } = claim;
  const amount = moneyText(claim.amountMinor, claim.currency);
  const form = (found: "yes" | "no", summary: MessageKey, submit: MessageKey) => ({
    action: decideClaimAction.bind(null, { org, claimId, found }),
    view: { id: `claim-${found}-${claimId}`, fields: [], summary: t(summary), submit: t(submit) },
  });
  return {
    id: claimId,
    amountText: amount,
    whyText: t("payments.unansweredText", { amount, account, reference }),
    sourceText: t("payments.source", {
      provider: providerText(claim.provider, t),
      reference,
      at: formatInstant(claim.toldAt, place),
    }),
    purchaseHref: null,
    forms: mayDecide
      ? [
          form("yes", "payments.claimThere", "payments.claimThereNow"),
          form("no", "payments.claimNotThere", "payments.claimNotThereNow"),
        ]
      : [],
  };
}

function formsOf({ id, kind, account }: CaseView, { t, org }: Context): CaseRowView["forms"] {
  const form = (decision: CaseDecision, submit: MessageKey, summary?: MessageKey) => ({
    action: decideCaseAction.bind(null, { org, caseId: id, decision }),
    view: {
      id: `decide-${decision}-${id}`,
      fields: [],
      submit: t(submit),
      ...(summary ? { summary: t(summary) } : {}),
    },
  });
  if (kind === "refund-by-hand") {
    return [form("refunded-by-hand", "payments.refundedNow", "payments.refunded")];
  }
  const wallet = form("wallet", "payments.giveNow", "payments.give");
  const meterNumber = (hint: MessageKey) => ({
    kind: "text" as const,
    name: "meterNumber",
    label: t("payments.meterNumber"),
    hint: t(hint),
    value: /^[\d\s-]{11,16}$/.test(account ?? "") ? (account ?? "") : "",
    maxLength: 20,
    isRequired: true,
  });
  const sale = {
    action: sellCaseAction.bind(null, { org, caseId: id }),
    view: {
      ...{ id: `sell-${id}`, summary: t("payments.sell"), submit: t("payments.sellNow") },
      fields: [meterNumber("payments.sellHint")],
    },
  };
  return [
    sale,
    { ...wallet, view: { ...wallet.view, fields: [meterNumber("payments.giveHint")] } },
    form("refund", "payments.sendBackNow", "payments.sendBack"),
    form("write-down", "payments.writeDownNow", "payments.writeDown"),
  ];
}
