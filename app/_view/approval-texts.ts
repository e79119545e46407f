import type { Translate } from "@/components/ui/translate";
import type { ApprovalView } from "@/lib/access";
import { formatEnergy } from "@/lib/money";

/** Values of a request that are only ids say nothing to a reader. */
const IS_ID = /Id$|^purpose$/;

/** What is asked for, in words. */
export function askedText(
  { kind, request }: Pick<ApprovalView, "kind" | "request">,
  context: { readonly locale: string; readonly t: Translate },
): string {
  const { locale, t } = context;
  const energyText = (value: unknown) => formatEnergy(BigInt(String(value)), locale);
  if (kind === "free-issue" && request.mostWh !== undefined) {
    return t("approvals.test", { energy: energyText(request.mostWh) });
  }
  if (kind === "free-issue" && request.energyWh !== undefined) {
    return t("approvals.energy", { energy: energyText(request.energyWh) });
  }
  if (kind === "role-change" && request.role !== undefined) {
    return t("approvals.role", { role: String(request.role) });
  }
  return Object.entries(request)
    .filter(([name]) => !IS_ID.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}
