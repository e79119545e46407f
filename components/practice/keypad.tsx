import type { Translate } from "@/components/ui/translate";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "delete", "0", "enter"] as const;

/** Twelve keys, each a submit button that posts its name as `key`. Never mirrored. */
export function Keypad({ t }: { readonly t: Translate }) {
  return (
    <div dir="ltr" className="grid grid-cols-3 gap-2">
      {KEYS.map((key) => (
        <button
          key={key}
          type="submit"
          name="key"
          value={key}
          aria-label={keyLabel(key, t)}
          className={`flex h-14 items-center justify-center rounded-control border border-edge
            text-title font-medium ${key === "enter" ? "bg-glow text-glow-ink" : "bg-raised"}`}
        >
          <KeyFace name={key} />
        </button>
      ))}
    </div>
  );
}

function keyLabel(key: (typeof KEYS)[number], t: Translate): string {
  if (key === "delete") return t("meter.keyDelete");
  if (key === "enter") return t("meter.keyEnter");
  return t("meter.keyDigit", { digit: key });
}

/** Drawn, not typed: the arrows are missing from many phones' fonts. */
function KeyFace({ name }: { readonly name: (typeof KEYS)[number] }) {
  if (name !== "delete" && name !== "enter") return name;
  const path = name === "delete" ? "M9 5h12v14H9l-6-7Zm4 4.5 5 5m0-5-5 5" : "M20 5v8H5m4-5-5 5 5 5";
  return (
    <svg viewBox="0 0 24 24" className="size-6" aria-hidden="true">
      <path
        d={path}
        className="fill-none stroke-current"
        strokeWidth="2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
