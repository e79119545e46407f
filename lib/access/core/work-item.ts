export type WorkKind =
  | "purchase.vend"
  | "purchase.issue"
  | "purchase.issued"
  | "payment.poll"
  | "payment.refund"
  | "payment.return"
  | "payment.confirm"
  | "practice.callback"
  | "lease.ended"
  | "issue.issue"
  | "issue.issued"
  | "meter.contested"
  | "meter.test-end"
  | "meter.rollup"
  | "building.rollup"
  | "import.apply"
  | "api.forget"
  | "audit.chain";

/** A claimed row of one of the two queues. */
export type WorkItem = {
  readonly queue: "outbox" | "due_work";
  readonly organizationId: string;
  readonly subjectId: string;
  readonly kind: WorkKind;
  readonly attempts: number;
};
