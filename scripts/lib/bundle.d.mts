/** Entries by the name of their bundle, as paths from the root; `outdir` gets `<name>.mjs`. */
export declare function bundle(
  entries: Readonly<Record<string, string>>,
  outdir: string,
): Promise<void>;
