import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import type { WaitingStatus } from "@/components/vending/state-sentences";

export type PurchaseStatus = WaitingStatus | "issued" | "delivered";

const MARKS: Record<PurchaseStatus, MarkKind> = {
  quoted: "note",
  expired: "note",
  declined: "refused",
  awaiting_payment: "waiting",
  paid: "waiting",
  reserved: "waiting",
  in_doubt: "waiting",
  refund_due: "refused",
  refunded: "note",
  issued: "ok",
  delivered: "ok",
};

/** A purchase's state in a list: shape and word. */
export function PurchaseStatusText(props: {
  readonly status: PurchaseStatus;
  readonly t: Translate;
}) {
  return (
    <span className="inline-flex items-center gap-2">
      <StateMark kind={MARKS[props.status]} />
      {props.t(`purchaseStatus.${props.status}`)}
    </span>
  );
}
