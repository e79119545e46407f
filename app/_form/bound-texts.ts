const LONGEST = 200;

/**
 * What a form's action was bound to. It comes back from the browser, which may send anything: each
 * value is taken as text, and as "" where it is none. An id is still to be looked up in the scope.
 */
export function boundTexts<Name extends string>(
  bound: Readonly<Record<Name, string>>,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> {
  const given: unknown = bound;
  const values =
    typeof given === "object" && given !== null ? new Map(Object.entries(given)) : null;
  const texts = names.map((name) => {
    const value: unknown = values?.get(name);
    return [name, typeof value === "string" && value.length <= LONGEST ? value : ""];
  });
  return Object.fromEntries(texts);
}
