const NULL_LENGTH = 0xffffffff;

/** A field of a record that is hashed or signed; text is UTF-8. */
export type FramedField = string | Uint8Array | null;

/**
 * The bytes of a record: each field is its length in four bytes, most significant first, and its
 * bytes; a null is the length ff ff ff ff and no bytes. No two records have the same bytes, because
 * a field cannot run into the next one. The label comes first and names the form and its version.
 */
export function framedBytes(label: string, fields: readonly FramedField[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts = [label, ...fields].map((field) =>
    typeof field === "string" ? encoder.encode(field) : field,
  );
  const total = parts.reduce((sum, part) => sum + 4 + (part?.length ?? 0), 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const part of parts) {
    view.setUint32(offset, part?.length ?? NULL_LENGTH);
    if (part) bytes.set(part, offset + 4);
    offset += 4 + (part?.length ?? 0);
  }
  return bytes;
}

/** Whether two hashes, keys or signatures are the same; neither is a secret. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
