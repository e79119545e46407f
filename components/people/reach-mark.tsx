import type { Translate } from "@/components/ui/translate";

export type Reach = "building" | "all" | null;

const KEYS = { building: "roles.inBuildings", all: "roles.yes" } as const;

/** A ring for what a role keeps within buildings, a disc for what is about the whole, a dash. */
export function ReachMark(props: {
  readonly reach: Reach;
  readonly t: Translate;
  /** A drawing beside words that say the same. */
  readonly isPlain?: boolean;
}) {
  const { reach, t, isPlain = false } = props;
  return (
    <span className="inline-flex shrink-0 align-middle">
      <svg viewBox="0 0 20 20" className="mt-0.5 size-5" aria-hidden="true">
        {reach === null ? (
          <path d="M7 10h6" className="stroke-edge" strokeWidth="1.6" strokeLinecap="round" />
        ) : (
          <circle
            cx="10"
            cy="10"
            r="5.5"
            strokeWidth="2.4"
            className={`stroke-leaf ${reach === "all" ? "fill-leaf" : "fill-none"}`}
          />
        )}
      </svg>
      {isPlain ? null : (
        <span className="sr-only">{t(reach === null ? "roles.no" : KEYS[reach])}</span>
      )}
    </span>
  );
}
