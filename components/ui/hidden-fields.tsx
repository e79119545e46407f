/** A value the form carries along: a request key, a CSRF token, the quote's id. */
export type HiddenField = { readonly name: string; readonly value: string };

/** The hidden inputs of a form that works as a plain post. */
export function HiddenFields({ fields }: { readonly fields: readonly HiddenField[] }) {
  return fields.map((field) => (
    <input key={field.name} type="hidden" name={field.name} value={field.value} />
  ));
}
