import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { ImportPage } from "@/components/onboarding/import-page";
import type { MessageKey, Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { listImports } from "@/lib/onboarding";
import { SAMPLE_NAMES, SAMPLE_NOTES } from "@/lib/onboarding/shared";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("import.title") };

const MOST_IMPORTS = 50;
const FORMS = ["csv", "xlsx"] as const;
const REFUSALS = {
  none: "importRefused.none",
  empty: "importRefused.empty",
  "too-large": "importRefused.too-large",
  "too-many-rows": "importRefused.too-many-rows",
  "too-many-columns": "importRefused.too-many-columns",
  encrypted: "importRefused.encrypted",
  broken: "importRefused.broken",
  bomb: "importRefused.bomb",
  "not-a-sheet": "importRefused.not-a-sheet",
} as const satisfies Record<string, MessageKey>;

/** Sends a sheet, hands out samples and everything there is, and lists what was sent. */
export default async function ImportRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "property:manage");
  const { scope } = visit;
  const [organization, imports, place, { refused }] = await Promise.all([
    findOrganization(scope),
    listImports(scope, { take: MOST_IMPORTS }),
    organizationPlace(scope),
    searchParams,
  ]);
  const people = await findPersons([...new Set(imports.map(({ createdBy }) => createdBy))]);
  const frame = await consoleFrame(visit, organization.name, null);
  const { t } = frame;
  const home = `/o/${org}/import`;
  const view = {
    uploadAction: `${home}/upload`,
    refusedText: refusalOf(refused, t),
    samples: SAMPLE_NAMES.map((name) => ({
      name: t(`import.sample-${name}`),
      files: FORMS.map((form) => ({
        href: `${home}/sample/${name}.${form}`,
        label: `${t(`import.sample-${name}`)}, ${t(`import.${form}`)}`,
      })),
    })),
    columnNotes: SAMPLE_NOTES,
    exports: FORMS.map((form) => ({
      href: `/o/${org}/export?form=${form}`,
      label: t("import.exportFile", { form: t(`import.${form}`) }),
    })),
    imports: imports.map((one) => ({
      id: one.id,
      href: `${home}/${one.id}`,
      fileName: one.fileName,
      stateText: stateText(one, t),
      unitsText: String(one.counts.units),
      whoText: people.get(one.createdBy)?.name || t("audit.noName"),
      whenText: formatInstant(one.createdAt, place),
    })),
  };
  return <ImportPage frame={frame} view={view} />;
}

function stateText(one: Awaited<ReturnType<typeof listImports>>[number], t: Translate): string {
  const state = t(`importState.${one.state}`);
  if (one.state !== "checked") return state;
  return `${state}. ${t("import.needYou", { count: one.faultRows })}`;
}

function refusalOf(word: string | string[] | undefined, t: Translate): string | null {
  const known = Object.entries(REFUSALS).find(([code]) => code === word);
  return known ? t(known[1]) : null;
}
