import { type parseSheetForm, SHEET_TYPES, writeSheet } from "@/lib/onboarding";

type Rows = readonly (readonly string[])[];

/** A sheet to be kept by who asked and by nobody on the way. */
export function sheetFile(
  rows: Rows,
  name: string,
  form: NonNullable<ReturnType<typeof parseSheetForm>>,
  notes: Parameters<typeof writeSheet>[2] = null,
): Response {
  return new Response(writeSheet(rows, form, notes), {
    headers: {
      "Content-Type": SHEET_TYPES[form],
      "Content-Disposition": `attachment; filename="${name}.${form}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
