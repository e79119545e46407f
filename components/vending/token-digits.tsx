import type { Translate } from "@/components/ui/translate";

/** Where the five groups of a 20-digit token begin. */
const GROUP_STARTS = [0, 4, 8, 12, 16];

/**
 * A token, large enough to read across a dim corridor, left to right in every language. One tap
 * selects all of it. A screen reader hears single digits with a pause after each group.
 */
export function TokenDigits({ digits, t }: { readonly digits: string; readonly t: Translate }) {
  const groups = GROUP_STARTS.map((start) => digits.slice(start, start + 4));
  const spoken = groups.map((group) => group.split("").join(" ")).join(", ");
  return (
    <div>
      <p className="sr-only">{t("slip.token", { digits: spoken })}</p>
      <p
        aria-hidden="true"
        dir="ltr"
        data-token={digits}
        className="flex flex-wrap gap-x-4 font-mono text-token font-medium tracking-tight select-all
          print:gap-x-6"
      >
        {GROUP_STARTS.map((start) => (
          <span key={start}>{`${digits.slice(start, start + 4)} `}</span>
        ))}
      </p>
    </div>
  );
}
