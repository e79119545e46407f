import type { ReactNode } from "react";
import { type MarkKind, StateMark } from "./state-mark";

const GROUNDS: Record<MarkKind, string> = {
  ok: "bg-leaf-soft",
  refused: "bg-brick-soft",
  waiting: "bg-glow-soft",
  note: "border border-line",
};

/** A message about the whole page: what happened first, the way out after it. */
export function Notice(props: {
  readonly kind: MarkKind;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  const { kind, title, children } = props;
  return (
    <div
      role={kind === "refused" ? "alert" : "status"}
      className={`flex gap-3 rounded-control px-4 py-3 ${GROUNDS[kind]}`}
    >
      <span className="mt-0.5">
        <StateMark kind={kind} />
      </span>
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {children ? <div className="mt-1">{children}</div> : null}
      </div>
    </div>
  );
}
