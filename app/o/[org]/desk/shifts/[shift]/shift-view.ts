import { formatInstant, formatTime, type Place } from "@/app/_view/instants";
import type { DeskForm } from "@/components/desk/form-view";
import type { ShiftPageView } from "@/components/desk/shift-page";
import type { Translate } from "@/components/ui/translate";
import { type MovementView, piecesOf, type ShiftView } from "@/lib/desk";
import { formatMoney } from "@/lib/money";
import { closeShiftAction, countShiftAction } from "./actions";

type Context = {
  readonly org: string;
  readonly place: Place;
  readonly t: Translate;
  readonly nameOf: (userId: string) => string;
};

/** A shift in words. What it adds up to stands there once a count does: the count is blind. */
export function shiftView(shift: ShiftView, context: Context): ShiftPageView {
  const { org, place, t, nameOf } = context;
  const { state, counts, closedAt, closedBy } = shift;
  const isCounted = state !== "open";
  const opened = t("desk.openedBy", {
    name: nameOf(shift.userId),
    at: formatInstant(shift.openedAt, place),
  });
  const closed =
    closedAt && closedBy
      ? t("desk.closedBy", { name: nameOf(closedBy), at: formatInstant(closedAt, place) })
      : t(`desk.state-${state}`);
  return {
    backHref: `/o/${org}/desk`,
    titleText: t("desk.shiftTitle", { desk: shift.desk.name, number: shift.number }),
    leadText: `${opened} · ${closed}`,
    sums: isCounted ? sumsOf(shift, context) : [],
    difference: isCounted ? differenceOf(shift, context) : null,
    reasonText: shift.reason,
    counts: counts.map((count) => ({
      key: String(count.number),
      text: t("desk.countRow", {
        number: count.number,
        at: formatTime(count.at, place),
        amount: money(shift, count.totalMinor, place),
      }),
    })),
    blindText: isCounted ? null : t("desk.blind"),
    count: state === "closed" ? null : countForm(shift, context),
    close: state === "counted" ? closeForm(shift, context) : null,
    rows: shift.movements.map((movement) => rowOf(movement, shift, context)),
    csvHref: isCounted ? `/o/${org}/desk/shifts/${shift.id}/csv` : null,
  };
}

const money = ({ currency }: ShiftView, amountMinor: bigint, { locale }: Place) =>
  formatMoney({ amountMinor, currency }, locale);

/** The last count; closed, it is the one that the shift was closed by. */
const countedMinorOf = ({ counts }: ShiftView) => counts.at(-1)?.totalMinor ?? 0n;

function sumsOf(shift: ShiftView, { place, t }: Context): ShiftPageView["sums"] {
  const { sums } = shift;
  const kinds = ["float", "sale", "paid-in", "refund", "paid-out"] as const;
  const rows = kinds.map((kind) => ({
    key: kind,
    label:
      kind === "float"
        ? t("desk.kind-float")
        : t("desk.kindCount", { kind: t(`desk.kind-${kind}`), count: sums[kind].count }),
    text: money(shift, sums[kind].amountMinor, place),
    isTotal: false,
  }));
  return [
    ...rows,
    {
      ...{ key: "expected", label: t("desk.expected"), isTotal: true },
      text: money(shift, sums.expectedMinor, place),
    },
    {
      ...{ key: "counted", label: t("desk.countedSum"), isTotal: false },
      text: money(shift, countedMinorOf(shift), place),
    },
  ];
}

function differenceOf(shift: ShiftView, { place, t }: Context): ShiftPageView["difference"] {
  const minor = countedMinorOf(shift) - shift.sums.expectedMinor;
  if (minor === 0n) return { isNone: true, text: t("desk.even") };
  const amount = money(shift, minor < 0n ? -minor : minor, place);
  return { isNone: false, text: t(minor < 0n ? "desk.short" : "desk.over", { amount }) };
}

function countForm(shift: ShiftView, { org, place, t }: Context): DeskForm {
  const number = String(shift.counts.length + 1);
  const isAgain = shift.counts.length > 0;
  const whole = (minor: bigint) =>
    formatMoney({ amountMinor: minor, currency: shift.currency }, place.locale, { isShort: true });
  return {
    action: countShiftAction.bind(null, { org, shiftId: shift.id, number }),
    view: {
      id: "count-drawer",
      fields: [
        {
          ...{ kind: "text", name: "total", label: t("desk.total"), hint: t("desk.totalHint") },
          ...{ inputMode: "decimal", maxLength: 20 },
        },
        ...piecesOf(shift.currency).map(
          (piece) =>
            ({
              kind: "text",
              name: `piece-${piece}`,
              inputMode: "decimal",
              maxLength: 6,
              label: t("desk.piece", { value: whole(piece) }),
            }) as const,
        ),
      ],
      submit: t("desk.countNow"),
      ...(isAgain ? { summary: t("desk.countAgain") } : { isPrimary: true }),
    },
  };
}

function closeForm(shift: ShiftView, { org, t }: Context): DeskForm {
  const isEven = countedMinorOf(shift) === shift.sums.expectedMinor;
  return {
    action: closeShiftAction.bind(null, {
      ...{ org, shiftId: shift.id, number: String(shift.counts.length) },
    }),
    view: {
      id: "close-shift",
      fields: isEven
        ? []
        : [
            {
              ...{ kind: "text", name: "reason", label: t("desk.differs"), maxLength: 200 },
              isRequired: true,
            },
          ],
      submit: t("desk.close"),
      isPrimary: true,
    },
  };
}

function rowOf(movement: MovementView, shift: ShiftView, { org, place, t }: Context) {
  const { id, kind, purchase, note, at, amountMinor } = movement;
  const kindText = t(`desk.kind-${kind}`);
  const what = purchase
    ? [purchase.receiptNumber ?? kindText, purchase.unitLabel].join(" · ")
    : kindText;
  return {
    key: id,
    whatText: what,
    href: purchase ? `/o/${org}/purchases/${purchase.id}` : null,
    atText: formatTime(at, place),
    noteText: kind === "refund" ? `${kindText}: ${note}` : note,
    amountText: money(shift, amountMinor, place),
  };
}
