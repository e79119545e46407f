"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn, textsIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import type { FormState } from "@/components/ui/form-state";
import {
  closeMonth,
  isMonth,
  LEASE_POSTINGS,
  type PostForLeaseError,
  postForLease,
  reopenMonth,
} from "@/lib/ledger";
import { formatMoney, parseAmount } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { findUnit } from "@/lib/property";
import { openMoneyText } from "./ledger-texts";

type OfLease = { readonly org: string; readonly unitId: string; readonly leaseId: string };
type OfMonth = { readonly org: string; readonly month: string };

const t = translatorFor(LANGUAGE.lang);
const LONGEST_NOTE = 200;

/** Closes a month: nothing of it is posted any more. Open money is named first. */
export async function closeMonthAction(
  bound: OfMonth,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, month } = boundTexts(bound, "org", "month");
  const { scope } = await requireOrgScope(org, "ledger:close");
  if (!isMonth(month)) return refused(form, t("ledgerFault.not-the-next"));
  const leaveOpen = textsIn(form, "leaveOpen").includes("yes");
  const closed = await closeMonth(scope, { month, leaveOpen, now: systemClock.now() });
  if (!closed.ok) {
    if (closed.error.code !== "not-settled") {
      return refused(form, t(`ledgerFault.${closed.error.code}`));
    }
    const { locale } = await organizationPlace(scope);
    const open = closed.error.open.map((one) => openMoneyText(one, locale, t)).join(", ");
    return refused(form, t("ledgerFault.not-settled", { open }), {
      leaveOpen: t("ledgerFault.leaveOpen"),
    });
  }
  revalidatePath(`/o/${org}/ledger`);
  return { status: "done", message: t("ledger.wasClosed") };
}

/** Opens the last closed month again; the reason stays on record. */
export async function reopenMonthAction(
  bound: OfMonth,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, month } = boundTexts(bound, "org", "month");
  const { scope } = await requireOrgScope(org, "ledger:close");
  const reason = textIn(form, "reason").trim().slice(0, LONGEST_NOTE);
  const reopened = await reopenMonth(scope, { month, reason, now: systemClock.now() });
  if (!reopened.ok) {
    const text = t(`ledgerFault.${reopened.error}`);
    return reopened.error === "no-reason"
      ? refused(form, "", { reason: text })
      : refused(form, text);
  }
  revalidatePath(`/o/${org}/ledger`);
  return { status: "done", message: t("ledger.wasReopened") };
}

/** Charges a lease, lets it off, or moves its deposit. Sent twice it is booked once. */
export async function bookForLeaseAction(
  bound: OfLease,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId, leaseId } = boundTexts(bound, "org", "unitId", "leaseId");
  const { scope } = await requireOrgScope(org, "ledger:manage");
  const now = systemClock.now();
  const unit = await findUnit(scope, unitId, now);
  if (!unit) notFound();
  const { currency, locale } = unit.building;
  const typed = textIn(form, "what");
  const what = LEASE_POSTINGS.find((posting) => posting === typed);
  const amount = parseAmount(textIn(form, "amount"), currency);
  const note = textIn(form, "note").trim().slice(0, LONGEST_NOTE);
  if (!what || !amount.ok || note === "") {
    return refused(form, "", {
      ...(what ? {} : { what: t("leaseAccount.noWhat") }),
      ...(amount.ok ? {} : { amount: t("leaseAccount.noAmount") }),
      ...(note === "" ? { note: t("leaseAccount.noNote") } : {}),
    });
  }
  const asked = { id: textIn(form, "id"), leaseId, what, amountMinor: amount.value, note, now };
  const booked = await postForLease(scope, asked);
  if (!booked.ok)
    return refused(
      form,
      bookFault(booked.error, (minor) => money(minor)),
    );
  revalidatePath(`/o/${org}/units/${unitId}`);
  return {
    status: "done",
    message: t("leaseAccount.booked", { due: money(booked.value.dueMinor) }),
  };

  function money(amountMinor: bigint): string {
    return formatMoney({ amountMinor, currency }, locale, {});
  }
}

function bookFault(error: PostForLeaseError, money: (amountMinor: bigint) => string): string {
  switch (error.code) {
    case "more-than-due":
      return t("leaseAccount.moreThanDue", { due: money(error.dueMinor) });
    case "more-than-held":
      return t("leaseAccount.moreThanHeld", { held: money(error.depositMinor) });
    case "lease-not-found":
      return t("leaseAccount.noLease");
    case "request-key-reused":
      return t("leaseAccount.sentTwice");
  }
}
