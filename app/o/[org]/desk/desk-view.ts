import { formatInstant, formatTime, type Place } from "@/app/_view/instants";
import { meterNumberText } from "@/app/_view/purchase-texts";
import type { CustomerView, OpenDeskView } from "@/components/desk/desk-page";
import type { ShiftRowView } from "@/components/desk/shift-list";
import type { MarkKind } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import type { ShiftRow, ShiftView } from "@/lib/desk";
import { formatMoney } from "@/lib/money";
import type { Customer } from "@/lib/overview";
import { newId } from "@/lib/platform";
import { startSaleAction } from "./actions";
import { moveForms } from "./desk-forms";

type Context = { readonly org: string; readonly place: Place; readonly t: Translate };
type Asked = {
  readonly find: string;
  readonly amount: string;
  readonly customers: readonly Customer[] | null;
};

const LAST_SALES = 8;

/** An open shift as who works in it sees it: no sums, for the count at the end is blind. */
export function openDeskView(shift: ShiftView, context: Context & Asked): OpenDeskView {
  const { org, place, t, find, amount, customers } = context;
  const { currency, desk } = shift;
  const sales = shift.movements.filter(({ kind }) => kind === "sale");
  const action = startSaleAction.bind(null, { org });
  return {
    titleText: desk.name,
    sinceText: t("desk.since", { at: formatInstant(shift.openedAt, place) }),
    salesText: t("desk.sold", { count: sales.length }),
    sell:
      shift.state === "open"
        ? {
            action,
            view: {
              id: "sell",
              formKey: newId(),
              find: { label: t("desk.find"), hint: t("desk.findHint"), value: find },
              amount: { label: t("desk.amountIn", { currency }), value: amount },
              submit: t("desk.price"),
              focusId: customers?.[0] ? `sell-to-${customers[0].meterId}` : "sell-find",
            },
            customers: customers?.map((one) => customerView(one, context)) ?? null,
            move: moveForms(org, t),
          }
        : null,
    last: sales
      .toReversed()
      .slice(0, LAST_SALES)
      .map(({ id, purchase, amountMinor, at }) => ({
        key: id,
        href: `/o/${org}/desk/sales/${purchase?.id ?? ""}`,
        text: `${formatTime(at, place)} · ${purchase?.unitLabel ?? ""}`,
        amountText: formatMoney({ amountMinor, currency }, place.locale),
      })),
    cashUpHref: `/o/${org}/desk/shifts/${shift.id}`,
  };
}

function customerView(one: Customer, { org, t, find, amount }: Context & Asked): CustomerView {
  const { meterId, residentNames } = one;
  return {
    key: meterId,
    unitText: [one.unitLabel, ...residentNames].join(" · "),
    placeText: `${one.buildingName} · ${meterNumberText(one.meterNumber)}`,
    form: {
      action: startSaleAction.bind(null, { org }),
      view: {
        id: `sell-to-${meterId}`,
        hidden: [
          { name: "key", value: newId() },
          { name: "meter", value: meterId },
          { name: "find", value: find },
          { name: "amount", value: amount },
        ],
        fields: [],
        submit: t("desk.sellTo"),
      },
    },
  };
}

/** A shift in the list: whose, when, and how its drawer came out. */
export function shiftRowView(
  shift: ShiftRow,
  context: Context & { readonly nameOf: (userId: string) => string },
): ShiftRowView {
  const { org, place, t, nameOf } = context;
  const { mark, text } = outcomeOf(shift, place, t);
  const closed = shift.closedAt ? ` – ${formatTime(shift.closedAt, place)}` : "";
  return {
    key: shift.id,
    href: `/o/${org}/desk/shifts/${shift.id}`,
    titleText: t("desk.shiftTitle", { desk: shift.desk.name, number: shift.number }),
    personText: nameOf(shift.userId),
    timeText: `${formatInstant(shift.openedAt, place)}${closed}`,
    mark,
    stateText: text,
  };
}

function outcomeOf(
  { state, expectedMinor, countedMinor, currency }: ShiftRow,
  { locale }: Place,
  t: Translate,
): { readonly mark: MarkKind; readonly text: string } {
  if (state !== "closed") return { mark: "waiting", text: t(`desk.state-${state}`) };
  const text = differenceText((countedMinor ?? 0n) - (expectedMinor ?? 0n));
  return { mark: text.isNone ? "ok" : "refused", text: text.say };

  function differenceText(minor: bigint) {
    if (minor === 0n) return { isNone: true, say: t("desk.even") };
    const amount = formatMoney({ amountMinor: minor < 0n ? -minor : minor, currency }, locale);
    return { isNone: false, say: t(minor < 0n ? "desk.short" : "desk.over", { amount }) };
  }
}
