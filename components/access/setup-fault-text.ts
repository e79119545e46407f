import type { Translate } from "@/components/ui/translate";
import type { SetupFault } from "@/lib/identity/shared";

/** What is wrong with a field of a person or an organization; null where nothing is. */
export function setupFaultText(fault: SetupFault | undefined, t: Translate): string | null {
  if (!fault) return null;
  const values = fault.code === "too-long" ? { most: String(fault.most) } : {};
  return t(`setup.${fault.code}`, values);
}
