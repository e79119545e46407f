import type { BoughtAgainstUsedView } from "@/components/metering/bought-against-used";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope, ResidentScope } from "@/lib/access/shared";
import { type Asked, findUsage, type Subject } from "./usage-data";
import { usageView } from "./usage-view";

export type UsageSubject = Subject;

export type UsageContext = {
  readonly scope: OrgScope | ResidentScope;
  /** The page it stands on, without a query: its own choices are links to it. */
  readonly path: string;
  readonly asked: Asked;
  readonly now: Date;
  readonly t: Translate;
};

/** What a page shows of bought and used; null where there is nothing that the scope sees. */
export async function usageSection(
  subject: UsageSubject,
  context: UsageContext,
): Promise<BoughtAgainstUsedView | null> {
  const { scope, asked, now } = context;
  const data = await findUsage(scope, subject, { asked, now });
  return data && usageView(data, { ...context, subject });
}
