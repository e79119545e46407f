"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { enterReading } from "@/app/_form/enter-reading";
import { refused } from "@/app/_form/form-answers";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemClock } from "@/lib/platform";
import { findHome } from "./held-homes";

const t = translatorFor(LANGUAGE.lang);

/** Takes down what the meter of a lease that runs shows, as its resident read it. */
export async function enterOwnReadingAction(
  bound: { readonly leaseId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { leaseId } = boundTexts(bound, "leaseId");
  const { scopes } = await requireResidentScope();
  const now = systemClock.now();
  const home = await findHome(scopes, leaseId, now);
  if (!home || home.unit.hasEnded) return refused(form, t("homePage.readingNoLease"));
  const { meterId, building } = home.unit;
  if (meterId === null) return refused(form, t("homePage.noMeter"));
  const { timeZone } = building;
  const entered = await enterReading(home.scope, { meterId, timeZone, now }, form);
  if (typeof entered !== "string") return entered;
  revalidatePath("/home");
  return { status: "done", message: entered };
}
