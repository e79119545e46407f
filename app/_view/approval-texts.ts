import type { Translate } from "@/components/ui/translate";
import type { ApprovalView } from "@/lib/access";
import { formatEnergy } from "@/lib/money";
import { parseRoleChange, type RoleChange } from "@/lib/people/shared";
import type { BuildingFacts } from "@/lib/property";
import { buildingsInWords } from "./people-texts";
import { providerText } from "./provider-text";

/** Values of a request that are only ids say nothing to a reader. */
const IS_ID = /Id$|^purpose$/;

type Context = {
  readonly locale: string;
  readonly buildings: readonly BuildingFacts[];
  readonly t: Translate;
};

/** What is asked for, in words. */
export function askedText(
  { kind, request }: Pick<ApprovalView, "kind" | "request">,
  context: Context,
): string {
  const { locale, t } = context;
  const energyText = (value: unknown) => formatEnergy(BigInt(String(value)), locale);
  if (kind === "free-issue" && request.mostWh !== undefined) {
    return t("approvals.test", { energy: energyText(request.mostWh) });
  }
  if (kind === "free-issue" && request.energyWh !== undefined) {
    return t("approvals.energy", { energy: energyText(request.energyWh) });
  }
  // What it says is too much for a line: the tariff's page has it, beside the published one.
  if (kind === "tariff-above-reference") return t("approvals.tariff");
  if (kind === "payout-account") {
    const { provider = "", label = "", lastFour = "" } = request;
    return t("approvals.payoutAccount", {
      provider: providerText(String(provider), t),
      label: String(label),
      digits: String(lastFour),
    });
  }
  if (kind === "role-change") return changeText(parseRoleChange(request), context);
  return Object.entries(request)
    .filter(([name]) => !IS_ID.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}

function changeText(change: RoleChange | null, { buildings, t }: Context): string {
  if (change === null) return "";
  const inWords = (held: Parameters<typeof buildingsInWords>[0]) =>
    buildingsInWords(held, buildings, t);
  if (change.change === "invite") {
    const role = t(`role.${change.role}`);
    return t("approvals.invite", { role, buildings: inWords(change.buildings) });
  }
  const from = t(`role.${change.fromRole}`);
  if (change.change === "remove") return t("approvals.remove", { role: from });
  return t("approvals.changeRole", {
    from,
    fromBuildings: inWords(change.fromBuildings),
    role: t(`role.${change.role}`),
    buildings: inWords(change.buildings),
  });
}
