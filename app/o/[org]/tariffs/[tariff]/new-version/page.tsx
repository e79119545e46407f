import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { answerEditor } from "@/app/_tariff/answer-editor";
import { decimalText } from "@/app/_tariff/decimal-text";
import { editorTexts } from "@/app/_tariff/editor-texts";
import { EMPTY_FIELDS, fieldsOfDefinition } from "@/app/_tariff/read-editor-form";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import { NewVersionPage } from "@/components/tariffs/new-version-page";
import { findOrganization } from "@/lib/access";
import { minorDigitsOf } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { findTariff, listReferences } from "@/lib/tariffs";
import { editVersionAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string; readonly tariff: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("tariffs.newVersion") };

/** The editor of a tariff's next version; it begins with what is in force. */
export default async function NewVersionRoute({ params }: Props) {
  const { org, tariff: tariffId } = await params;
  const visit = await requireOrgScope(org, "tariff:manage");
  const { scope } = visit;
  const now = systemClock.now();
  const [organization, tariff, place] = await Promise.all([
    findOrganization(scope),
    findTariff(scope, tariffId, now),
    organizationPlace(scope),
  ]);
  if (!tariff) notFound();
  const { currency, versions } = tariff;
  const references = await listReferences(scope, currency);
  const frame = await consoleFrame(visit, organization.name, "tariffs");
  const { t } = frame;
  const last = versions.find(({ state }) => state === "active");
  const named = versions.find(({ referenceTariffId }) => referenceTariffId)?.referenceTariffId;
  const reference = named ?? references[0]?.id ?? "";
  const tryAmount = minorDigitsOf(currency) === 0 ? "10000" : "200";
  const begun = last
    ? fieldsOfDefinition(last.definition, decimalText, reference)
    : { ...EMPTY_FIELDS, reference };
  const given = { currency, locale: place.locale, references, t, isQuiet: true };
  const first = { ...answerEditor({ ...begun, tryAmount }, given), revision: 0 };
  const view = {
    backHref: `/o/${org}/tariffs/${tariff.id}`,
    name: tariff.name,
    first,
    texts: editorTexts(t, { currency, timeZone: place.timeZone }),
    references: references.map(({ id, utility, category }) => ({
      value: id,
      label: `${utility}, ${category}`,
    })),
  };
  const action = editVersionAction.bind(null, { org, tariffId: tariff.id });
  return <NewVersionPage frame={frame} view={view} action={action} />;
}
