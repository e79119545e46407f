/** What a form adds around its file. */
const AROUND_BYTES = 16_384;

export type Upload =
  | { readonly outcome: "file"; readonly name: string; readonly bytes: Uint8Array }
  /** Nothing was chosen, or it is no form. */
  | { readonly outcome: "none" }
  | { readonly outcome: "too-large" };

/**
 * The one file of a posted form, of at most so many bytes: a larger one is refused by what the
 * browser says of it before it is read, and by what it is after. Whose page posted it is the
 * caller's to ask.
 */
export async function readUpload(
  request: Request,
  field: string,
  mostBytes: number,
): Promise<Upload> {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > mostBytes + AROUND_BYTES) return { outcome: "too-large" };
  const form = await request.formData().catch(() => null);
  const file = form?.get(field);
  if (!(file instanceof File) || file.size === 0) return { outcome: "none" };
  if (file.size > mostBytes) return { outcome: "too-large" };
  return { outcome: "file", name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
