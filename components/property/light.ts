import type { MessageKey } from "@/components/ui/translate";

/** What a window tells of a unit's remaining credit. */
export type Light = "bright" | "dim" | "dark" | "vacant" | "unknown";

/** In the order of the legend. */
export const LIGHTS: readonly Light[] = ["bright", "dim", "dark", "vacant", "unknown"];

/** The word of a light; it stands wherever its colour does. */
export function lightWord(light: Light): MessageKey {
  return `light.${light}`;
}
