import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { sheetFile } from "@/app/_view/sheet-file";
import { parseSheetForm, sampleSheet } from "@/lib/onboarding";
import { parseSampleName, SAMPLE_NOTES } from "@/lib/onboarding/shared";
import { systemClock } from "@/lib/platform";

type Context = { readonly params: Promise<{ readonly org: string; readonly file: string }> };

/** A sample to fill in: "apartments.xlsx", in the organization's own money and zone. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { org, file } = await params;
  const { scope } = await requireOrgScope(org, "property:manage");
  const [typedName = "", typedForm = ""] = file.split(".");
  const name = parseSampleName(typedName);
  const form = parseSheetForm(typedForm);
  if (!name || !form) notFound();
  const rows = await sampleSheet(scope, name, systemClock.now());
  return sheetFile(rows, `sample-${name}`, form, { name: "Read me", lines: SAMPLE_NOTES });
}
