"use server";

import type { Route } from "next";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn, textsIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import type { FormState } from "@/components/ui/form-state";
import {
  createDesk,
  endDesk,
  findOwnShift,
  listDesks,
  moveCash,
  openSale,
  openShift,
} from "@/lib/desk";
import { type CurrencyCode, parseAmount, parseCurrencyCode } from "@/lib/money";
import { findCustomers } from "@/lib/overview";
import { isId, newId, systemClock, webEnv } from "@/lib/platform";
import { saleRefusal } from "./desk-texts";

type Bound = { readonly org: string };

const t = translatorFor(LANGUAGE.lang);

/** An amount that may be nothing at all: an empty drawer, no limit. */
function amountOrNothing(text: string, currency: CurrencyCode): bigint | null {
  if (/^0*(?:\.0*)?$/.test(text.trim()) && text.trim() !== "") return 0n;
  const amount = parseAmount(text, currency);
  return amount.ok ? amount.value : null;
}

/** Begins a shift at a desk with the float that was counted into its drawer. */
export async function openShiftAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org } = boundTexts(bound, "org");
  const { scope } = await requireOrgScope(org, "desk:sell");
  const desks = await listDesks(scope);
  const desk = desks.find(({ id }) => id === textIn(form, "desk"));
  if (!desk) return refused(form, "", { desk: t("deskFault.desk-not-found") });
  const floatMinor = amountOrNothing(textIn(form, "float"), desk.currency);
  if (floatMinor === null) return refused(form, "", { float: t("deskFault.no-float") });
  const now = systemClock.now();
  const asked = { id: textIn(form, "id"), deskId: desk.id, floatMinor, now };
  const opened = await openShift(scope, asked);
  if (!opened.ok) return refused(form, t(`deskFault.${opened.error}`));
  redirect(`/o/${scope.slug}/desk`);
}

const MOST_CUSTOMERS = 8;

/** The first step of a sale: finds whom it is for, and prices the amount where that is one. */
export async function startSaleAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org } = boundTexts(bound, "org");
  const { scope } = await requireOrgScope(org, "desk:sell");
  const now = systemClock.now();
  const shift = await findOwnShift(scope);
  if (!shift) return refused(form, t("deskFault.no-shift"));
  const { currency } = shift;
  const find = textIn(form, "find").trim().slice(0, 60);
  const amountText = textIn(form, "amount").slice(0, 40);
  const amount = parseAmount(amountText, currency);
  const { locale } = await organizationPlace(scope);
  if (!amount.ok) {
    const error = { code: "amount-invalid", fault: amount.error } as const;
    return refused(form, "", { amount: saleRefusal(error, { currency, locale }, t).text });
  }
  let meterId = textIn(form, "meter");
  if (!isId(meterId)) {
    const customers = await findCustomers(scope, { text: find, now, take: MOST_CUSTOMERS });
    const [first, ...others] = customers;
    if (!first) return refused(form, "", { find: t("deskFault.nobody-found") });
    const isWhole = first.meterNumber === find.replace(/[\s-]/g, "");
    if (others.length > 0 && !isWhole) {
      redirect(
        `/o/${scope.slug}/desk?${new URLSearchParams({ find, amount: amountText })}` as Route,
      );
    }
    meterId = first.meterId;
  }
  const key = textIn(form, "key");
  const opened = await openSale(scope, {
    ...{ meterId, amountText, now, addressKey: webEnv().NEXTAUTH_SECRET },
    // Another meter or amount from the same form is another intention.
    requestKey: `${isId(key) ? key : newId()}|${meterId}|${amount.value}`,
  });
  if (!opened.ok) {
    const { field, text } = saleRefusal(opened.error, { currency, locale }, t);
    // Who was chosen from the list has no field to mend.
    const isChosen = textIn(form, "meter") !== "";
    return field && !isChosen ? refused(form, "", { [field]: text }) : refused(form, text);
  }
  redirect(`/o/${scope.slug}/desk/sales/${opened.value.purchaseId}`);
}

/** Cash brought to one's own drawer, or taken to the safe. */
export async function moveCashAction(
  bound: Bound & { readonly kind: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, kind: word } = boundTexts(bound, "org", "kind");
  const { scope } = await requireOrgScope(org, "desk:sell");
  const kind = word === "paid-in" ? "paid-in" : "paid-out";
  const shift = await findOwnShift(scope);
  if (!shift) return refused(form, t("deskFault.no-shift"));
  const amount = parseAmount(textIn(form, "amount"), shift.currency);
  if (!amount.ok) return refused(form, "", { amount: t("deskFault.no-amount") });
  const moved = await moveCash(scope, {
    ...{ id: textIn(form, "id"), kind, amountMinor: amount.value, note: textIn(form, "note") },
    now: systemClock.now(),
  });
  if (!moved.ok) {
    const text = t(`deskFault.${moved.error}`);
    return moved.error === "no-note" ? refused(form, "", { note: text }) : refused(form, text);
  }
  revalidatePath(`/o/${scope.slug}/desk`);
  return { status: "done", message: t("desk.moved") };
}

/** Adds a desk. */
export async function addDeskAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org } = boundTexts(bound, "org");
  const { scope } = await requireOrgScope(org, "desk:manage");
  const currency = parseCurrencyCode(textIn(form, "currency"));
  if (!currency.ok) return refused(form, "", { currency: t("deskFault.no-currency") });
  const limitText = textIn(form, "limit").trim();
  const limit = limitText === "" ? null : amountOrNothing(limitText, currency.value);
  if (limitText !== "" && limit === null) {
    return refused(form, "", { limit: t("deskFault.no-amount") });
  }
  const made = await createDesk(scope, {
    name: textIn(form, "name"),
    currency: currency.value,
    buildingIds: textsIn(form, "buildings"),
    refundLimitMinor: limit,
    now: systemClock.now(),
  });
  if (!made.ok) {
    const field = made.error === "name-invalid" ? "name" : "buildings";
    return refused(form, "", { [field]: t(`deskFault.${made.error}`) });
  }
  revalidatePath(`/o/${scope.slug}/desk`);
  return { status: "done", message: t("desk.added") };
}

/** Takes a desk out of use. */
export async function endDeskAction(
  bound: Bound & { readonly deskId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, deskId } = boundTexts(bound, "org", "deskId");
  const { scope } = await requireOrgScope(org, "desk:manage");
  const ended = await endDesk(scope, { deskId, now: systemClock.now() });
  if (!ended.ok) return refused(form, t(`deskFault.${ended.error}`));
  revalidatePath(`/o/${scope.slug}/desk`);
  return { status: "done", message: t("desk.ended") };
}
