import { create } from "qrcode";

/** A QR code as one SVG path on a grid of `size` by `size` modules, its quiet zone included. */
export type QrCode = { readonly size: number; readonly path: string };

/** The white border that a reader needs (ISO/IEC 18004): four modules. */
const QUIET_MODULES = 4;

/** An address as a QR code; a quarter of it may be dirty or torn. */
export function qrCodeOf(address: string): QrCode {
  const { modules } = create(address, { errorCorrectionLevel: "Q" });
  const { size } = modules;
  const cells = Array.from({ length: size * size }, (_, index) => index);
  const path = cells
    .filter((index) => modules.data[index])
    .map((index) => {
      const x = QUIET_MODULES + (index % size);
      const y = QUIET_MODULES + Math.floor(index / size);
      return `M${x} ${y}h1v1h-1z`;
    })
    .join("");
  return { size: size + 2 * QUIET_MODULES, path };
}
