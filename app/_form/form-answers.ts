import type { FormState } from "@/components/ui/form-state";

/** What a form's fields held, by name, to be given back; passwords are not. */
export function typedIn(form: FormData): Readonly<Record<string, readonly string[]>> {
  const typed = new Map<string, readonly string[]>();
  for (const [name, value] of form) {
    if (typeof value !== "string" || /^\$|^__proto__$|password/i.test(name)) continue;
    typed.set(name, [...(typed.get(name) ?? []), value.slice(0, 2_000)]);
  }
  // A plain object: React sends no other to the browser, one without a prototype included.
  return Object.fromEntries(typed);
}

/** One field of a posted form as text; the first where it comes twice, "" where it is missing. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.slice(0, 2_000) : "";
}

/** Every text of a field that may come several times. */
export function textsIn(form: FormData, name: string): readonly string[] {
  return form.getAll(name).filter((value) => typeof value === "string");
}

/** A refusal: nothing was changed, what was typed is kept. */
export function refused(
  form: FormData,
  message: string,
  fieldErrors: Readonly<Record<string, string>> = {},
): FormState {
  return { status: "refused", message, fieldErrors, typed: typedIn(form) };
}
