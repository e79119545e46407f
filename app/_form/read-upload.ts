import { isFromOurPages } from "./read-form";

/** What a form adds around its file. */
const AROUND_BYTES = 16_384;

export type Upload =
  | { readonly outcome: "file"; readonly name: string; readonly bytes: Uint8Array }
  /** Nothing was chosen. */
  | { readonly outcome: "none" }
  | { readonly outcome: "too-large" }
  /** Sent by another site, or no form. */
  | { readonly outcome: "foreign" };

/**
 * The one file of a form that one of our own pages posted, of at most so many bytes: a larger one is
 * refused by what the browser says of it before it is read, and by what it is after.
 */
export async function readUpload(
  request: Request,
  field: string,
  mostBytes: number,
): Promise<Upload> {
  if (!isFromOurPages(request)) return { outcome: "foreign" };
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > mostBytes + AROUND_BYTES) return { outcome: "too-large" };
  const form = await request.formData().catch(() => null);
  if (!form) return { outcome: "foreign" };
  const file = form.get(field);
  if (!(file instanceof File) || file.size === 0) return { outcome: "none" };
  if (file.size > mostBytes) return { outcome: "too-large" };
  return { outcome: "file", name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
