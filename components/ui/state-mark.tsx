/** How something went. Each has a shape of its own, so that it reads without colour. */
export type MarkKind = "ok" | "refused" | "waiting" | "note";

const COLOURS: Record<MarkKind, string> = {
  ok: "text-leaf",
  refused: "text-brick",
  waiting: "text-glow-deep",
  note: "text-quiet",
};

/** A tick in a disc, a cross in an octagon, the hands of a clock, a plain ring. */
export function StateMark({
  kind,
  size = "small",
}: {
  readonly kind: MarkKind;
  readonly size?: "small" | "large";
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={`shrink-0 ${COLOURS[kind]} ${size === "large" ? "size-11" : "size-5"}`}
    >
      <Shape kind={kind} />
    </svg>
  );
}

function Shape({ kind }: { readonly kind: MarkKind }) {
  const stroke = { fill: "none", strokeWidth: 2.2, strokeLinecap: "round" as const };
  switch (kind) {
    case "ok":
      return (
        <>
          <circle cx="12" cy="12" r="11" className="fill-current" />
          <path d="m7 12.5 3.4 3.4L17 9" className="stroke-paper" {...stroke} />
        </>
      );
    case "refused":
      return (
        <>
          <path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9Z" className="fill-current" />
          <path d="m8 8 8 8m0-8-8 8" className="stroke-paper" {...stroke} />
        </>
      );
    case "waiting":
      return (
        <>
          <circle cx="12" cy="12" r="10" className="stroke-current" {...stroke} />
          <path d="M12 6.5V12l3.5 2.5" className="stroke-current" {...stroke} />
        </>
      );
    case "note":
      return <circle cx="12" cy="12" r="9" className="stroke-current" {...stroke} />;
  }
}
