"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { createGateway, revokeGateway } from "@/lib/metering";
import { systemClock } from "@/lib/platform";

const t = translatorFor(LANGUAGE.lang);

/** Lets a gateway in, and shows its secret this once. */
export async function createGatewayAction(
  bound: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org } = boundTexts(bound, "org");
  const { scope } = await requireOrgScope(org, "gateway:manage");
  const name = textIn(form, "name");
  const buildingId = textIn(form, "buildingId") || null;
  const made = await createGateway(scope, { name, buildingId, now: systemClock.now() });
  if (!made.ok) {
    const field = made.error === "no-name" ? "name" : "buildingId";
    return refused(form, "", { [field]: t(`gateways.${made.error}`) });
  }
  revalidatePath(`/o/${org}/readings/gateways`);
  const once = { label: t("gateways.secret"), text: made.value };
  return { status: "done", message: t("gateways.made"), once };
}

/** Shuts a gateway out. */
export async function revokeGatewayAction(
  bound: { readonly org: string; readonly id: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, id } = boundTexts(bound, "org", "id");
  const { scope } = await requireOrgScope(org, "gateway:manage");
  const revoked = await revokeGateway(scope, { id, now: systemClock.now() });
  if (!revoked.ok) return refused(form, t("gateways.not-found"));
  revalidatePath(`/o/${org}/readings/gateways`);
  return { status: "done", message: t("gateways.shutOut") };
}
