export type HomeCreditView = {
  readonly kind: "bright" | "dim" | "dark" | "unknown";
  /** Whole days; empty where there is no figure, or less than one. */
  readonly numberText: string;
  readonly title: string;
  readonly text: string;
};

const LAMP = {
  bright: "bg-glow",
  dim: "bg-glow-soft",
  dark: "bg-pane-dark",
  unknown: "border border-edge",
} as const;

/** How long the power lasts: the days as large as a clock, and what they stand on. */
export function HomeCredit({ view }: { readonly view: HomeCreditView }) {
  return (
    <div>
      <p className="flex items-baseline gap-3">
        <span aria-hidden="true" className={`h-9 w-5 rounded-pane ${LAMP[view.kind]}`} />
        {view.numberText ? (
          <span className="text-token font-strong tracking-tight">
            <bdi>{view.numberText}</bdi>
          </span>
        ) : null}
        <span className="text-lead font-medium">{view.title}</span>
      </p>
      <p className="mt-2 max-w-reading">{view.text}</p>
    </div>
  );
}
