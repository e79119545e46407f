export type ControlKind = "primary" | "plain" | "quiet";
export type ControlSize = "resident" | "console";

const KINDS: Record<ControlKind, string> = {
  primary: "bg-glow text-glow-ink font-strong border border-glow hover:border-glow-ink",
  plain: "bg-raised text-ink font-medium border border-edge hover:border-ink",
  quiet: "text-ink font-medium underline decoration-line underline-offset-4 hover:decoration-ink",
};

/** 44 px for a thumb, 36 px for a mouse; the primary button of a phone page is a little taller. */
const SIZES: Record<ControlSize, string> = {
  resident: "min-h-11 px-4 py-2 text-lead",
  console: "min-h-9 px-3 py-1.5 text-body",
};

/** The classes shared by buttons and by links that look like them; one primary to a page. */
export function controlClass(kind: ControlKind, size: ControlSize, isWide: boolean): string {
  const width = isWide ? "flex w-full" : "inline-flex";
  const height = kind === "primary" && size === "resident" ? "min-h-13" : "";
  return [
    width,
    "items-center justify-center gap-2 rounded-control text-center transition-colors",
    SIZES[size],
    height,
    KINDS[kind],
  ].join(" ");
}
